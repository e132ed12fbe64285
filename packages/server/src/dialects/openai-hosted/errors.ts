import { ERRORS, type ErrorCode, type ParleyError } from '@parley/protocol'
import { errorInit } from '../../http/error-response.js'

interface Words {
  type: 'invalid_request_error' | 'requests' | 'server_error'
  code: string | null
}

const plain: Words = { type: 'invalid_request_error', code: null }
const failed: Words = { type: 'server_error', code: null }

/** The words of OpenAI's API for each failure. What it has no code for has none. */
const WORDS: Record<ErrorCode, Words> = {
  invalid_request: plain,
  invalid_cursor: plain,
  unauthorized: { ...plain, code: 'invalid_api_key' },
  session_expired: { ...plain, code: 'session_expired' },
  session_cancelled: { ...plain, code: 'session_cancelled' },
  forbidden: { ...plain, code: 'insufficient_permissions' },
  not_found: plain,
  app_not_found: plain,
  thread_not_found: plain,
  item_not_found: plain,
  attachment_not_found: plain,
  run_not_found: plain,
  method_not_allowed: plain,
  malformed_id: plain,
  conflict: plain,
  thread_busy: plain,
  item_not_pending: plain,
  not_retryable: plain,
  no_pending_tool_call: plain,
  payload_too_large: plain,
  unsupported_media_type: plain,
  rate_limited: { type: 'requests', code: 'rate_limit_exceeded' },
  internal: failed,
  not_configured: failed,
  model_failed: failed,
  model_key_refused: failed,
  model_unknown: failed,
  model_out_of_credit: failed,
  remote_failed: failed,
  unavailable: failed,
}

/** The client waits no longer than this before it tries again. */
const LONGEST_WAIT_SECONDS = 60

/** A failure in OpenAI's envelope, with the headers its clients read to decide whether to try again. */
export function encodeError(error: ParleyError): Response {
  const { type, code } = WORDS[error.code]
  const { status, headers } = errorInit(error)
  const { param, retry_after: retryAfter, code: ownCode } = error.options.details ?? {}
  if (typeof retryAfter === 'number') headers['retry-after-ms'] = String(Math.ceil(retryAfter * 1000))
  const isLong = typeof retryAfter === 'number' && retryAfter > LONGEST_WAIT_SECONDS
  if (isLong || !ERRORS[error.code].retryable) headers['x-should-retry'] = 'false'
  const body = {
    message: error.message,
    type,
    param: typeof param === 'string' ? param : null,
    code: typeof ownCode === 'string' ? ownCode : code,
  }
  return Response.json({ error: body }, { status, headers })
}
