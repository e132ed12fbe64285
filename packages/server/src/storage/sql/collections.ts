import { ParleyError } from '@parley/protocol'
import type { Collection, CollectionRow } from '../collection.js'
import { filteredPages } from './filtered-pages.js'
import { toKey } from './keys.js'
import type { Place } from './page.js'
import { all, first, type Script, type SqlDriver, sql } from './script.js'

interface Stored {
  document: string
}

/** The statements of one table; all of them have the same columns. */
const statementsOf = (table: string) => {
  const one = 'workspace_id = $1 and id = $2'
  return {
    add: sql<{ sequence: Place }>(
      `insert into ${table} (workspace_id, id, document) values ($1, $2, $3) on conflict do nothing returning sequence`,
    ),
    load: sql<Stored>(`select document from ${table} where ${one}`),
    /** Takes the row, so that of two changes at once one waits for the other. */
    take: sql<Stored>(`update ${table} set id = id where ${one} returning document`),
    replace: sql(`update ${table} set document = $3 where ${one}`),
    remove: sql<{ sequence: Place }>(`delete from ${table} where ${one} returning sequence`),
    every: sql<Stored>(`select document from ${table} order by sequence`),
    readPage: filteredPages<Stored>('main.document', `${table} as main`),
  }
}

const TABLES = {
  providers: { noun: 'provider', key: 'id', ...statementsOf('providers') },
  secrets: { noun: 'secret', key: 'name', ...statementsOf('secrets') },
  knowledge_tags: { noun: 'tag', key: 'id', ...statementsOf('knowledge_tags') },
  knowledge_files: { noun: 'file', key: 'id', ...statementsOf('knowledge_files') },
  annotations: { noun: 'annotation', key: 'id', ...statementsOf('annotations') },
  mcp_servers: { noun: 'MCP server', key: 'id', ...statementsOf('mcp_servers') },
}

/** The part of the store that is about one kind of row. */
export function collection<Row extends CollectionRow>(
  table: keyof typeof TABLES,
  { run, transaction }: SqlDriver,
): Collection<Row> {
  const { noun, key, add, load, take, replace, remove, every, readPage } = TABLES[table]
  const keysOf = (workspaceId: string, id: string) => [toKey(workspaceId), toKey(id)]
  const toRow = ({ document }: Stored) => JSON.parse(document) as Row // written below

  function* addRow(row: Row): Script<void> {
    const added = yield* first(add, [...keysOf(row.workspace_id, row.id), JSON.stringify(row)])
    if (!added)
      throw new ParleyError('conflict', `There is a ${noun} "${row.id}" already. Choose another ${key}.`, {
        details: { param: key },
      })
  }

  function* loadRow(workspaceId: string, id: string): Script<Row | null> {
    const found = yield* first(load, keysOf(workspaceId, id))
    return found ? toRow(found) : null
  }

  function* changeRow([workspaceId, id]: [string, string], change: (row: Row) => Row): Script<Row | null> {
    const keys = keysOf(workspaceId, id)
    const found = yield* first(take, keys)
    if (!found) return null
    const changed = change(toRow(found))
    yield* all(replace, [...keys, JSON.stringify(changed)])
    return changed
  }

  function* deleteRow(workspaceId: string, id: string): Script<boolean> {
    return (yield* first(remove, keysOf(workspaceId, id))) !== undefined
  }

  function* everyRow(): Script<Row[]> {
    return (yield* all(every, [])).map(toRow)
  }

  return {
    add: (row) => run(() => addRow(row)),
    load: (workspaceId, id) => run(() => loadRow(workspaceId, id)),
    list: (workspaceId, page) =>
      run(() =>
        readPage(page, {
          workspace: toKey(workspaceId),
          filters: [],
          toKey,
          toEntry: toRow,
          idOf: ({ id }) => id,
        }),
      ),
    change: (workspaceId, id, change) => transaction(() => changeRow([workspaceId, id], change)),
    delete: (workspaceId, id) => run(() => deleteRow(workspaceId, id)),
    every: () => run(everyRow),
  }
}
