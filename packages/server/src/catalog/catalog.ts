import type { AppPresentation, StreamLanguage } from '@parley/protocol/admin'
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
  /** How many answers are written at once, by all servers together. Absent: as many as are asked for. */
  mostAtOnce?: number
  /** How its answers are spoken as soon as they are written. Absent: they are not. */
  speech?: { voice?: string | undefined }
  /** The language of its event streams, where one address speaks two. Absent: as the request says. */
  streamLanguage?: StreamLanguage | undefined
}

/** An app and its other names. */
export interface ListedApp<Context> extends FoundApp<Context> {
  aliases: string[]
  /** How it presents itself in clients that ask. Absent: it says nothing. */
  presentation?: AppPresentation | undefined
  /** Where it comes from. Absent: nobody says. */
  source?: AppSource
}

/** Where the code of an app comes from, for whoever looks after the server. */
export interface AppSource {
  /** From the apps folder. Absent: it is in the server itself. */
  file?: string
  /** What answers; `null`: its file exports nothing that can be read. */
  answers: 'agent' | 'respond' | 'workflow' | null
  /** What of it cannot work, or may work differently here, each with its place. */
  problems: { place: string; text: string }[]
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
  const known = Object.entries(apps).map(([id, app]) => ({ id, app, aliases: [] }))
  return liveCatalog(() => known, defaultAppId, aliases)
}

/** The same for apps that come and go: `apps` is asked each time. An id wins over the alias of another app. */
export function liveCatalog<Context>(
  apps: () => ListedApp<Context>[],
  defaultAppId: string,
  aliases: Record<string, string> = {},
): Catalog<Context> {
  const byAlias = new Map(Object.entries(aliases))
  return {
    defaultAppId,
    find(name, version) {
      if (version !== undefined) return undefined
      const wanted = byAlias.get(name) ?? name
      const all = apps()
      const found = all.find(({ id }) => id === wanted) ?? all.find((app) => app.aliases.includes(wanted))
      return found && { id: found.id, app: found.app, streamLanguage: found.streamLanguage }
    },
    list: () =>
      apps().map(({ id, aliases: own, ...rest }) => ({
        ...rest,
        id,
        aliases: [...own, ...[...byAlias].filter(([, target]) => target === id).map(([alias]) => alias)],
      })),
  }
}
