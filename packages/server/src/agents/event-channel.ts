/**
 * Joins what several producers say into one stream, in the order they said it. It has one reader; `onLeave` is called
 * when that reader stops before the end.
 */
export class EventChannel<Event> implements AsyncIterableIterator<Event> {
  #waiting: Event[] = []
  #position = 0
  #end: { error?: unknown } | undefined
  #wake: (() => void) | undefined
  readonly #onLeave: (() => void) | undefined

  constructor(onLeave?: () => void) {
    this.#onLeave = onLeave
  }

  push(event: Event): void {
    if (this.#end) return
    this.#waiting.push(event)
    this.#wake?.()
  }

  /** The stream ends behind what was pushed; later pushes are ignored. */
  end(): void {
    this.#end ??= {}
    this.#wake?.()
  }

  /** Like {@link end}, and the reader then meets the error. */
  fail(error: unknown): void {
    this.#end ??= { error }
    this.#wake?.()
  }

  /** Forgets what nobody has read yet. */
  clear(): void {
    this.#waiting = []
    this.#position = 0
  }

  async next(): Promise<IteratorResult<Event>> {
    while (this.#position === this.#waiting.length) {
      if (this.#end) {
        const { error } = this.#end
        const failed = 'error' in this.#end
        this.#end = {} // an error is met once
        if (failed) throw error
        return { done: true, value: undefined }
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      this.#wake = undefined
    }
    const value = this.#waiting[this.#position++] as Event // the position is inside the list
    if (this.#position === this.#waiting.length) this.clear()
    return { done: false, value }
  }

  async return(): Promise<IteratorResult<Event>> {
    const left = !this.#end
    this.end()
    this.clear()
    if (left) this.#onLeave?.()
    return { done: true, value: undefined }
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}
