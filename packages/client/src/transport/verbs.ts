import type { Call, CallInit, Transport } from './transport.js'

/** The calls of a JSON API, by what they do. */
export function verbsOf({ json }: Pick<Transport, 'json'>) {
  const sending =
    (method: Call['method'], repeatable?: true) =>
    <Answer>(path: string, body?: unknown, init?: CallInit & Pick<Call, 'query' | 'timeoutMs'>) =>
      json<Answer>({ method, path, body, ...(repeatable && { repeatable }), ...init })
  return {
    get: <Answer>(path: string, query?: object, init?: CallInit & Pick<Call, 'timeoutMs'>) =>
      json<Answer>({ method: 'GET', path, ...(query && { query }), ...init }),
    post: sending('POST'),
    /** A POST that only reads. */
    search: sending('POST', true),
    put: sending('PUT'),
    patch: sending('PATCH'),
    delete: sending('DELETE'),
  }
}

export type Verbs = ReturnType<typeof verbsOf>

/** A path below another, whatever the id holds. */
export const at = (path: string, ...ids: string[]): string => [path, ...ids.map(encodeURIComponent)].join('/')
