import type { RunEvent } from '@parley/protocol'
import { runBeside } from './run-beside.js'
import { runInRounds, runRound } from './run-round.js'
import type { Given } from './work.js'

/** What an iteration may be given besides its work. */
export interface EachOptions {
  /** Names it to programs; default: its title. */
  id?: string
  /** How many rounds may be at work at once; default: one after the other. */
  parallel?: number
}

/**
 * Does the same work for each of a list, and tells of it as a node that iterates: of each round, and of the steps within.
 * Gives what came of each, in the order of the list. When a round fails, no other begins, those at work come to their end,
 * and the iteration fails with it.
 *
 * @param work Is given an item and its index. Events it yields, such as those of `runStep`, are told as of its round.
 *
 * @example
 * const summaries = yield* runEach('Summarise', pages, (page) => runStep('Ask', () => summary(page)), { parallel: 4 })
 */
export async function* runEach<Item, Output>(
  title: string,
  items: Iterable<Item>,
  work: (item: Item, index: number) => Given<Output>,
  { id = title, parallel = 1 }: EachOptions = {},
): AsyncGenerator<RunEvent, Output[], undefined> {
  const kind = 'iteration'
  const input = [...items]
  const rounds = input.map((item, round) => () => runRound({ node_id: id, kind, round }, () => work(item, round), item))
  const node = { id, title, rounds: { kind, length: input.length }, input } as const
  return yield* runInRounds(node, () => runBeside(rounds, parallel))
}
