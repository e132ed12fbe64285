import type { CronRecord } from '../../../crons/crons.js'
import { checkBody } from '../../check-body.js'
import type { XpertCaller, XpertParts } from '../routes.js'
import { openRun } from '../runs/open-run.js'
import { runSchema } from '../runs/schema.js'

/** Starts one run of a schedule, for its maker; nobody waits for it. */
export async function startCron<Context>(
  parts: XpertParts<Context>,
  caller: XpertCaller<Context>,
  { thread_id, app_id, payload }: CronRecord,
): Promise<void> {
  const body = { ...checkBody(runSchema, payload), assistant_id: app_id }
  const { stream } = await openRun(parts, caller, { threadId: thread_id ?? null, body })
  await stream.entries[Symbol.asyncIterator]().return?.()
}
