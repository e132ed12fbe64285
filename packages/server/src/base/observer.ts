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
  /** Of the request that started it. */
  requestId?: string
  runId: string
  threadId: string
  status: string
  /** The code of its failure. */
  error?: string
  durationMs: number
  /** Until the first words of the answer; absent when there were none. */
  firstTextMs?: number
  /** Tokens the model read and wrote, where it said so. */
  inputTokens: number
  outputTokens: number
}

/** A model host was asked, and answered, failed or was not listened to any more. */
export interface ModelCallFacts {
  requestId?: string
  model: string
  host: string
  status: 'completed' | 'failed' | 'stopped'
  durationMs: number
  /** Zero where the host did not say. */
  inputTokens: number
  outputTokens: number
}

/** A request that was over a limit. */
export interface RefusalFacts {
  /** Whose limit it was: `user`, `session`, `workspace`. */
  scope: string
  window: string
}

/** Is told what the server does, for metrics and logs; never what people write. It must not throw. */
export interface Observer {
  requestEnded(facts: RequestFacts): void
  requestRefused(facts: RefusalFacts): void
  runStarted(): void
  runEnded(facts: RunFacts): void
  modelCallEnded(facts: ModelCallFacts): void
}

/** Tells several observers. */
export const observers = (all: Observer[]): Observer => ({
  requestEnded(facts) {
    for (const one of all) one.requestEnded(facts)
  },
  requestRefused(facts) {
    for (const one of all) one.requestRefused(facts)
  },
  runStarted() {
    for (const one of all) one.runStarted()
  },
  runEnded(facts) {
    for (const one of all) one.runEnded(facts)
  },
  modelCallEnded(facts) {
    for (const one of all) one.modelCallEnded(facts)
  },
})
