import type { LoginStore } from '../login-store.js'
import { loginStore } from '../sql/login-store.js'
import { loadPg } from './load-pg.js'
import { postgresDriver } from './postgres-driver.js'

/** The people of a PostgreSQL database, beside the server that holds it. */
export function postgresLogins(connectionString: string): { logins: LoginStore; close(): Promise<void> } {
  const pool = new (loadPg().Pool)({ connectionString, max: 1, application_name: 'parley admin' })
  const shared = { ensure: async () => undefined, release: async () => undefined }
  const driver = postgresDriver(pool, shared)
  return { logins: loginStore(driver), close: () => driver.close() }
}
