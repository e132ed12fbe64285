import { z } from 'zod'

/** The states a run can be in, in the order of a life; the last four are final. */
export const RUN_STATUSES = ['queued', 'running', 'waiting', 'completed', 'failed', 'cancelled', 'interrupted'] as const

/** Reads a {@link RunStatus}. */
export const runStatusSchema = z.enum(RUN_STATUSES)

/**
 * The state of a run. `waiting`: its turn ended with something a person or page has to do. `interrupted`: the node that
 * ran it went away and nothing took it up again. Parley's own.
 */
export type RunStatus = z.infer<typeof runStatusSchema>
