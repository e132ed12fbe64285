import type { AppMode } from '@parley/protocol'
import type { AppCaller } from '../../auth/access.js'
import type { Call } from '../../engine/engine.js'
import { failure } from './errors.js'

/** How a request becomes a call: its key says which app, its body or query says which user. */
export interface AppCalls<Context> {
  /** Whose key it is; counted against what that key and its workspace may do. @throws {ParleyError} `unauthorized` */
  appOf(request: Request): Promise<AppCaller>
  /** A user of that app. @throws {ParleyError} `app_not_found` once the app has gone */
  callOf(request: Request, app: AppCaller, userId: string): Promise<Call<Context>>
}

/** The app of a key by its own id, which the key may name otherwise. */
export const placeOf = (app: AppCaller, { appId = app.appId }: Pick<Call<never>, 'appId'>): AppCaller => ({
  ...app,
  appId,
})

export const modeOf = ({ app }: Pick<Call<never>, 'app'>): AppMode => app.mode ?? 'chat'

/** Conversations are what apps of these kinds have, and no others. */
export function assertChat(call: Pick<Call<never>, 'app'>): void {
  const mode = modeOf(call)
  if (mode === 'completion' || mode === 'workflow') throw failure('not_chat_app', WRONG_ROUTE)
}

/** Runs, logs and forms are what apps have that run a graph. */
export function assertGraph(call: Pick<Call<never>, 'app'>): void {
  if (!isGraph(modeOf(call))) throw failure('not_workflow_app', WRONG_ROUTE)
}

export const isGraph = (mode: AppMode): boolean => mode === 'advanced-chat' || mode === 'workflow'

export const WRONG_ROUTE = 'Please check if your app mode matches the right API route.'
