import { ParleyError } from '@parley/protocol'
import type { ApiKeys } from '../auth/api-keys.js'
import type { Principal } from '../auth/principal.js'
import type { WorkspaceApps } from '../catalog/workspace-apps.js'
import type { CallKeeper } from '../engine/call-keeper.js'
import type { Call } from '../engine/engine.js'
import type { WorkspaceStore } from '../storage/workspace-store.js'
import { type Caller, callOf } from './caller.js'

/** A call as it is kept: who made it, and how its answers are worded. The credential itself is looked up anew. */
interface KeptCall {
  caller: Omit<Caller, 'session'>
  session_id?: string
}

interface KeeperParts {
  apps: WorkspaceApps<Caller>
  apiKeys: ApiKeys
  workspaces: WorkspaceStore
}

/**
 * Calls behind runs that wait: they begin as long as the key that asked for them is good, and unless the session was
 * cancelled. That a session has expired changes nothing: it was good when it asked, and the server that accepted the run
 * would have let it begin too. Sessions are forgotten a week after they expire, which ends what still waits for a server.
 */
export const callKeeper = (parts: KeeperParts): CallKeeper<Caller> => ({
  keep({ context: { session, ...caller } }: Call<Caller>): KeptCall {
    return { caller, ...(session && { session_id: session.id }) }
  },
  contextOf: (kept) => callerIn(kept).caller,
  async restore(kept) {
    const { caller } = callerIn(kept)
    const principal = await principalOf(callerIn(kept), parts)
    const request = new Request(caller.publicUrl || 'http://parley.invalid')
    const call = await callOf(principal, { apps: parts.apps, request, appId: caller.appId })
    return { ...call, context: { ...caller, ...principal } }
  },
})

const callerIn = (kept: unknown) => kept as KeptCall // written by `keep` alone

/** @throws {ParleyError} `unauthorized` */
async function principalOf(
  { caller: { workspaceId, userId, method, key, onBehalfOf }, session_id }: KeptCall,
  { apiKeys, workspaces }: KeeperParts,
): Promise<Principal> {
  if (key && !(await apiKeys.find(workspaceId, key.id)))
    throw new ParleyError('unauthorized', 'The API key that asked for this is not valid any more.')
  const session = session_id === undefined ? null : await workspaces.loadSession(workspaceId, session_id)
  if (session_id !== undefined && (!session || session.cancelled_at !== undefined))
    throw new ParleyError('unauthorized', 'The session that asked for this was cancelled, or ended too long ago.')
  return {
    workspaceId,
    userId,
    method,
    ...(key && { key }),
    ...(onBehalfOf && { onBehalfOf }),
    ...(session && { session }),
  }
}
