import { z } from 'zod'
import { type Thread, threadSchema } from '../chatkit/threads.js'
import { idSchema, openObject } from '../chatkit/wire.js'
import { runStatusSchema } from './run-status.js'

/** Reads a {@link RunInfo}. */
export const runInfoSchema = z.object({ id: idSchema, status: runStatusSchema })

/** Reads a {@link ThreadWithRun}. */
export const threadWithRunSchema = openObject({ ...threadSchema.shape, run: runInfoSchema.optional() })

/** The run of a thread that is going on or ended last. Parley's own. */
export type RunInfo = z.infer<typeof runInfoSchema>

/** A thread as our own chat gets it: a reload learns from `run` whether there is a stream to resume. Other clients ignore the field. Parley's own. */
export interface ThreadWithRun extends Thread {
  run?: RunInfo | undefined
}
