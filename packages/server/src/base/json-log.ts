import type { Log } from './log.js'

/**
 * One JSON object a line, for those who collect logs: `time` (ISO), `level`, `message` and the details. Errors become
 * their name, message and stack.
 */
export function jsonLog(write: (line: string) => void, now: () => Date = () => new Date()): Log {
  const at =
    (level: string) =>
    (message: string, details: Record<string, unknown> = {}): void =>
      write(`${JSON.stringify({ time: now().toISOString(), level, message, ...details }, plainErrors)}\n`)
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

const plainErrors = (_: string, value: unknown) =>
  value instanceof Error
    ? {
        name: value.name,
        message: value.message,
        stack: value.stack,
        ...(value.cause !== undefined && { cause: value.cause }),
      }
    : value
