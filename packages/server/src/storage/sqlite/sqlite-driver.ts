import type Database from 'libsql'
import type { Script, SqlDriver, Statement, Step } from '../sql/script.js'
import { toSqlite } from './to-sqlite.js'

/**
 * Runs scripts on libsql's synchronous connection. A script never lets go of the thread, so transactions of concurrent
 * callers cannot mix and a message costs no waiting.
 */
export function sqliteDriver(database: Database.Database, onClose: () => void): SqlDriver {
  const execute = preparing(database)

  return {
    async run(script) {
      return drive(script(), execute)
    },
    async transaction(script) {
      return inTransaction(database, () => drive(script(), execute))
    },
    async close() {
      if (!database.open) return
      database.close()
      onClose()
    },
  }
}

/** Runs a script once, now, in one transaction. */
export function runNow<Result>(database: Database.Database, script: Script<Result>): Result {
  return inTransaction(database, () => drive(script, preparing(database)))
}

function inTransaction<Result>(database: Database.Database, work: () => Result): Result {
  database.exec('begin immediate')
  try {
    const result = work()
    database.exec('commit')
    return result
  } catch (thrown) {
    // A commit that failed (a full disk) may have rolled back by itself.
    if (database.inTransaction) database.exec('rollback')
    throw thrown
  }
}

function drive<Result>(steps: Script<Result>, execute: (step: Step) => unknown[]): Result {
  let next = steps.next()
  while (!next.done) next = steps.next(execute(next.value))
  return next.value
}

/** Statements are prepared on first use and kept. */
function preparing(database: Database.Database): (step: Step) => unknown[] {
  const prepared = new Map<Statement<unknown>, Database.Statement>()

  return ({ statement, values }) => {
    const ready = prepared.get(statement) ?? database.prepare(toSqlite(statement.sql))
    prepared.set(statement, ready)
    if (ready.reader) return ready.all(...values)
    ready.run(...values)
    return []
  }
}
