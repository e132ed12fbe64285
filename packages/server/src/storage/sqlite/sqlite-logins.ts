import { existsSync } from 'node:fs'
import Database from 'libsql'
import type { LoginStore } from '../login-store.js'
import { loginStore } from '../sql/login-store.js'
import { StorageError } from '../storage-error.js'
import { sqliteDriver } from './sqlite-driver.js'

/**
 * The people of a SQLite file, beside a server that may be using it: SQLite itself lets one write at a time.
 *
 * @throws {StorageError} when no server has used the file yet
 */
export function sqliteLogins(path: string): { logins: LoginStore; close(): Promise<void> } {
  if (!existsSync(path))
    throw new StorageError(`There is no database at ${path}: start the server once, or name its folder with --data.`)
  const database = new Database(path)
  database.exec('pragma busy_timeout = 5000; pragma foreign_keys = on')
  const driver = sqliteDriver(database, () => undefined)
  return { logins: loginStore(driver), close: () => driver.close() }
}
