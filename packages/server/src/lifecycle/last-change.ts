import type { NotedThread, Scope } from '../storage/store.js'
import type { ServerStore } from '../storage/workspace-store.js'

/** When something last happened in a thread; `null`: it is being answered. */
export async function lastChange(
  store: Pick<ServerStore, 'loadLatestRun' | 'loadThreadItems'>,
  { thread, owner }: { thread: NotedThread; owner: Scope },
): Promise<string | null> {
  const run = await store.loadLatestRun(thread.id, owner)
  if (run && (run.status === 'queued' || run.status === 'running')) return null
  const { data } = await store.loadThreadItems(thread.id, { limit: 1, order: 'desc' }, owner)
  const times = [thread.created_at, thread.notes?.updated_at, run?.created_at, run?.ended_at, data[0]?.created_at]
  return times.reduce<string>((last, time) => (time !== undefined && time > last ? time : last), '')
}
