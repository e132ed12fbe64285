import type pg from 'pg'
import { type Script, type SqlDriver, type Statement, storeClosed } from '../sql/script.js'
import type { DatabaseHold } from './database-hold.js'
import { isWorthRepeating, toRequestError } from './postgres-error.js'

/** Tries of a transaction that met another one. */
const TRIES = 5

/** Runs scripts on a pool of connections, each script on one of them; statements are prepared once per connection. */
export function postgresDriver(pool: pg.Pool, hold: DatabaseHold): SqlDriver {
  const execute = preparing()
  let ending: Promise<void> | undefined

  async function withClient<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    if (ending) throw storeClosed()
    try {
      await hold.ensure()
      const client = await pool.connect()
      try {
        return await work(client)
      } finally {
        client.release()
      }
    } catch (thrown) {
      throw toRequestError(thrown)
    }
  }

  async function inTransaction<Result>(client: pg.PoolClient, script: () => Script<Result>): Promise<Result> {
    await client.query('begin')
    try {
      const result = await drive(client, script(), execute)
      await client.query('commit')
      return result
    } catch (thrown) {
      await client.query('rollback')
      throw thrown
    }
  }

  async function repeatedly<Result>(
    client: pg.PoolClient,
    script: () => Script<Result>,
    tries: number,
  ): Promise<Result> {
    try {
      return await inTransaction(client, script)
    } catch (thrown) {
      if (tries <= 1 || !isWorthRepeating(thrown)) throw thrown
      return repeatedly(client, script, tries - 1)
    }
  }

  const run: SqlDriver['run'] = (script) => withClient((client) => drive(client, script(), execute))

  return {
    run,
    write: run,
    transaction: (script) => withClient((client) => repeatedly(client, script, TRIES)),
    close() {
      // The hold goes last: nobody else starts while our last transactions are under way.
      ending ??= pool.end().then(() => hold.release())
      return ending
    },
  }
}

/** Runs a script on a connection, in the transaction that is open there if there is one. */
export async function drive<Result>(
  client: pg.ClientBase,
  steps: Script<Result>,
  execute = preparing(),
): Promise<Result> {
  let next = steps.next()
  while (!next.done) next = steps.next(await execute(client, next.value))
  return next.value
}

function preparing() {
  const names = new Map<Statement<unknown>, string>()

  function nameOf(statement: Statement<unknown>): string {
    const name = names.get(statement) ?? `parley_${names.size + 1}`
    names.set(statement, name)
    return name
  }

  return async (client: pg.ClientBase, step: { statement: Statement<unknown>; values: readonly unknown[] }) => {
    const { rows } = await client.query<Record<string, unknown>>({
      name: nameOf(step.statement),
      text: step.statement.sql,
      values: [...step.values],
    })
    return rows
  }
}
