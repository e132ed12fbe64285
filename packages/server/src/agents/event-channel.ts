/** Joins what several producers say into one stream, in the order they said it. One reader. */
export class EventChannel<Event> implements AsyncIterable<Event> {
  #waiting: Event[] = []
  #position = 0
  #end: { error?: unknown } | undefined
  #wake: (() => void) | undefined

  push(...events: Event[]): void {
    if (this.#end) return
    for (const event of events) this.#waiting.push(event)
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

  async *[Symbol.asyncIterator](): AsyncGenerator<Event> {
    while (true) {
      while (this.#position < this.#waiting.length) {
        const event = this.#waiting[this.#position++] as Event // the position is inside the list
        if (this.#position === this.#waiting.length) this.clear()
        yield event
      }
      if (this.#end) {
        if ('error' in this.#end) throw this.#end.error
        return
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      this.#wake = undefined
    }
  }
}
