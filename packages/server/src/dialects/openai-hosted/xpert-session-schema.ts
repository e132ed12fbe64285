import { z } from 'zod'

/** Xpert's bodies: `{}`, `{expires_after}`, or `{assistant: {id}, user}`. Source: the Xpert contract, section 6. */
export const xpertSessionBodySchema = z.object({
  expires_after: z.unknown().optional().describe('Seconds. Anything but a number above 0: 600.'),
  assistant: z.object({ id: z.string().min(1).max(256) }).nullish(),
  user: z.string().min(1).max(512).nullish(),
})

export const xpertSessionSchema = z.object({
  client_secret: z.string(),
  expires_at: z.string(),
  expires_after: z.int(),
})
export type XpertSession = z.infer<typeof xpertSessionSchema>
