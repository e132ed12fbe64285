import { z } from 'zod'
import { timeSchema } from './wire.js'

export const adminServerSchema = z
  .object({
    object: z.literal('server'),
    since: timeSchema.describe('When this server started; all counts are from then on.'),
    request_count: z.int(),
    error_count: z.int().describe('Answers with status 500 or more, and runs that failed.'),
    avg_response_time: z.number().describe('Seconds to an answer, or to the opening of its stream.'),
    active_connections: z.int(),
    tokens_used: z.object({ input: z.int(), output: z.int() }),
  })
  .meta({ id: 'Server' })

/** What the server has done since it started. */
export type AdminServer = z.infer<typeof adminServerSchema>
