import type { ParleyError } from '@parley/protocol'
import { errorInit } from '../../http/error-response.js'
import type { RequestId } from './schema.js'

/** Codes of JSON-RPC. */
export const RPC = {
  parse: -32700,
  invalidRequest: -32600,
  unknownMethod: -32601,
  invalidParams: -32602,
  internal: -32603,
} as const

export const rpcError = (id: RequestId | null, code: number, message: string) => ({
  jsonrpc: '2.0' as const,
  id,
  error: { code, message },
})

/** A failure before the request was read as one: with its status, in the words of JSON-RPC. */
export function encodeError(error: ParleyError): Response {
  const code = error.code === 'invalid_request' ? RPC.invalidRequest : -32000
  return Response.json(rpcError(null, code, error.message), errorInit(error))
}
