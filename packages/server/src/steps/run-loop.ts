import type { RunEvent } from '@parley/protocol'
import { runInRounds, runRound } from './run-round.js'
import type { Given } from './work.js'

/** When a loop is over, and what it is called. */
export interface LoopOptions<Value> {
  /** Names it to programs; default: its title. */
  id?: string
  /** The most rounds there may be, at least one. */
  most: number
  /** Whether it is done, by what came of a round. Absent: it does as many as there may be. */
  until?: (value: Value, round: number) => boolean
}

/**
 * Does the same work again and again, each time on what came of it before, and tells of it as a node that loops: of each
 * round, and of the steps within. Gives what came of the last round.
 *
 * @param start What the first round works on.
 * @param work Is given that, or what came of the round before, and the number of the round, from 0. Events it yields, such
 * as those of `runStep`, are told as of its round.
 *
 * @example
 * const text = yield* runLoop('Improve', draft, (text) => runStep('Rewrite', () => rewrite(text)), { most: 5, until: isGood })
 */
export async function* runLoop<Value>(
  title: string,
  start: Value,
  work: (value: Value, round: number) => Given<Value>,
  { id = title, most, until }: LoopOptions<Value>,
): AsyncGenerator<RunEvent, Value, undefined> {
  const kind = 'loop'
  return yield* runInRounds({ id, title, rounds: { kind, length: most }, input: start }, rounds)

  async function* rounds(): AsyncGenerator<RunEvent, Value, undefined> {
    let value = start
    for (let round = 0; ; round++) {
      const given = value
      value = yield* runRound({ node_id: id, kind, round }, () => work(given, round), given)
      if (round + 1 >= most || until?.(value, round)) return value
    }
  }
}
