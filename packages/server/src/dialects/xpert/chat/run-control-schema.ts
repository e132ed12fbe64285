import { z } from 'zod'

/**
 * How a run is held, as Xpert's newer clients read it from its thread and from what they asked for. Source: the Xpert
 * contract, sections 5.2 and 5.3.
 */
export const runControlSchema = z.object({
  executionId: z.string().describe('The run.'),
  state: z.enum(['paused', 'running']).describe('Pausing is done when it is answered.'),
  pauseId: z.string().describe('What resuming names: one pause.'),
})
export type RunControl = z.infer<typeof runControlSchema>

/** `POST …/resume`. */
export const resumeSchema = z.object({ pauseId: z.string().min(1).max(512) })
