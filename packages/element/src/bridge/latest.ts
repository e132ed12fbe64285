/** A value that changes faster than it is asked for: whoever asks gets the newest, or waits for the next. */
export interface Latest<Value> {
  set(value: Value): void
  /** Whoever waits or asks from now on gets `null`. */
  end(): void
  next(): Promise<Value | null>
}

export function createLatest<Value>(): Latest<Value> {
  let fresh: { value: Value } | undefined
  let ended = false
  let wake: () => void = () => undefined
  return {
    set(value) {
      fresh = { value }
      wake()
    },
    end() {
      ended = true
      wake()
    },
    async next() {
      if (!fresh && !ended) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      const { value } = fresh ?? { value: null }
      fresh = undefined
      return ended ? null : value
    },
  }
}
