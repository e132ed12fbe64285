import { describe, expect, it } from 'vitest'
import { ClientError } from '../transport/error.js'
import { createChatKitClient } from './chatkit-client.js'

function clientAnswering(response: () => Response | Promise<Response>) {
  const requests: { body: unknown; headers: Headers }[] = []
  const client = createChatKitClient({
    maxRetries: 0,
    url: 'http://chat.test/api/chatkit',
    headers: { 'x-from': 'test' },
    fetch: async (_url, init) => {
      requests.push({ body: JSON.parse(String(init?.body)), headers: new Headers(init?.headers) })
      return response()
    },
  })
  return { client, requests }
}

const failure = (promise: Promise<unknown>): Promise<ClientError> =>
  promise.then(
    () => expect.unreachable('the call should have failed'),
    (error) => {
      expect(error).toBeInstanceOf(ClientError)
      return error
    },
  )

describe('calls', () => {
  it('posts the ChatKit envelope with the headers of the client and of the call', async () => {
    const { client, requests } = clientAnswering(() => Response.json({ data: [], has_more: false }))

    const page = await client.items.list({ thread_id: 'thr_1', limit: 40 }, { headers: { 'x-call': '1' } })

    expect(page).toEqual({ data: [], has_more: false })
    expect(requests[0]?.body).toEqual({ type: 'items.list', params: { thread_id: 'thr_1', limit: 40 } })
    expect(requests[0]?.headers.get('x-from')).toBe('test')
    expect(requests[0]?.headers.get('x-call')).toBe('1')
  })

  it('streams events with their ids', async () => {
    const sse = 'id: 1\ndata: {"type":"stream_options","stream_options":{"allow_cancel":true}}\n\n'
    const { client, requests } = clientAnswering(
      () => new Response(sse, { headers: { 'content-type': 'text/event-stream; charset=utf-8' } }),
    )

    const seen = []
    for await (const message of client.runs.resume({ thread_id: 'thr_1', run_id: 'run_1', after: 0 }))
      seen.push(message)

    expect(seen).toEqual([{ id: '1', event: { type: 'stream_options', stream_options: { allow_cancel: true } } }])
    expect(requests[0]?.headers.get('accept')).toBe('text/event-stream')
  })
})

describe('failures', () => {
  it("carry Parley's code, message and waiting time", async () => {
    const body = { error: { type: 'rate_limit', code: 'rate_limited', message: 'Slow down.' } }
    const { client } = clientAnswering(() => Response.json(body, { status: 429, headers: { 'retry-after': '7' } }))

    const error = await failure(client.threads.list({}))

    expect(error).toMatchObject({ status: 429, code: 'rate_limited', message: 'Slow down.', retryAfter: 7 })
  })

  it('say it plainly when a proxy answers with HTML', async () => {
    const { client } = clientAnswering(
      () =>
        new Response('<html>Bad gateway</html>', {
          status: 502,
          statusText: 'Bad Gateway',
          headers: { 'content-type': 'text/html' },
        }),
    )

    const error = await failure(client.threads.list({}))

    expect(error).toMatchObject({ status: 502, code: 'http_502', message: 'The server answered 502 Bad Gateway' })
  })

  it('use a short plain text as it is', async () => {
    const { client } = clientAnswering(
      () => new Response('Internal Server Error', { status: 500, headers: { 'content-type': 'text/plain' } }),
    )

    expect((await failure(client.threads.list({}))).message).toBe('Internal Server Error')
  })

  it('name a missing connection', async () => {
    const { client } = clientAnswering(() => Promise.reject(new TypeError('fetch failed')))

    expect(await failure(client.threads.list({}))).toMatchObject({ status: 0, code: 'network' })
  })

  it('come from the first next() of a stream', async () => {
    const { client } = clientAnswering(() => Response.json({ hello: 1 }))

    const error = await failure(client.threads.retryAfterItem({ thread_id: 't', item_id: 'i' }).next())

    expect(error.code).toBe('not_a_stream')
  })
})
