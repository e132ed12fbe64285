import { ParleyError } from '@parley/protocol'
import type { Principal } from '../auth/principal.js'
import type { Catalog } from '../catalog/catalog.js'
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
export function callOf(
  principal: Principal,
  { catalog, request, appId }: { catalog: Catalog<Caller>; request: Request; appId?: string | undefined },
): Call<Caller> {
  const { session } = principal
  const bound = session?.app_id
  const asked = appId ?? bound ?? catalog.defaultAppId
  const found = catalog.find(asked, session?.rules.version)
  if (!found || (bound !== undefined && found.id !== bound))
    throw new ParleyError('app_not_found', `There is no app "${asked}" here.`)
  const context: Caller = {
    ...principal,
    appId: found.id,
    publicUrl: publicUrlOf(request),
    state: session?.rules.state_variables ?? {},
  }
  return { app: found.app, context, titling: session?.rules.titling ?? true }
}

/** Our own clients know where the server is; others are given whole addresses. */
function publicUrlOf({ url, headers }: Request): string {
  if (headers.has('parley-client')) return ''
  const { protocol, host } = new URL(url)
  return `${headers.get('x-forwarded-proto') === 'https' ? 'https:' : protocol}//${host}`
}
