import { ERRORS, type ParleyError } from '@parley/protocol'
import { errorInit } from '../http/error-response.js'

/**
 * A failure as clients of Xpert and of LangGraph read it; sessions are made at OpenAI's address too, so that two dialects
 * say it. Source: the Xpert contract, section 3.
 */
export function encodeXpertError(error: ParleyError): Response {
  const { status, headers } = errorInit(error)
  const { message } = error
  const name = NAMES[ERRORS[error.code].status] ?? 'Internal Server Error'
  return Response.json({ statusCode: status, error: name, message, detail: message }, { status, headers })
}

const NAMES: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  413: 'Payload Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
}
