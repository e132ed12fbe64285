import type { PageFetchApi, PageRequest, PageResponse } from '@parley/element/bridge'
import type { Messenger, PageCall } from './messenger.js'
import type { PageRequestInit, ServerSentMessage } from './wire.js'

/** Requests whose answer is a stream: the page has to be told before it knows the answer. */
const STREAMING = /^(threads\.(create|add_\w+|retry_after_item|custom_action)|runs\.resume)$/

/**
 * Requests made by the page, for pages with a `fetch` of their own and for servers other than ours. Xpert's element
 * answers with JSON or with the events of a stream, not with a Response: one is put together again here.
 */
export function createPageRequests(messenger: Messenger): PageFetchApi {
  const open = new Map<string, { call: PageCall; body: ReadableStreamDefaultReader<Uint8Array> }>()

  return {
    async openRequest(id, request) {
      const { call, response, body } = isStreaming(request) ? stream(messenger, request) : ask(messenger, request)
      open.set(id, { call, body: body.getReader() })
      return response
    },
    async readRequest(id) {
      const chunk = await open.get(id)?.body.read()
      if (chunk?.value) return chunk.value
      open.delete(id)
      return null
    },
    cancelRequest(id) {
      open.get(id)?.call.abort()
      open.delete(id)
    },
    sentShare: () => Promise.resolve(null), // that element does not tell
  }
}

interface Asked {
  call: PageCall
  response: Promise<PageResponse>
  body: ReadableStream<Uint8Array>
}

function ask(messenger: Messenger, request: PageRequest): Asked {
  const { url, method = 'POST', headers, body } = request
  const isForm = typeof body === 'object' && 'field' in body
  const params: PageRequestInit = { method, headers, ...(!isForm && { body }) }
  const call = messenger.request({
    type: 'fetch',
    url,
    params,
    ...(isForm && { formData: { [body.field]: body.file } }),
  })
  const answered = call.answer.then((value) => ({ status: 200, value }), refused)
  return {
    call,
    response: answered.then(({ status }) => responseOf(status, 'application/json')),
    body: streamOf(async (write) => write(JSON.stringify((await answered).value))),
  }
}

function stream(messenger: Messenger, { url, method = 'POST', headers, body }: PageRequest): Asked {
  let write: (text: string) => void = () => undefined
  let begun: () => void = () => undefined
  const beginning = new Promise<void>((resolve) => {
    begun = resolve
  })
  const params = { method, headers, body: String(body), openWhenHidden: true } // else a hidden page would ask again
  const call = messenger.request({ type: 'fetchEventSource', url, params }, (message) => {
    if (message.data !== '') write(encode(message)) // what is empty was a sign of life
    begun()
  })
  const ended = call.answer.then(() => ({ status: 200, value: undefined }), refused)
  const first = Promise.race([beginning.then(() => ({ status: 200 })), ended])
  return {
    call,
    response: first.then(({ status }) => responseOf(status, status === 200 ? 'text/event-stream' : 'application/json')),
    body: streamOf(async (send) => {
      write = send
      const { status, value } = await ended
      if (status !== 200) send(JSON.stringify(value))
    }),
  }
}

/** A refusal has a status; without one the request never got an answer. */
function refused(error: Error & { status?: number }): { status: number; value: unknown } {
  if (error.status === undefined) throw error
  return { status: error.status, value: { error: { message: error.message } } }
}

function isStreaming({ body }: PageRequest): boolean {
  if (typeof body !== 'string') return false
  const { type } = Object(JSON.parse(body)) as { type?: unknown } // our own request: it is JSON
  return typeof type === 'string' && STREAMING.test(type)
}

function responseOf(status: number, contentType: string): PageResponse {
  return { status, statusText: '', headers: [['content-type', contentType]] }
}

function encode({ id, event, data }: ServerSentMessage): string {
  const head = `${id ? `id: ${id}\n` : ''}${event ? `event: ${event}\n` : ''}`
  return `${head}${data.replace(/^/gm, 'data: ')}\n\n`
}

function streamOf(run: (write: (text: string) => void) => Promise<void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    start(controller) {
      const finished = run((text) => controller.enqueue(encoder.encode(text)))
      finished.then(
        () => controller.close(),
        (error: unknown) => controller.error(error),
      )
    },
  })
}
