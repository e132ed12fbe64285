import type { ErrorCode, ParleyError } from '@parley/protocol'
import { errorInit } from '../../http/error-response.js'

/** The family of each failure, in the words ChatKit's clients and OpenAI's SDKs branch on. */
const ERROR_TYPES: Record<ErrorCode, string> = {
  invalid_request: 'invalid_request_error',
  invalid_cursor: 'invalid_request_error',
  unauthorized: 'authentication_error',
  session_expired: 'authentication_error',
  session_cancelled: 'authentication_error',
  forbidden: 'permission_error',
  not_found: 'not_found_error',
  app_not_found: 'not_found_error',
  thread_not_found: 'not_found_error',
  item_not_found: 'not_found_error',
  attachment_not_found: 'not_found_error',
  run_not_found: 'not_found_error',
  method_not_allowed: 'invalid_request_error',
  malformed_id: 'invalid_request_error',
  conflict: 'conflict_error',
  thread_busy: 'conflict_error',
  item_not_pending: 'conflict_error',
  not_retryable: 'conflict_error',
  no_pending_tool_call: 'conflict_error',
  payload_too_large: 'invalid_request_error',
  unsupported_media_type: 'invalid_request_error',
  rate_limited: 'rate_limit_error',
  internal: 'server_error',
  not_configured: 'not_configured_error',
  model_failed: 'server_error',
  model_key_refused: 'server_error',
  model_unknown: 'server_error',
  model_out_of_credit: 'server_error',
  remote_failed: 'server_error',
  unavailable: 'server_error',
}

/** A failure as a caller of the endpoint reads it: `{"error":{"type","code","message"}}` with its status. */
export function encodeError(error: ParleyError): Response {
  const body = { error: { type: ERROR_TYPES[error.code], code: error.code, message: error.message } }
  return Response.json(body, errorInit(error))
}
