import type { RunEvent } from '@parley/protocol'
import { failed, outcomeOf, type Work, wordsFor } from './work.js'

/** What a step may be given besides its work. */
export interface StepOptions<Output> {
  /** Names it to programs; default: its title. */
  id?: string
  /** What kind of node it is to programs, e.g. `llm` or `http-request`; default: `code`. */
  type?: string
  /** What it works on, for whoever looks at the run. */
  input?: unknown
  /** How often it is tried once more when it fails; default: never. */
  retries?: number
  /** What the workflow goes on with when it fails nevertheless. Absent: the run fails with it. */
  otherwise?: (thrown: unknown) => Output | Promise<Output>
}

/**
 * Does one step of a workflow and tells of it: that it began, that it is tried again, and how it ended. Gives what came of
 * it. Work that is a generator may yield events of its own, such as text.
 *
 * @param title What the step is called.
 * @throws what the work throws, when it is not told what to do `otherwise`
 *
 * @example
 * const page = yield* runStep('Fetch', () => fetch(url).then((response) => response.text()), { retries: 2 })
 */
export async function* runStep<Output>(
  title: string,
  work: Work<Output>,
  { id = title, type = 'code', input, retries = 0, otherwise }: StepOptions<Output> = {},
): AsyncGenerator<RunEvent, Output, undefined> {
  yield { type: 'node.started', node_id: id, node_type: type, title, ...(input !== undefined && { input }) }
  for (let retry = 1; ; retry++) {
    const outcome = yield* outcomeOf(work)
    if (!failed(outcome)) {
      yield { type: 'node.finished', node_id: id, status: 'completed', output: outcome.output }
      return outcome.output
    }
    const error = wordsFor(outcome.thrown)
    if (retry <= retries) yield { type: 'node.retried', node_id: id, retry, ...error }
    else if (otherwise) {
      const output = await otherwise(outcome.thrown)
      yield { type: 'node.finished', node_id: id, status: 'failed', ...error, is_handled: true, output }
      return output
    } else {
      yield { type: 'node.finished', node_id: id, status: 'failed', ...error }
      throw outcome.thrown
    }
  }
}
