import { z } from 'zod'
import { limitSchema } from '../schema.js'

/** The wire shapes of conversations. Source: the ClickAI contract, section 13. */

export const conversationQuerySchema = z.object({
  user: z.string().optional(),
  last_id: z.string().optional(),
  /** What dify-client sends instead. */
  first_id: z.string().optional(),
  limit: limitSchema(100),
  sort_by: z.enum(['created_at', '-created_at', 'updated_at', '-updated_at']).default('-updated_at'),
})

export const variableQuerySchema = z.object({
  user: z.string().optional(),
  last_id: z.string().optional(),
  limit: limitSchema(100),
  variable_name: z.string().optional(),
})

export const renameBodySchema = z.object({
  name: z.string().max(1000).nullish(),
  auto_generate: z.boolean().nullish(),
})

export const conversationSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    inputs: z.record(z.string(), z.unknown()),
    status: z.literal('normal'),
    introduction: z.string(),
    created_at: z.int(),
    updated_at: z.int(),
  })
  .meta({ id: 'ClickAiConversation' })
export type Conversation = z.infer<typeof conversationSchema>

export const variableSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    value_type: z.enum(['string', 'number', 'boolean', 'object', 'file', 'array[file]']),
    value: z.unknown(),
    description: z.string(),
    created_at: z.int(),
    updated_at: z.int(),
  })
  .meta({ id: 'ClickAiVariable' })
export type Variable = z.infer<typeof variableSchema>
