import type { Observer } from '../base/observer.js'

/** What the server counts, and its text for whoever collects it. */
export interface Metrics extends Observer {
  readonly contentType: string
  read(): Promise<string>
}

type Told = (metrics: Observer) => void

/** Before its code is there: more than a server sees until then. */
const MOST_EARLY = 10_000
/** After that. */
const MOST_WAITING = 100

/**
 * Metrics whose code is loaded by `loaded()`, after the start and not before it. What happens is counted when somebody
 * looks, or when enough has come together: no answer waits for its own figures.
 */
export function lazyMetrics(load: () => Promise<Metrics>): Observer & { loaded(): Promise<Metrics> } {
  let metrics: Metrics | undefined
  let loading: Promise<Metrics> | undefined
  const waiting: Told[] = []
  const count = (ready: Metrics) => {
    for (const told of waiting.splice(0)) told(ready)
  }
  const tell = (told: Told) => {
    if (metrics || waiting.length < MOST_EARLY) waiting.push(told)
    if (metrics && waiting.length >= MOST_WAITING) count(metrics)
  }
  return {
    requestEnded: (facts) => tell((one) => one.requestEnded(facts)),
    requestRefused: (facts) => tell((one) => one.requestRefused(facts)),
    runStarted: () => tell((one) => one.runStarted()),
    runEnded: (facts) => tell((one) => one.runEnded(facts)),
    modelCallEnded: (facts) => tell((one) => one.modelCallEnded(facts)),
    async loaded() {
      loading ??= load()
      metrics = await loading
      count(metrics)
      return metrics
    },
  }
}
