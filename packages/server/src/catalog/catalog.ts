import type { Runnable } from '../runnable/runnable.js'

/** Looks an app up by its id or one of its aliases. */
export interface Catalog<Context> {
  defaultAppId: string
  /** The app and its own id (an alias is resolved), or `undefined` when there is none. */
  find(appIdOrAlias: string): { id: string; app: Runnable<Context> } | undefined
}

/** A catalog of apps that are known at start. @throws {ParleyError} never: an unknown default shows up as `app_not_found` to its callers. */
export function staticCatalog<Context>(
  apps: Record<string, Runnable<Context>>,
  defaultAppId = Object.keys(apps)[0] ?? 'demo',
): Catalog<Context> {
  const byId = new Map(Object.entries(apps))
  return {
    defaultAppId,
    find(id) {
      const app = byId.get(id)
      return app && { id, app }
    },
  }
}
