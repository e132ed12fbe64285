import type Pg from 'pg'
import { migrate } from '../sql/migrate.js'
import { sqlStore } from '../sql/sql-store.js'
import { StorageError } from '../storage-error.js'
import type { ServerStore } from '../workspace-store.js'
import { holdDatabase } from './database-hold.js'
import { loadPg } from './load-pg.js'
import { postgresDriver } from './postgres-driver.js'
import { type Address, toStorageError } from './postgres-error.js'
import { makeViews } from './views.js'

/** How a PostgreSQL database is opened. */
export interface PostgresOptions {
  /** `postgres://user:password@host:5432/database`. */
  connectionString: string
  /** Connections for queries, 1 or more; one more holds the database. Default 10. */
  poolSize?: number
  /**
   * Told when another process has taken the database over, which can happen when the connection to it breaks. Every call
   * fails from then on: the process is to end, as it does not know what the other one does.
   */
  onLost?(lost: StorageError): void
}

/** How long a call waits for a free connection before it fails as `unavailable`. */
const CONNECTION_PATIENCE_MS = 30_000

/**
 * Keeps everything in a PostgreSQL database (15 or newer). One process uses the database at a time: a second one waits
 * ten seconds for the first to shut down. The schema is brought up to date first.
 *
 * @throws {StorageError} when the server cannot be reached or used, when the database is in use, or belongs to a newer release.
 *
 * @example
 * const store = await postgresStore({ connectionString: 'postgres://parley@127.0.0.1:5432/parley' })
 */
export async function postgresStore({
  connectionString,
  poolSize = 10,
  onLost,
}: PostgresOptions): Promise<ServerStore> {
  const pg = loadPg()
  const address = addressOf(pg, connectionString)
  const hold = await holdDatabase({ pg, connectionString, address, onLost })
  const driver = postgresDriver(openPool(pg, connectionString, poolSize), hold)
  try {
    await driver.transaction(() => migrate(new Date().toISOString()))
    await driver.transaction(makeViews)
  } catch (thrown) {
    await driver.close()
    throw toStorageError(thrown, address)
  }
  return sqlStore(driver)
}

function addressOf(pg: typeof Pg, connectionString: string): Address {
  try {
    const { host, port, database = '', user = '' } = new pg.Client({ connectionString })
    return { host, port, database, user }
  } catch {
    // The failure itself may quote the password.
    throw new StorageError('DATABASE_URL cannot be read: write postgres://user:password@host:5432/database.')
  }
}

function openPool(pg: typeof Pg, connectionString: string, poolSize: number): Pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max: poolSize,
    connectionTimeoutMillis: CONNECTION_PATIENCE_MS,
    application_name: 'parley',
  })
  // A connection that breaks tells so besides failing its query, and an event nobody hears would end the process.
  // The pool drops the connection; the next call opens another one or fails by itself.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}
