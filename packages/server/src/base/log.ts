/** Where the server says what happened. Never message content, never secrets. */
export interface Log {
  debug(message: string, details?: Record<string, unknown>): void
  info(message: string, details?: Record<string, unknown>): void
  warn(message: string, details?: Record<string, unknown>): void
  error(message: string, details?: Record<string, unknown>): void
}

/** One line each on standard error; `debug` is left out. */
export const consoleLog: Log = {
  debug: () => undefined,
  info: (message, details) => console.error(message, ...shown(details)),
  warn: (message, details) => console.error(message, ...shown(details)),
  error: (message, details) => console.error(message, ...shown(details)),
}

const shown = (details?: Record<string, unknown>) => (details ? [details] : [])
