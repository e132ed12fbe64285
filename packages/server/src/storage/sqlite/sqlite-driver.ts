import type Database from 'libsql'
import { type Script, type SqlDriver, type Statement, type Step, storeClosed, type Value } from '../sql/script.js'
import { joinWrites } from './joined-writes.js'
import { toSqlite } from './to-sqlite.js'

/**
 * Runs scripts on libsql's synchronous connection. A script never lets go of the thread, so what concurrent callers read
 * and write cannot mix.
 */
export function sqliteDriver(database: Database.Database, onClose: () => void): SqlDriver {
  const execute = preparing(database)
  const writes = joinWrites((scripts) =>
    inTransaction(database, () => scripts.map((script) => drive(script(), execute))),
  )
  const write = async <Result>(script: () => Script<Result>) => {
    assertOpen()
    return writes.add(script)
  }

  /** libsql itself goes on working behind `close` as long as a statement is alive. */
  function assertOpen(): void {
    if (!database.open) throw storeClosed()
  }

  return {
    async run(script) {
      assertOpen()
      return drive(script(), execute)
    },
    write,
    transaction: write,
    async close() {
      if (!database.open) return
      writes.flush()
      // So that the file alone is the whole database, ready to be copied.
      database.exec('pragma wal_checkpoint(truncate)')
      database.close()
      onClose()
    },
  }
}

/** Runs a script once, now, in one transaction. */
export function runNow<Result>(database: Database.Database, script: Script<Result>): Result {
  return inTransaction(database, () => driveNow(database, script))
}

/** Runs a script once, now, in the transaction that is open. */
export function driveNow<Result>(database: Database.Database, script: Script<Result>): Result {
  return drive(script, preparing(database))
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

type Prepared = (values: readonly Value[]) => unknown[]

/** Statements are prepared on first use and kept. */
function preparing(database: Database.Database): (step: Step) => unknown[] {
  const prepared = new Map<Statement<unknown>, Prepared>()

  return ({ statement, values }) => {
    let ready = prepared.get(statement)
    if (!ready) {
      ready = prepare(database, toSqlite(statement.sql))
      prepared.set(statement, ready)
    }
    return ready(values)
  }
}

function prepare(database: Database.Database, text: string): Prepared {
  const statement = database.prepare(text)
  // Never `get`: libsql leaves the statement open behind its first row, and with it a read transaction.
  if (statement.reader) return (values) => statement.all(...values)
  return (values) => {
    statement.run(...values)
    return []
  }
}
