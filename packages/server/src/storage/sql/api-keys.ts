import type { ApiKeyRecord } from '../workspace-store.js'
import { toKey } from './keys.js'
import type { Place } from './page.js'
import { all, first, type Script, sql } from './script.js'

interface Row {
  document: string
  last_used_at: string | null
}

const KEY = 'workspace_id = $1 and id = $2'

const add = sql('insert into api_keys (workspace_id, id, hash, document) values ($1, $2, $3, $4)')
const find = sql<Row>('select document, last_used_at from api_keys where hash = $1')
const list = sql<Row>('select document, last_used_at from api_keys where workspace_id = $1 order by sequence')
const replace = sql<{ sequence: Place }>(`update api_keys set hash = $3, document = $4 where ${KEY} returning sequence`)
const remove = sql<{ sequence: Place }>(`delete from api_keys where ${KEY} returning sequence`)
const touch = sql(`update api_keys set last_used_at = $3 where ${KEY}`)

export function* addApiKey(key: ApiKeyRecord, hash: string): Script<void> {
  yield* all(add, [toKey(key.workspace_id), key.id, hash, JSON.stringify(key)])
}

export function* findApiKey(hash: string): Script<ApiKeyRecord | null> {
  const row = yield* first(find, [hash])
  return row ? toApiKey(row) : null
}

export function* listApiKeys(workspaceId: string): Script<ApiKeyRecord[]> {
  return (yield* all(list, [toKey(workspaceId)])).map(toApiKey)
}

export function* replaceApiKey(key: ApiKeyRecord, hash: string): Script<boolean> {
  const row = yield* first(replace, [toKey(key.workspace_id), key.id, hash, JSON.stringify(key)])
  return row !== undefined
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
  const key = JSON.parse(document) as ApiKeyRecord // written by addApiKey or replaceApiKey
  return last_used_at === null ? key : { ...key, last_used_at }
}
