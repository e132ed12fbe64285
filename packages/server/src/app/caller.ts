import { ParleyError } from '@parley/protocol'
import type { Principal } from '../auth/principal.js'
import type { WorkspaceApps } from '../catalog/workspace-apps.js'
import type { Call } from '../engine/engine.js'
import { publicUrlOf } from '../http/public-url.js'
import { traceOf } from '../http/request-trace.js'
import type { SessionRules } from '../storage/workspace-store.js'
import type { UploadContext } from '../uploads/upload-store.js'

/** The context of every call: who it is, and which app's threads it may touch. */
export interface Caller extends Principal, UploadContext {
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
  const bound = session?.app_id
  const asked = appId ?? bound ?? apps.defaultAppId
  const found = await apps.find(principal.workspaceId, asked, { version: session?.rules.version, only: bound })
  if (!found) throw new ParleyError('app_not_found', `There is no app "${asked}" here.`)
  const context: Caller = {
    ...principal,
    appId: found.id,
    // Our own clients know where the server is; others are given whole addresses.
    publicUrl: request.headers.has('parley-client') ? '' : publicUrlOf(request),
    hostedIds: session !== undefined,
    state: session?.rules.state_variables ?? {},
  }
  return { app: found.app, appId: found.id, context, titling: session?.rules.titling ?? true, trace: traceOf(request) }
}
