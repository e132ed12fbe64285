import type { AssistantMessageContent, AssistantMessageItem, ThreadItem, ThreadItemUpdate } from '@parley/protocol'
import { cloneJson } from '../base/json.js'

type Apply<Type extends ThreadItemUpdate['type']> = (
  item: ThreadItem,
  update: Extract<ThreadItemUpdate, { type: Type }>,
) => void

/**
 * How each update changes an item. Source: the ChatKit server kit, which does so for messages and workflows.
 * An update that does not fit the item's type changes nothing.
 */
const APPLY: { [Type in ThreadItemUpdate['type']]: Apply<Type> } = {
  'assistant_message.content_part.added': (item, { content_index, content }) => setPart(item, content_index, content),
  'assistant_message.content_part.done': (item, { content_index, content }) => setPart(item, content_index, content),
  'assistant_message.content_part.text_delta'(item, { content_index, delta }) {
    if (item.type === 'assistant_message') partAt(item, content_index).text += delta // a rope: the text is not copied
  },
  'assistant_message.content_part.annotation_added'(item, { content_index, annotation_index, annotation }) {
    if (item.type !== 'assistant_message') return
    partAt(item, content_index).annotations.splice(annotation_index, 0, cloneJson(annotation)) // behind the end: at the end
  },
  'widget.streaming_text.value_delta'(item, { component_id, delta }) {
    if (item.type !== 'widget') return
    const found = findComponent(item.widget, component_id)
    if (found) found.value = `${found.value ?? ''}${delta}`
  },
  'widget.component.updated'(item, { component_id, component }) {
    if (item.type !== 'widget') return
    const found = findComponent(item.widget, component_id)
    if (!found) return
    for (const key of Object.keys(found)) delete found[key]
    Object.assign(found, cloneJson(component))
  },
  'widget.root.updated'(item, { widget }) {
    if (item.type === 'widget') item.widget = cloneJson(widget)
  },
  'workflow.task.added'(item, { task_index, task }) {
    if (item.type === 'workflow') item.workflow.tasks.splice(task_index, 0, cloneJson(task))
  },
  'workflow.task.updated'(item, { task_index, task }) {
    if (item.type === 'workflow' && task_index < item.workflow.tasks.length) {
      item.workflow.tasks[task_index] = cloneJson(task)
    }
  },
  'generated_image.updated'(item, { image }) {
    if (item.type === 'generated_image') item.image = cloneJson(image)
  },
}

/** Changes `item`, the caller's own copy, by one update. */
export function applyUpdate(item: ThreadItem, update: ThreadItemUpdate): void {
  const apply = APPLY[update.type] as (item: ThreadItem, update: ThreadItemUpdate) => void // the key picks its own function
  apply(item, update)
}

function setPart(item: ThreadItem, index: number, content: AssistantMessageContent): void {
  if (item.type !== 'assistant_message') return
  partAt(item, index)
  item.content[index] = { ...cloneJson(content), annotations: cloneJson(content.annotations ?? []) }
}

/** The part at `index`; missing ones before it are made, empty. */
function partAt(item: AssistantMessageItem, index: number): AssistantMessageContent {
  while (item.content.length <= index) item.content.push({ type: 'output_text', text: '', annotations: [] })
  return item.content[index] as AssistantMessageContent // the loop above made it
}

/** The component with this id, anywhere in the tree. */
function findComponent(node: unknown, id: string): Record<string, unknown> | undefined {
  if (typeof node !== 'object' || node === null) return undefined
  const component = node as Record<string, unknown> // a widget node: an object with free props
  if (component.id === id) return component
  const children = Array.isArray(component.children) ? component.children : [component.children]
  for (const child of children) {
    const found = findComponent(child, id)
    if (found) return found
  }
  return undefined
}
