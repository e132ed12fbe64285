import type { Page } from '@parley/protocol'
import type { PageQuery } from '../store.js'
import type { ApiKeyRecord } from '../workspace-store.js'
import { filteredPages } from './filtered-pages.js'
import { toKey } from './keys.js'
import type { Place } from './page.js'
import { all, first, type Script, sql } from './script.js'

interface Row {
  document: string
  last_used_at: string | null
}

const KEY = 'workspace_id = $1 and id = $2'

const add = sql('insert into api_keys (workspace_id, id, hash, document) values ($1, $2, $3, $4)')
const find = sql<Row & { hash: string }>(
  'select document, last_used_at, hash from api_keys where hash = $1 or previous_hash = $1',
)
const load = sql<Row>(`select document, last_used_at from api_keys where ${KEY}`)
/** Takes the row, so that of two changes at once one waits for the other. */
const take = sql<Row>(`update api_keys set id = id where ${KEY} returning document, last_used_at`)
const replace = sql(`update api_keys set document = $3 where ${KEY}`)
const rehash = sql(`update api_keys set previous_hash = null, hash = $3 where ${KEY}`)
const rehashLater = sql(`update api_keys set previous_hash = hash, hash = $3 where ${KEY}`)
const remove = sql<{ sequence: Place }>(`delete from api_keys where ${KEY} returning sequence`)
const touch = sql(`update api_keys set last_used_at = $3 where ${KEY}`)
const readPage = filteredPages<Row>('main.document, main.last_used_at', 'api_keys as main')

export function* addApiKey(key: ApiKeyRecord, hash: string): Script<void> {
  yield* all(add, [toKey(key.workspace_id), key.id, hash, JSON.stringify(key)])
}

export function* findApiKey(hash: string): Script<{ key: ApiKeyRecord; isPrevious: boolean } | null> {
  const row = yield* first(find, [hash])
  return row ? { key: toApiKey(row), isPrevious: row.hash !== hash } : null
}

export function* loadApiKey(workspaceId: string, keyId: string): Script<ApiKeyRecord | null> {
  const row = yield* first(load, [toKey(workspaceId), toKey(keyId)])
  return row ? toApiKey(row) : null
}

export function* listApiKeys(workspaceId: string, query: PageQuery): Script<Page<ApiKeyRecord>> {
  const workspace = toKey(workspaceId)
  return yield* readPage(query, { workspace, filters: [], toKey, toEntry: toApiKey, idOf: ({ id }) => id })
}

export function* changeApiKey(
  workspaceId: string,
  keyId: string,
  change: (key: ApiKeyRecord) => ApiKeyRecord,
  hash?: string,
): Script<ApiKeyRecord | null> {
  const place = [toKey(workspaceId), toKey(keyId)]
  const row = yield* first(take, place)
  if (!row) return null
  const changed = change(toApiKey(row))
  yield* all(replace, [...place, JSON.stringify(changed)])
  if (hash !== undefined) yield* all(changed.previous ? rehashLater : rehash, [...place, hash])
  return changed
}

export function* deleteApiKey(workspaceId: string, keyId: string): Script<boolean> {
  const row = yield* first(remove, [toKey(workspaceId), toKey(keyId)])
  return row !== undefined
}

export function* touchApiKey(workspaceId: string, keyId: string, usedAt: string): Script<void> {
  yield* all(touch, [toKey(workspaceId), keyId, usedAt])
}

/** When it was used changes without the document being written. */
function toApiKey({ document, last_used_at }: Row): ApiKeyRecord {
  const key = JSON.parse(document) as ApiKeyRecord // written by addApiKey or changeApiKey
  return last_used_at === null ? key : { ...key, last_used_at }
}
