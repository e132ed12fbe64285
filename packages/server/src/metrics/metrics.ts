import type { Observer } from '../base/observer.js'

/** What the server counts, and its text for whoever collects it. */
export interface Metrics extends Observer {
  readonly contentType: string
  read(): Promise<string>
}

type Told = (metrics: Observer) => void

/** More than a server sees before its metrics are there. */
const MOST_KEPT = 10_000

/**
 * Metrics whose code is loaded by `loaded()`, after the start and not before it: what happens until then is kept and
 * counted when it is there.
 */
export function lazyMetrics(load: () => Promise<Metrics>): Observer & { loaded(): Promise<Metrics> } {
  let metrics: Metrics | undefined
  let loading: Promise<Metrics> | undefined
  const early: Told[] = []
  const tell = (told: Told) => {
    if (metrics) told(metrics)
    else if (early.length < MOST_KEPT) early.push(told)
  }
  return {
    requestEnded: (facts) => tell((one) => one.requestEnded(facts)),
    requestRefused: (facts) => tell((one) => one.requestRefused(facts)),
    runStarted: () => tell((one) => one.runStarted()),
    runEnded: (facts) => tell((one) => one.runEnded(facts)),
    modelCallEnded: (facts) => tell((one) => one.modelCallEnded(facts)),
    loaded() {
      loading ??= load().then((ready) => {
        for (const told of early.splice(0)) told(ready)
        metrics = ready
        return ready
      })
      return loading
    },
  }
}
