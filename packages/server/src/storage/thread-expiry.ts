import type { ThreadMetadata } from '@parley/protocol'
import type { NotedThread } from './store.js'

const MINUTE_MS = 60_000

/**
 * When a thread goes by itself, as its caller asked.
 *
 * @param touched When what is known to have happened in it did, ISO 8601; its making and its notes are known anyway.
 * @returns `null`: nobody asked
 */
export function expiryOf(thread: ThreadMetadata, ...touched: (string | undefined)[]): string | null {
  const { updated_at, ttl_minutes } = (thread as NotedThread).notes ?? {} // written by `withNotes` alone
  if (ttl_minutes === undefined) return null
  const times = [thread.created_at, updated_at, ...touched].flatMap((time) => (time ? Date.parse(time) : []))
  return new Date(Math.max(...times) + ttl_minutes * MINUTE_MS).toISOString()
}
