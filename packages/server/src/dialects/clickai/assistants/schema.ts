import { APP_MODES } from '@parley/protocol'
import { z } from 'zod'
import { pageSchema, wholeNumber } from '../schema.js'

/** The list of assistants on the wire. Source: seed 004, and the ClickAI contract, section 6. */

export const querySchema = z.object({
  page: pageSchema,
  page_size: wholeNumber.pipe(z.number().min(1).max(100)).default(10),
  mode: z.enum(APP_MODES).optional(),
  workspace_id: z.string().optional().describe('That of the key, which has no other.'),
})

const assistantSchema = z.object({
  id: z.string(),
  name: z.string(),
  mode: z.enum(APP_MODES),
  description: z.string(),
  created_at: z.int().nullable().describe('Unix time in seconds; `null`: it came with the server.'),
})
export type Assistant = z.infer<typeof assistantSchema>

export const assistantsSchema = z.object({
  page: z.int(),
  page_size: z.int(),
  total: z.int().describe('Of all pages.'),
  data: z.array(assistantSchema),
})
