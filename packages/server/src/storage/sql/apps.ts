import { type Page, ParleyError } from '@parley/protocol'
import type { AgentConfig } from '@parley/protocol/admin'
import type { AppRecord, AppStore, StoredApp } from '../app-store.js'
import type { PageQuery } from '../store.js'
import { filteredPages } from './filtered-pages.js'
import { toKey } from './keys.js'
import type { Place } from './page.js'
import { all, first, type Script, type SqlDriver, sql } from './script.js'

interface Row {
  document: string
  agent: string
}

const APP = 'workspace_id = $1 and id = $2'
const VERSION = 'app_versions.app = main.sequence and app_versions.number'

const add = sql<{ sequence: Place }>(
  'insert into apps (workspace_id, id, version, document) values ($1, $2, $3, $4) on conflict do nothing returning sequence',
)
const addName = sql<{ name: string }>(
  'insert into app_names (workspace_id, name, app) values ($1, $2, $3) on conflict do nothing returning name',
)
const removeNames = sql('delete from app_names where app = $1')
const addVersion = sql('insert into app_versions (app, number, document) values ($1, $2, $3)')
/** Takes the row, so that of two changes at once one waits for the other. */
const take = sql<{ sequence: Place }>(`update apps set id = id where ${APP} returning sequence`)
const load = sql<Row>(
  `select main.document, app_versions.document as agent from apps as main join app_versions on ${VERSION} = main.version
    where main.sequence = $1`,
)
const replace = sql('update apps set version = $2, document = $3 where sequence = $1')
const remove = sql<{ sequence: Place }>(`delete from apps where ${APP} returning sequence`)
const NAMED = `from app_names join apps as main on main.sequence = app_names.app join app_versions on ${VERSION}`
const find = sql<Row>(
  `select main.document, app_versions.document as agent ${NAMED} = main.version
    where app_names.workspace_id = $1 and app_names.name = $2`,
)
const findVersion = sql<Row>(
  `select main.document, app_versions.document as agent ${NAMED} = $3
    where app_names.workspace_id = $1 and app_names.name = $2`,
)
const readPage = filteredPages<Row>(
  'main.document, app_versions.document as agent',
  `apps as main join app_versions on ${VERSION} = main.version`,
)

/** The part of the store that is about apps. */
export function appStore({ run, transaction }: SqlDriver): AppStore {
  return {
    addApp: (stored) => transaction(() => addApp(stored)),
    changeApp: (workspaceId, id, change) => transaction(() => changeApp(workspaceId, id, change)),
    findApp: (workspaceId, name, version) => run(() => findApp(workspaceId, name, version)),
    listApps: (workspaceId, page) => run(() => listApps(workspaceId, page)),
    deleteApp: (workspaceId, id) => run(() => deleteApp(workspaceId, id)),
  }
}

function* addApp({ app, agent }: StoredApp): Script<void> {
  const values = [toKey(app.workspace_id), toKey(app.id), app.version, JSON.stringify(app)]
  const row = yield* first(add, values)
  if (!row) throw taken(app.id)
  yield* addNames(app, row.sequence)
  yield* all(addVersion, [row.sequence, app.version, JSON.stringify(agent)])
}

function* changeApp(
  workspaceId: string,
  appId: string,
  change: (stored: StoredApp) => StoredApp,
): Script<StoredApp | null> {
  const row = yield* first(take, [toKey(workspaceId), toKey(appId)])
  const before = row && (yield* first(load, [row.sequence]))
  if (!row || !before) return null
  const old = toStoredApp(before)
  const changed = change(old)
  const { app, agent } = changed
  yield* all(removeNames, [row.sequence])
  yield* addNames(app, row.sequence)
  if (app.version !== old.app.version) yield* all(addVersion, [row.sequence, app.version, JSON.stringify(agent)])
  yield* all(replace, [row.sequence, app.version, JSON.stringify(app)])
  return changed
}

/** The id is a name like the others, so that nobody's alias can hide an app. */
function* addNames({ workspace_id, id, aliases }: AppRecord, sequence: Place): Script<void> {
  for (const name of new Set([id, ...aliases])) {
    const row = yield* first(addName, [toKey(workspace_id), toKey(name), sequence])
    if (!row) throw taken(name)
  }
}

function* findApp(workspaceId: string, name: string, version?: number): Script<StoredApp | null> {
  const values = [toKey(workspaceId), toKey(name)]
  const row = yield* version === undefined ? first(find, values) : first(findVersion, [...values, version])
  return row ? toStoredApp(row) : null
}

function* listApps(workspaceId: string, query: PageQuery): Script<Page<StoredApp>> {
  const workspace = toKey(workspaceId)
  return yield* readPage(query, { workspace, filters: [], toKey, toEntry: toStoredApp, idOf: ({ app }) => app.id })
}

function* deleteApp(workspaceId: string, appId: string): Script<boolean> {
  const row = yield* first(remove, [toKey(workspaceId), toKey(appId)])
  return row !== undefined
}

/** Both were written by addApp or changeApp. */
const toStoredApp = ({ document, agent }: Row): StoredApp => ({
  app: JSON.parse(document) as AppRecord,
  agent: JSON.parse(agent) as AgentConfig,
})

const taken = (name: string) =>
  new ParleyError('conflict', `There is an app "${name}" already. Choose another name.`, {
    details: { param: 'aliases', name },
  })
