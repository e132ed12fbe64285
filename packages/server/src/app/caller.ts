import { ParleyError } from '@parley/protocol'
import type { Principal } from '../auth/principal.js'
import type { WorkspaceApps } from '../catalog/workspace-apps.js'
import type { Call } from '../engine/engine.js'
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
    publicUrl: publicUrlOf(request),
    state: session?.rules.state_variables ?? {},
  }
  return { app: found.app, context, titling: session?.rules.titling ?? true }
}

/** Our own clients know where the server is; others are given whole addresses, as the proxy in front was asked for them. */
function publicUrlOf({ url, headers }: Request): string {
  if (headers.has('parley-client')) return ''
  const { protocol, host } = new URL(url)
  const asked = headers.get('x-forwarded-host')?.split(',')[0]?.trim() ?? ''
  const isHttps = headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https'
  return `${isHttps ? 'https:' : protocol}//${HOST.test(asked) ? asked : host}`
}

const HOST = /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i
