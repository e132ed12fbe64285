import type { ThreadStreamEvent, WidgetItem, WidgetRoot } from '@parley/protocol'
import { randomId } from '../base/random-id.js'
import { diffWidget } from './diff-widget.js'

/** What a widget item may be given besides its widget. */
export interface StreamWidgetOptions {
  /** What the copy button of the turn takes for this widget. */
  copyText?: string
  /** Makes the item's id; hand in the run's `generateId`. Default: a random one. */
  generateId?(kind: 'message'): string
}

/**
 * A widget as the events of one item: a finished widget is one `thread.item.done`; successive states of one become
 * `added`, the differences, and `done` with the last state. Yields nothing when there is no state at all.
 *
 * @example
 * async function* respond(thread) {
 *   yield* streamWidget(thread, { type: 'Card', children: [{ type: 'Text', value: 'Hello' }] })
 * }
 *
 * Source: the ChatKit server kit's `stream_widget`.
 */
export async function* streamWidget(
  thread: { id: string },
  widget: WidgetRoot | AsyncIterable<WidgetRoot>,
  options: StreamWidgetOptions = {},
): AsyncGenerator<ThreadStreamEvent> {
  const newItem = (state: WidgetRoot): WidgetItem => ({
    id: options.generateId?.('message') ?? randomId('msg'),
    thread_id: thread.id,
    created_at: new Date().toISOString(),
    type: 'widget',
    widget: state,
    copy_text: options.copyText,
  })
  if (!isStates(widget)) {
    yield { type: 'thread.item.done', item: newItem(widget) }
    return
  }
  let item: WidgetItem | undefined
  for await (const given of widget) {
    // A copy, because the author may go on changing the very object it yielded.
    const state = structuredClone(given)
    if (!item) {
      item = newItem(state)
      yield { type: 'thread.item.added', item }
      continue
    }
    for (const update of diffWidget(item.widget, state)) yield { type: 'thread.item.updated', item_id: item.id, update }
    item = { ...item, widget: state }
  }
  if (item) yield { type: 'thread.item.done', item }
}

const isStates = (widget: WidgetRoot | AsyncIterable<WidgetRoot>): widget is AsyncIterable<WidgetRoot> =>
  Symbol.asyncIterator in widget
