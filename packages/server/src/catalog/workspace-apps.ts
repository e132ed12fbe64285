import { type Page, ParleyError } from '@parley/protocol'
import type { AgentConfig, AppPresentation, StreamLanguage } from '@parley/protocol/admin'
import type { Clock } from '../base/clock.js'
import { randomId } from '../base/random-id.js'
import { recentlyChecked } from '../base/recently-checked.js'
import type { Runnable } from '../runnable/runnable.js'
import type { AppRecord, AppStore, StoredApp } from '../storage/app-store.js'
import { listBehind } from '../storage/list-behind.js'
import type { PageQuery } from '../storage/store.js'
import type { Catalog, FoundApp, ListedApp } from './catalog.js'

/** Makes stored apps run. */
export interface AppMaker<Context> {
  make(agent: AgentConfig, settings: Pick<AppRecord, 'on_disconnect' | 'workspace_id'>): Runnable<Context>
  /** What of it cannot work here, and what to do; empty when all of it can. `param` is a field of the agent. */
  problemsOf(agent: AgentConfig): { param: string; message: string }[]
}

/** What a new app is made of. */
export interface NewApp extends Pick<AppRecord, 'name' | 'description' | 'aliases' | 'on_disconnect' | 'metadata'> {
  /** Absent: a new one. */
  id?: string | undefined
  agent: AgentConfig
  presentation?: AppPresentation | undefined
  max_concurrent_runs?: number | undefined
  stream_language?: StreamLanguage | undefined
}

/** What changes about an app; what is absent stays. */
export type AppChange = Partial<Pick<NewApp, 'name' | 'aliases' | 'on_disconnect' | 'metadata'>> & {
  /** `null`: none any more. */
  description?: string | null | undefined
  agent?: ((agent: AgentConfig) => AgentConfig) | undefined
  presentation?: ((presentation: AppPresentation) => AppPresentation) | undefined
  /** `null`: as many as are asked for. */
  max_concurrent_runs?: number | null | undefined
  /** `null`: as the request says. */
  stream_language?: StreamLanguage | null | undefined
}

/** One row of the list: code that comes with the server, or what was stored. */
export type AnyApp<Context> = { code: ListedApp<Context> } | { stored: StoredApp }

/** Which app, if any. */
export interface AppChoice {
  /** Absent: the one that answers. */
  version?: string | undefined
  /** The caller's only app, by its id: other names are not even looked up, so that nobody learns of them, nor how long it took. */
  only?: string | undefined
}

/** The apps of every workspace: the code that all of them have, and what each has stored. */
export interface WorkspaceApps<Context> {
  defaultAppId: string
  /** By id or alias; `undefined` when this workspace has none of that name, or none of this version. */
  find(workspaceId: string, name: string, choice?: AppChoice): Promise<FoundApp<Context> | undefined>
  /** @throws {ParleyError} `app_not_found` */
  load(workspaceId: string, name: string): Promise<AnyApp<Context>>
  /** One version of it; `null`: it has none of this number. @throws {ParleyError} `app_not_found`, or `conflict` for code */
  loadVersion(workspaceId: string, appId: string, version: number): Promise<StoredApp | null>
  /** By creation; code came first. @throws {ParleyError} `invalid_cursor` */
  list(workspaceId: string, page: PageQuery): Promise<Page<AnyApp<Context>>>
  /** @throws {ParleyError} `conflict` for a name that is taken; `not_configured` when the server runs code alone */
  create(workspaceId: string, app: NewApp): Promise<StoredApp>
  /** A changed agent becomes a new version, which answers from now on. @throws {ParleyError} `app_not_found` or `conflict` */
  update(workspaceId: string, appId: string, change: AppChange): Promise<StoredApp>
  /** Its threads stay, and nobody can write to them. @throws {ParleyError} `app_not_found`, or `conflict` for code */
  delete(workspaceId: string, appId: string): Promise<void>
  problemsOf(agent: AgentConfig): { param: string; message: string }[]
}

export interface WorkspaceAppsParts<Context> {
  code: Catalog<Context>
  store: AppStore
  /** Absent: the server runs code alone. */
  maker: AppMaker<Context> | undefined
  clock: Clock
}

/** More made apps than this are made anew when they are asked for. */
const MOST_MADE = 1000

export function workspaceApps<Context>({
  code,
  store,
  maker,
  clock,
}: WorkspaceAppsParts<Context>): WorkspaceApps<Context> {
  const recent = recentlyChecked<{ id: string; stored: StoredApp }>(clock)
  const made = new Map<string, Runnable<Context>>()
  const idOf = (workspaceId: string, appId: string) => JSON.stringify([workspaceId, appId])

  /** An app that stays as it is stays the same object: what it remembers of its agent is worth keeping. */
  function run({ app, agent }: StoredApp, by: AppMaker<Context>): Runnable<Context> {
    const key = JSON.stringify([app.workspace_id, app.id, app.version, app.created_at, app.on_disconnect])
    const known = made.get(key)
    if (known) return known
    const runnable = by.make(agent, app)
    if (made.size >= MOST_MADE) made.clear()
    made.set(key, runnable)
    return runnable
  }

  const findStored = (workspaceId: string, name: string, version?: number) =>
    recent.find(JSON.stringify([workspaceId, name, version]), async () => {
      const stored = await store.findApp(workspaceId, name, version)
      return stored && { id: idOf(workspaceId, stored.app.id), stored }
    })

  async function isNameOf(workspaceId: string, appId: string, name: string): Promise<boolean> {
    const app = (await findStored(workspaceId, appId))?.stored.app
    return app !== undefined && (app.id === name || app.aliases.includes(name))
  }

  function assertNotCode(names: readonly string[]): void {
    const taken = names.find((name) => code.find(name))
    if (taken !== undefined) throw conflict(`There is an app "${taken}" already, which comes with the server.`)
  }

  async function change(
    workspaceId: string,
    appId: string,
    changed: (old: StoredApp) => StoredApp,
  ): Promise<StoredApp> {
    if (code.find(appId)) throw conflict(`"${appId}" comes with the server and cannot be changed here.`)
    const stored = await store.changeApp(workspaceId, appId, changed)
    recent.forget(idOf(workspaceId, appId))
    return stored ?? missing(appId)
  }

  return {
    defaultAppId: code.defaultAppId,
    async find(workspaceId, name, { version, only } = {}) {
      const known = code.find(name, version)
      if (known && only !== undefined && known.id !== only) return undefined
      if (known || !maker || code.find(name)) return known
      const number = version === undefined ? undefined : toVersion(version)
      if (number === null) return undefined
      if (only !== undefined && !(await isNameOf(workspaceId, only, name))) return undefined
      const found = await findStored(workspaceId, name, number)
      // The made app of a version that does not answer any more is as good as that of one that does.
      if (!found) return undefined
      const { id, max_concurrent_runs: mostAtOnce, presentation: { speech } = {} } = found.stored.app
      return {
        id,
        app: run(withVersion(found.stored, number), maker),
        ...(mostAtOnce !== undefined && { mostAtOnce }),
        ...(speech?.auto_play && { speech }),
        streamLanguage: found.stored.app.stream_language,
      }
    },
    async load(workspaceId, name) {
      const known = code.list?.().find(({ id, aliases }) => id === name || aliases.includes(name))
      if (known) return { code: known }
      const stored = await store.findApp(workspaceId, name)
      return stored ? { stored } : missing(name)
    },
    async loadVersion(workspaceId, appId, version) {
      if (code.find(appId)) throw conflict(`"${appId}" comes with the server and has no versions.`)
      return (
        (await store.findApp(workspaceId, appId, version)) ??
        ((await store.findApp(workspaceId, appId)) ? null : missing(appId))
      )
    },
    async list(workspaceId, page) {
      const own = (code.list?.() ?? []).map((app): AnyApp<Context> => ({ code: app }))
      return listBehind(own, page, {
        idOf: idOfApp,
        async load(part) {
          const stored = await store.listApps(workspaceId, part)
          return { ...stored, data: stored.data.map((app) => ({ stored: app })) }
        },
      })
    },
    async create(workspaceId, { id = randomId('app'), agent, ...settings }) {
      const { description, presentation, max_concurrent_runs, stream_language, ...app } = settings
      if (!maker) throw new ParleyError('not_configured', 'This server runs the apps it comes with, and no others.')
      assertNotCode([id, ...app.aliases])
      const now = clock.now().toISOString()
      const record: AppRecord = {
        id,
        workspace_id: workspaceId,
        ...app,
        ...(description && { description }),
        ...(presentation && { presentation }),
        ...(max_concurrent_runs !== undefined && { max_concurrent_runs }),
        ...(stream_language && { stream_language }),
        version: 1,
        created_at: now,
        updated_at: now,
      }
      await store.addApp({ app: record, agent })
      return { app: record, agent }
    },
    async update(workspaceId, appId, { agent, ...changes }) {
      const { description, presentation, max_concurrent_runs: most, stream_language, ...settings } = changes
      assertNotCode(settings.aliases ?? [])
      return change(workspaceId, appId, (old) => {
        const renewed = { ...old.app, ...given(settings), updated_at: clock.now().toISOString() }
        const { description: _, max_concurrent_runs: before, stream_language: spoken, ...rest } = renewed
        const language = stream_language === undefined ? spoken : stream_language
        const mostAtOnce = most === undefined ? before : (most ?? undefined)
        const text = description === undefined ? old.app.description : description
        const app: AppRecord = {
          ...rest,
          ...(text && { description: text }),
          ...(mostAtOnce !== undefined && { max_concurrent_runs: mostAtOnce }),
          ...(language && { stream_language: language }),
          ...(presentation && { presentation: presentation(old.app.presentation ?? {}) }),
        }
        if (!agent) return { app, agent: old.agent }
        const changed = agent(old.agent)
        const isSame = JSON.stringify(changed) === JSON.stringify(old.agent)
        return { app: { ...app, version: old.app.version + (isSame ? 0 : 1) }, agent: changed }
      })
    },
    async delete(workspaceId, appId) {
      if (code.find(appId)) throw conflict(`"${appId}" comes with the server and cannot be deleted.`)
      if (!(await store.deleteApp(workspaceId, appId))) missing(appId)
      recent.forget(idOf(workspaceId, appId))
    },
    problemsOf: (agent) => maker?.problemsOf(agent) ?? [],
  }
}

const withVersion = ({ app, agent }: StoredApp, version = app.version): StoredApp => ({
  app: { ...app, version },
  agent,
})

/** `null`: no version is called that. */
function toVersion(version: string): number | null {
  return /^[1-9]\d{0,8}$/.test(version) ? Number(version) : null
}

/** What a change says nothing about stays. */
const given = <Fields extends object>(fields: Fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Fields>

const idOfApp = <Context>(app: AnyApp<Context>) => ('code' in app ? app.code.id : app.stored.app.id)

const conflict = (message: string) => new ParleyError('conflict', message)

function missing(name: string): never {
  throw new ParleyError('app_not_found', `There is no app "${name}" here.`)
}
