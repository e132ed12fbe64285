import { z } from 'zod'
import { orAbsent } from '../schema.js'

/** Speech on the wire. Source: the ClickAI contract, section 14. */

export const recordingSchema = z.object({ file: z.file(), user: z.string().optional() })

export const transcriptSchema = z.object({ text: z.string() })

const MOST_TEXT = 20_000

/** Body of `POST /v1/text-to-audio`. */
export const speechBodySchema = z.object({
  text: orAbsent(z.string().max(MOST_TEXT)),
  message_id: orAbsent(z.string()),
  voice: orAbsent(z.string().max(100)),
  streaming: orAbsent(z.boolean()),
})
