import {
  type ChatKitRequest,
  chatKitRequestSchemas,
  LIMITS,
  ParleyError,
  type RunRequest,
  runRequestSchemas,
} from '@parley/protocol'
import { z } from 'zod'
import { checkBody } from '../check-body.js'

/** Everything the endpoint understands: ChatKit's sixteen types and our own. */
export type EndpointRequest = ChatKitRequest | RunRequest

const SCHEMAS = { ...chatKitRequestSchemas, ...runRequestSchemas }

/** `{"type":"message","content":"Hello"}`: what a person types after `curl -d`. `thread_id` goes on with a thread. */
const shorthandSchema = z.object({
  type: z.literal('message'),
  content: z.string().min(1).max(LIMITS.textLength),
  thread_id: z.string().min(1).max(LIMITS.idLength).nullish(),
})

/**
 * Checks a request's body and fills in its defaults.
 *
 * @throws {ParleyError} `invalid_request`; the message names the field and the cure.
 */
export function decodeRequest(body: unknown): EndpointRequest {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalid('The body must be a JSON object such as {"type":"threads.list","params":{}}.')
  }
  const type = 'type' in body ? body.type : undefined
  if (type === 'message') return expandShorthand(checkBody(shorthandSchema, body))
  if (!isKnownType(type)) {
    const problem = type === undefined ? 'type is missing' : `type ${JSON.stringify(type).slice(0, 80)} is not known`
    throw invalid(`${problem}. Known types: ${Object.keys(SCHEMAS).join(', ')}.`)
  }
  return checkBody<EndpointRequest>(SCHEMAS[type], body)
}

const isKnownType = (type: unknown): type is keyof typeof SCHEMAS =>
  typeof type === 'string' && Object.hasOwn(SCHEMAS, type)

function expandShorthand({ content, thread_id }: z.infer<typeof shorthandSchema>): EndpointRequest {
  const input = { content: [{ type: 'input_text' as const, text: content }], attachments: [], inference_options: {} }
  return thread_id
    ? { type: 'threads.add_user_message', params: { thread_id, input }, metadata: {} }
    : { type: 'threads.create', params: { input }, metadata: {} }
}

/** The audio of a dictation. @throws {ParleyError} `invalid_request` when it is not base64. */
export function decodeBase64(text: string, field: string): Uint8Array {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) {
    throw invalid(`${field} must be base64 text that is not empty, padded with "=".`)
  }
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}

/** The caller's idempotency key, if it sent one. @throws {ParleyError} `invalid_request` when it cannot be stored. */
export function decodeIdempotencyKey(headers: Headers): string | undefined {
  const key = headers.get('idempotency-key')
  if (key === null) return undefined
  if (key.length === 0 || key.length > LIMITS.idLength) {
    throw invalid(`The header idempotency-key must be 1 to ${LIMITS.idLength} characters long.`)
  }
  return key
}

const invalid = (message: string) => new ParleyError('invalid_request', message)
