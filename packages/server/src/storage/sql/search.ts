import type { Page, ThreadItem, ThreadMetadata } from '@parley/protocol'
import { toFoundPage } from '../search-by-reading.js'
import { searchTextOf, titleTextOf } from '../search-text.js'
import type { FoundThread, Scope, ThreadSearch } from '../store.js'
import { ownerKeys } from './keys.js'
import { OPEN_END, type Place } from './page.js'
import { all, type Script, sql } from './script.js'
import { OWNED, placeOf } from './threads.js'

/** Words of their own in the statement; what is beyond them has to follow the last one. */
const WORDS = 4

const holds = (column: string) =>
  Array.from({ length: WORDS }, (_, index) => `${column} like $${index + 5} escape '!'`).join(' and ')

const newestItem = `select items.document from items
  where items.thread = threads.sequence and ${holds('items.search')} order by items.sequence desc limit 1`
const find = sql<{ document: string; item: string | null }>(
  `select threads.document, (${newestItem}) as item from threads
   where ${OWNED} and threads.sequence < $4 and ((${holds('threads.search')}) or exists (${newestItem}))
   order by threads.sequence desc limit $${WORDS + 5}`,
)

/** Reads what was stored before there was a search text, in pieces, and gives it one. */
const readItems = sql<{ sequence: Place; document: string }>(
  'select sequence, document from items where sequence > $1 order by sequence limit 500',
)
const readThreads = sql<{ sequence: Place; document: string }>(
  'select sequence, document from threads where sequence > $1 order by sequence limit 500',
)
const fillItem = sql('update items set search = $2 where sequence = $1')
const fillThread = sql('update threads set search = $2 where sequence = $1')

/** The caller's threads that hold every word in their title or in one message, newest first. */
export function* searchThreads({ words, limit, after }: ThreadSearch, scope: Scope): Script<Page<FoundThread>> {
  const start = after === undefined ? OPEN_END.desc : yield* placeOf(after, scope)
  const rows = yield* all(find, [...ownerKeys(scope), start, ...toPatterns(words), limit + 1])
  const found = rows.map(({ document, item }) => ({
    thread: JSON.parse(document) as ThreadMetadata, // written by this store from one
    ...(item !== null && { item: JSON.parse(item) as ThreadItem }),
  }))
  return toFoundPage(found, limit)
}

/** For the migration that adds the columns. */
export function* fillSearchTexts(): Script<void> {
  for (let rows = yield* all(readItems, [0]); rows.length > 0; rows = yield* all(readItems, [last(rows)])) {
    for (const { sequence, document } of rows) yield* all(fillItem, [sequence, searchTextOf(JSON.parse(document))])
  }
  for (let rows = yield* all(readThreads, [0]); rows.length > 0; rows = yield* all(readThreads, [last(rows)])) {
    for (const { sequence, document } of rows) yield* all(fillThread, [sequence, titleTextOf(JSON.parse(document))])
  }
}

const last = (rows: { sequence: Place }[]): Place => rows.at(-1)?.sequence ?? 0

function toPatterns(words: readonly string[]): string[] {
  const escaped = words.map((word) => word.replace(/[!%_]/g, '!$&'))
  const rest = escaped.slice(WORDS - 1).join('%')
  return [...escaped.slice(0, WORDS - 1), rest, ...Array<string>(WORDS).fill('')]
    .slice(0, WORDS)
    .map((word) => `%${word}%`)
}
