import { BridgeError } from './bridge-error.js'
import type { Api, Channel } from './channel.js'
import { createLatest, type Latest } from './latest.js'
import { isBodyless, upload } from './upload.js'

/** A request the frame asks the page to make: a POST of JSON text, or a file on its way to where it is kept. */
export interface PageRequest {
  url: string
  /** Default `POST`. */
  method?: 'POST' | 'PUT'
  headers: Record<string, string>
  body: string | Blob | FormFile
  /** How much of a file has been sent is to be told. Then it is not the page's own `api.fetch` that sends it. */
  watched?: true
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
  /** How much of a watched file has been sent, from 0 to 1, as soon as it is more; `null` when it has arrived. */
  sentShare(id: string): Promise<number | null>
}

interface OpenRequest {
  controller: AbortController
  sent?: Latest<number>
  reader?: ReadableStreamDefaultReader<Uint8Array>
}

/** The page's side: answers with the host's own fetch, so its cookies, headers and CORS rules apply. */
export function servePageFetch(getFetch: () => typeof fetch): PageFetchApi & { cancelAll(): void } {
  const open = new Map<string, OpenRequest>()

  const cancelRequest = (id: string) => {
    open.get(id)?.controller.abort()
    open.delete(id)
  }

  return {
    async openRequest(id, { url, method = 'POST', headers, body, watched }) {
      const controller = new AbortController()
      const sent = createLatest<number>()
      open.set(id, { controller, sent })
      try {
        const content = bodyOf(body)
        const init = { method, headers, signal: controller.signal }
        const response =
          watched && typeof content !== 'string'
            ? await upload(url, { ...init, body: content, onProgress: sent.set })
            : await getFetch()(url, { ...init, body: content })
        open.set(id, { controller, reader: response.body?.getReader() })
        return { status: response.status, statusText: response.statusText, headers: [...response.headers] }
      } catch (thrown) {
        open.delete(id)
        throw controller.signal.aborted ? thrown : explainFailure(url, thrown)
      } finally {
        sent.end()
      }
    },
    sentShare: async (id) => (await open.get(id)?.sent?.next()) ?? null,
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
function bodyOf(body: PageRequest['body']): string | Blob | FormData {
  if (typeof body === 'string' || body instanceof Blob) return body
  const form = new FormData()
  form.append(body.field, body.file, body.file.name)
  return form
}

/** The frame's side: makes a request on the page and returns its answer as an ordinary, streaming Response. */
export async function fetchThroughPage<Host extends PageFetchApi & Api<Host>>(
  channel: Channel<Host>,
  request: PageRequest,
  options: { id: string; signal?: AbortSignal; onProgress?(share: number): void },
): Promise<Response> {
  const { id, signal, onProgress } = options
  const page: Channel<PageFetchApi> = channel
  signal?.throwIfAborted()
  const cancel = () => page.tell('cancelRequest', id)
  signal?.addEventListener('abort', cancel, { once: true })

  const answer = page.call('openRequest', id, request)
  if (request.watched && onProgress) void follow(page, id, onProgress)
  const head = await answer
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
  return new Response(isBodyless(head.status) ? null : body, head)
}

/** Asks again and again until the file has arrived; should the page go away, the request itself says so. */
async function follow(page: Channel<PageFetchApi>, id: string, onProgress: (share: number) => void): Promise<void> {
  const next = () => page.call('sentShare', id).catch(() => null)
  for (let share = await next(); share !== null; share = await next()) onProgress(share)
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
