import { randomBytes } from 'node:crypto'
import { env } from 'node:process'
import pg from 'pg'
import { TABLES } from '../backup/backup-database.js'
import { StorageError } from '../storage-error.js'

const SERVER = env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'

/** A database of its own on the test server, and a connection to look behind the store's back. */
export interface TestDatabase {
  connectionString: string
  query<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]>
  /** Deletes every row of the schema. */
  empty(): Promise<void>
  drop(): Promise<void>
}

/** Makes an empty database on the server that `DATABASE_URL` names, by default the local one. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `parley_test_${randomBytes(6).toString('hex')}`
  await onServer(`create database ${name}`)
  await onServer(`alter database ${name} set synchronous_commit = off`) // nobody cuts the power: no test waits for the disk
  const url = new URL(SERVER)
  url.pathname = `/${name}`
  return {
    connectionString: url.href,
    query: (sql) => queryOnce(url.href, sql),
    async empty() {
      // Truncated, each table would get new files, which takes seconds where the disk is busy.
      await queryOnce(
        url.href,
        TABLES.map((table) => `delete from ${table}`)
          .toReversed()
          .join('; '),
      )
    },
    async drop() {
      await onServer(`drop database ${name} with (force)`)
    },
  }
}

async function onServer(sql: string): Promise<void> {
  try {
    await queryOnce(SERVER, sql)
  } catch (thrown) {
    const { host } = new URL(SERVER)
    throw new StorageError(`These tests need PostgreSQL, and ${host} does not answer: start it or set DATABASE_URL.`, {
      cause: thrown,
    })
  }
}

async function queryOnce<Row extends pg.QueryResultRow>(connectionString: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString })
  try {
    await client.connect()
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}
