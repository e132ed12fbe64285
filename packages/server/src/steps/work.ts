import { ParleyError, type RunEvent } from '@parley/protocol'
import { CustomStreamError } from '../runnable/stream-errors.js'

/** What work gives: its output, or a promise of it, or events on the way and the output at their end. */
export type Given<Output> = Output | Promise<Output> | AsyncGenerator<RunEvent, Output, undefined>

/** What a step does. */
export type Work<Output> = () => Given<Output>

/** What came of some work. */
export type Outcome<Output> = { output: Output } | { thrown: unknown }

export const failed = <Output>(outcome: Outcome<Output>): outcome is { thrown: unknown } => 'thrown' in outcome

/** Does the work, whatever comes of it. */
export async function* outcomeOf<Output>(work: Work<Output>): AsyncGenerator<RunEvent, Outcome<Output>, undefined> {
  try {
    const given = work()
    return { output: isGenerator(given) ? yield* given : await given }
  } catch (thrown) {
    return { thrown }
  }
}

const isGenerator = <Output>(given: Given<Output>): given is AsyncGenerator<RunEvent, Output, undefined> =>
  typeof given === 'object' && given !== null && Symbol.asyncIterator in given

/** What may be told of a failure: words that were made for those who ask. */
export const wordsFor = (thrown: unknown): { error?: string } =>
  thrown instanceof ParleyError || thrown instanceof CustomStreamError ? { error: thrown.message } : {}
