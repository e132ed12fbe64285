import { existsSync } from 'node:fs'
import Database from 'libsql'
import { assertSameSchema } from '../sql/migrate.js'
import { sqlStore } from '../sql/sql-store.js'
import { StorageError } from '../storage-error.js'
import type { ServerStore } from '../workspace-store.js'
import { sqliteDriver } from './sqlite-driver.js'

/**
 * The store of a SQLite file, beside a server that may be using it: SQLite itself lets one write at a time. For reading,
 * and for what a server does not remember: it hears of no change.
 *
 * @throws {StorageError} when no server of this release has used the file yet
 */
export async function sqliteBeside(path: string): Promise<ServerStore> {
  if (!existsSync(path))
    throw new StorageError(`There is no database at ${path}: start the server once, or name its folder with --data.`)
  const database = new Database(path)
  database.exec('pragma busy_timeout = 5000; pragma foreign_keys = on')
  const driver = sqliteDriver(database, () => undefined)
  try {
    await assertSameSchema(driver)
  } catch (thrown) {
    await driver.close()
    throw thrown
  }
  return sqlStore(driver)
}
