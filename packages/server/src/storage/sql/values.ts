import type { Page } from '@parley/protocol'
import type { PageQuery } from '../store.js'
import { idOfValue, type KeptValue, type ValueOwner, type ValueStore } from '../value-store.js'
import { filteredPages } from './filtered-pages.js'
import { toKey } from './keys.js'
import { rememberUser } from './long-ids.js'
import type { Place } from './page.js'
import { all, first, type Script, type SqlDriver, sql } from './script.js'

interface Row {
  document: string
}

const ONE = 'workspace_id = $1 and user_id = $2 and id = $3'

const load = sql<Row>(`select document from kept_values where ${ONE}`)
const put = sql(
  `insert into kept_values (workspace_id, user_id, id, document) values ($1, $2, $3, $4)
   on conflict (workspace_id, user_id, id) do update set document = excluded.document`,
)
const remove = sql<{ sequence: Place }>(`delete from kept_values where ${ONE} returning sequence`)
const readPage = filteredPages<Row>('main.document', 'kept_values as main')

export const valueStore = ({ run, transaction }: SqlDriver): ValueStore => ({
  put: (value, owner) => transaction(() => putValue(value, owner)),
  load: (namespace, key, owner) => run(() => loadValue({ namespace, key }, owner)),
  list: (page, owner) => run(() => listValues(page, owner)),
  delete: (namespace, key, owner) =>
    run(function* () {
      return (yield* first(remove, keysOf({ namespace, key }, owner))) !== undefined
    }),
})

function* putValue(value: KeptValue, owner: ValueOwner): Script<void> {
  yield* rememberUser(owner.userId)
  const { created_at = value.created_at } = (yield* loadValue(value, owner)) ?? {}
  yield* all(put, [...keysOf(value, owner), JSON.stringify({ ...value, created_at })])
}

function* loadValue(name: Named, owner: ValueOwner): Script<KeptValue | null> {
  const row = yield* first(load, keysOf(name, owner))
  return row ? toValue(row) : null
}

function* listValues(page: PageQuery, { workspaceId, userId }: ValueOwner): Script<Page<KeptValue>> {
  return yield* readPage(page, {
    workspace: toKey(workspaceId),
    filters: [['main.user_id = $', toKey(userId)]],
    toKey,
    toEntry: (row): KeptValue => toValue(row),
    idOf: (value) => idOfValue(value),
  })
}

type Named = Parameters<typeof idOfValue>[0]

const keysOf = (name: Named, { workspaceId, userId }: ValueOwner) => [
  toKey(workspaceId),
  toKey(userId),
  toKey(idOfValue(name)),
]

const toValue = ({ document }: Row) => JSON.parse(document) as KeptValue // written by putValue
