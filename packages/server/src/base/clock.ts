/** The time, handed in wherever it matters so that tests move it by hand. */
export interface Clock {
  now(): Date
  /** Calls `callback` once in `ms` milliseconds; the returned function calls it off. Never keeps a process alive. */
  after(ms: number, callback: () => void): () => void
}

export const systemClock: Clock = {
  now: () => new Date(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms)
    if (typeof timer === 'object') timer.unref()
    return () => clearTimeout(timer)
  },
}
