import { JinjaError } from './jinja-error.js'
import { MAX_DEPTH } from './syntax.js'

/** What one rendering may do: far more than any widget needs, and over in well under a second. */
const MAX_STEPS = 500_000
const MAX_CHARACTERS = 20_000_000

/** One rendering: counts what it does and ends it when that is too much, because templates may come from anyone. */
export class Run {
  #steps = 0
  #characters = 0
  #depth = 0

  /** Counts `count` values looked at or made. */
  step(at: number, count = 1): void {
    this.#steps += count
    if (this.#steps > MAX_STEPS) throw new JinjaError('limit', `takes more than ${MAX_STEPS} steps`, at)
  }

  /** Counts a text that was made or searched through, whether it is written out or not; gives it back. */
  made(text: string, at: number): string {
    this.#characters += text.length
    if (this.#characters > MAX_CHARACTERS) {
      throw new JinjaError('limit', `goes through more than ${MAX_CHARACTERS} characters of text`, at)
    }
    return text
  }

  /** Does something that may do the same again inside. */
  deeper<Result>(at: number, work: () => Result): Result {
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) throw new JinjaError('limit', `nested deeper than ${MAX_DEPTH}`, at)
    const result = work()
    this.#depth -= 1
    return result
  }
}
