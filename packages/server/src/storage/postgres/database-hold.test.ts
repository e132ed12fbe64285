import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleThread } from '../../testing/samples.js'
import { holdDatabase } from './database-hold.js'
import { postgresStore } from './postgres-store.js'
import { createTestDatabase, type TestDatabase } from './test-database.fixture.js'

const ada = { workspaceId: 'workspace', userId: 'ada', appId: 'app' }

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

describe('the hold on a PostgreSQL database', () => {
  it('is refused in one line while another process has it', async () => {
    const store = await postgresStore(database)
    const address = { host: '127.0.0.1', port: 5432, database: 'chats', user: 'ada' }

    const second = holdDatabase({ pg, ...database, address, patienceMs: 20 })

    await expect(second).rejects.toThrow(
      /^Another Parley process uses PostgreSQL at 127\.0\.0\.1:5432, database "chats": stop that one first, .*DATABASE_URL\.$/,
    )
    await store.close()
  })

  it('passes to a successor that waits while its predecessor shuts down', async () => {
    const predecessor = await postgresStore(database)
    const opening = postgresStore(database)

    await predecessor.close()
    const successor = await opening

    await successor.saveThread(sampleThread('thr_1'), ada)
    await successor.close()
  })

  it('is lost to a process that took it when the connection broke, and does not come back', async () => {
    const lost: string[] = []
    const first = await postgresStore({ ...database, onLost: ({ message }) => lost.push(message) })
    const opening = postgresStore(database)
    const waits = "select 1 from pg_locks where locktype = 'advisory' and not granted"
    await expect.poll(() => database.query(waits)).toHaveLength(1)

    await database.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'parley lock' and wait_event is distinct from 'advisory'",
    )
    const second = await opening
    await second.saveThread(sampleThread('thr_1'), ada)

    const patience = first.loadThread('thr_1', ada).catch((thrown: { code: string }) => thrown.code)
    await second.close()
    expect(await patience).toBe('unavailable')
    await expect(first.loadThread('thr_1', ada)).rejects.toMatchObject({ code: 'unavailable' })
    expect(lost).toEqual([
      expect.stringMatching(/^Another Parley process has taken over PostgreSQL at .*DATABASE_URL\.$/),
    ])
    await first.close()
  })

  it('is taken again when the server drops all connections in the middle of work', async () => {
    const store = await postgresStore(database)
    await store.saveThread(sampleThread('thr_1'), ada)
    const calls = Array.from({ length: 500 }, () => store.saveThread(sampleThread('thr_1'), ada))
    const outcomes = Promise.allSettled(calls)

    await database.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )

    const failures = (await outcomes).flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []))
    expect(new Set([...failures, 'unavailable'])).toEqual(new Set(['unavailable']))
    await expect.poll(() => store.loadThread('thr_1', ada).catch(String)).toEqual(sampleThread('thr_1'))
    const locks = await database.query<{ held: boolean }>(
      `select granted as held from pg_locks where locktype = 'advisory'
       and database = (select oid from pg_database where datname = current_database())`,
    )
    expect(locks).toEqual([{ held: true }])
    await store.close()
  })

  it('ends with the store, which refuses calls from then on and may be closed twice', async () => {
    const store = await postgresStore(database)

    await Promise.all([store.close(), store.close()])

    await expect(store.loadThread('thr_1', ada)).rejects.toMatchObject({ code: 'unavailable' })
    const ours =
      "select pid from pg_stat_activity where datname = current_database() and application_name like 'parley%'"
    await expect.poll(() => database.query(ours)).toEqual([])
  })
})

describe('a PostgreSQL server that cannot be used', () => {
  it.each([
    [
      'postgres://ada:s3cret@127.0.0.1:1/chats',
      'Cannot use PostgreSQL at 127.0.0.1:1, database "chats": nothing listens there. Start PostgreSQL, or correct DATABASE_URL.',
    ],
    [
      'postgres://ada:s3cret@host.invalid/chats',
      /^Cannot use PostgreSQL at host\.invalid:5432, database "chats": .*DATABASE_URL/,
    ],
    ['postgres://ada:s3cret@[::', 'DATABASE_URL cannot be read: write postgres://user:password@host:5432/database.'],
  ])('is named in one line without the password: %s', async (connectionString, line) => {
    const failure = await postgresStore({ connectionString }).catch((thrown: Error) => thrown)

    expect(failure).toMatchObject({ name: 'StorageError', message: expect.stringMatching(line) })
    expect(String(failure)).not.toMatch(/s3cret|\n/)
  })

  it('says how to make a database that does not exist', async () => {
    const url = new URL(database.connectionString)
    url.pathname = '/no_such_database'

    await expect(postgresStore({ connectionString: url.href })).rejects.toThrow(
      /does not exist\. Create it: createdb no_such_database$/,
    )
  })
})
