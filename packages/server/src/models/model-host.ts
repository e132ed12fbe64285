import type { Observer } from '../base/observer.js'
import { type Trace, traceHeaders } from '../base/trace.js'
import { answeredError, type HostNames, outOfCredit, unreachableError } from './model-error.js'
import type { Price } from './prices.js'
import { fetchTransport, HostSilence, type ModelHttpResponse, type ModelTransport } from './transport.js'

/** Is told of calls of models. */
export type ModelObserver = Pick<Observer, 'modelCallEnded'>

/** A model host and how to talk to it. */
export interface ModelHost {
  /** Up to and including the version, for example `https://api.openai.com/v1`. */
  baseUrl: string
  apiKey?: string
  /** More headers, for gateways that want them. */
  headers?: Record<string, string>
  /** Default: the global `fetch`. */
  transport?: ModelTransport
  /** The settings named in error messages. Default: `OPENAI_API_KEY`, `OPENAI_BASE_URL` and `PARLEY_MODEL`. */
  settings?: { key: string; url: string; model: string }
  /** What the calls are part of. */
  trace?: Trace | undefined
  /** What its models cost. Absent, or `undefined` for a model: nobody knows. */
  priceOf?: ((model: string) => Price | undefined) | undefined
  /** Is told of every call. */
  observer?: ModelObserver | undefined
  /** Waits between tries; tests give one that does not. */
  wait?: (milliseconds: number, signal?: AbortSignal) => Promise<void>
}

const TRIES = 3
const FIRST_WAIT_MS = 300
const LONGEST_WAIT_MS = 10_000

/**
 * Sends one request and resolves when the host has accepted it; the answer streams from `body`.
 * Tries again, twice and after a pause, when the host is busy (429), broken (5xx) or out of reach; never once it answered.
 *
 * @throws {ParleyError} `model_failed` with what is wrong and what to do; an abort is thrown as it is.
 */
export async function openModelStream(
  host: ModelHost,
  request: { path: string; body: { model: string } & Record<string, unknown>; signal?: AbortSignal },
): Promise<ModelHttpResponse> {
  const names = namesOf(host, request.body.model)
  const body = JSON.stringify(request.body)
  for (let attempt = 1; ; attempt++) {
    const outcome = await tryOnce(host, { path: request.path, body, signal: request.signal }, names)
    if ('response' in outcome) return outcome.response
    if (!outcome.retry || attempt === TRIES) throw outcome.error
    await (host.wait ?? wait)(outcome.waitMs ?? FIRST_WAIT_MS * 3 ** (attempt - 1), request.signal)
  }
}

type Outcome = { response: ModelHttpResponse } | { error: Error; retry: boolean; waitMs?: number }

async function tryOnce(
  host: ModelHost,
  { path, body, signal }: { path: string; body: string; signal?: AbortSignal },
  names: HostNames,
): Promise<Outcome> {
  let response: ModelHttpResponse
  try {
    response = await (host.transport ?? fetchTransport)(host.baseUrl.replace(/\/+$/, '') + path, {
      method: 'POST',
      headers: headersOf(host),
      body,
      signal,
    })
  } catch (thrown) {
    if (signal?.aborted) throw abortError()
    return { error: unreachableError(names, thrown), retry: !(thrown instanceof HostSilence) }
  }
  if (response.status >= 200 && response.status < 300) return { response }
  const text = await response.text()
  return {
    error: answeredError(names, response.status, text),
    retry: (response.status === 429 && !outOfCredit(text)) || response.status >= 500,
    waitMs: retryAfterMs(response.headers.get('retry-after')),
  }
}

/** The headers every request to the host carries. */
export const headersOf = (host: ModelHost): Record<string, string> => ({
  'content-type': 'application/json',
  ...(host.apiKey ? { authorization: `Bearer ${host.apiKey}` } : {}),
  ...host.headers,
  ...(host.trace && traceHeaders(host.trace)),
})

/** What error messages call the host, its key and its settings. */
export const namesOf = (host: ModelHost, model: string): HostNames => ({
  host: new URL(host.baseUrl).host,
  model,
  apiKey: host.apiKey,
  settings: host.settings ?? { key: 'OPENAI_API_KEY', url: 'OPENAI_BASE_URL', model: 'PARLEY_MODEL' },
})

function retryAfterMs(header: string | null): number | undefined {
  const seconds = Number(header ?? Number.NaN)
  return Number.isFinite(seconds) ? Math.min(seconds * 1000, LONGEST_WAIT_MS) : undefined
}

/** What every runtime throws when a request is stopped; transports and callers of `abort` have names of their own for it. */
export const abortError = (): Error => new DOMException('The request was stopped.', 'AbortError')

/** Resolves after the pause; rejects at once when `signal` is aborted. */
export function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(abortError())
    const stop = () => {
      clearTimeout(timer)
      reject(abortError())
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    signal?.addEventListener('abort', stop, { once: true })
  })
}
