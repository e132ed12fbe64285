/**
 * What a workflow has done so far, in order. A workflow that waits for a person is not kept in memory: it is run again
 * from its start when the answer comes, and every step it did before gets its result from here instead of being done twice.
 */
export class Journal {
  #next = 0
  readonly #entries: JournalEntry[]

  constructor(entries: readonly JournalEntry[] = []) {
    this.#entries = structuredClone([...entries])
  }

  /** The number of the step that begins now. Call it before anything is awaited: steps beside each other keep their order. */
  begin(): number {
    return this.#next++
  }

  /**
   * What the step gave, if it was done before.
   *
   * @throws {JournalMismatch} when the program does something else at this place than it did then
   */
  find(step: number, name: string): { result: unknown } | undefined {
    const entry = this.#entries[step]
    if (!entry) return undefined
    if (entry.name !== name) throw new JournalMismatch(entry.name, name)
    return { result: structuredClone(entry.result) }
  }

  /** Keeps what the step gave, which must be plain JSON, and hands out what will be handed out the next time too. */
  keep(step: number, name: string, result: unknown): unknown {
    this.#entries[step] = { name, result: toJson(result) }
    return structuredClone(this.#entries[step].result)
  }

  /** Everything up to the first step that is not done. */
  entries(): JournalEntry[] {
    // A step that began later may be done already: what is not done is a hole.
    const gap = this.#entries.findIndex((entry) => !entry)
    return structuredClone(gap < 0 ? this.#entries : this.#entries.slice(0, gap))
  }
}

export interface JournalEntry {
  /** What was done, e.g. `agent Classify`. */
  name: string
  result: unknown
}

/** The program is not the one that began: its file was changed while it waited. */
export class JournalMismatch extends Error {
  override readonly name = 'JournalMismatch'
  constructor(before: string, now: string) {
    super(`The workflow did "${before}" here when it began, and does "${now}" now.`)
  }
}

const toJson = (value: unknown): unknown => (value === undefined ? null : JSON.parse(JSON.stringify(value)))
