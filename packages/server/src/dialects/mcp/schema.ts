import { z } from 'zod'

/** Wire shapes of the Model Context Protocol, as far as a server of tools speaks it. Source: its schema, 2025-11-25 and 2026-07-28. */

/** Protocol versions that begin with `initialize`, the newest first. */
export const SESSION_VERSIONS = ['2025-11-25', '2025-06-18', '2025-03-26'] as const
/** Those in which every request stands for itself. */
export const STATELESS_VERSIONS = ['2026-07-28'] as const

const idSchema = z.union([z.string(), z.number()])

/** A request, or a notification: that has no `id`. */
export const messageSchema = z.object({
  jsonrpc: z.literal('2.0'),
  id: idSchema.optional(),
  method: z.string(),
  params: z.looseObject({ _meta: z.looseObject({ progressToken: idSchema.optional() }).optional() }).optional(),
})
export type Message = z.infer<typeof messageSchema>
export type RequestId = z.infer<typeof idSchema>

/** Answers of a client, to questions that this server never asks. */
export const answerSchema = z.object({ jsonrpc: z.literal('2.0'), id: idSchema, method: z.undefined().optional() })

export const initializeSchema = z.object({ protocolVersion: z.string() })
export const listSchema = z.object({ cursor: z.string().max(1000).optional() })
export const cancelledSchema = z.object({ requestId: idSchema })
export const callSchema = z.object({
  name: z.string().max(1000),
  arguments: z.record(z.string(), z.unknown()).default({}),
})

/** What a tool takes; `inputs` are checked by the app itself. */
export const argumentsSchema = z.object({
  message: z.string().max(200_000).default(''),
  thread_id: z.string().min(1).max(512).optional(),
  inputs: z.record(z.string(), z.unknown()).optional(),
})

/** A tool as clients list it. */
export interface WireTool {
  name: string
  title: string
  description: string
  inputSchema: Record<string, unknown>
  outputSchema: Record<string, unknown>
}

export type WireContent =
  | { type: 'text'; text: string }
  | { type: 'resource_link'; uri: string; name: string; mimeType?: string; description?: string }

/** What a call of a tool came to. */
export interface WireResult {
  content: WireContent[]
  structuredContent?: {
    thread_id: string
    status: 'completed' | 'waiting' | 'cancelled'
    text: string
    citations: { title: string; url?: string }[]
  }
  isError?: true
}

/** What `structuredContent` is. */
export const OUTPUT_SCHEMA = {
  type: 'object',
  properties: {
    thread_id: { type: 'string', description: 'Names the conversation: send it along to go on with it.' },
    status: {
      enum: ['completed', 'waiting', 'cancelled'],
      description: '`waiting`: the app needs something of a person first; the text says what.',
    },
    text: { type: 'string' },
    citations: {
      type: 'array',
      items: {
        type: 'object',
        properties: { title: { type: 'string' }, url: { type: 'string' } },
        required: ['title'],
      },
    },
  },
  required: ['thread_id', 'status', 'text', 'citations'],
}
