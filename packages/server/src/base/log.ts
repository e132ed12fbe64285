/** Where the server says what happened. Never message content, never secrets. */
export interface Log {
  debug(message: string, details?: Record<string, unknown>): void
  info(message: string, details?: Record<string, unknown>): void
  warn(message: string, details?: Record<string, unknown>): void
  error(message: string, details?: Record<string, unknown>): void
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** One line each on standard error; `debug` is left out. */
export const consoleLog: Log = {
  debug: () => undefined,
  info: (message, details) => console.error(message, ...shown(details)),
  warn: (message, details) => console.error(message, ...shown(details)),
  error: (message, details) => console.error(message, ...shown(details)),
}

const shown = (details?: Record<string, unknown>) => (details ? [details] : [])

/** The same log without what is less than `least`. */
export function atLeast(least: LogLevel, log: Log): Log {
  const quiet = () => undefined
  const skipped = LOG_LEVELS.slice(0, LOG_LEVELS.indexOf(least)).map((level) => [level, quiet])
  return { ...log, ...Object.fromEntries(skipped) }
}
