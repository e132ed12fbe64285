import type { Page } from '@parley/protocol'
import type { PageQuery } from '../store.js'
import {
  expiryOfValue,
  idOfValue,
  type KeptValue,
  type ValueName,
  type ValueOwner,
  type ValueStore,
} from '../value-store.js'
import { filteredPages } from './filtered-pages.js'
import { toKey } from './keys.js'
import { rememberUser } from './long-ids.js'
import type { Place } from './page.js'
import { all, first, type Script, type SqlDriver, sql } from './script.js'

interface Row {
  document: string
}
interface Changed {
  sequence: Place
}

const ONE = 'workspace_id = $1 and user_id = $2 and id = $3'

const load = sql<Row>(`select document from kept_values where ${ONE} and (expires_at is null or expires_at > $4)`)
const put = sql(
  `insert into kept_values (workspace_id, user_id, id, document, expires_at) values ($1, $2, $3, $4, $5)
   on conflict (workspace_id, user_id, id) do update set document = excluded.document, expires_at = excluded.expires_at`,
)
/** One that was put anew meanwhile, for ever, stays for ever. */
const refresh = sql(`update kept_values set expires_at = $4 where ${ONE} and expires_at is not null`)
const remove = sql<Changed>(`delete from kept_values where ${ONE} returning sequence`)
const expired = sql<Changed>('select sequence from kept_values where expires_at <= $1 limit 1')
const removeExpired = sql<Changed>(
  `delete from kept_values where sequence in
   (select sequence from kept_values where expires_at <= $1 order by expires_at limit $2) returning sequence`,
)
const readPage = filteredPages<Row>('main.document', 'kept_values as main')

export const valueStore = ({ run, transaction }: SqlDriver): ValueStore => ({
  put: (value, owner) => transaction(() => putValue(value, owner)),
  load: (name, owner, now) => run(() => loadValue(name, owner, now)),
  list: (page, owner, now) => run(() => listValues(page, owner, now)),
  refresh: (value, owner, now) => run(() => refreshValue(value, owner, now)),
  delete: (name, owner) =>
    run(function* () {
      return (yield* first(remove, keysOf(name, owner))) !== undefined
    }),
  hasExpired: (now) =>
    run(function* () {
      return (yield* first(expired, [now])) !== undefined
    }),
  deleteExpired: (now, limit) =>
    run(function* () {
      return (yield* all(removeExpired, [now, limit])).length
    }),
})

function* putValue(value: KeptValue, owner: ValueOwner): Script<void> {
  yield* rememberUser(owner.userId)
  const { created_at = value.created_at } = (yield* loadValue(value, owner, value.updated_at)) ?? {}
  const document = JSON.stringify({ ...value, created_at })
  yield* all(put, [...keysOf(value, owner), document, expiryOfValue(value, value.updated_at)])
}

function* loadValue(name: ValueName, owner: ValueOwner, now: string): Script<KeptValue | null> {
  const row = yield* first(load, [...keysOf(name, owner), now])
  return row ? toValue(row) : null
}

function* refreshValue(value: KeptValue, owner: ValueOwner, now: string): Script<void> {
  const expiresAt = expiryOfValue(value, now)
  if (expiresAt !== null) yield* all(refresh, [...keysOf(value, owner), expiresAt])
}

function* listValues(page: PageQuery, { workspaceId, userId }: ValueOwner, now: string): Script<Page<KeptValue>> {
  return yield* readPage(page, {
    workspace: toKey(workspaceId),
    filters: [
      ['main.user_id = $', toKey(userId)],
      ['(main.expires_at is null or main.expires_at > $)', now],
    ],
    toKey,
    toEntry: (row): KeptValue => toValue(row),
    idOf: (value) => idOfValue(value),
  })
}

const keysOf = (name: ValueName, { workspaceId, userId }: ValueOwner) => [
  toKey(workspaceId),
  toKey(userId),
  toKey(idOfValue(name)),
]

const toValue = ({ document }: Row) => JSON.parse(document) as KeptValue // written by putValue
