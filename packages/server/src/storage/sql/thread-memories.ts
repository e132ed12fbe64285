import type { Scope, ThreadMemory } from '../store.js'
import { all, first, type Script, sql } from './script.js'
import { THREAD, threadKeys } from './threads.js'

const OF_THREAD = `thread = (select sequence from threads where ${THREAD})`

const load = sql<{ document: string }>(`select document from thread_memories where ${OF_THREAD}`)
const save = sql(
  `insert into thread_memories (thread, document) select sequence, cast($5 as text) from threads where ${THREAD}
   on conflict (thread) do update set document = excluded.document`,
)
const remove = sql(`delete from thread_memories where ${OF_THREAD}`)

export function* loadThreadMemory(threadId: string, scope: Scope): Script<ThreadMemory | null> {
  const row = yield* first(load, threadKeys(threadId, scope))
  return row ? (JSON.parse(row.document) as ThreadMemory) : null // written by saveThreadMemory
}

export function* saveThreadMemory(threadId: string, memory: ThreadMemory | null, scope: Scope): Script<void> {
  const keys = threadKeys(threadId, scope)
  if (memory) yield* all(save, [...keys, JSON.stringify(memory)])
  else yield* all(remove, keys)
}
