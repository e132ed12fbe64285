import type { ThreadItem, ThreadItemUpdate, ThreadStreamEvent, WidgetNode, WidgetRoot } from '@parley/protocol'

type Of<Type extends ThreadItem['type']> = Extract<ThreadItem, { type: Type }>
type Player<Type extends ThreadItem['type']> = (item: Of<Type>) => Generator<ThreadStreamEvent>

/** The events by which a server would stream a stored item: growing texts, steps one after the other, then the whole. */
export function* replayItem(item: ThreadItem): Generator<ThreadStreamEvent> {
  const play = PLAYERS[item.type] as Player<ThreadItem['type']> | undefined // the key chose the item's type
  if (play) yield* play(item)
  yield { type: 'thread.item.done', item }
}

const PLAYERS: { [Type in ThreadItem['type']]?: Player<Type> } = {
  *assistant_message(item) {
    yield { type: 'thread.item.added', item: { ...item, content: [] } }
    for (const [content_index, part] of item.content.entries()) {
      const update = (change: object) => updated(item, { content_index, ...change } as unknown as ThreadItemUpdate) // each call below is one of its shapes
      const content = { ...part, text: '', annotations: [] }
      yield update({ type: 'assistant_message.content_part.added', content })
      let written = 0
      let cited = 0
      for (const delta of words(part.text)) {
        yield update({ type: 'assistant_message.content_part.text_delta', delta })
        written += delta.length
        for (let next = part.annotations[cited]; next && (next.index ?? 0) < written; next = part.annotations[cited])
          yield update({
            type: 'assistant_message.content_part.annotation_added',
            annotation_index: cited++,
            annotation: next,
          })
      }
    }
  },
  *workflow(item) {
    const { tasks, summary, ...workflow } = item.workflow
    yield { type: 'thread.item.added', item: { ...item, workflow: { ...workflow, tasks: [], expanded: false } } }
    for (const [task_index, task] of tasks.entries()) {
      const running = { ...task, status_indicator: 'loading' as const }
      yield updated(item, { type: 'workflow.task.added', task_index, task: running })
      yield* pause(item, 14)
      yield updated(item, { type: 'workflow.task.updated', task_index, task })
    }
  },
  *generated_image(item) {
    const { image, ...rest } = item
    yield { type: 'thread.item.added', item: rest }
    if (!image) return
    for (const progress of [0.1, 0.3, 0.6, 0.9]) {
      yield updated(item, { type: 'generated_image.updated', image: { ...image, url: '' }, progress })
      yield* pause(item, 10)
    }
  },
  *widget(item) {
    const { widget } = item
    const children = childrenOf(widget)
    yield { type: 'thread.item.added', item: { ...item, widget: withChildren(widget, []) } }
    for (let count = 1; count <= children.length; count++) {
      const shown = children.slice(0, count)
      const growing = growingNode(shown.at(-1))
      if (growing) {
        const empty = { ...growing, value: '', streaming: true }
        yield updated(item, rootWith(widget, [...shown.slice(0, -1), empty]))
        for (const delta of words(String(growing.value)))
          yield updated(item, {
            type: 'widget.streaming_text.value_delta',
            component_id: growing.id ?? '',
            delta,
            done: false,
          })
      }
      yield updated(item, rootWith(widget, shown))
      yield* pause(item, 4)
    }
  },
}

const words = (text: string): string[] => text.match(/\s*\S+\s*/g) ?? []

function updated({ id }: ThreadItem, update: ThreadItemUpdate): ThreadStreamEvent {
  return { type: 'thread.item.updated', item_id: id, update }
}

/** Events that change nothing: the scripted server waits a moment before each event. */
function* pause(item: ThreadItem, moments: number): Generator<ThreadStreamEvent> {
  const nothing = { type: 'widget.streaming_text.value_delta', component_id: 'nobody', delta: '', done: false } as const
  for (let count = 0; count < moments; count++) yield updated({ ...item, id: 'nobody' }, nothing)
}

const childrenOf = (widget: WidgetRoot): WidgetNode[] => widget.children as WidgetNode[] // roots have lists of nodes

const withChildren = (widget: WidgetRoot, children: WidgetNode[]): WidgetRoot =>
  ({ ...widget, children }) as unknown as WidgetRoot // children of the widget itself

const rootWith = (widget: WidgetRoot, children: WidgetNode[]): ThreadItemUpdate => ({
  type: 'widget.root.updated',
  widget: withChildren(widget, children),
})

/** A text with an id, by which the server can make it grow. */
function growingNode(node: WidgetNode | undefined): WidgetNode | null {
  const isText = node?.type === 'Text' || node?.type === 'Markdown'
  return isText && node.id && typeof node.value === 'string' ? node : null
}
