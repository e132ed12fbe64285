/** Why a run is ended from outside: by a person, until a person says otherwise, by the server going away, or together with everything it wrote. */
export type StopReason = 'cancelled' | 'paused' | 'interrupted' | 'rolled_back'

/** What `next` answers instead of the app's next event. */
export const STOPPED = Symbol('stopped')

/** Ends a run from outside, whether or not the app listens to its signal. */
export class StopSwitch {
  reason: StopReason | undefined
  readonly #controller = new AbortController()
  #settle: ((stopped: typeof STOPPED) => void) | undefined

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  stop(reason: StopReason): void {
    if (this.reason) return
    this.reason = reason
    this.#settle?.(STOPPED) // first, so that what the abort makes the app throw comes too late
    this.#controller.abort()
  }

  /** Tells an app whose events nobody takes any more to stop working. */
  abort(): void {
    this.#controller.abort()
  }

  /** The app's next event, or `STOPPED` at once when somebody stops the run. One promise per event: tokens come here. */
  next<Value>(iterator: AsyncIterator<Value>): Promise<IteratorResult<Value> | typeof STOPPED> {
    if (this.reason) return Promise.resolve(STOPPED)
    return new Promise((resolve, reject) => {
      this.#settle = resolve
      iterator.next().then(resolve, reject)
    })
  }
}
