import { mkdirSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import Database from 'libsql'
import { migrate } from '../sql/migrate.js'
import { sqlStore } from '../sql/sql-store.js'
import { StorageError } from '../storage-error.js'
import type { ServerStore } from '../workspace-store.js'
import { lockFile } from './file-lock.js'
import { runNow, sqliteDriver } from './sqlite-driver.js'

/** How a SQLite database is opened. */
export interface SqliteOptions {
  /** The file, made when missing with its directory; `:memory:` for a database that ends with the process. */
  path: string
  /**
   * When a write counts as done. `normal` (default): nothing is lost when the process is killed, the last moments may
   * be when the machine loses power. `full`: those neither; every write waits for the disk.
   */
  synchronous?: 'normal' | 'full'
}

/** Another program may hold the file for a moment, a backup for example. */
const BUSY_TIMEOUT_MS = 5000

/**
 * Keeps everything in one SQLite file. One process uses the file at a time; the schema is brought up to date first.
 *
 * @throws {StorageError} when the file is in use, cannot be opened, or belongs to a newer release.
 *
 * @example
 * const store = sqliteStore('.parley/parley.db')
 */
export function sqliteStore(pathOrOptions: string | SqliteOptions): ServerStore {
  const options = typeof pathOrOptions === 'string' ? { path: pathOrOptions } : pathOrOptions
  return options.path === ':memory:' ? openMemory() : openFile(options)
}

function openMemory(): ServerStore {
  return openStore(new Database(':memory:'), () => undefined)
}

function openFile({ path, synchronous = 'normal' }: SqliteOptions): ServerStore {
  let unlock: () => void = () => undefined
  try {
    mkdirSync(dirname(path), { recursive: true })
    // One file, one lock, by whatever path it is reached.
    const file = join(realpathSync(dirname(path)), basename(path))
    unlock = lockFile(file)
    const database = new Database(file)
    database.exec(`pragma journal_mode = wal; pragma synchronous = ${synchronous}`)
    return openStore(database, unlock)
  } catch (thrown) {
    unlock()
    if (thrown instanceof StorageError) throw thrown
    const reason = thrown instanceof Error ? thrown.message : String(thrown)
    throw new StorageError(`Cannot open the database ${path}: ${reason}. Check the path and its permissions.`, {
      cause: thrown,
    })
  }
}

function openStore(database: Database.Database, onClose: () => void): ServerStore {
  database.exec(`pragma busy_timeout = ${BUSY_TIMEOUT_MS}; pragma foreign_keys = on`)
  runNow(database, migrate(new Date().toISOString()))
  return sqlStore(sqliteDriver(database, onClose))
}
