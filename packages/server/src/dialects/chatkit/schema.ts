import {
  attachmentSchema,
  chatKitRequestSchemas,
  inferenceOptionsSchema,
  pageSchema,
  runRequestSchemas,
  structuredInputSchema,
  threadItemSchema,
  threadItemUpdateSchema,
  threadSchema,
  threadStreamEventSchema,
  userMessageInputSchema,
  widgetComponentSchema,
  widgetRootSchema,
  workflowSchema,
} from '@parley/protocol'
import { z } from 'zod'
import type { ApiDescription, Exchange, Variant } from '../../http/route-description.js'
import type { EndpointRequest } from './decode.js'

/** What each request of the endpoint answers, and how the documentation tells of it. Loaded by whoever reads about it. */

const errorSchema = z
  .object({
    error: z.object({
      type: z.string().describe('The family of the failure, e.g. `invalid_request_error`.'),
      code: z.string().describe('One of a closed list, for programs.'),
      message: z.string().describe('What happened and what to do about it, for people.'),
    }),
  })
  .meta({ id: 'ChatKitError' })

export const CHATKIT_API: ApiDescription = {
  id: 'chatkit',
  title: 'ChatKit',
  text: 'The protocol of OpenAI’s ChatKit: one endpoint, and a `type` in the body that says which operation. Browsers and servers call it for one end user at a time.',
  groups: ['Conversations', 'Files', 'Memory', 'Server'],
  error: errorSchema,
  credentials: ['userToken', 'clientSecret'],
  failures: [401, 404, 429],
}

for (const [id, schema] of Object.entries({
  Attachment: attachmentSchema,
  InferenceOptions: inferenceOptionsSchema,
  StructuredInput: structuredInputSchema,
  Thread: threadSchema,
  ThreadItem: threadItemSchema,
  ThreadItemUpdate: threadItemUpdateSchema,
  ThreadStreamEvent: threadStreamEventSchema,
  UserMessageInput: userMessageInputSchema,
  WidgetComponent: widgetComponentSchema,
  WidgetRoot: widgetRootSchema,
  Workflow: workflowSchema,
}))
  z.globalRegistry.add(schema, { id })

const nothingSchema = z.object({})
const marksSchema = z.array(z.tuple([z.int(), z.int()]))
const matchPageSchema = pageSchema(
  z.object({
    thread: threadSchema,
    title_marks: marksSchema.describe('Ranges `[from, to)` of what was looked for.'),
    excerpt: z.object({ item_id: z.string(), text: z.string(), marks: marksSchema }).optional(),
  }),
)

const thread_id = 'THREAD_ID'
const item_id = 'ITEM_ID'
const input = { content: [{ type: 'input_text', text: 'Hello' }], attachments: [], inference_options: {} }
const events = threadStreamEventSchema

/** A message that needs no more than its text. */
const SHORTHAND: Variant = {
  name: 'message',
  summary: 'Say something, in the shortest form.',
  text: 'Makes a new thread; with `thread_id` it goes on with one.',
  body: z.object({ type: z.literal('message'), content: z.string().min(1), thread_id: z.string().nullish() }),
  example: 'Hello',
  events,
}

type Told = Pick<Exchange, 'summary' | 'text' | 'answer' | 'events'> & { params: unknown }

const REQUESTS: Record<EndpointRequest['type'], Told> = {
  'threads.create': {
    summary: 'Start a conversation with a message, and read the answer as it is written.',
    events,
    params: { input },
  },
  'threads.add_user_message': {
    summary: 'Send another message to a conversation, and read the answer as it is written.',
    events,
    params: { thread_id, input },
  },
  'threads.add_client_tool_output': {
    summary: 'Hand in what a tool on the page has answered, and read how the answer goes on.',
    events,
    params: { thread_id, result: { ok: true } },
  },
  'threads.add_structured_input': {
    summary: 'Answer a question the app has asked, and read how the answer goes on.',
    events,
    params: { thread_id, item_id, input: { answers: { QUESTION_ID: { values: ['Yes'] } } } },
  },
  'threads.retry_after_item': {
    summary: 'Let the app answer a message once more; what came after it is removed.',
    events,
    params: { thread_id, item_id },
  },
  'threads.custom_action': {
    summary: 'Tell the app that somebody has used a widget, and read what it makes of it.',
    events,
    params: { thread_id, item_id, action: { type: 'order', payload: { amount: 2 } } },
  },
  'threads.sync_custom_action': {
    summary: 'The same for an action that answers at once, with the changed widget.',
    answer: z.object({ updated_item: threadItemSchema.optional() }),
    params: { thread_id, item_id, action: { type: 'order', payload: { amount: 2 } } },
  },
  'threads.get_by_id': {
    summary: 'Get a conversation with its newest items.',
    answer: threadSchema,
    params: { thread_id },
  },
  'threads.list': {
    summary: 'List the user’s conversations.',
    answer: pageSchema(threadSchema),
    params: { limit: 20, order: 'desc' },
  },
  'threads.search': {
    summary: 'Find the user’s conversations by what was said in them.',
    answer: matchPageSchema,
    params: { query: 'Hello' },
  },
  'threads.update': {
    summary: 'Rename a conversation.',
    answer: threadSchema,
    params: { thread_id, title: 'Greeting' },
  },
  'threads.delete': {
    summary: 'Delete a conversation and its files.',
    answer: nothingSchema,
    params: { thread_id },
  },
  'items.list': {
    summary: 'Read the items of a conversation, a page at a time.',
    answer: pageSchema(threadItemSchema),
    params: { thread_id, limit: 20, order: 'desc' },
  },
  'items.feedback': {
    summary: 'Say whether an answer was good.',
    answer: nothingSchema,
    params: { thread_id, item_ids: [item_id], kind: 'positive' },
  },
  'attachments.create': {
    summary: 'Announce a file. The answer says where its bytes go.',
    answer: attachmentSchema,
    params: { name: 'report.pdf', size: 1024, mime_type: 'application/pdf' },
  },
  'attachments.delete': {
    summary: 'Delete a file that was not sent.',
    answer: nothingSchema,
    params: { attachment_id: 'ATTACHMENT_ID' },
  },
  'input.transcribe': {
    summary: 'Turn speech into text.',
    answer: z.object({ text: z.string() }),
    params: { audio_base64: 'UklGRgAAAABXQVZF', mime_type: 'audio/wav' },
  },
  'images.read': {
    summary: 'Fetch a picture of one of the sites this conversation may show pictures of.',
    answer: z.object({ mime_type: z.string(), data_base64: z.string() }),
    params: { thread_id, url: 'https://images.example.com/picture.png' },
  },
  'runs.resume': {
    summary: 'Read an answer from where the connection broke off.',
    text: 'Event ids are sent to callers that name themselves with the header `parley-client`; `after` is the last one they have read.',
    events,
    params: { thread_id, after: 0 },
  },
  'runs.cancel': {
    summary: 'Stop the answer that is being written. What there is of it stays.',
    answer: z.object({ cancelled: z.boolean() }),
    params: { thread_id },
  },
}

/** `threads.get_by_id` → `ThreadsGetByIdRequest`. */
const requestName = (type: string) =>
  `${type.replace(/(^|[._])(\w)/g, (_, __, letter: string) => letter.toUpperCase())}Request`

for (const [type, schema] of Object.entries({ ...chatKitRequestSchemas, ...runRequestSchemas }))
  z.globalRegistry.add(schema, { id: requestName(type) })

/** Every operation of the endpoint, as its documentation has it. */
export const VARIANTS: readonly Variant[] = [
  { ...SHORTHAND, example: { type: 'message', content: 'Hello' } },
  ...Object.entries({ ...chatKitRequestSchemas, ...runRequestSchemas }).map(([type, body]): Variant => {
    const { params, ...told } = REQUESTS[type as EndpointRequest['type']] // the keys of the schemas are the types
    return { name: type, ...told, body, example: { type, params } }
  }),
]
