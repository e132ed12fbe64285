import type Pg from 'pg'
import { StorageError } from '../storage-error.js'
import { type Address, describeAddress, toStorageError } from './postgres-error.js'

/** Proof that this process is the only one at work on a database. */
export interface DatabaseHold {
  /** Resolves while the database is ours; takes it again when the connection that held it broke. */
  ensure(): Promise<unknown>
  release(): Promise<void>
}

/** The key under which every Parley locks; the advisory locks of different databases do not meet. */
const LOCK_KEY = 7_274_496_135
/** How long a predecessor that is shutting down may take. */
const PATIENCE_MS = 10_000
const LOCK_NOT_AVAILABLE = '55P03'

/** Which database to hold, and how long to wait for it. */
interface Hold {
  pg: typeof Pg
  connectionString: string
  address: Address
  patienceMs?: number
}

/**
 * Holds a database for this process: an advisory lock that lives as long as its connection, so that the server gives
 * it back however the process ends.
 *
 * @throws {StorageError} when another process still holds the database after ten seconds, or when the server cannot be used.
 */
export async function holdDatabase({
  pg,
  connectionString,
  address,
  patienceMs = PATIENCE_MS,
}: Hold): Promise<DatabaseHold> {
  let held: Promise<Pg.Client> | undefined

  async function ensure(): Promise<Pg.Client> {
    if (held) return held
    // A broken connection may say so twice, the second time when its successor is there already.
    const lose = () => {
      if (held === taking) held = undefined
    }
    const taking = take(lose)
    held = taking
    return taking
  }

  async function take(lose: () => void): Promise<Pg.Client> {
    const client = new pg.Client({
      connectionString,
      keepAlive: true,
      connectionTimeoutMillis: PATIENCE_MS,
      application_name: 'parley lock',
    })
    client.on('end', lose)
    client.on('error', lose)
    try {
      await client.connect()
      await client.query(`set lock_timeout = ${patienceMs}`)
      await client.query('select pg_advisory_lock($1)', [LOCK_KEY])
      return client
    } catch (thrown) {
      lose()
      await client.end()
      throw thrown instanceof pg.DatabaseError && thrown.code === LOCK_NOT_AVAILABLE
        ? inUse(address)
        : toStorageError(thrown, address)
    }
  }

  await ensure()
  return {
    ensure,
    async release() {
      const client = await held
      await client?.end()
    },
  }
}

function inUse(address: Address): StorageError {
  return new StorageError(
    `Another Parley process uses PostgreSQL at ${describeAddress(address)}: stop that one first, or give this one a database of its own with DATABASE_URL.`,
  )
}
