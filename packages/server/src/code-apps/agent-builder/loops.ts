import type { NodePlace, RunEvent } from '@parley/protocol'

/** A `while` of a program, from its beginning to its end. */
export interface Loop {
  /** Asked before each round. @returns whether there is one */
  round(goesOn: unknown): boolean
  /** Something in it was thrown. */
  fail(): void
  end(): void
}

interface OpenLoop {
  id: string
  /** Tells it from the same `while` begun at another time. */
  key: string
  /** -1: none has begun. */
  round: number
  hasFailed: boolean
}

/**
 * The loops of a program. One is told of when the first step in it is done: what a program does over again because it waited was
 * told before, and a loop that does no step is nobody's business.
 */
export class Loops {
  readonly #open: OpenLoop[] = []
  readonly #begun = new Map<string, number>()
  /** Loops and rounds that were told of. */
  readonly #told: Set<string>

  constructor(
    readonly push: (event: RunEvent) => void,
    told: readonly string[] = [],
  ) {
    this.#told = new Set(told)
  }

  /** What a run that waits keeps of them. */
  told(): string[] {
    return [...this.#told]
  }

  begin(id: string): Loop {
    const number = (this.#begun.get(id) ?? 0) + 1
    this.#begun.set(id, number)
    const loop: OpenLoop = { id, key: `${id}@${number}`, round: -1, hasFailed: false }
    this.#open.push(loop)
    return {
      round: (goesOn) => {
        this.#endRound(loop)
        if (goesOn) loop.round += 1
        return Boolean(goesOn)
      },
      fail: () => {
        loop.hasFailed = true
      },
      end: () => this.#end(loop),
    }
  }

  /** A step is done: the loops it stands in are told of, and where it stands. */
  enter(): { within?: NodePlace[] } {
    const within: NodePlace[] = []
    for (const loop of this.#open) {
      if (this.#isNews(loop.key))
        this.push({
          type: 'node.started',
          ...whereOf(loop, within),
          node_type: 'loop',
          title: 'While',
          rounds: { kind: 'loop' },
        })
      const { round } = loop
      if (this.#isNews(roundKey(loop))) this.push({ type: 'node.round_started', ...whereOf(loop, within), round })
      within.push({ node_id: loop.id, kind: 'loop', round })
    }
    return within.length > 0 ? { within } : {}
  }

  #endRound(loop: OpenLoop): void {
    if (!this.#told.has(roundKey(loop))) return
    const status = loop.hasFailed ? 'failed' : 'completed'
    this.push({ type: 'node.round_finished', ...this.#placeOf(loop), round: loop.round, status })
    this.#told.delete(roundKey(loop))
  }

  #end(loop: OpenLoop): void {
    this.#endRound(loop)
    const status = loop.hasFailed ? 'failed' : 'completed'
    if (this.#told.delete(loop.key)) this.push({ type: 'node.finished', ...this.#placeOf(loop), status })
    this.#open.splice(this.#open.indexOf(loop), 1)
  }

  #placeOf(loop: OpenLoop) {
    const above = this.#open.slice(0, this.#open.indexOf(loop))
    return whereOf(
      loop,
      above.map(({ id, round }) => ({ node_id: id, kind: 'loop', round })),
    )
  }

  #isNews(key: string): boolean {
    const isNews = !this.#told.has(key)
    this.#told.add(key)
    return isNews
  }
}

const roundKey = ({ key, round }: OpenLoop) => `${key}#${round}`
const whereOf = ({ id }: OpenLoop, within: NodePlace[]) => ({
  node_id: id,
  ...(within.length > 0 && { within: [...within] }),
})
