import { z } from 'zod'

/** The wire shapes of the hosted ChatKit API. Source: OpenAI's OpenAPI document of 2026-08-21 and `openai` 7.55. */

/** How long a session lives unless its maker says otherwise; also the most, unless the server is set up for more. */
export const DEFAULT_SESSION_SECONDS = 600

const enabled = (value: boolean) => z.boolean().default(value)
const orAbsent = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? undefined)

const stateVariables = z
  .record(z.string().min(1).max(64), z.union([z.string().max(10_485_760), z.number(), z.boolean()]))
  .refine((map) => Object.keys(map).length <= 64, 'it has more than 64 entries')

/** Body of `POST /v1/chatkit/sessions`. Keys it does not know are ignored: the API's own examples carry old ones. */
export const sessionBodySchema = (maxSeconds: number) =>
  z.object({
    user: z.string().min(1).max(512),
    workflow: z.object({
      id: z.string().min(1).max(256),
      version: orAbsent(z.string().min(1).max(64)),
      state_variables: orAbsent(stateVariables),
      tracing: orAbsent(z.object({ enabled: enabled(true) })),
    }),
    expires_after: orAbsent(z.object({ anchor: z.literal('created_at'), seconds: z.int().min(1).max(maxSeconds) })),
    rate_limits: orAbsent(z.object({ max_requests_per_1_minute: orAbsent(z.int().min(1)) })),
    chatkit_configuration: orAbsent(
      z.object({
        automatic_thread_titling: orAbsent(z.object({ enabled: enabled(true) })),
        file_upload: orAbsent(
          z.object({
            enabled: enabled(false),
            max_file_size: orAbsent(z.int().min(1).max(512)),
            max_files: orAbsent(z.int().min(1)),
          }),
        ),
        history: orAbsent(z.object({ enabled: enabled(true), recent_threads: orAbsent(z.int().min(1)) })),
      }),
    ),
  })

export type SessionBody = z.infer<ReturnType<typeof sessionBodySchema>>

const count = z
  .string()
  .regex(/^\d{1,9}$/, 'it must be a whole number')
  .transform(Number)

/** The query of both lists. */
export const pageQuerySchema = z.object({
  limit: count.pipe(z.number().max(100)).default(20),
  order: z.enum(['asc', 'desc']).default('desc'),
  after: z.string().min(1).max(256).optional(),
  before: z.string().min(1).max(256).optional(),
})

export const threadQuerySchema = pageQuerySchema.extend({ user: z.string().min(1).max(512).optional() })

export const sessionQuerySchema = threadQuerySchema.extend({
  status: z.enum(['active', 'expired', 'cancelled']).optional(),
})

export interface HostedThread {
  id: string
  object: 'chatkit.thread'
  created_at: number
  title: string | null
  status: { type: 'active' } | { type: 'locked' | 'closed'; reason: string | null }
  user: string
}

interface ItemHead {
  id: string
  object: 'chatkit.thread_item'
  created_at: number
  thread_id: string
}

export interface HostedTask {
  type: 'custom' | 'thought'
  heading: string | null
  summary: string | null
}

export interface HostedAttachment {
  type: 'image' | 'file'
  id: string
  name: string
  mime_type: string
  preview_url: string | null
}

export type HostedItem = ItemHead &
  (
    | {
        type: 'chatkit.user_message'
        content: { type: 'input_text' | 'quoted_text'; text: string }[]
        attachments: HostedAttachment[]
        inference_options: { tool_choice: { id: string } | null; model: string | null } | null
      }
    | {
        type: 'chatkit.assistant_message'
        content: { type: 'output_text'; text: string; annotations: HostedAnnotation[] }[]
      }
    | { type: 'chatkit.widget'; widget: string }
    | {
        type: 'chatkit.client_tool_call'
        status: 'in_progress' | 'completed'
        call_id: string
        name: string
        arguments: string
        output: string | null
      }
    | { type: 'chatkit.task'; task_type: 'custom' | 'thought'; heading: string | null; summary: string | null }
    | { type: 'chatkit.task_group'; tasks: HostedTask[] }
  )

export type HostedAnnotation =
  | { type: 'file'; source: { type: 'file'; filename: string } }
  | { type: 'url'; source: { type: 'url'; url: string } }
