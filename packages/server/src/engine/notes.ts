import type { ThreadMetadata } from '@parley/protocol'
import type { NotedThread, ThreadNotes } from '../storage/store.js'
import type { NoteChange } from './engine.js'

export { expiryOf } from '../storage/thread-expiry.js'

/** What callers of an API keep on a thread. */
export const notesOf = (thread: ThreadMetadata): ThreadNotes => (thread as NotedThread).notes ?? {} // written by `withNotes` alone

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
