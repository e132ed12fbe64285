import { ParleyError } from '@parley/protocol'
import type { ProviderRecord, ProviderStore } from '../provider-store.js'
import { filteredPages } from './filtered-pages.js'
import { toKey } from './keys.js'
import type { Place } from './page.js'
import { all, first, type Script, type SqlDriver, sql } from './script.js'

interface Row {
  document: string
}

const PROVIDER = 'workspace_id = $1 and id = $2'

const add = sql<{ sequence: Place }>(
  'insert into providers (workspace_id, id, document) values ($1, $2, $3) on conflict do nothing returning sequence',
)
const load = sql<Row>(`select document from providers where ${PROVIDER}`)
/** Takes the row, so that of two changes at once one waits for the other. */
const take = sql<Row>(`update providers set id = id where ${PROVIDER} returning document`)
const replace = sql(`update providers set document = $3 where ${PROVIDER}`)
const remove = sql<{ sequence: Place }>(`delete from providers where ${PROVIDER} returning sequence`)
const every = sql<Row>('select document from providers order by sequence')
const readPage = filteredPages<Row>('main.document', 'providers as main')

/** The part of the store that is about model hosts. */
export function providerStore({ run, transaction }: SqlDriver): ProviderStore {
  return {
    addProvider: (provider) => run(() => addProvider(provider)),
    loadProvider: (workspaceId, id) => run(() => loadProvider(workspaceId, id)),
    listProviders: (workspaceId, page) =>
      run(() =>
        readPage(page, {
          workspace: toKey(workspaceId),
          filters: [],
          toKey,
          toEntry: toProvider,
          idOf: ({ id }) => id,
        }),
      ),
    changeProvider: (workspaceId, id, change) => transaction(() => changeProvider([workspaceId, id], change)),
    deleteProvider: (workspaceId, id) => run(() => deleteProvider(workspaceId, id)),
    everyProvider: () => run(everyProvider),
  }
}

function* addProvider(provider: ProviderRecord): Script<void> {
  const row = yield* first(add, [toKey(provider.workspace_id), toKey(provider.id), JSON.stringify(provider)])
  if (!row)
    throw new ParleyError('conflict', `There is a provider "${provider.id}" already. Choose another id.`, {
      details: { param: 'id' },
    })
}

function* loadProvider(workspaceId: string, providerId: string): Script<ProviderRecord | null> {
  const row = yield* first(load, [toKey(workspaceId), toKey(providerId)])
  return row ? toProvider(row) : null
}

function* changeProvider(
  [workspaceId, providerId]: [string, string],
  change: (provider: ProviderRecord) => ProviderRecord,
): Script<ProviderRecord | null> {
  const keys = [toKey(workspaceId), toKey(providerId)]
  const row = yield* first(take, keys)
  if (!row) return null
  const changed = change(toProvider(row))
  yield* all(replace, [...keys, JSON.stringify(changed)])
  return changed
}

function* deleteProvider(workspaceId: string, providerId: string): Script<boolean> {
  return (yield* first(remove, [toKey(workspaceId), toKey(providerId)])) !== undefined
}

function* everyProvider(): Script<ProviderRecord[]> {
  return (yield* all(every, [])).map(toProvider)
}

const toProvider = ({ document }: Row) => JSON.parse(document) as ProviderRecord // written by addProvider or changeProvider
