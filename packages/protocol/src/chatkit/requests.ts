import { z } from 'zod'
import { actionSchema } from './actions.js'
import { inferenceOptionsSchema, inputTagSchema, inputTextSchema } from './content.js'
import { structuredInputSubmissionSchema } from './structured-input.js'
import { absentable, freeFormSchema, idSchema, indexSchema, LIMITS } from './wire.js'

/** Reads a {@link UserMessageInput}; missing `attachments` are `[]`, missing `inference_options` are `{}`. Fields it does not know are dropped. */
export const userMessageInputSchema = z.object({
  content: z
    .array(z.discriminatedUnion('type', [inputTextSchema.strip(), inputTagSchema.strip()]))
    .max(LIMITS.listLength),
  attachments: z.array(idSchema).max(LIMITS.attachmentCount).default([]),
  quoted_text: absentable(z.string().max(LIMITS.textLength)),
  inference_options: inferenceOptionsSchema.strip().default({}),
})

/** Reads a {@link FeedbackKind}. */
export const feedbackKindSchema = z.enum(['positive', 'negative'])

/** Reads {@link PageQuery}. */
export const pageQuerySchema = z.object({
  limit: absentable(indexSchema),
  order: z.enum(['asc', 'desc']).default('desc'),
  after: absentable(idSchema),
})

/** Makes the schema of one request type: the envelope `{type, params, metadata}`. Missing `metadata` is `{}`. */
export function requestSchema<Type extends string, Params extends z.ZodType>(type: Type, params: Params) {
  return z.object({ type: z.literal(type), params, metadata: freeFormSchema.default({}) })
}

const ofThread = z.object({ thread_id: idSchema })
const ofItem = ofThread.extend({ item_id: idSchema })
/** `state` is Parley's own: values that the app's state takes over with the message. */
const ofMessage = z.object({ input: userMessageInputSchema, state: absentable(freeFormSchema) })
const ofAction = ofThread.extend({ item_id: absentable(idSchema), action: actionSchema })
const label = z.string().max(LIMITS.labelLength)

/** The sixteen request types of the ChatKit server protocol 1.6.5, each with the schema of its whole body. */
export const chatKitRequestSchemas = {
  'threads.create': requestSchema('threads.create', ofMessage),
  'threads.add_user_message': requestSchema('threads.add_user_message', ofThread.extend(ofMessage.shape)),
  'threads.add_client_tool_output': requestSchema(
    'threads.add_client_tool_output',
    ofThread.extend({ result: z.unknown() }),
  ),
  'threads.add_structured_input': requestSchema(
    'threads.add_structured_input',
    ofItem.extend({ input: structuredInputSubmissionSchema }),
  ),
  'threads.retry_after_item': requestSchema('threads.retry_after_item', ofItem),
  'threads.custom_action': requestSchema('threads.custom_action', ofAction),
  'threads.sync_custom_action': requestSchema('threads.sync_custom_action', ofAction),
  'threads.get_by_id': requestSchema('threads.get_by_id', ofThread),
  'threads.list': requestSchema('threads.list', pageQuerySchema),
  'threads.update': requestSchema('threads.update', ofThread.extend({ title: label })),
  'threads.delete': requestSchema('threads.delete', ofThread),
  'items.list': requestSchema('items.list', ofThread.extend(pageQuerySchema.shape)),
  'items.feedback': requestSchema(
    'items.feedback',
    ofThread.extend({ item_ids: z.array(idSchema).max(LIMITS.listLength), kind: feedbackKindSchema }),
  ),
  'attachments.create': requestSchema(
    'attachments.create',
    z.object({ name: label, size: z.int().min(0), mime_type: label }),
  ),
  'attachments.delete': requestSchema('attachments.delete', z.object({ attachment_id: idSchema })),
  'input.transcribe': requestSchema(
    'input.transcribe',
    z.object({ audio_base64: z.string().max(LIMITS.audioLength), mime_type: label }),
  ),
} as const

type RequestSchemas = typeof chatKitRequestSchemas

/** Reads a {@link ChatKitRequest}. A decoder that knows the `type` gets the same error paths from {@link chatKitRequestSchemas}. */
export const chatKitRequestSchema = z.discriminatedUnion(
  'type',
  // Object.values forgets that the table is not empty, which the union asks for.
  Object.values(chatKitRequestSchemas) as [RequestSchemas[ChatKitRequestType], ...RequestSchemas[ChatKitRequestType][]],
)

/** A message on its way in: parts, attachment ids, a quoted passage, choices for this one message. ChatKit server protocol 1.6.5, `UserMessageInput`. */
export type UserMessageInput = z.infer<typeof userMessageInputSchema>

/** Thumbs up or down. ChatKit server protocol 1.6.5, `FeedbackKind`. */
export type FeedbackKind = z.infer<typeof feedbackKindSchema>

/** Which page of a list: at most `limit` entries (missing or 0: the server's default, 20), newest first unless `asc`, behind the entry `after`. ChatKit server protocol 1.6.5, `ThreadListParams`. */
export type PageQuery = z.infer<typeof pageQuerySchema>

/** The name of an operation. ChatKit server protocol 1.6.5. */
export type ChatKitRequestType = keyof RequestSchemas

/** The body of a request of one type; all defaults are filled in. ChatKit server protocol 1.6.5, `ChatKitReq`. */
export type ChatKitRequestOf<Type extends ChatKitRequestType> = z.infer<RequestSchemas[Type]>

/** The body of a request: sixteen kinds, told apart by `type`. ChatKit server protocol 1.6.5, `ChatKitReq`. */
export type ChatKitRequest = { [Type in ChatKitRequestType]: ChatKitRequestOf<Type> }[ChatKitRequestType]
