import type { ParleyError } from '@parley/protocol'
import type { AdminError } from '@parley/protocol/admin'
import { errorInit } from '../../http/error-response.js'

/** A failure as the admin API words it: `{ "error": { "code", "message", "param"? } }` with its status. */
export function encodeError(error: ParleyError): Response {
  const { param } = error.options.details ?? {}
  const body: AdminError = {
    error: { code: error.code, message: error.message, ...(typeof param === 'string' && { param }) },
  }
  return Response.json(body, errorInit(error))
}
