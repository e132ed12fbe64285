/** One request to a model host. `body` is JSON text, or the bytes of a form. */
export interface ModelHttpRequest {
  method: 'GET' | 'POST'
  headers: Record<string, string>
  body?: string | Uint8Array<ArrayBuffer>
  signal?: AbortSignal
  /** The answer is no text: each character of it is one byte. */
  isBinary?: boolean
}

/** What came back. `body`, which is the text in pieces as they arrive, and `text` read the same bytes: use one of them. */
export interface ModelHttpResponse {
  status: number
  headers: { get(name: string): string | null }
  body: AsyncIterable<string>
  text(): Promise<string>
}

/**
 * How requests reach a model host. The default is the global `fetch`; on Node the server injects one over `node:http`,
 * which hands over everything that arrived in one turn of the event loop as one piece.
 */
export type ModelTransport = (url: string, request: ModelHttpRequest) => Promise<ModelHttpResponse>

/** What a transport throws when a host says nothing for so long that nobody should wait on. */
export class HostSilence extends Error {
  override readonly name = 'HostSilence'
  constructor(readonly seconds: number) {
    super(`The host said nothing for ${seconds} s.`)
  }
}

/** The transport of every JavaScript runtime. */
export const fetchTransport: ModelTransport = async (url, { method, headers, body, signal, isBinary }) => {
  return toModelResponse(await fetch(url, { method, headers, body, signal }), isBinary)
}

/** An answer of `fetch`, as models read it. */
export const toModelResponse = (response: Response, isBinary = false): ModelHttpResponse => ({
  status: response.status,
  headers: response.headers,
  body: response.body ? readText(response.body) : noText(),
  text: async () => (isBinary ? toBinaryText(new Uint8Array(await response.arrayBuffer())) : response.text()),
})

function toBinaryText(bytes: Uint8Array): string {
  let text = ''
  for (let start = 0; start < bytes.length; start += 8192)
    text += String.fromCharCode(...bytes.subarray(start, start + 8192))
  return text
}

async function* readText(stream: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  let ended = false
  try {
    while (true) {
      const { done, value } = await reader.read()
      ended = done
      if (done) return
      yield decoder.decode(value, { stream: true })
    }
  } finally {
    if (!ended) await reader.cancel()
  }
}

async function* noText(): AsyncGenerator<string> {
  // an empty body has no text
}
