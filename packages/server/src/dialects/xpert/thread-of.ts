import { onlyAppOf } from '../../auth/principal.js'
import type { Call } from '../../engine/engine.js'
import type { OwnedThread, UsersThreads } from '../../engine/user-threads.js'
import { WITHOUT_APP } from '../../engine/workspace-threads.js'
import type { XpertCaller, XpertParts } from './parts.js'

/** Whose threads a caller sees: its user's, of its only app when its credential has one. */
export function withinOf<Context>({ principal }: XpertCaller<Context>): UsersThreads {
  const appId = onlyAppOf(principal)
  return { workspaceId: principal.workspaceId, userId: principal.userId, ...(appId !== undefined && { appId }) }
}

/** A call that reads or changes a thread and runs nothing, so that it works when the app is gone. */
export const quietCall = <Context>(caller: Pick<XpertCaller<Context>, 'contextIn'>, appId: string): Call<Context> => ({
  app: WITHOUT_APP,
  appId,
  context: caller.contextIn(appId),
})

/** A thread of the caller's, and the call to read it by. @throws {ParleyError} `thread_not_found` */
export async function threadOf<Context>(
  { threads }: XpertParts<Context>,
  caller: XpertCaller<Context>,
  threadId: string,
): Promise<{ owned: OwnedThread; call: Call<Context> }> {
  const owned = await threads.find(threadId, withinOf(caller))
  return { owned, call: quietCall(caller, owned.owner.appId) }
}
