import { type Channel, openChannel, type PageApi } from '@parley/element/bridge'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ApiOptions } from '../store/options.js'
import { createTransport } from './transport.js'

interface Seen {
  by: 'frame' | 'page'
  url: string
  headers: Record<string, string>
  body: unknown
}

let seen: Seen[]
let close: () => void
const realFetch = globalThis.fetch

beforeEach(() => {
  seen = []
  globalThis.fetch = async (url, init) => {
    seen.push({ by: 'frame', url: String(url), ...requestOf(init!) })
    return new Response('{}')
  }
})
afterEach(() => {
  globalThis.fetch = realFetch
  close()
})

const requestOf = ({ headers, body }: RequestInit) => ({
  headers: headers as Record<string, string>,
  body: JSON.parse(String(body)),
})

/** A frame served by https://parley.example inside a page of https://shop.example. */
function transportFor(api: ApiOptions | undefined, answer?: unknown) {
  const { port1, port2 } = new MessageChannel()
  const answering = openChannel<PageApi, Record<never, never>>(port1, {
    emit: () => undefined,
    callOption: async (path, args) => answer ?? `${path}(${args})`,
    openRequest: async (_, { url, headers, body }) => {
      seen.push({ by: 'page', url, headers, body: JSON.parse(String(body)) })
      return { status: 200, statusText: 'OK', headers: [] }
    },
    readRequest: async () => null,
    cancelRequest: () => undefined,
  })
  const page: Channel<PageApi> = openChannel<Record<never, never>, PageApi>(port2, {})
  close = answering.close
  return createTransport({
    page,
    pageUrl: 'https://shop.example/cart/',
    origin: 'https://parley.example',
    instanceId: 'frame1',
    getApi: () => api,
    getLocale: () => 'de',
  })
}

describe('the way of a request', () => {
  it.each<[string, ApiOptions | undefined, 'frame' | 'page', string]>([
    [
      'our own server',
      { url: 'https://parley.example/api/chatkit/demo' },
      'frame',
      'https://parley.example/api/chatkit/demo',
    ],
    ['no address at all', undefined, 'frame', 'https://parley.example/api/chatkit'],
    ['a relative address, which counts from the page', { url: '../chat' }, 'page', 'https://shop.example/chat'],
    ['another server', { url: 'https://other.example/chatkit' }, 'page', 'https://other.example/chatkit'],
    ['a fetch of the page, address as written', { url: '../chat', fetch: true }, 'page', '../chat'],
    [
      'a fetch of the page, even to our server',
      { url: 'https://parley.example/x', fetch: true },
      'page',
      'https://parley.example/x',
    ],
  ])('%s', async (_, api, by, url) => {
    await transportFor(api).send({ type: 'threads.list', params: {} }, {})

    expect(seen).toMatchObject([{ by, url, body: { type: 'threads.list', params: {} } }])
  })

  it('names language, frame and client in the headers, and what the session adds', async () => {
    await transportFor(undefined).send({}, { headers: { 'last-event-id': '7' } })

    expect(seen[0]?.headers).toEqual({
      'content-type': 'application/json',
      accept: 'text/event-stream, application/json',
      'accept-language': 'de',
      'chatkit-frame-instance-id': 'frame1',
      'parley-client': 'frame/1',
      'last-event-id': '7',
    })
  })

  it('sends foreign servers no header they may not have allowed', async () => {
    const transport = transportFor({ url: 'https://other.example/chatkit' })

    await transport.send({}, { headers: { 'idempotency-key': '1' } })

    expect(Object.keys(seen[0]?.headers ?? {})).toEqual([
      'content-type',
      'accept',
      'accept-language',
      'chatkit-frame-instance-id',
    ])
  })

  it('uses the session’s secret with our own server', async () => {
    await transportFor({ getClientSecret: true }).send({}, {})

    expect(seen[0]).toMatchObject({ by: 'frame', url: 'https://parley.example/v1/chatkit/conversation' })
    expect(seen[0]?.headers.authorization).toBe('Bearer api.getClientSecret()')
  })

  it('uses it for the app and the organization that came with it', async () => {
    const answer = { secret: 'cs-x-1', appId: 'billing', organizationId: 'acme' }

    await transportFor({ getClientSecret: true, appId: 'support' }, answer).send({}, {})

    expect(seen[0]).toMatchObject({ url: 'https://parley.example/v1/chatkit/conversation/billing' })
    expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer cs-x-1', 'organization-id': 'acme' })
  })

  it('does not start when it is already stopped', async () => {
    const fetched = vi.fn()
    globalThis.fetch = fetched
    const transport = transportFor({ url: 'https://other.example/chatkit' })

    await expect(transport.send({}, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' })
    expect(seen).toEqual([])
    expect(fetched).not.toHaveBeenCalled()
  })
})
