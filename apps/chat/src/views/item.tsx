import type { ThreadItem } from '@parley/protocol'
import type { ComponentType } from 'preact'
import { AssistantMessage } from './assistant-message.js'
import { GeneratedImageView } from './images/generated-image.js'
import { useChat } from './session-context.js'
import { TaskItemView, WorkflowView } from './steps/workflow.js'
import { StructuredInputView } from './structured-input.js'
import { UserMessage } from './user-message.js'
import { WidgetItemView } from './widget-item.js'

type ViewOf<Type> = ComponentType<{ item: Extract<ThreadItem, { type: Type }> }>

/** One view per kind of item; the kinds without one do their work unseen. */
const VIEWS: { [Type in ThreadItem['type']]: ViewOf<Type> | null } = {
  user_message: UserMessage,
  assistant_message: AssistantMessage,
  workflow: WorkflowView,
  task: TaskItemView,
  widget: WidgetItemView,
  generated_image: GeneratedImageView,
  structured_input: StructuredInputView,
  client_tool_call: null,
  end_of_turn: null,
  hidden_context_item: null,
  sdk_hidden_context: null,
}

export function ItemView({ id }: { id: string }) {
  const item = useChat((state) => state.items.get(id))
  if (!item) return null
  const isKnown = Object.hasOwn(VIEWS, item.type) // a newer server may send others
  const View = isKnown && (VIEWS[item.type] as ComponentType<{ item: ThreadItem }> | null) // the key chose the item's type
  return View ? <View item={item} /> : null
}
