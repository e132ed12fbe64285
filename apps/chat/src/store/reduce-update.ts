import type { AssistantMessageContent, ThreadItem, ThreadItemUpdate } from '@parley/protocol'
import { appendToComponent, replaceComponent } from './reduce-widget.js'
import type { ChatState } from './state.js'

type Of<T extends ThreadItem['type']> = Extract<ThreadItem, { type: T }>
type UpdateReducers = {
  [T in ThreadItemUpdate['type']]: (item: ThreadItem, update: Extract<ThreadItemUpdate, { type: T }>) => ThreadItem
}

/** One item update applied. An update may outlive its item: a removed item stays removed. */
export function reduceUpdate(state: ChatState, itemId: string, update: ThreadItemUpdate): ChatState {
  const item = state.items.get(itemId)
  const step = UPDATE_REDUCERS[update.type] as ((item: ThreadItem, update: ThreadItemUpdate) => ThreadItem) | undefined // the key chose the update's type
  if (!item || !step || !Object.hasOwn(UPDATE_REDUCERS, update.type)) return state
  const updated = step(item, update)
  if (updated === item) return state
  const next = { ...state, items: new Map(state.items).set(itemId, updated) }
  if (update.type !== 'generated_image.updated' || update.progress === undefined) return next
  return { ...next, imageProgress: new Map(state.imageProgress).set(itemId, update.progress) }
}

const UPDATE_REDUCERS: UpdateReducers = {
  'assistant_message.content_part.added': (item, { content_index, content }) =>
    changePart(item, content_index, () => content),
  'assistant_message.content_part.text_delta': (item, { content_index, delta }) =>
    changePart(item, content_index, (part) => ({ ...part, text: part.text + delta })),
  'assistant_message.content_part.annotation_added': (item, { content_index, annotation_index, annotation }) =>
    changePart(item, content_index, (part) => ({
      ...part,
      annotations: part.annotations.toSpliced(Math.min(annotation_index, part.annotations.length), 0, annotation),
    })),
  // The Agents bridge closes a part with no annotations even when it streamed some: the item's own `done` carries them.
  'assistant_message.content_part.done': (item, { content_index, content }) =>
    changePart(item, content_index, (part) =>
      content.annotations.length > 0 ? content : { ...content, annotations: part.annotations },
    ),

  'widget.streaming_text.value_delta': (item, { component_id, delta, done }) =>
    changeItem(item, 'widget', (widget) => ({
      ...widget,
      widget: appendToComponent(widget.widget, component_id, delta, done),
    })),
  'widget.component.updated': (item, { component_id, component }) =>
    changeItem(item, 'widget', (widget) => ({
      ...widget,
      widget: replaceComponent(widget.widget, component_id, component),
    })),
  'widget.root.updated': (item, update) =>
    changeItem(item, 'widget', (widget) => ({ ...widget, widget: update.widget })),

  'workflow.task.added': (item, { task_index, task }) =>
    changeItem(item, 'workflow', ({ workflow, ...rest }) => ({
      ...rest,
      workflow: { ...workflow, tasks: workflow.tasks.toSpliced(task_index, 0, task) },
    })),
  'workflow.task.updated': (item, { task_index, task }) =>
    changeItem(item, 'workflow', ({ workflow, ...rest }) => ({
      ...rest,
      workflow: { ...workflow, tasks: workflow.tasks.toSpliced(task_index, 1, task) },
    })),

  'generated_image.updated': (item, { image }) =>
    changeItem(item, 'generated_image', (generated) => ({ ...generated, image })),
}

/** Applies the change when the item is of the kind the update speaks of; otherwise the update is ignored. */
function changeItem<T extends ThreadItem['type']>(
  item: ThreadItem,
  type: T,
  change: (item: Of<T>) => ThreadItem,
): ThreadItem {
  return item.type === type ? change(item as Of<T>) : item // the line has just compared the type
}

/** Grows the content with empty parts until the index exists, then changes that part. */
function changePart(
  item: ThreadItem,
  index: number,
  change: (part: AssistantMessageContent) => AssistantMessageContent,
): ThreadItem {
  return changeItem(item, 'assistant_message', (message) => {
    const content = [...message.content]
    while (content.length <= index) content.push({ type: 'output_text', text: '', annotations: [] })
    return { ...message, content: content.map((part, at) => (at === index ? change(part) : part)) }
  })
}
