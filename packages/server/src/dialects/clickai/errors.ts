import { ERRORS, type ErrorCode, type ErrorEvent, ParleyError } from '@parley/protocol'
import { errorInit } from '../../http/error-response.js'
import type { ErrorBody } from './schema.js'

interface Words {
  code: string
  /** Where this API answers with another status than the rest of the server. */
  status?: number
  /** Where its clients know the sentence. */
  message?: string
}

const invalid: Words = { code: 'invalid_param' }
const unauthorized: Words = { code: 'unauthorized' }
const gone: Words = { code: 'forbidden', status: 403, message: 'The app no longer exists.' }
const conflict: Words = { code: 'conflict' }

/** The words of this API for each failure. Source: the ClickAI contract, section 3. */
const WORDS: Record<ErrorCode, Words> = {
  invalid_request: invalid,
  invalid_cursor: { code: 'not_found', status: 404 },
  unauthorized,
  session_expired: unauthorized,
  session_cancelled: unauthorized,
  forbidden: { code: 'forbidden' },
  not_found: { code: 'not_found' },
  app_not_found: gone,
  thread_not_found: { code: 'not_found', message: 'Conversation Not Exists.' },
  item_not_found: { code: 'not_found', message: 'Message Not Exists.' },
  attachment_not_found: { code: 'file_not_found', message: 'File not found.' },
  run_not_found: { code: 'not_found', message: 'Workflow run not found.' },
  method_not_allowed: { code: 'method_not_allowed' },
  malformed_id: { code: 'invalid_param', status: 400 },
  conflict,
  thread_busy: conflict,
  item_not_pending: conflict,
  not_retryable: conflict,
  no_pending_tool_call: conflict,
  payload_too_large: { code: 'request_entity_too_large' },
  unsupported_media_type: { code: 'unsupported_media_type' },
  rate_limited: { code: 'too_many_requests' },
  internal: { code: 'internal_server_error', message: 'Internal Server Error, please contact support.' },
  not_configured: { code: 'provider_not_initialize', status: 400 },
  model_failed: { code: 'completion_request_error', status: 400 },
  model_key_refused: { code: 'provider_not_initialize', status: 400 },
  model_unknown: { code: 'model_currently_not_support', status: 400 },
  model_out_of_credit: { code: 'provider_quota_exceeded', status: 400 },
  remote_failed: { code: 'completion_request_error', status: 400 },
  unavailable: { code: 'service_unavailable' },
}

/** Codes of this API for what the rest of the server tells less finely, and what each is there. */
const OWN_CODES = {
  bad_request: 'invalid_request',
  app_unavailable: 'invalid_request',
  not_chat_app: 'invalid_request',
  not_completion_app: 'invalid_request',
  not_workflow_app: 'invalid_request',
  no_file_uploaded: 'invalid_request',
  conversation_completed: 'invalid_request',
  invalid_form_data: 'invalid_request',
  human_input_form_submitted: 'item_not_pending',
  human_input_form_expired: 'item_not_pending',
  too_many_files: 'invalid_request',
  filename_not_exists_error: 'invalid_request',
  file_too_large: 'payload_too_large',
  unsupported_file_type: 'unsupported_media_type',
  file_access_denied: 'forbidden',
  file_not_found: 'attachment_not_found',
  end_user_not_found: 'not_found',
  no_audio_uploaded: 'invalid_request',
  audio_too_large: 'payload_too_large',
  unsupported_audio_type: 'unsupported_media_type',
  speech_to_text_disabled: 'invalid_request',
  text_to_audio_disabled: 'invalid_request',
  dataset_name_duplicate: 'conflict',
  archived_document_immutable: 'forbidden',
  invalid_action: 'invalid_request',
  invalid_metadata: 'invalid_request',
} as const satisfies Record<string, ErrorCode>

/** Where this API answers to one of its own codes with a status that nothing else has. */
const OWN_STATUSES: Partial<Record<string, number>> = { human_input_form_submitted: 412, human_input_form_expired: 412 }

/** A failure by a code of this API alone. */
export const failure = (code: keyof typeof OWN_CODES, message: string): ParleyError =>
  new ParleyError(OWN_CODES[code], message, { details: { code } })

/** Something that is not there, in the words this API has for it. */
export const notFound = (message: string): ParleyError =>
  new ParleyError('not_found', message, { details: { code: 'not_found' } })

/** A value that is not accepted, by the name of its field. */
export const invalidParam = (param: string, message: string): ParleyError =>
  new ParleyError('invalid_request', message, { details: { param } })

function errorBodyOf(error: ParleyError): ErrorBody {
  const { code, message = error.message, status = ERRORS[error.code].status } = WORDS[error.code]
  const { code: ownCode, param, window } = error.options.details ?? {}
  return {
    code: typeof ownCode === 'string' ? ownCode : window === 'day' ? 'rate_limit_error' : code,
    message: typeof ownCode === 'string' ? error.message : message,
    status: (typeof ownCode === 'string' && OWN_STATUSES[ownCode]) || status,
    ...(typeof param === 'string' && { params: param }),
  }
}

/** A failure as `{code, message, status}`. */
export function encodeError(error: ParleyError): Response {
  const body = errorBodyOf(error)
  const { headers } = errorInit(error)
  if (body.status === 401) headers['www-authenticate'] = 'Bearer realm="api"'
  return Response.json(body, { status: body.status, headers })
}

/** What a caller reads of a failure nobody foresaw. */
export const INTERNAL: ErrorBody = {
  code: 'internal_server_error',
  status: 500,
  message: 'Internal Server Error, please contact support.',
}

/** Kinds of failure that this API's streams tell apart. Source: the ClickAI contract, section 10.4. */
const IN_STREAMS: Partial<Record<string, string>> = {
  invalid_request: 'invalid_param',
  not_configured: 'provider_not_initialize',
  model_key_refused: 'provider_not_initialize',
  model_unknown: 'model_currently_not_support',
  model_out_of_credit: 'provider_quota_exceeded',
  rate_limited: 'provider_quota_exceeded',
}

/** A failure behind the beginning of a stream. `code`: its kind, where that is known. */
export function streamErrorOf({ code: told, message }: Pick<ErrorEvent, 'code' | 'message'>, code = ''): ErrorBody {
  if (told !== 'custom') return INTERNAL
  const own = IN_STREAMS[code] ?? 'completion_request_error'
  return { code: own, status: 400, message: message ?? 'Completion request failed.' }
}
