/**
 * Joins what several producers say into one stream, in the order they said it. It has one reader; `onLeave` is called
 * when that reader stops before the end.
 */
export class EventChannel<Event> implements AsyncIterableIterator<Event> {
  #waiting: Event[] = []
  #position = 0
  #end: { error?: unknown } | undefined
  #reader: { resolve(result: IteratorResult<Event>): void; reject(error: unknown): void } | undefined
  readonly #onLeave: (() => void) | undefined

  constructor(onLeave?: () => void) {
    this.#onLeave = onLeave
  }

  push(event: Event): void {
    if (this.#end) return
    const reader = this.#takeReader()
    if (reader) reader.resolve({ done: false, value: event })
    else this.#waiting.push(event)
  }

  /** The stream ends behind what was pushed; later pushes are ignored. */
  end(): void {
    this.#end ??= {}
    this.#takeReader()?.resolve(OVER)
  }

  /** Like {@link end}, and the reader then meets the error. */
  fail(error: unknown): void {
    if (this.#end) return
    const reader = this.#takeReader()
    this.#end = reader ? {} : { error } // an error is met once
    reader?.reject(error)
  }

  /** Forgets what nobody has read yet. */
  clear(): void {
    this.#waiting = []
    this.#position = 0
  }

  /** No async function: every token comes by here, and this way it costs one promise. */
  next(): Promise<IteratorResult<Event>> {
    if (this.#position < this.#waiting.length) return Promise.resolve({ done: false, value: this.#takeWaiting() })
    if (!this.#end)
      return new Promise((resolve, reject) => {
        this.#reader = { resolve, reject }
      })
    const end = this.#end
    this.#end = {}
    return 'error' in end ? Promise.reject(end.error) : Promise.resolve(OVER)
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

  #takeWaiting(): Event {
    const event = this.#waiting[this.#position++] as Event // the caller has seen that there is one
    if (this.#position === this.#waiting.length) this.clear()
    return event
  }

  #takeReader() {
    const reader = this.#reader
    this.#reader = undefined
    return reader
  }
}

const OVER = { done: true, value: undefined } as const
