import type { Log } from '../base/log.js'

/** What apps do after their runs, when nobody waits any more. */
export interface Afterwards {
  add(work: (signal: AbortSignal) => Promise<void>, details: Record<string, unknown>): void
  /** Aborts what goes on, and waits for its end. */
  stop(): Promise<void>
}

export function createAfterwards(log: Log): Afterwards {
  const going = new Set<Promise<void>>()
  const stopping = new AbortController()

  async function run(work: (signal: AbortSignal) => Promise<void>, details: Record<string, unknown>): Promise<void> {
    try {
      await work(stopping.signal)
    } catch (cause) {
      if (!stopping.signal.aborted) log.warn('What an app does after its runs failed.', { ...details, cause })
    }
  }

  return {
    add(work, details) {
      if (stopping.signal.aborted) return
      const one = run(work, details).finally(() => going.delete(one))
      going.add(one)
    },
    async stop() {
      stopping.abort()
      await Promise.all(going)
    },
  }
}
