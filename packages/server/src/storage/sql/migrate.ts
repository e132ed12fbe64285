import { StorageError } from '../storage-error.js'
import { MIGRATIONS, type Migration } from './migrations.js'
import { all, type Script, type SqlDriver, sql } from './script.js'

const createRecord = sql(
  'create table if not exists migrations (number integer primary key, name text not null, applied_at text not null)',
)
const applied = sql<{ number: number }>('select number from migrations order by number')
const record = sql('insert into migrations (number, name, applied_at) values ($1, $2, $3)')

/**
 * Brings the schema up to date, forward only. Runs in one transaction at every start: a failed upgrade changes nothing.
 *
 * @throws {StorageError} when a newer release has been at work on the database.
 */
export function* migrate(now: string, migrations: readonly Migration[] = MIGRATIONS): Script<void> {
  yield* all(createRecord, [])
  const rows = yield* all(applied, [])
  const current = rows.at(-1)?.number ?? 0
  if (current > migrations.length) {
    throw new StorageError(
      `The database has schema ${current}, this release of Parley knows ${migrations.length}: start the newer release that upgraded it, or restore a backup.`,
    )
  }
  for (const { number, name, statements, fill } of migrations.slice(current)) {
    for (const statement of statements) yield* all(sql(statement), [])
    if (fill) yield* fill()
    yield* all(record, [number, name, now])
  }
}

/** For whoever works beside a server. @throws {StorageError} when no server of this release has used the database */
export async function assertSameSchema({ run }: SqlDriver): Promise<void> {
  const rows = await run(() => all(applied, [])).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new StorageError(`The database cannot be used: ${reason} Start this release of Parley once with it.`, {
      cause,
    })
  })
  if (rows.at(-1)?.number !== MIGRATIONS.length)
    throw new StorageError('The database was last used by another release of Parley: start this one once with it.')
}
