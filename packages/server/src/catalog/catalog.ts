import type { Runnable } from '../runnable/runnable.js'

/** The apps that come with the server. Looks one up by its id or one of its aliases. */
export interface Catalog<Context> {
  defaultAppId: string
  /** The app and its own id (an alias is resolved), or `undefined` when there is none, or none of this version. */
  find(appIdOrAlias: string, version?: string): FoundApp<Context> | undefined
  /** All of them, for lists. Absent: none is shown. */
  list?(): ListedApp<Context>[]
}

/** An app under its own id. */
export interface FoundApp<Context> {
  id: string
  app: Runnable<Context>
}

/** An app and its other names. */
export interface ListedApp<Context> extends FoundApp<Context> {
  aliases: string[]
}

/**
 * A catalog of apps that are known at start; they have no versions but the newest.
 *
 * @param aliases Other names of apps, e.g. `{ wf_68e6…: 'support' }` for code that still names a hosted workflow.
 * @throws {ParleyError} never: an unknown default shows up as `app_not_found` to its callers.
 */
export function staticCatalog<Context>(
  apps: Record<string, Runnable<Context>>,
  defaultAppId = Object.keys(apps)[0] ?? 'demo',
  aliases: Record<string, string> = {},
): Catalog<Context> {
  const byId = new Map(Object.entries(apps))
  const byAlias = new Map(Object.entries(aliases))
  return {
    defaultAppId,
    find(name, version) {
      const id = byAlias.get(name) ?? name
      const app = byId.get(id)
      return app && version === undefined ? { id, app } : undefined
    },
    list: () =>
      [...byId].map(([id, app]) => ({
        id,
        app,
        aliases: [...byAlias].filter(([, target]) => target === id).map(([alias]) => alias),
      })),
  }
}
