import { z } from 'zod'

/**
 * What OpenAI's hosted ChatKit says of threads and items: the shapes of its REST lists, read leniently, since nothing may
 * be lost over a field that is new. Source: the OpenAPI document of 2026-08-21.
 */

export const hostedThreadSchema = z.object({
  object: z.literal('chatkit.thread'),
  id: z.string().min(1),
  created_at: z.number(),
  title: z.string().nullish(),
  status: z.object({ type: z.string(), reason: z.string().nullish() }).nullish(),
  user: z.string().min(1),
})
export type HostedThread = z.infer<typeof hostedThreadSchema>

export const hostedItemSchema = z.looseObject({
  object: z.literal('chatkit.thread_item'),
  id: z.string().min(1),
  created_at: z.number(),
  thread_id: z.string().min(1),
  type: z.string(),
})
export type HostedItem = z.infer<typeof hostedItemSchema>

/** A thread, or an item of a thread that came before. */
export type HostedObject = HostedThread | HostedItem

export const hostedListSchema = z.object({
  object: z.literal('list'),
  data: z.array(z.unknown()),
  last_id: z.string().nullish(),
  has_more: z.boolean().nullish(),
})

const taskSchema = z.object({
  type: z.string().nullish(),
  heading: z.string().nullish(),
  summary: z.string().nullish(),
})
export type HostedTask = z.infer<typeof taskSchema>

/** What each kind of item says besides its head. */
export const hostedBodies = {
  'chatkit.user_message': z.object({
    content: z.array(z.object({ type: z.enum(['input_text', 'quoted_text']), text: z.string() })),
    attachments: z.array(z.object({ id: z.string(), name: z.string(), mime_type: z.string() })).nullish(),
    inference_options: z
      .object({ tool_choice: z.object({ id: z.string() }).nullish(), model: z.string().nullish() })
      .nullish(),
  }),
  'chatkit.assistant_message': z.object({
    content: z.array(
      z.object({
        type: z.literal('output_text'),
        text: z.string(),
        annotations: z
          .array(
            z.discriminatedUnion('type', [
              z.object({ type: z.literal('file'), source: z.object({ filename: z.string() }) }),
              z.object({ type: z.literal('url'), source: z.object({ url: z.string() }) }),
            ]),
          )
          .nullish(),
      }),
    ),
  }),
  'chatkit.widget': z.object({ widget: z.string() }),
  'chatkit.client_tool_call': z.object({
    call_id: z.string(),
    name: z.string(),
    arguments: z.string(),
    output: z.string().nullish(),
  }),
  'chatkit.task': z.object({
    task_type: z.string().nullish(),
    heading: z.string().nullish(),
    summary: z.string().nullish(),
  }),
  'chatkit.task_group': z.object({ tasks: z.array(taskSchema) }),
} as const
