import { type RequestId, STATELESS_VERSIONS } from './schema.js'

/** What a request came to. Later versions say of each result that it is one. */
export const encodeResult = ({ headers }: Request, id: RequestId, result: object) => ({
  jsonrpc: '2.0' as const,
  id,
  result: isStateless(headers.get('mcp-protocol-version')) ? { ...result, resultType: 'complete' } : result,
})

const isStateless = (version: string | null) => STATELESS_VERSIONS.some((known) => known === version)
