import { ClientError, toClientError } from './error.js'
import { readLines } from './read-lines.js'

/** One call of an API that speaks JSON both ways. */
export type JsonCall = <Answer>(
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  /** Sent as JSON; bytes and blobs as they are. */
  body?: unknown,
) => Promise<Answer>

/** A long answer, read as it arrives: one JSON value a line. */
export type LinesCall = <Line>(path: string) => AsyncGenerator<Line, void, undefined>

/** @throws {ClientError} from every call when the answer is not a success. */
export function jsonCalls({
  baseURL,
  apiKey,
  fetch: send = fetch,
}: {
  baseURL: string
  apiKey?: string
  fetch?: typeof fetch
}): { call: JsonCall; lines: LinesCall } {
  const base = baseURL.replace(/\/$/, '')
  const request = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const response = await send(`${base}${path}`, {
      method,
      headers: {
        ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
        ...(body !== undefined && { 'content-type': isFile(body) ? 'application/octet-stream' : 'application/json' }),
      },
      ...(body !== undefined && { body: isFile(body) ? body : JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw new ClientError({ status: 0, code: 'network', message: 'The server could not be reached.', cause })
    })
    if (!response.ok) throw await toClientError(response)
    return response
  }
  return {
    async call<Answer>(method: string, path: string, body?: unknown) {
      const response = await request(method, path, body)
      return (response.status === 204 ? undefined : await response.json()) as Answer // the server's own schema made it
    },
    async *lines<Line>(path: string) {
      const { body } = await request('GET', path)
      if (body) for await (const line of readLines(body)) yield JSON.parse(line) as Line // likewise
    },
  }
}

const isFile = (body: unknown): body is Uint8Array<ArrayBuffer> | Blob =>
  body instanceof Uint8Array || body instanceof Blob

/** `?a=1&b=2` of what is given; nothing of what is not. */
export function toQuery(query: object): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined)
  return given.length > 0
    ? `?${new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]))}`
    : ''
}
