import type { RunRecord, Scope } from './store.js'

/** The end of a run, or that it waits: another server is still to be told. */
export interface RunEndRecord {
  /** Of the run and its attempt. */
  id: string
  /** As it was then. */
  run: RunRecord
  owner: Scope
  /** How often it was tried. */
  tries: number
  next_try_at: string
}

/** What is still to be told of the runs of all users. It is written in the transaction that ends a run with a `webhook`. */
export interface RunEndStore {
  /** Those whose time has come, the oldest first. */
  listDue(now: string, limit: number): Promise<RunEndRecord[]>
  /** Saves it as it is from now on, if it is still due as it was: of several servers one gets `true`. */
  claim(due: RunEndRecord, changed: RunEndRecord): Promise<boolean>
  /** It was told, or is given up. */
  delete(end: RunEndRecord): Promise<void>
}
