import { z } from 'zod'
import { requestSchema } from '../chatkit/requests.js'
import { idSchema } from '../chatkit/wire.js'

/** Our two request types beside ChatKit's sixteen, on the same endpoint and in the same envelope. */
export const runRequestSchemas = {
  'runs.resume': requestSchema(
    'runs.resume',
    z.object({ thread_id: idSchema, run_id: idSchema.optional(), after: z.int().min(0).default(0) }),
  ),
  'runs.cancel': requestSchema('runs.cancel', z.object({ thread_id: idSchema })),
} as const

/** Reads a {@link RunRequest}. */
export const runRequestSchema = z.discriminatedUnion('type', [
  runRequestSchemas['runs.resume'],
  runRequestSchemas['runs.cancel'],
])

/**
 * `runs.resume` (answered by a stream) reads a run's events behind number `after`, of the thread's latest run unless
 * `run_id` names one; `runs.cancel` (answered by JSON) stops the thread's run for everybody. Parley's own.
 */
export type RunRequest = z.infer<typeof runRequestSchema>
