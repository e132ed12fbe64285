import type { Call } from './engine.js'
import type { OwnedThread, UsersThreads, UserThreads } from './user-threads.js'
import { WITHOUT_APP } from './workspace-threads.js'

/** Whoever names a thread and no app. */
export interface ThreadCaller<Context> {
  /** The threads it sees. */
  within: UsersThreads
  /** What the engine knows the caller's things in an app by. */
  contextIn(appId: string): Context
}

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
