/**
 * The shared statements in SQLite's words. Numbered places are `?1` here; a table's rowid is its identity; and one
 * writer at a time needs no row locks.
 */
export function toSqlite(statement: string): string {
  return statement
    .replace(/\$(\d+)/g, '?$1')
    .replace('bigint generated always as identity primary key', 'integer primary key')
    .replace(' for no key update', '')
}
