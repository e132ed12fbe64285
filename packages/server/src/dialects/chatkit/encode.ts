import {
  type Attachment,
  matchType,
  omitNulls,
  type Page,
  type RunEvent,
  type Thread,
  type ThreadItem,
  type ThreadItemUpdatedEvent,
  type ThreadMatchPage,
} from '@parley/protocol'
import type { LogEntry } from '../../engine/engine.js'

/**
 * Who reads a stream. A `foreign` ChatKit client gets exactly the protocol: `data:` lines, ChatKit's twelve events. A
 * `parley` client named itself and also gets event ids to resume from, run events and heartbeats.
 */
export type Reader = 'foreign' | 'parley'

/** How much of a batch is written at once, in characters, besides its last event. */
const WRITE_SIZE = 65_536

/**
 * The events of a batch as the texts of one write or a few: none when this reader may see none of them. A reader that
 * missed a long answer gets it piece by piece, and holds no more of it here than one piece.
 */
export function* encodeBatch(entries: LogEntry[], reader: Reader): Generator<string> {
  let text = ''
  for (const entry of reader === 'parley' ? joinTokens(entries) : entries) {
    text += encodeEntry(entry, reader)
    if (text.length < WRITE_SIZE) continue
    yield text
    text = ''
  }
  if (text !== '') yield text
}

/** How long tokens that became one may be, in characters. */
const JOINED_SIZE = 4096

/** Tokens of one text that follow each other are one to a reader that gets them together: it is woken and parses once. */
function* joinTokens(entries: LogEntry[]): Generator<LogEntry> {
  let last: { sequence: number; event: TextDeltaEvent } | undefined
  for (const entry of entries) {
    const { sequence, event } = entry
    if (!isTextDelta(event)) {
      if (last) yield last
      last = undefined
      yield entry
    } else if (last && isSameText(last.event, event) && last.event.update.delta.length < JOINED_SIZE) {
      const delta = last.event.update.delta + event.update.delta
      last = { sequence, event: { ...event, update: { ...event.update, delta } } }
    } else {
      if (last) yield last
      last = { sequence, event }
    }
  }
  if (last) yield last
}

function encodeEntry(entry: LogEntry, reader: Reader): string {
  const { event } = entry
  if (isTextDelta(event)) {
    const data = encodeTextDelta(event.item_id, event.update)
    return reader === 'parley' ? `id: ${entry.sequence}\n${data}` : data
  }
  entry.wire ??= {}
  entry.wire[reader] ??= encodeOther(event, entry.sequence, reader)
  return entry.wire[reader]
}

type TextDelta = Extract<ThreadItemUpdatedEvent['update'], { delta: string; content_index: number }>
type TextDeltaEvent = ThreadItemUpdatedEvent & { update: TextDelta }

const isTextDelta = (event: RunEvent): event is TextDeltaEvent =>
  event.type === 'thread.item.updated' && event.update.type === 'assistant_message.content_part.text_delta'

const isSameText = (one: TextDeltaEvent, other: TextDeltaEvent) =>
  one.item_id === other.item_id && one.update.content_index === other.update.content_index

/** A token, the one event that matters for speed: no object is built, nothing is kept. Ids need no escaping but may. */
function encodeTextDelta(itemId: string, { content_index, delta }: TextDelta): string {
  return `data: {"type":"thread.item.updated","item_id":${JSON.stringify(itemId)},"update":{"type":"assistant_message.content_part.text_delta","content_index":${content_index},"delta":${JSON.stringify(delta)}}}\n\n`
}

function encodeOther(event: RunEvent, sequence: number, reader: Reader): string {
  const visible = encodeEvent(event)
  if (visible === null || (reader === 'foreign' && !isChatKitEvent(visible))) return ''
  const data = `data: ${JSON.stringify(omitNulls(visible))}\n\n`
  return reader === 'parley' ? `id: ${sequence}\n${data}` : data
}

/** One event as it may leave the server: without hidden items, server-only fields and thread metadata. */
function encodeEvent(event: RunEvent): RunEvent | null {
  return matchType<RunEvent, RunEvent | null>(event, {
    'thread.created': ({ thread }) => ({ type: 'thread.created', thread: encodeThread(thread) }),
    'thread.updated': ({ thread }) => ({ type: 'thread.updated', thread: encodeThread(thread) }),
    'thread.item.added': ({ item }) => (isHidden(item) ? null : { type: 'thread.item.added', item: encodeItem(item) }),
    'thread.item.done': ({ item }) => (isHidden(item) ? null : { type: 'thread.item.done', item: encodeItem(item) }),
    'thread.item.replaced': ({ item }) =>
      isHidden(item)
        ? { type: 'thread.item.removed', item_id: item.id }
        : { type: 'thread.item.replaced', item: encodeItem(item) },
    'thread.item.updated': same,
    'thread.item.removed': same,
    stream_options: same,
    progress_update: same,
    client_effect: same,
    error: same,
    notice: same,
    'run.started': same,
    'run.waiting': same,
    'run.usage': same,
    'run.ended': same,
    'run.annotated': ({ author: _, ...event }) => event, // of no interest to who asks
    'node.started': same,
    'node.round_started': same,
    'node.round_finished': same,
    'node.retried': same,
    'node.finished': same,
    'tool.started': same,
    'tool.arguments_delta': same,
    'tool.finished': ({ passages: _, ...event }) => event, // its output says as much
    'reasoning.delta': same,
  })
}

const same = (event: RunEvent) => event

const OUR_EVENTS = /^(run|node|tool|reasoning)\./
const isChatKitEvent = ({ type }: RunEvent) => !OUR_EVENTS.test(type)

/** A thread on the wire: the fields of the protocol, and never the server's metadata. */
export function encodeThread(thread: Thread): Thread {
  const { id, title, created_at, status, allowed_image_domains, items } = thread
  return { id, title, created_at, status, allowed_image_domains, metadata: {}, items: encodeItems(items) }
}

export const encodeThreads = (page: Page<Thread>): Page<Thread> => ({ ...page, data: page.data.map(encodeThread) })

export const encodeMatches = (page: ThreadMatchPage): ThreadMatchPage => ({
  ...page,
  data: page.data.map((match) => ({ ...match, thread: encodeThread(match.thread) })),
})

export const encodeItems = (page: Page<ThreadItem>): Page<ThreadItem> => ({
  ...page,
  data: page.data.filter((item) => !isHidden(item)).map(encodeItem),
})

export function encodeItem(item: ThreadItem): ThreadItem {
  if (item.type !== 'user_message' || item.attachments.length === 0) return item
  return { ...item, attachments: item.attachments.map(encodeAttachment) }
}

/** An attachment without what only the server may know of it. */
export function encodeAttachment({ metadata: _, ...attachment }: Attachment): Attachment {
  return attachment
}

/** What the model alone may read. */
const isHidden = ({ type }: ThreadItem): boolean => type === 'hidden_context_item' || type === 'sdk_hidden_context'
