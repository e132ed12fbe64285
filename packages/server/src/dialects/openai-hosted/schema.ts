import type { HostedSession, HostedWorkflow } from '@parley/protocol'
import { agentConfigSchema } from '@parley/protocol/admin'
import { z } from 'zod'
import { DEFAULT_SESSION_SECONDS } from '../../auth/sessions.js'
import type { ApiDescription } from '../../http/route-description.js'

/** The wire shapes of the hosted ChatKit API. Source: OpenAI's OpenAPI document of 2026-08-21 and `openai` 7.55. */

const errorSchema = z
  .object({
    error: z.object({
      message: z.string().describe('What happened and what to do about it.'),
      type: z.enum(['invalid_request_error', 'requests', 'server_error']),
      param: z.string().nullable().describe('The field the failure is about.'),
      code: z.string().nullable(),
    }),
  })
  .meta({ id: 'HostedError' })

export const HOSTED_API: ApiDescription = {
  id: 'openai-hosted',
  title: 'Hosted ChatKit',
  text: 'What a server of yours does with an API key, as OpenAI’s own clients do it: it creates sessions for browsers, and reads and deletes the conversations of all users.',
  groups: ['Sessions', 'Threads', 'Files', 'Workflows', 'Pages'],
  error: errorSchema,
  credentials: ['apiKey'],
  failures: [401, 403, 429],
}

const enabled = (value: boolean) => z.boolean().default(value)
const orAbsent = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? undefined)

const stateVariables = z
  .record(z.string().min(1).max(64), z.union([z.string().max(10_485_760), z.number(), z.boolean()]))
  .refine((map) => Object.keys(map).length <= 64, 'it has more than 64 entries')

/** Body of `POST /v1/chatkit/sessions`. Keys it does not know are ignored: the API's own examples carry old ones. */
export const sessionBodySchema = (maxSeconds: number) =>
  z.object({
    user: z.string().min(1).max(512).describe('Your id of the person; conversations are kept apart by it.'),
    workflow: z.object({
      id: z.string().min(1).max(256).describe('The app, by its id or another name of it.'),
      version: orAbsent(z.string().min(1).max(64)).describe('Absent: the newest.'),
      state_variables: orAbsent(stateVariables).describe('What the app may read of this session; at most 64.'),
      tracing: orAbsent(z.object({ enabled: enabled(true) })),
    }),
    expires_after: orAbsent(
      z.object({ anchor: z.literal('created_at'), seconds: z.int().min(1).max(maxSeconds) }),
    ).describe(`How long it lives. Absent: ${DEFAULT_SESSION_SECONDS} seconds.`),
    rate_limits: orAbsent(z.object({ max_requests_per_1_minute: orAbsent(z.int().min(1)) })),
    chatkit_configuration: orAbsent(
      z.object({
        automatic_thread_titling: orAbsent(z.object({ enabled: enabled(true) })),
        file_upload: orAbsent(
          z.object({
            enabled: enabled(false),
            max_file_size: orAbsent(z.int().min(1).max(512)).describe('In megabytes.'),
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
  limit: count.pipe(z.number().max(100)).default(20).describe('Rows per page, at most 100; 20 unless you say.'),
  order: z.enum(['asc', 'desc']).default('desc').describe('`desc`: the newest first.'),
  after: z.string().min(1).max(256).optional().describe('Id of the last row already read: the page starts behind it.'),
  before: z.string().min(1).max(256).optional().describe('Id of a row: the page ends in front of it.'),
})

export const threadQuerySchema = pageQuerySchema.extend({
  user: z.string().min(1).max(512).optional().describe('Only of this user.'),
})

export const sessionQuerySchema = threadQuerySchema.extend({
  status: z.enum(['active', 'expired', 'cancelled']).optional(),
})

const unixSeconds = z.int().describe('Unix time in seconds.')

/** Makes the schema of one page of a list. */
const listSchema = <Entry extends z.ZodType>(entry: Entry) =>
  z.object({
    object: z.literal('list'),
    data: z.array(entry),
    first_id: z.string().nullable(),
    last_id: z.string().nullable().describe('What the next page is asked for with, as `after`.'),
    has_more: z.boolean(),
  })

export const sessionSchema = z
  .object({
    id: z.string(),
    object: z.literal('chatkit.session'),
    client_secret: z
      .string()
      .describe('For the browser. Masked everywhere but in the answer that created the session.'),
    expires_at: unixSeconds,
    workflow: z.object({
      id: z.string(),
      version: z.string().nullable().describe('`null`: the newest.'),
      state_variables: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).nullable(),
      tracing: z.object({ enabled: z.boolean() }),
    }),
    user: z.string(),
    rate_limits: z.object({ max_requests_per_1_minute: z.int() }),
    max_requests_per_1_minute: z.int(),
    status: z.enum(['active', 'expired', 'cancelled']),
    chatkit_configuration: z.object({
      automatic_thread_titling: z.object({ enabled: z.boolean() }),
      file_upload: z.object({
        enabled: z.boolean(),
        max_file_size: z.number().nullable().describe('In megabytes; `null`: the server’s own limit.'),
        max_files: z.int().nullable(),
      }),
      history: z.object({ enabled: z.boolean(), recent_threads: z.int().nullable() }),
    }),
  })
  .meta({ id: 'HostedSession' }) satisfies z.ZodType<HostedSession>

export const sessionListSchema = listSchema(sessionSchema)

const statusSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('active') }),
  z.object({ type: z.enum(['locked', 'closed']), reason: z.string().nullable() }),
])

export const threadSchema = z
  .object({
    id: z.string(),
    object: z.literal('chatkit.thread'),
    created_at: unixSeconds,
    title: z.string().nullable(),
    status: statusSchema,
    user: z.string(),
  })
  .meta({ id: 'HostedThread' })

export type HostedThread = z.infer<typeof threadSchema>

export const threadListSchema = listSchema(threadSchema)

export const deletedThreadSchema = z.object({
  id: z.string(),
  object: z.literal('chatkit.thread.deleted'),
  deleted: z.literal(true),
})

const taskSchema = z.object({
  type: z.enum(['custom', 'thought']),
  heading: z.string().nullable(),
  summary: z.string().nullable(),
})

export type HostedTask = z.infer<typeof taskSchema>

const attachmentSchema = z.object({
  type: z.enum(['image', 'file']),
  id: z.string(),
  name: z.string(),
  mime_type: z.string(),
  preview_url: z.string().nullable(),
})

export type HostedAttachment = z.infer<typeof attachmentSchema>

/** The form of an upload. */
export const fileFormSchema = z.object({ file: z.file().describe('The file itself, with its name and media type.') })

export const uploadedFileSchema = attachmentSchema
  .extend({ preview_url: z.string().optional(), upload_url: z.null() })
  .meta({ id: 'HostedFile' })

const annotationSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('file'), source: z.object({ type: z.literal('file'), filename: z.string() }) }),
  z.object({ type: z.literal('url'), source: z.object({ type: z.literal('url'), url: z.string() }) }),
])

export type HostedAnnotation = z.infer<typeof annotationSchema>

const itemHead = {
  id: z.string(),
  object: z.literal('chatkit.thread_item'),
  created_at: unixSeconds,
  thread_id: z.string(),
}

const itemSchema = z
  .discriminatedUnion('type', [
    z.object({
      ...itemHead,
      type: z.literal('chatkit.user_message'),
      content: z.array(z.object({ type: z.enum(['input_text', 'quoted_text']), text: z.string() })),
      attachments: z.array(attachmentSchema),
      inference_options: z
        .object({ tool_choice: z.object({ id: z.string() }).nullable(), model: z.string().nullable() })
        .nullable(),
    }),
    z.object({
      ...itemHead,
      type: z.literal('chatkit.assistant_message'),
      content: z.array(
        z.object({ type: z.literal('output_text'), text: z.string(), annotations: z.array(annotationSchema) }),
      ),
    }),
    z.object({ ...itemHead, type: z.literal('chatkit.widget'), widget: z.string().describe('JSON of the widget.') }),
    z.object({
      ...itemHead,
      type: z.literal('chatkit.client_tool_call'),
      status: z.enum(['in_progress', 'completed']),
      call_id: z.string(),
      name: z.string(),
      arguments: z.string().describe('JSON.'),
      output: z.string().nullable().describe('JSON.'),
    }),
    z.object({
      ...itemHead,
      type: z.literal('chatkit.task'),
      task_type: z.enum(['custom', 'thought']),
      heading: z.string().nullable(),
      summary: z.string().nullable(),
    }),
    z.object({ ...itemHead, type: z.literal('chatkit.task_group'), tasks: z.array(taskSchema) }),
  ])
  .meta({ id: 'HostedThreadItem' })

export type HostedItem = z.infer<typeof itemSchema>

export const itemListSchema = listSchema(itemSchema)

export const workflowSchema = z
  .object({
    id: z.string(),
    object: z.literal('workflow'),
    name: z.string(),
    description: z.string().nullable(),
    version: z.string().describe('The version that answers; every change of the agent makes a new one.'),
    status: z.literal('published'),
    model: z.string().nullable().describe('`null`: the server’s own default.'),
    instructions: z.string(),
    temperature: z.number().nullable(),
    tools: agentConfigSchema.shape.tools,
    created_at: unixSeconds,
  })
  .meta({ id: 'HostedWorkflow' }) satisfies z.ZodType<HostedWorkflow>

export const workflowListSchema = listSchema(workflowSchema)

export const deletedWorkflowSchema = z.object({
  id: z.string(),
  object: z.literal('workflow.deleted'),
  deleted: z.literal(true),
})
