import { BridgeError } from './bridge-error.js'
import type { Api, Channel } from './channel.js'

/** A request the frame asks the page to make: a POST of JSON text, or a file on its way to where it is kept. */
export interface PageRequest {
  url: string
  /** Default `POST`. */
  method?: 'POST' | 'PUT'
  headers: Record<string, string>
  body: string | Blob | FormFile
}

/** One file as a form's only field: a `FormData` cannot cross from window to window, a file can. */
export interface FormFile {
  field: string
  file: File
}

export interface PageResponse {
  status: number
  statusText: string
  headers: [name: string, value: string][]
}

/** The page's fetch as seen from the frame. A chunk is sent only when asked for: a slow reader slows the source down. */
export interface PageFetchApi {
  openRequest(id: string, request: PageRequest): Promise<PageResponse>
  /** The next bytes of the body; `null` at its end. */
  readRequest(id: string): Promise<Uint8Array | null>
  cancelRequest(id: string): void
}

/** The page's side: answers with the host's own fetch, so its cookies, headers and CORS rules apply. */
export function servePageFetch(getFetch: () => typeof fetch): PageFetchApi & { cancelAll(): void } {
  const open = new Map<string, { controller: AbortController; reader?: ReadableStreamDefaultReader<Uint8Array> }>()

  const cancelRequest = (id: string) => {
    open.get(id)?.controller.abort()
    open.delete(id)
  }

  return {
    async openRequest(id, { url, method = 'POST', headers, body }) {
      const controller = new AbortController()
      open.set(id, { controller })
      try {
        const response = await getFetch()(url, {
          method,
          headers,
          body: bodyOf(body),
          signal: controller.signal,
        })
        open.set(id, { controller, reader: response.body?.getReader() })
        return { status: response.status, statusText: response.statusText, headers: [...response.headers] }
      } catch (thrown) {
        open.delete(id)
        throw controller.signal.aborted ? thrown : explainFailure(url, thrown)
      }
    },
    async readRequest(id) {
      try {
        const chunk = await open.get(id)?.reader?.read()
        if (chunk?.value) return chunk.value
      } catch (thrown) {
        open.delete(id)
        throw thrown
      }
      open.delete(id)
      return null
    },
    cancelRequest,
    cancelAll() {
      for (const id of open.keys()) cancelRequest(id)
    },
  }
}

/** Named by the window it is sent from, a form gets its boundary there. */
function bodyOf(body: PageRequest['body']): BodyInit {
  if (typeof body === 'string' || body instanceof Blob) return body
  const form = new FormData()
  form.append(body.field, body.file, body.file.name)
  return form
}

/** The frame's side: makes a request on the page and returns its answer as an ordinary, streaming Response. */
export async function fetchThroughPage<Host extends PageFetchApi & Api<Host>>(
  channel: Channel<Host>,
  request: PageRequest,
  options: { id: string; signal?: AbortSignal },
): Promise<Response> {
  const { id, signal } = options
  const page: Channel<PageFetchApi> = channel
  signal?.throwIfAborted()
  const cancel = () => page.tell('cancelRequest', id)
  signal?.addEventListener('abort', cancel, { once: true })

  const head = await page.call('openRequest', id, request)
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const chunk = await page.call('readRequest', id)
      if (chunk) return controller.enqueue(chunk)
      signal?.removeEventListener('abort', cancel)
      if (signal?.aborted) controller.error(signal.reason)
      else controller.close()
    },
    cancel,
  })
  const bodyless = head.status === 204 || head.status === 304
  return new Response(bodyless ? null : body, head)
}

/** Browsers say only "Failed to fetch"; the usual causes are few, and a page's author can check them. */
function explainFailure(url: string, cause: unknown): unknown {
  if (!(cause instanceof TypeError)) return cause
  const { origin } = new URL(url, document.baseURI)
  const cure =
    origin === window.origin
      ? 'Check that the server is running.'
      : `Check that the server is running and that its CORS rules allow ${window.origin} and the request headers ` +
        'content-type and chatkit-frame-instance-id.'
  return new BridgeError('request_failed', `The page could not reach ${origin} (${cause.message}). ${cure}`, { cause })
}
