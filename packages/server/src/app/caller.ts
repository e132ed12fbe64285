import { ParleyError } from '@parley/protocol'
import type { AppCaller } from '../auth/access.js'
import { onlyAppOf, type Principal } from '../auth/principal.js'
import type { WorkspaceApps } from '../catalog/workspace-apps.js'
import type { Call } from '../engine/engine.js'
import { publicUrlOf } from '../http/public-url.js'
import { traceOf } from '../http/request-trace.js'
import type { SessionContext } from '../sessions/session-context.js'
import type { SessionRules } from '../storage/workspace-store.js'
import type { UploadContext } from '../uploads/upload-store.js'

/** The context of every call: who it is, and which app's threads it may touch. */
export interface Caller extends Principal, UploadContext, SessionContext {
  /** The state variables of the session; `{}` for callers without one. */
  state: SessionRules['state_variables']
}

/**
 * The app a caller asked for, the default one when it named none, and what the engine and the app know of the caller.
 *
 * @throws {ParleyError} `app_not_found`, also when the caller's session is bound to another app
 */
export async function callOf(
  principal: Principal,
  { apps, request, appId }: { apps: WorkspaceApps<Caller>; request: Request; appId?: string | undefined },
): Promise<Call<Caller>> {
  const { session } = principal
  const bound = onlyAppOf(principal)
  const asked = appId ?? bound ?? apps.defaultAppId
  const found = await apps.find(principal.workspaceId, asked, { version: session?.rules.version, only: bound })
  if (!found) throw new ParleyError('app_not_found', `There is no app "${asked}" here.`)
  const context = contextOf(principal, request, found.id)
  const { mostAtOnce: most, speech } = found
  return {
    app: found.app,
    appId: found.id,
    ...(most !== undefined && { capacity: { key: JSON.stringify([principal.workspaceId, found.id]), most } }),
    ...(speech && { speech }),
    context,
    titling: session?.rules.titling ?? true,
    ...(session && { variables: session.rules.state_variables }),
    trace: traceOf(request),
  }
}

/** What the engine and an app know of whoever calls. */
export const contextOf = (principal: Principal, request: Request, appId: string): Caller => ({
  ...principal,
  appId,
  // Our own clients know where the server is; others are given whole addresses.
  publicUrl: request.headers.has('parley-client') ? '' : publicUrlOf(request),
  hostedIds: principal.session !== undefined,
  state: principal.session?.rules.state_variables ?? {},
})

/**
 * A user of the app whose key the caller holds: a server speaks for its users by their names.
 *
 * @throws {ParleyError} `app_not_found`: the app has gone, and its key has stayed
 */
export async function callOfApp(
  { workspaceId, appId }: AppCaller,
  { apps, request, userId }: { apps: WorkspaceApps<Caller>; request: Request; userId: string },
): Promise<Call<Caller>> {
  const call = await callOf({ workspaceId, userId, method: 'api_key' }, { apps, request, appId })
  return { ...call, context: { ...call.context, uuids: true } }
}
