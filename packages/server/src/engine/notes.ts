import type { ThreadMetadata } from '@parley/protocol'
import type { ItemMark, NotedThread, ThreadNotes } from '../storage/store.js'
import type { NoteChange } from './engine.js'

export { expiryOf } from '../storage/thread-expiry.js'

/** What callers of an API keep on a thread. */
export const notesOf = (thread: ThreadMetadata): ThreadNotes => (thread as NotedThread).notes ?? {} // written by `withNotes` alone

/** Few enough for a thread to be read at once: of older ones it is what it looks like. */
const MOST_MARKS = 100

/** The thread with one more mark on one of its items. */
export function withMark<Thread extends ThreadMetadata>(
  thread: Thread,
  id: string,
  mark: ItemMark,
): Thread & NotedThread {
  const { [id]: _, ...others } = notesOf(thread).marks ?? {}
  const kept = Object.entries(others).slice(1 - MOST_MARKS)
  return { ...thread, notes: { ...notesOf(thread), marks: { ...Object.fromEntries(kept), [id]: mark } } }
}

/** The thread with more on it: fields that are given take the place of those of the same name, the others stay. */
export function withNotes<Thread extends ThreadMetadata>(
  thread: Thread,
  { metadata, state, ttl_minutes }: NoteChange,
  updated_at: string,
): Thread & NotedThread {
  const { ttl_minutes: kept, ...notes } = notesOf(thread)
  const minutes = ttl_minutes === undefined ? kept : ttl_minutes
  return {
    ...thread,
    notes: {
      ...notes,
      ...(metadata && { metadata: { ...notes.metadata, ...metadata } }),
      ...(state && { state: { ...notes.state, ...state } }),
      ...(typeof minutes === 'number' && { ttl_minutes: minutes }),
      updated_at,
    },
  }
}
