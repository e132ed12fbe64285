import type Pg from 'pg'
import { StorageError } from '../storage-error.js'
import { type Address, describeAddress, toStorageError } from './postgres-error.js'

/** Proof that this process is the only one at work on a database. */
export interface DatabaseHold {
  /**
   * Resolves while the database is ours; takes it again when the connection that held it broke, unless another process
   * has held it since.
   */
  ensure(): Promise<unknown>
  release(): Promise<void>
}

/** The key under which every Parley locks; the advisory locks of different databases do not meet. */
const LOCK_KEY = 7_274_496_135
/** How long a predecessor that is shutting down may take. */
const PATIENCE_MS = 10_000
const LOCK_NOT_AVAILABLE = '55P03'
/** A connection that says nothing is asked for a sign of life: by us, so that no gateway forgets it, and by the server. */
const KEEP_ALIVE_S = 30
const SIGNS_OF_LIFE = `set tcp_keepalives_idle = ${KEEP_ALIVE_S}; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3`

/** Counts the processes that have held the database: who comes back learns whether another has been there. */
const COUNT = {
  make: 'create sequence if not exists parley_holders',
  next: "select nextval('parley_holders') as holder",
  last: 'select last_value as holder from parley_holders',
}

/** Which database to hold, and how long to wait for it. */
interface Hold {
  pg: typeof Pg
  connectionString: string
  address: Address
  patienceMs?: number
  /** Told once when another process has taken the database over. */
  onLost?: ((lost: StorageError) => void) | undefined
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
  onLost,
}: Hold): Promise<DatabaseHold> {
  let held: Promise<Pg.Client> | undefined
  /** Our number among the holders. */
  let ours: string | undefined
  let lost: StorageError | undefined

  async function ensure(): Promise<Pg.Client> {
    if (lost) throw lost
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
      keepAliveInitialDelayMillis: KEEP_ALIVE_S * 1000,
      connectionTimeoutMillis: PATIENCE_MS,
      application_name: 'parley lock',
    })
    client.on('end', lose)
    client.on('error', lose)
    try {
      await client.connect()
      await client.query(SIGNS_OF_LIFE)
      const isFree = await lock(client)
      // What we remember of the database is not true any more when another process has worked on it.
      if (ours !== undefined && (await holderOf(client, COUNT.last)) !== ours) throw giveUp()
      if (!isFree) throw inUse(address)
      if (ours === undefined) {
        await client.query(COUNT.make)
        ours = await holderOf(client, COUNT.next)
      }
      return client
    } catch (thrown) {
      lose()
      await client.end()
      throw toStorageError(thrown, address)
    }
  }

  async function lock(client: Pg.Client): Promise<boolean> {
    await client.query(`set lock_timeout = ${patienceMs}`)
    try {
      await client.query('select pg_advisory_lock($1)', [LOCK_KEY])
      return true
    } catch (thrown) {
      if (thrown instanceof pg.DatabaseError && thrown.code === LOCK_NOT_AVAILABLE) return false
      throw thrown
    }
  }

  function giveUp(): StorageError {
    if (!lost) {
      lost = takenOver(address)
      onLost?.(lost)
    }
    return lost
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

async function holderOf(client: Pg.Client, query: string): Promise<string | undefined> {
  const { rows } = await client.query<{ holder: string }>(query)
  return rows[0]?.holder
}

const inUse = (address: Address) =>
  new StorageError(
    `Another Parley process uses PostgreSQL at ${describeAddress(address)}: stop that one first, or give this one a database of its own with DATABASE_URL.`,
  )

const takenOver = (address: Address) =>
  new StorageError(
    `Another Parley process has taken over PostgreSQL at ${describeAddress(address)} while its connection was lost: one server at a time uses a database. Stop one of them, or give it a database of its own with DATABASE_URL.`,
  )
