/** Runs `callback` once the current tick is over: after everything that has arrived is handled, before waiting for more. */
export type Schedule = (callback: () => void) => void

/** `setImmediate` where there is one (Node, Deno, Bun), a timer elsewhere. */
export const afterTick: Schedule =
  typeof setImmediate === 'function' ? (callback) => setImmediate(callback) : (callback) => setTimeout(callback, 0)
