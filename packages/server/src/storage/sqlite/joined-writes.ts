import type { Script } from '../sql/script.js'

/** Runs scripts in one transaction and returns their results; a throw undoes all of them. */
export type Transaction = (scripts: (() => Script<unknown>)[]) => unknown[]

/** Writes of one turn of the event loop, joined. */
export interface JoinedWrites {
  /** Resolves when the script's transaction is committed. */
  add<Result>(script: () => Script<Result>): Promise<Result>
  /** Commits what waits, now. */
  flush(): void
}

interface Write {
  script: () => Script<unknown>
  resolve(result: unknown): void
  reject(reason: unknown): void
}

/**
 * Makes one transaction of the writes that come in the same turn of the event loop: most of what a write costs is its
 * commit, and pages that several of them change are written once. A script that throws undoes its own work alone.
 */
export function joinWrites(transaction: Transaction): JoinedWrites {
  let waiting: Write[] = []

  const flush = () => {
    const writes = waiting
    waiting = []
    commit(writes)
  }

  const commit = (writes: Write[]) => {
    if (writes.length === 0) return
    try {
      const results = transaction(writes.map(({ script }) => script))
      for (const [index, { resolve }] of writes.entries()) resolve(results[index])
    } catch (thrown) {
      if (writes.length === 1) writes[0]?.reject(thrown)
      else for (const write of writes) commit([write]) // nothing of them was kept: each for itself
    }
  }

  return {
    flush,
    add: <Result>(script: () => Script<Result>) =>
      new Promise<Result>((resolve, reject) => {
        if (waiting.length === 0) setImmediate(flush)
        waiting.push({ script, resolve: resolve as Write['resolve'], reject }) // results stand in the order of the scripts
      }),
  }
}
