import { ParleyError } from '@parley/protocol'

/**
 * Queries written once for both engines. A script is a generator that yields statements and is handed their rows, so
 * the engine behind it may be synchronous (SQLite runs a whole transaction without letting go of the thread) or
 * asynchronous (PostgreSQL).
 */

/** What a statement may be given. */
export type Value = string | number | null

/**
 * One SQL statement in PostgreSQL's dialect, of the subset that SQLite understands once `toSqlite` has replaced a few
 * words. Declared once at the top level: engines prepare a statement object on its first use and keep it.
 */
export interface Statement<Row> {
  readonly sql: string
  /** Never set: ties the type of the rows to the statement. */
  readonly row?: Row
}

/** One step of a script: run this statement. */
export interface Step {
  statement: Statement<unknown>
  values: readonly Value[]
}

/** A program over statements; it returns `Result`, and a throw undoes the transaction it runs in. */
export type Script<Result> = Generator<Step, Result, unknown[]>

/** An open database. Scripts come as functions, so that a transaction can be tried again. Once closed, it is `storeClosed`. */
export interface SqlDriver {
  /** Runs each statement of the script on its own. */
  run<Result>(script: () => Script<Result>): Promise<Result>
  /** Like `run`, for a script that writes: an engine may join it with other writes of the moment. */
  write<Result>(script: () => Script<Result>): Promise<Result>
  /** Runs the whole script in one transaction. */
  transaction<Result>(script: () => Script<Result>): Promise<Result>
  close(): Promise<void>
}

/** What every call fails with behind `close`: the process is about to end, another one will answer. */
export function storeClosed(): ParleyError {
  return new ParleyError('unavailable', 'The server is shutting down. Try again in a moment.', {
    details: { retry_after: 2 },
  })
}

/** Declares a statement whose rows look like `Row`. */
export function sql<Row = never>(text: string): Statement<Row> {
  return { sql: text }
}

/** Runs a statement and returns all its rows. */
export function* all<Row>(statement: Statement<Row>, values: readonly Value[]): Script<Row[]> {
  const rows = yield { statement, values }
  return rows as Row[] // a driver answers a step with the rows of exactly that statement
}

/** Runs a statement and returns its first row, if there is one. */
export function* first<Row>(statement: Statement<Row>, values: readonly Value[]): Script<Row | undefined> {
  const rows = yield* all(statement, values)
  return rows[0]
}
