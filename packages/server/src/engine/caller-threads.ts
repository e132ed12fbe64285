import type { ThreadItem } from '@parley/protocol'
import { pagesOf } from '../base/pages-of.js'
import type { Call, Engine, RunRecord } from './engine.js'
import { loadItems } from './load-items.js'
import type { OwnedThread, UsersThreads, UserThreads } from './user-threads.js'
import { WITHOUT_APP } from './workspace-threads.js'

/** Whoever names a thread and no app. */
export interface ThreadCaller<Context> {
  /** The threads it sees. */
  within: UsersThreads
  /** How many of the newest it may list. */
  mostListed: number
  /** What the engine knows the caller's things in an app by. */
  contextIn(appId: string): Context
}

/** Where threads are found and read. */
export interface ThreadReader<Context> {
  engine: Engine<Context>
  threads: UserThreads
}

const PAGE = 100

/** A call that reads or changes a thread and runs nothing, so that it works when the app is gone. */
export const quietCall = <Context>(
  { contextIn }: Pick<ThreadCaller<Context>, 'contextIn'>,
  appId: string,
): Call<Context> => ({ app: WITHOUT_APP, appId, context: contextIn(appId) })

/** A thread of the caller's, and the call to read it by. @throws {ParleyError} `thread_not_found` */
export async function threadOf<Context>(
  { threads }: { threads: UserThreads },
  caller: ThreadCaller<Context>,
  threadId: string,
): Promise<{ owned: OwnedThread; call: Call<Context> }> {
  const owned = await threads.find(threadId, caller.within)
  return { owned, call: quietCall(caller, owned.owner.appId) }
}

/** The threads that the caller may list, newest first. */
export async function* listedThreads<Context>(
  { threads }: { threads: UserThreads },
  { within, mostListed }: ThreadCaller<Context>,
): AsyncGenerator<OwnedThread> {
  let left = mostListed
  if (left <= 0) return
  const pages = pagesOf((after) => threads.list({ limit: PAGE, order: 'desc', ...(after && { after }) }, within))
  for await (const page of pages) {
    yield* page.slice(0, left)
    left -= page.length
    if (left <= 0) return
  }
}

/** A thread and the latest of its runs. */
export type ThreadWithRun = OwnedThread & { run?: RunRecord | undefined }

export async function withRun<Context>(
  { engine }: Pick<ThreadReader<Context>, 'engine'>,
  caller: ThreadCaller<Context>,
  { thread, owner }: OwnedThread,
): Promise<ThreadWithRun> {
  const { run } = await engine.readThread(quietCall(caller, owner.appId), thread.id)
  return { thread, owner, run }
}

/** A thread of the caller's with its latest run and all its items. @throws {ParleyError} `thread_not_found` */
export async function readThread<Context>(
  parts: ThreadReader<Context>,
  caller: ThreadCaller<Context>,
  threadId: string,
): Promise<ThreadWithRun & { items: ThreadItem[] }> {
  const { owned, call } = await threadOf(parts, caller, threadId)
  const [{ thread, run }, items] = await Promise.all([
    parts.engine.readThread(call, threadId),
    loadItems(parts.engine, call, threadId),
  ])
  return { thread, owner: owned.owner, run, items }
}
