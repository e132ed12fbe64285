import { APP_MODES } from '@parley/protocol'
import { z } from 'zod'
import { askingShape, limitSchema, orAbsent, pageSchema } from '../schema.js'

/** The wire shapes of questions and answers. Source: the ClickAI contract, sections 5, 7, 8, 12 and 13.2. */

const conversationId = orAbsent(
  z.string().regex(/^([0-9a-f-]{36}|[a-z]+_\w{8,200})$/i, 'it must be the id of a conversation'),
)

/** Body of `POST /v1/chat-messages`; its `query` is read on its own. */
export const chatBodySchema = z.object({
  ...askingShape,
  conversation_id: conversationId,
  auto_generate_name: orAbsent(z.boolean()).transform((titling) => titling ?? true),
  workflow_id: orAbsent(z.string()),
})
export type ChatBody = z.infer<typeof chatBodySchema>

/** Body of `POST /v1/completion-messages`. */
export const completionBodySchema = z.object({
  ...askingShape,
  query: orAbsent(z.string()).transform((query) => query ?? ''),
})

export const messageQuerySchema = z.object({
  user: z.string().optional(),
  conversation_id: z.string(),
  first_id: z.string().optional(),
  limit: limitSchema(100),
})

export const feedbackQuerySchema = z.object({ page: pageSchema, limit: limitSchema(101) })

export const feedbackBodySchema = z.object({
  rating: z.enum(['like', 'dislike']).nullish(),
  content: z.string().max(10_000).nullish(),
})

/** What every event of a message begins with. */
export const headSchema = z.object({
  conversation_id: z.string().optional().describe('Absent for completions, which keep no conversation.'),
  message_id: z.string(),
  created_at: z.int().describe('Unix time in seconds.'),
  task_id: z.string().describe('What the answer is stopped with.'),
})
export type MessageHead = z.infer<typeof headSchema>

const price = z.string().describe('A decimal number.')
const usageSchema = z.object({
  prompt_tokens: z.int(),
  prompt_unit_price: price,
  prompt_price_unit: price,
  prompt_price: price,
  completion_tokens: z.int(),
  completion_unit_price: price,
  completion_price_unit: price,
  completion_price: price,
  total_tokens: z.int(),
  total_price: price,
  currency: z.string(),
  latency: z.number().describe('In seconds.'),
})
export type Usage = z.infer<typeof usageSchema>

const retrieverResourceSchema = z.object({
  position: z.int(),
  dataset_id: z.string(),
  dataset_name: z.string(),
  document_id: z.string(),
  document_name: z.string(),
  data_source_type: z.string(),
  segment_id: z.string(),
  score: z.number(),
  hit_count: z.int().describe('How often searches had found it.'),
  word_count: z.int().describe('In characters.'),
  segment_position: z.int(),
  index_node_hash: z.null(),
  content: z.string(),
  summary: z.null(),
  created_at: z.int().describe('Unix time in seconds; 0 where it is not known.'),
})
export type RetrieverResource = z.infer<typeof retrieverResourceSchema>

export const metadataSchema = z
  .object({
    usage: usageSchema,
    retriever_resources: z.array(retrieverResourceSchema),
    annotation_reply: z
      .object({ id: z.string(), account: z.object({ id: z.string(), name: z.string() }) })
      .optional()
      .describe('The answer is one that somebody wrote.'),
  })
  .meta({ id: 'ClickAiMetadata' })
export type Metadata = z.infer<typeof metadataSchema>

/** The whole answer at once. */
export const blockingSchema = z
  .object({
    ...headSchema.shape,
    event: z.enum(['message', 'workflow_paused']).describe('`workflow_paused`: a person is asked; see `data`.'),
    id: z.string(),
    mode: z.enum(APP_MODES),
    answer: z.string(),
    metadata: metadataSchema,
    workflow_run_id: z.string().optional(),
    data: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'ClickAiAnswer' })
export type BlockingAnswer = z.infer<typeof blockingSchema>

export const agentThoughtSchema = z.object({
  id: z.string(),
  position: z.int(),
  thought: z.string(),
  observation: z.string(),
  tool: z.string(),
  tool_labels: z.record(z.string(), z.unknown()),
  tool_input: z.string(),
  message_files: z.array(z.string()),
})
export type AgentThought = z.infer<typeof agentThoughtSchema>

const messageFileSchema = z.object({
  id: z.string(),
  filename: z.string(),
  type: z.enum(['image', 'audio', 'video', 'document']),
  url: z.string().describe('Where it can be read for a while without a key.'),
  mime_type: z.string(),
  size: z.int().nullable().describe('In bytes; `null` where it is not known.'),
  transfer_method: z.literal('local_file'),
  belongs_to: z.enum(['user', 'assistant']),
  upload_file_id: z.string(),
})
export type MessageFile = z.infer<typeof messageFileSchema>

const ratingSchema = z.enum(['like', 'dislike'])

/** A message as it is read afterwards. */
export const messageSchema = z
  .object({
    id: z.string(),
    conversation_id: z.string(),
    parent_message_id: z.string().nullable(),
    inputs: z.record(z.string(), z.unknown()),
    query: z.string(),
    answer: z.string(),
    status: z.enum(['normal', 'error']),
    error: z.string().nullable(),
    message_files: z.array(messageFileSchema),
    feedback: z.object({ rating: ratingSchema }).nullable(),
    retriever_resources: z.array(retrieverResourceSchema.extend({ id: z.string(), message_id: z.string() })),
    agent_thoughts: z.array(
      agentThoughtSchema.extend({
        chain_id: z.string().nullable(),
        message_id: z.string(),
        files: z.array(z.string()),
        created_at: z.int(),
      }),
    ),
    created_at: z.int(),
    extra_contents: z.array(z.unknown()),
    message_tokens: z.int(),
    answer_tokens: z.int(),
    total_tokens: z.int(),
    provider_response_latency: z.number(),
    total_price: z.string().nullable(),
    currency: z.string().nullable(),
  })
  .meta({ id: 'ClickAiMessage' })
export type Message = z.infer<typeof messageSchema>

export const suggestedSchema = z.object({ result: z.literal('success'), data: z.array(z.string()) })

export const feedbackSchema = z
  .object({
    id: z.string(),
    app_id: z.string(),
    conversation_id: z.string(),
    message_id: z.string(),
    rating: ratingSchema,
    content: z.string().nullable(),
    from_source: z.enum(['user', 'admin']),
    from_end_user_id: z.string(),
    from_account_id: z.null(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'ClickAiFeedback' })
export type Feedback = z.infer<typeof feedbackSchema>
