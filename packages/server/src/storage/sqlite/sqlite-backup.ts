import { mkdirSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import Database from 'libsql'
import { type BackupEngine, NOT_EMPTY, type Row } from '../backup/backup-database.js'
import { migrate } from '../sql/migrate.js'
import { MIGRATIONS } from '../sql/migrations.js'
import { StorageError } from '../storage-error.js'
import { lockFile } from './file-lock.js'
import { driveNow } from './sqlite-driver.js'

const PAGE = 500

/** Backups of a SQLite file; reading takes no lock, so that the server that uses it goes on. */
export const sqliteBackup = (path: string): BackupEngine => ({
  async openSource() {
    const database = new Database(path, { fileMustExist: true })
    database.exec('pragma query_only = on; pragma busy_timeout = 5000')
    database.exec('begin') // what is read from here on is of one moment
    return {
      schema: async () => schemaOf(database),
      async *rows(table) {
        const page = database.prepare(
          `select rowid as place, * from ${table} where rowid > ? order by rowid limit ${PAGE}`,
        )
        for (let place = 0, full = true; full; ) {
          const rows = page.all(place) as (Row & { place: number })[] // the columns asked for
          full = rows.length === PAGE
          for (const { place: at, ...row } of rows) {
            place = at
            yield row
          }
        }
      },
      async close() {
        database.exec('rollback')
        database.close()
      },
    }
  },
  async openTarget() {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const file = join(realpathSync(dirname(path)), basename(path))
    const unlock = lockFile(file)
    const database = new Database(file)
    database.exec('pragma journal_mode = wal; pragma foreign_keys = on')
    database.exec('begin immediate')
    const inserts = new Map<string, Database.Statement>()
    return {
      async prepare(schema) {
        if (schemaOf(database) > 0) throw new StorageError(NOT_EMPTY)
        driveNow(database, migrate(new Date().toISOString(), MIGRATIONS.slice(0, schema)))
      },
      async insert(table, row) {
        const columns = Object.keys(row)
        const key = `${table} ${columns}`
        const statement =
          inserts.get(key) ??
          database.prepare(`insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`)
        inserts.set(key, statement)
        statement.run(...Object.values(row))
      },
      async commit() {
        database.exec('commit; pragma wal_checkpoint(truncate)')
      },
      async close() {
        if (database.inTransaction) database.exec('rollback')
        database.close()
        unlock()
      },
    }
  },
})

/** 0 for a database nobody has used. */
function schemaOf(database: Database.Database): number {
  const used = database.prepare("select 1 from sqlite_master where type = 'table' and name = 'migrations'").all()
  if (used.length === 0) return 0
  const [row] = database.prepare('select max(number) as number from migrations').all() as { number: number | null }[] // one aggregate
  return row?.number ?? 0
}
