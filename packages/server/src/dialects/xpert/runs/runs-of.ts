import type { Call, RunRecord } from '../../../engine/engine.js'
import type { XpertParts } from '../parts.js'

const PAGE = 100

/** Every run of a thread, newest first. */
export async function* runsOf<Context>(
  { engine }: XpertParts<Context>,
  call: Call<Context>,
  threadId: string,
): AsyncGenerator<RunRecord> {
  let after: string | undefined
  do {
    const page = await engine.listRuns(call, threadId, { limit: PAGE, order: 'desc', after: after ?? null })
    yield* page.data
    after = page.has_more ? page.after : undefined
  } while (after !== undefined)
}
