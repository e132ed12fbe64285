import { pagesOf } from '../base/pages-of.js'
import type { Call, Engine, RunRecord } from './engine.js'

const PAGE = 100

/** Every run of a thread, newest first, for as long as somebody reads on. */
export async function* runsOf<Context>(
  engine: Engine<Context>,
  call: Call<Context>,
  threadId: string,
): AsyncGenerator<RunRecord> {
  const pages = pagesOf((after) =>
    engine.listRuns(call, threadId, { limit: PAGE, order: 'desc', after: after ?? null }),
  )
  for await (const runs of pages) yield* runs
}
