import type { Source } from '@parley/protocol'

/** What the tools of one run have found, numbered from 1 in the order they found it. The answer cites by number. */
export class SourceList {
  readonly #sources: Source[] = []

  /** Adds a source and returns its number; the same source again keeps the number it has. */
  add(source: Source): number {
    const key = JSON.stringify(source)
    const known = this.#sources.findIndex((other) => JSON.stringify(other) === key)
    return known >= 0 ? known + 1 : this.#sources.push(source)
  }

  get(number: number): Source | undefined {
    return this.#sources[number - 1]
  }

  get size(): number {
    return this.#sources.length
  }
}
