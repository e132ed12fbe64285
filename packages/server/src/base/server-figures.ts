import type { Observer } from './observer.js'

/** What one server has done since it started. Source: seed 002 ("Metrics"). */
export interface ServerFigures {
  since: string
  requests: number
  errors: number
  averageResponseMs: number
  connections: number
  inputTokens: number
  outputTokens: number
}

/** Counts the guide's five figures in this process, for people; collectors read the same and more at `/metrics`. */
export function serverFigures(startedAt: Date, connections: () => number): Observer & { read(): ServerFigures } {
  const total = { requests: 0, errors: 0, ms: 0, inputTokens: 0, outputTokens: 0 }
  return {
    requestEnded({ status, durationMs }) {
      total.requests += 1
      total.ms += durationMs
      if (status >= 500) total.errors += 1
    },
    requestRefused: () => undefined,
    runStarted: () => undefined,
    runEnded({ status, inputTokens, outputTokens }) {
      if (status === 'failed') total.errors += 1
      total.inputTokens += inputTokens
      total.outputTokens += outputTokens
    },
    modelCallEnded: () => undefined,
    read: () => ({
      since: startedAt.toISOString(),
      requests: total.requests,
      errors: total.errors,
      averageResponseMs: total.requests === 0 ? 0 : total.ms / total.requests,
      connections: connections(),
      inputTokens: total.inputTokens,
      outputTokens: total.outputTokens,
    }),
  }
}
