import { ParleyError } from '@parley/protocol'
import { quietCall, type ThreadCaller, type ThreadReader, threadOf } from './caller-threads.js'
import type { OwnedThread } from './user-threads.js'

/** The thread that something is to be done on. */
export interface WantedThread {
  /** `null`: one made for it. */
  threadId: string | null
  /** The app it is with, or will be. */
  appId: string
  /** It is made where it is missing. */
  isMade: boolean
}

/**
 * Does something on a thread that may have to be made for it. One that was made for what fails goes again.
 *
 * @throws {ParleyError} `thread_not_found`, or `forbidden` when the thread is with another app
 */
export async function onWantedThread<Context, Result>(
  parts: ThreadReader<Context>,
  caller: ThreadCaller<Context>,
  wanted: WantedThread,
  work: (owned: OwnedThread) => Promise<Result>,
): Promise<Result> {
  const { owned, isNew } = await findOrMake(parts, caller, wanted)
  try {
    return await work(owned)
  } catch (thrown) {
    if (isNew) await parts.engine.deleteThread(quietCall(caller, wanted.appId), owned.thread.id)
    throw thrown
  }
}

async function findOrMake<Context>(
  parts: ThreadReader<Context>,
  caller: ThreadCaller<Context>,
  { threadId, appId, isMade }: WantedThread,
): Promise<{ owned: OwnedThread; isNew: boolean }> {
  if (threadId === null) return make(parts, caller, { id: crypto.randomUUID(), appId })
  try {
    const { owned } = await threadOf(parts, caller, threadId)
    return { owned: await parts.threads.bind(owned, appId), isNew: false }
  } catch (thrown) {
    const isMissing = thrown instanceof ParleyError && thrown.code === 'thread_not_found'
    if (isMissing && isMade) return make(parts, caller, { id: threadId, appId })
    throw thrown
  }
}

async function make<Context>(
  { engine }: ThreadReader<Context>,
  caller: ThreadCaller<Context>,
  { id, appId }: { id: string; appId: string },
): Promise<{ owned: OwnedThread; isNew: boolean }> {
  const { thread } = await engine.createThread(quietCall(caller, appId), { id })
  const { workspaceId, userId } = caller.within
  return { owned: { thread, owner: { workspaceId, userId, appId } }, isNew: true }
}
