/** A request that was answered. A stream counts as answered when it opens. */
export interface RequestFacts {
  requestId: string
  method: string
  /** The route's pattern, e.g. `/api/chatkit/:app_id`; `*` where nothing is served. Never the address itself. */
  route: string
  status: number
  durationMs: number
}

/** A run that ended or waits. */
export interface RunFacts {
  runId: string
  threadId: string
  status: string
  durationMs: number
  /** Tokens the model read and wrote, where it said so. */
  inputTokens: number
  outputTokens: number
}

/** Is told what the server does, for metrics and logs; never what people write. It must not throw. */
export interface Observer {
  requestEnded(facts: RequestFacts): void
  runStarted(): void
  runEnded(facts: RunFacts): void
}

/** Tells several observers. */
export const observers = (all: Observer[]): Observer => ({
  requestEnded(facts) {
    for (const one of all) one.requestEnded(facts)
  },
  runStarted() {
    for (const one of all) one.runStarted()
  },
  runEnded(facts) {
    for (const one of all) one.runEnded(facts)
  },
})
