import type { ThreadMetadata } from '@parley/protocol'
import type { NotedThread, ThreadNotes } from '../storage/store.js'

/** What callers of an API keep on a thread. */
export const notesOf = (thread: ThreadMetadata): ThreadNotes => (thread as NotedThread).notes ?? {} // written by `withNotes` alone

/** The thread with more on it: fields that are given take the place of those of the same name, the others stay. */
export function withNotes<Thread extends ThreadMetadata>(
  thread: Thread,
  { metadata, state }: Pick<ThreadNotes, 'metadata' | 'state'>,
  updated_at: string,
): Thread & NotedThread {
  const notes = notesOf(thread)
  return {
    ...thread,
    notes: {
      ...notes,
      ...(metadata && { metadata: { ...notes.metadata, ...metadata } }),
      ...(state && { state: { ...notes.state, ...state } }),
      updated_at,
    },
  }
}
