import type { RunEvent } from '@parley/protocol'
import type { LogEntry } from './engine.js'

/** An entry of the log that may stand for many: the text of several deltas under the number of the last of them. */
export interface FoldedEntry extends LogEntry {
  /** For folded text: the number of each delta and where its text ends in the folded text, in turn. */
  cuts?: Uint32Array
}

/**
 * Makes old entries small for late readers: neighbouring deltas of one text become one, and of states that replace
 * each other only the last stays. What a reader ends up with is the same. `entries` are folded once, not again.
 */
export function foldEntries(entries: readonly FoldedEntry[]): FoldedEntry[] {
  const folded: FoldedEntry[] = []
  let group: FoldedEntry[] = []
  const closeGroup = () => {
    if (group.length > 0) folded.push(joinText(group))
    group = []
  }
  for (const entry of withoutReplaced(entries)) {
    if (group[0] && !isSameText(group[0].event, entry.event)) closeGroup()
    if (isSameText(entry.event, entry.event)) group.push(entry)
    else folded.push(entry)
  }
  closeGroup()
  return folded
}

/** What is left of a folded text for a reader that has seen everything up to event `after`. */
export function entryBehind(entry: FoldedEntry, after: number): LogEntry {
  const seenLength = lengthUpTo(entry.cuts ?? NO_CUTS, after)
  if (seenLength === 0) return entry
  return { sequence: entry.sequence, event: withText(entry.event, textOf(entry.event).slice(seenLength)) }
}

/**
 * An entry in two, for a reader that has seen everything up to event `after`: the text it knows, and the text behind.
 * An entry that is not folded is whole: `rest`.
 */
export function splitEntry(entry: FoldedEntry, after: number): { known?: LogEntry; rest?: LogEntry } {
  const seenLength = lengthUpTo(entry.cuts ?? NO_CUTS, after)
  if (seenLength === 0) return { rest: entry }
  const text = textOf(entry.event)
  const known = { sequence: after, event: withText(entry.event, text.slice(0, seenLength)) }
  return seenLength < text.length ? { known, rest: entryBehind(entry, after) } : { known }
}

const NO_CUTS = new Uint32Array()

function lengthUpTo(cuts: Uint32Array, after: number): number {
  let length = 0
  for (let index = 0; index < cuts.length && (cuts[index] ?? 0) <= after; index += 2) length = cuts[index + 1] ?? 0
  return length
}

function withoutReplaced(entries: readonly FoldedEntry[]): FoldedEntry[] {
  const last = new Map<string, FoldedEntry>()
  for (const entry of entries) {
    const key = stateKey(entry.event)
    if (key !== null) last.set(key, entry)
  }
  if (last.size === 0) return [...entries]
  return entries.filter((entry) => {
    const key = stateKey(entry.event)
    return key === null || last.get(key) === entry
  })
}

function joinText(group: FoldedEntry[]): FoldedEntry {
  const last = group.at(-1) as FoldedEntry // a group has at least one entry
  if (group.length === 1) return last
  const cuts = new Uint32Array(2 * group.length)
  const pieces: string[] = []
  let end = 0
  for (const { sequence, event } of group) {
    const piece = textOf(event)
    end += piece.length
    cuts[2 * pieces.length] = sequence
    cuts[2 * pieces.length + 1] = end
    pieces.push(piece)
  }
  // `join` makes one flat string; adding the pieces up would keep every one of them in memory.
  return { sequence: last.sequence, event: withText(last.event, pieces.join('')), cuts }
}

/** Whether two events are pieces of one text. Every old token is asked: no strings are made for it. */
function isSameText(one: RunEvent, other: RunEvent): boolean {
  if (one.type === 'thread.item.updated' && other.type === 'thread.item.updated') {
    return (
      one.item_id === other.item_id &&
      one.update.type === 'assistant_message.content_part.text_delta' &&
      other.update.type === 'assistant_message.content_part.text_delta' &&
      one.update.content_index === other.update.content_index
    )
  }
  if (one.type === 'reasoning.delta' && other.type === 'reasoning.delta') return one.item_id === other.item_id
  if (one.type === 'tool.arguments_delta' && other.type === 'tool.arguments_delta') return one.call_id === other.call_id
  return false
}

/** Of events with the same key only the last matters. */
function stateKey(event: RunEvent): string | null {
  if (event.type === 'progress_update' || event.type === 'run.usage') return event.type
  if (event.type !== 'thread.item.updated') return null
  const { item_id, update } = event
  if (update.type === 'workflow.task.updated') return `task ${item_id} ${update.task_index}`
  if (update.type === 'widget.root.updated') return `widget ${item_id}`
  if (update.type === 'generated_image.updated') return `image ${item_id}`
  return null
}

function textOf(event: RunEvent): string {
  if ('delta' in event) return event.delta
  return event.type === 'thread.item.updated' && 'delta' in event.update ? event.update.delta : ''
}

function withText(event: RunEvent, delta: string): RunEvent {
  if ('delta' in event) return { ...event, delta }
  if (event.type !== 'thread.item.updated' || !('delta' in event.update)) return event
  return { ...event, update: { ...event.update, delta } }
}
