import { assertSameSchema } from '../sql/migrate.js'
import { sqlStore } from '../sql/sql-store.js'
import type { ServerStore } from '../workspace-store.js'
import { loadPg } from './load-pg.js'
import { postgresDriver } from './postgres-driver.js'

/**
 * The store of a PostgreSQL database, beside the server that holds it. For reading, and for what a server does not
 * remember: it hears of no change.
 *
 * @throws {StorageError} when no server of this release has used the database yet
 */
export async function postgresBeside(connectionString: string): Promise<ServerStore> {
  const pool = new (loadPg().Pool)({ connectionString, max: 1, application_name: 'parley command' })
  const shared = { ensure: async () => undefined, release: async () => undefined }
  const driver = postgresDriver(pool, shared)
  try {
    await assertSameSchema(driver)
  } catch (thrown) {
    await driver.close()
    throw thrown
  }
  return sqlStore(driver)
}
