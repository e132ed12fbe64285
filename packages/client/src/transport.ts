/** What a single call may add. */
export interface CallInit {
  signal?: AbortSignal
  headers?: Record<string, string>
}

/** Posts one request body and hands back the answer as it arrives. */
export interface Transport {
  send(body: unknown, init: CallInit): Promise<Response>
}

/** A transport over `fetch`: JSON out, `headers` on every call. */
export function fetchTransport(options: {
  url: string
  fetch?: typeof fetch
  headers?: Record<string, string>
}): Transport {
  const send = options.fetch ?? globalThis.fetch
  return {
    send: (body, init) =>
      send(options.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...options.headers, ...init.headers },
        body: JSON.stringify(body),
        ...(init.signal && { signal: init.signal }),
      }),
  }
}
