import { afterEach, describe, expect, it } from 'vitest'
import { type Channel, openChannel } from './channel.js'
import { fetchThroughPage, type PageFetchApi, servePageFetch } from './remote-fetch.js'

const open: Channel<Record<never, never>>[] = []
afterEach(() => {
  for (const channel of open.splice(0)) channel.close()
})

function connect(pageFetch: typeof fetch): Channel<PageFetchApi> {
  const { port1, port2 } = new MessageChannel()
  const { cancelAll: _, ...offered } = servePageFetch(() => pageFetch)
  open.push(openChannel(port1, offered))
  return openChannel<Record<never, never>, PageFetchApi>(port2, {})
}

const request = { url: 'https://other.example/chatkit', headers: { 'x-page': '1' }, body: '{}' }
const bytes = (text: string) => new TextEncoder().encode(text)

describe('fetch through the page', () => {
  it('hands the request to the page and streams its answer back', async () => {
    const seen: [string, RequestInit][] = []
    const page = connect(async (url, init) => {
      seen.push([String(url), init!])
      return new Response('data: 1\n\ndata: 2\n\n', { status: 201, headers: { 'content-type': 'text/event-stream' } })
    })

    const response = await fetchThroughPage(page, request, { id: 'a' })

    expect(seen[0]).toMatchObject([request.url, { method: 'POST', body: '{}', headers: { 'x-page': '1' } }])
    expect(response.status).toBe(201)
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    expect(await response.text()).toBe('data: 1\n\ndata: 2\n\n')
  })

  it('shows bytes as they arrive, before the answer is complete', async () => {
    let source!: ReadableStreamDefaultController<Uint8Array>
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        source = controller
      },
    })
    const page = connect(async () => new Response(body))

    const reader = (await fetchThroughPage(page, request, { id: 'a' })).body!.getReader()
    source.enqueue(bytes('first'))

    expect(new TextDecoder().decode((await reader.read()).value)).toBe('first')
    source.close()
    expect((await reader.read()).done).toBe(true)
  })

  it('reads no faster than it is read from', async () => {
    let pulled = 0
    const body = new ReadableStream<Uint8Array>(
      { pull: (controller) => controller.enqueue(bytes(String(++pulled))) },
      { highWaterMark: 0 },
    )
    const page = connect(async () => new Response(body))

    const reader = (await fetchThroughPage(page, request, { id: 'a' })).body!.getReader()
    await reader.read()
    await reader.read()

    expect(pulled).toBeLessThanOrEqual(4)
    await reader.cancel()
  })

  it('stops the page’s request when the reader cancels', async () => {
    let signal: AbortSignal | null | undefined
    const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(bytes('x')) })
    const page = connect(async (_, init) => {
      signal = init?.signal
      return new Response(body)
    })

    const reader = (await fetchThroughPage(page, request, { id: 'a' })).body!.getReader()
    await reader.read()
    const aborted = new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()))
    await reader.cancel()

    await expect(aborted).resolves.toBeUndefined()
  })

  it('rejects with an AbortError when the signal aborts before the answer', async () => {
    const page = connect(
      (_, init) =>
        new Promise((_resolve, reject) => {
          init?.signal?.addEventListener('abort', () => reject(new DOMException('Stopped.', 'AbortError')))
        }),
    )
    const controller = new AbortController()

    const response = fetchThroughPage(page, request, { id: 'a', signal: controller.signal })
    controller.abort()

    await expect(response).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('gives bodyless answers no body', async () => {
    const page = connect(async () => new Response(null, { status: 204 }))

    expect((await fetchThroughPage(page, request, { id: 'a' })).body).toBeNull()
  })
})
