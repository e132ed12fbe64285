import type { Call } from './engine.js'

/** Keeps the call behind a run that waits for its turn, for the server that will begin it. */
export interface CallKeeper<Context> {
  /** Plain JSON. */
  keep(call: Call<Context>): unknown
  /** What the engine knows the call's things by, whatever became of whoever made it. */
  contextOf(kept: unknown): Context
  /** @throws {ParleyError} when its app is gone, or whoever made it may make it no more */
  restore(kept: unknown): Promise<Call<Context>>
}
