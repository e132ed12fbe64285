import type { Fact, FactStore } from '../fact-store.js'
import type { Scope } from '../store.js'
import { ownerKeys, toKey } from './keys.js'
import { rememberUser } from './long-ids.js'
import type { Place } from './page.js'
import { all, first, type Script, type SqlDriver, sql } from './script.js'
import { OWNED } from './threads.js'

interface Stored {
  document: string
}

const load = sql<Stored>(`select document from user_facts where ${OWNED}`)
/** Holds the row, so that of two changes at once one waits for the other. */
const take = sql<Stored>(
  `insert into user_facts (workspace_id, user_id, app_id, document) values ($1, $2, $3, '[]')
   on conflict (workspace_id, user_id, app_id) do update set document = user_facts.document returning document`,
)
const replace = sql(`update user_facts set document = $4 where ${OWNED}`)
const remove = sql<{ app_id: Place }>(`delete from user_facts where ${OWNED} returning app_id`)
const list = sql<Stored & { app_id: string }>(
  'select app_id, document from user_facts where workspace_id = $1 and user_id = $2 order by app_id',
)

export const factStore = ({ run, transaction }: SqlDriver): FactStore => ({
  loadFacts: (owner) => run(() => loadFacts(owner)),
  changeFacts: (owner, change) => transaction(() => changeFacts(owner, change)),
  listFacts: (workspaceId, userId) => run(() => listFacts(workspaceId, userId)),
})

function* loadFacts(owner: Scope): Script<Fact[]> {
  return factsIn(yield* first(load, ownerKeys(owner)))
}

function* changeFacts(owner: Scope, change: (facts: Fact[]) => Fact[]): Script<Fact[]> {
  const changed = change(factsIn(yield* first(take, ownerKeys(owner))))
  if (changed.length === 0) yield* all(remove, ownerKeys(owner))
  else {
    yield* rememberUser(owner.userId)
    yield* all(replace, [...ownerKeys(owner), JSON.stringify(changed)])
  }
  return changed
}

function* listFacts(workspaceId: string, userId: string): Script<{ appId: string; facts: Fact[] }[]> {
  const rows = yield* all(list, [toKey(workspaceId), toKey(userId)])
  return rows.map((row) => ({ appId: row.app_id, facts: factsIn(row) }))
}

const factsIn = (row: Stored | undefined): Fact[] => (row ? JSON.parse(row.document) : []) // written by changeFacts
