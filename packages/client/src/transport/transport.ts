import { ClientError, toClientError } from './error.js'
import { waitBeforeRetry } from './retry.js'
import { createSlots } from './slots.js'
import { watchSilence } from './watch-silence.js'

/** Where requests go and what they all carry. */
export interface TransportOptions {
  /** In front of every path. */
  baseURL: string
  /** On every request; those of a call win. */
  headers?: Record<string, string> | undefined
  /** Milliseconds a JSON answer may take, whole; default 60 000. Runs and streams take as long as they need. */
  timeoutMs?: number | undefined
  /**
   * Milliseconds after which a stream of which nothing comes any more, not even a sign of life, counts as broken; 0 for
   * never. Default: 90 000 where the server gives such signs, which is everywhere but in ChatKit's own API.
   */
  silenceMs?: number | undefined
  /** How often a request that was not taken is repeated; default 4, 0 for never. */
  maxRetries?: number | undefined
  /** How many requests may wait for the beginning of their answer at once; default: as many as there are. */
  maxConcurrency?: number | undefined
  /** Sees each request before it goes out, repeated ones too; what it returns is sent. */
  onRequest?(url: URL, init: RequestInit): RequestInit | Promise<RequestInit>
  /** Default: the global one. */
  fetch?: typeof fetch | undefined
}

/** What the caller of any call may add. */
export interface CallInit {
  /** Ends the call; it then throws the signal's own reason. */
  signal?: AbortSignal | undefined
  headers?: Record<string, string> | undefined
}

/** One call of an API. */
export interface Call extends CallInit {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  /** Values that are not text are sent as JSON; what is `undefined` is not sent. */
  query?: object
  /** Sent as JSON; bytes, blobs and forms as they are. */
  body?: unknown
  /** Repeating it changes nothing, although it is a POST: a search. */
  repeatable?: boolean
  /** Instead of the transport's; 0: as long as it takes. */
  timeoutMs?: number
  /** Told what a success begins with, before its body is read. */
  onHeaders?(headers: Headers): void
}

/** One way out for every call: base address, headers, time-outs, retries and errors. */
export interface Transport {
  /** The answer as it arrives; a failure is thrown. Without a time-out unless the call names one. */
  send(call: Call): Promise<Response>
  /** What the answer holds; `undefined` when it is empty by its status (202, 204). */
  json<Answer>(call: Call): Promise<Answer>
}

/** @throws {ClientError} from every call when there is no answer or it is not a success. */
export function createTransport(options: TransportOptions): Transport {
  const { timeoutMs: usualTimeoutMs = 60_000, maxRetries = 4, silenceMs = 0, onRequest } = options
  const inTurn = createSlots(options.maxConcurrency ?? Infinity)
  const base = options.baseURL.replace(/\/+$/, '')

  async function once<Answer>(call: Call, read: (response: Response) => Promise<Answer>): Promise<Answer> {
    const timeout = call.timeoutMs ? AbortSignal.timeout(call.timeoutMs) : undefined
    const signals = [call.signal, timeout].filter((signal) => signal !== undefined)
    const url = new URL(base + call.path + toQuery(call.query ?? {}), pageAddress())
    const { body, headers } = encodeBody(call.body)
    const plain: RequestInit = {
      method: call.method,
      headers: { ...headers, ...options.headers, ...call.headers },
      ...(body !== undefined && { body }),
      ...(signals.length > 0 && { signal: signals.length > 1 ? AbortSignal.any(signals) : signals[0] }),
    }
    const init = onRequest ? await onRequest(url, plain) : plain
    try {
      const response = await inTurn(call.signal, () => (options.fetch ?? fetch)(url.href, init))
      if (!response.ok) throw await toClientError(response)
      call.onHeaders?.(response.headers)
      return await read(response)
    } catch (thrown) {
      call.signal?.throwIfAborted()
      if (thrown instanceof ClientError) throw thrown
      throw new ClientError({
        status: 0,
        cause: thrown,
        ...(timeout?.aborted
          ? { code: 'timeout', message: `The server did not answer within ${call.timeoutMs} ms.` }
          : { code: 'network', message: 'The server could not be reached.' }),
      })
    }
  }

  async function request<Answer>(call: Call, read: (response: Response) => Promise<Answer>): Promise<Answer> {
    for (let retries = 0; ; retries += 1) {
      try {
        return await once(call, read)
      } catch (thrown) {
        const waitMs = retries < maxRetries ? waitBeforeRetry(thrown, { call, retries }) : undefined
        if (waitMs === undefined) throw thrown
        await pause(waitMs, call.signal)
      }
    }
  }

  return {
    send: (call) => request(call, async (response) => (silenceMs > 0 ? watchSilence(response, silenceMs) : response)),
    json: <Answer>(call: Call) => request({ timeoutMs: usualTimeoutMs, ...call }, readJson<Answer>),
  }
}

async function readJson<Answer>(response: Response): Promise<Answer> {
  const isEmpty = response.status === 202 || response.status === 204
  const text = isEmpty ? '' : await response.text()
  try {
    return (isEmpty ? undefined : JSON.parse(text)) as Answer // the server's own schema made it; nobody checks it twice
  } catch (cause) {
    const message = 'The server did not answer with JSON. Check the address of the API.'
    throw new ClientError({ status: response.status, code: 'not_json', message, cause })
  }
}

/** In a browser an address may be relative to the page. */
const pageAddress = () => (globalThis as { location?: { href: string } }).location?.href // absent elsewhere

function encodeBody(body: unknown): { body?: RequestInit['body']; headers?: Record<string, string> } {
  if (body === undefined || body instanceof FormData) return { body }
  if (body instanceof Uint8Array || body instanceof Blob)
    return { body: body as Blob, headers: { 'content-type': 'application/octet-stream' } } // bytes of any buffer
  return { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
}

/** `?a=1&b=["x"]` of what is given; nothing of what is not. */
function toQuery(query: object): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) search.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value))
  const text = search.toString()
  return text && `?${text}`
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', leave)
      resolve()
    }, ms)
    signal?.addEventListener('abort', leave)
  })
}
