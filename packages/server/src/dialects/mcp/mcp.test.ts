import { randomUUID } from 'node:crypto'
import {
  Client as SessionlessClient,
  StreamableHTTPClientTransport as SessionlessTransport,
} from '@modelcontextprotocol/client'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { CallToolResult, Progress } from '@modelcontextprotocol/sdk/types.js'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openMcpServer } from '../../agents/mcp/mcp-server.js'
import type { Caller } from '../../app/caller.js'
import { consoleLog } from '../../base/log.js'
import { runnableOf } from '../../chatkit-server/hooks.js'
import { streamText } from '../../chatkit-server/stream-text.js'
import { redisPeers } from '../../cluster/redis-peers.js'
import type { Runnable } from '../../runnable/runnable.js'
import { ADMIN_KEY, type AdminServer, adminServer } from '../admin/admin.fixture.js'

/** Says what it was told, and by whom. */
const echo = runnableOf<Caller>({
  async *respond(thread, message, { userId }) {
    const text = message?.content.map((part) => part.text).join('') ?? ''
    yield { type: 'progress_update', text: 'Thinking' }
    yield* streamText(thread, `${userId} said ${text}`)
  },
})

/** Cites, shows a picture, and asks for a decision. */
const rich: Runnable<Caller> = {
  inputs: [{ variable: 'city', label: 'Where', type: 'text-input', required: true, max_length: 20 }],
  async *run({ thread, generateId, trigger }) {
    const head = () => ({ id: generateId('message'), thread_id: thread.id, created_at: new Date().toISOString() })
    const source = { type: 'url', title: 'Opening hours', url: 'https://example.com/hours' } as const
    yield {
      type: 'thread.item.done',
      item: {
        type: 'assistant_message',
        ...head(),
        content: [{ type: 'output_text', text: 'At nine.', annotations: [{ type: 'annotation', source, index: 8 }] }],
      },
    }
    if (trigger.type !== 'user_message') return
    yield {
      type: 'thread.item.done',
      item: {
        type: 'structured_input',
        ...head(),
        status: 'pending',
        inputs: [
          { type: 'multiple_choice', id: 'q', question: 'Allow it?', options: [{ value: 'Yes' }], multiple: false },
        ],
      },
    }
  },
}

/** Goes on until it is stopped. */
function endless() {
  let stopped: () => void
  const isStopped = new Promise<void>((resolve) => {
    stopped = resolve
  })
  const app: Runnable<Caller> = {
    async *run({ signal }) {
      yield { type: 'progress_update', text: 'Working' }
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
      stopped()
    },
  }
  return { app, isStopped }
}

const start = (apps: Record<string, Runnable<Caller>> = { echo }, options: Parameters<typeof adminServer>[0] = {}) => {
  const parley = adminServer({ apps, ...options })
  onTestFinished(() => parley.close())
  return parley
}

/** The client talks to the server in this process, with the key as its users send it. */
function transportTo(parley: AdminServer, key: string, path = '/mcp') {
  const fetch = (url: string | URL, init?: RequestInit) => parley.handle(new Request(url, init))
  return [
    new URL(`http://parley.test${path}`),
    { fetch, requestInit: { headers: { authorization: `Bearer ${key}`, 'x-principal-user-id': 'ada' } } },
  ] as const
}

async function connect(parley: AdminServer, key: string, path?: string): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' })
  await client.connect(new StreamableHTTPClientTransport(...transportTo(parley, key, path)))
  onTestFinished(() => client.close())
  return client
}

const call = async (client: Client, name: string, args: object, options?: { onprogress(progress: Progress): void }) =>
  (await client.callTool({ name, arguments: { ...args } }, undefined, options)) as CallToolResult

const textOf = (result: CallToolResult) =>
  result.content.map((part) => (part.type === 'text' ? part.text : part.type)).join('\n')

describe('E4: apps as an MCP server', () => {
  it('are tools of the SDK’s client, which go on with a conversation', async () => {
    const parley = start()
    const client = await connect(parley, await parley.keyWith(['chat']))
    const words: string[] = []

    const { tools } = await client.listTools()
    const first = await call(
      client,
      'echo',
      { message: 'Hi' },
      { onprogress: ({ message }) => words.push(message ?? '') },
    )
    const { thread_id } = first.structuredContent as { thread_id: string }
    const second = await call(client, 'echo', { message: 'Again', thread_id })

    expect(tools).toMatchObject([{ name: 'echo', inputSchema: { required: ['message'] } }])
    expect(words).toEqual(['Thinking', 'Writing: 11 letters'])
    expect(textOf(first)).toContain('ada said Hi')
    expect(first.structuredContent).toMatchObject({ status: 'completed', text: 'ada said Hi', citations: [] })
    expect(second.structuredContent).toMatchObject({ thread_id, text: 'ada said Again' })
    expect(parley.reported).toEqual([])
  })

  it('are tools of a client without sessions, and of Parley’s own', async () => {
    const parley = start()
    const key = await parley.keyWith(['chat'])
    const client = new SessionlessClient({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'auto' } })
    await client.connect(new SessionlessTransport(...transportTo(parley, key)))
    onTestFinished(() => client.close())
    const [url, { fetch, requestInit }] = transportTo(parley, key)
    const own = await openMcpServer(
      { name: 'parley', url: url.href, ...requestInit },
      { log: consoleLog, fetch: fetch as typeof globalThis.fetch },
    )
    onTestFinished(() => own.close())

    expect(client.getProtocolEra()).toBe('modern')
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['echo'])
    const result = await client.callTool({ name: 'echo', arguments: { message: 'Hi' } })
    expect(result.structuredContent).toMatchObject({ text: 'ada said Hi' })
    expect((await own.listNow(5_000)).map(({ name }) => name)).toEqual(['echo'])
    expect(JSON.stringify(await own.callToolResult('echo', { message: 'Yo' }))).toContain('ada said Yo')
  })

  it('tell their sources, their form, and what they wait for', async () => {
    const parley = start({ 'shop:rich': rich })
    const client = await connect(parley, await parley.keyWith(['chat']))

    const [tool] = (await client.listTools()).tools
    const result = await call(client, 'shop_rich', { message: 'When?', inputs: { city: 'Wien' } })
    const wrong = await call(client, 'shop_rich', { message: 'When?', inputs: {} })

    expect(tool).toMatchObject({
      name: 'shop_rich',
      inputSchema: {
        properties: {
          inputs: { properties: { city: { type: 'string', description: 'Where', maxLength: 20 } }, required: ['city'] },
        },
      },
    })
    expect(result.structuredContent).toMatchObject({
      status: 'waiting',
      citations: [{ title: 'Opening hours', url: 'https://example.com/hours' }],
    })
    expect(textOf(result)).toContain('The app waits for a person to answer: Allow it?')
    expect(wrong).toMatchObject({ isError: true, content: [{ text: expect.stringContaining('city') }] })
  })

  it('are stopped by a client that cancels', async () => {
    const { app, isStopped } = endless()
    const parley = start({ slow: app })
    const client = await connect(parley, await parley.keyWith(['chat']))
    const stop = new AbortController()

    const calling = client.callTool({ name: 'slow', arguments: { message: 'Go' } }, undefined, {
      signal: stop.signal,
      onprogress: () => stop.abort('enough'),
    })

    await expect(calling).rejects.toThrow('enough')
    await isStopped
  })

  it('are stopped by a client whose cancelling another server hears', async () => {
    const { app, isStopped } = endless()
    const url = new URL(process.env.REDIS_URL ?? 'redis://127.0.0.1:6379')
    url.searchParams.set('keyPrefix', `${randomUUID()}:`)
    const open = async () => start({ slow: app }, { peers: await redisPeers(url.href, { log: consoleLog }) })
    const [answering, hearing] = [await open(), await open()]
    const [place, { fetch, requestInit }] = transportTo(answering, ADMIN_KEY)
    const toOther = transportTo(hearing, ADMIN_KEY)[1].fetch
    const client = new Client({ name: 'test', version: '1' })
    const isNotice = (init?: RequestInit) => String(init?.body).includes('notifications/cancelled')
    await client.connect(
      new StreamableHTTPClientTransport(place, {
        requestInit,
        fetch: (input, init) => (isNotice(init) ? toOther(input, init) : fetch(input, init)),
      }),
    )
    const stop = new AbortController()

    const calling = client.callTool({ name: 'slow', arguments: { message: 'Go' } }, undefined, {
      signal: stop.signal,
      onprogress: () => stop.abort('enough'),
    })

    await expect(calling).rejects.toThrow('enough')
    await isStopped
  })

  it('are reached by the keys that may, and no others', async () => {
    const parley = start({ echo, other: echo })
    const bound = await parley.keyWith(['chat'], 'echo')
    const client = await connect(parley, bound)

    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['echo'])
    await expect(call(client, 'other', { message: 'Hi' })).rejects.toThrow('There is no tool "other" here.')
    await expect(call(client, 'nobody', { message: 'Hi' })).rejects.toThrow('There is no tool "nobody" here.')
    await expect(connect(parley, bound, '/mcp/other')).rejects.toThrow('There is no app')
    await expect(connect(parley, 'sk-parley-wrong')).rejects.toThrow()
    await expect(connect(parley, await parley.keyWith(['threads']))).rejects.toThrow('lacks the scope')
    const one = await connect(parley, await parley.keyWith(['chat']), '/mcp/other')
    expect((await one.listTools()).tools.map(({ name }) => name)).toEqual(['other'])
  })

  it('keep the threads of one user from another', async () => {
    const parley = start()
    const key = await parley.keyWith(['chat'])
    const { structuredContent } = await call(await connect(parley, key), 'echo', { message: 'Mine' })
    const foreign = await connect(parley, await parley.keyWith(['chat']))
    const ada = structuredContent as { thread_id: string }
    const [url, { fetch }] = transportTo(parley, key)
    const headers = { authorization: `Bearer ${key}`, 'x-principal-user-id': 'bob' }
    const bob = new Client({ name: 'test', version: '1' })
    await bob.connect(new StreamableHTTPClientTransport(url, { fetch, requestInit: { headers } }))

    const refused = await call(bob, 'echo', { message: 'Hi', thread_id: ada.thread_id })
    const missing = await call(bob, 'echo', { message: 'Hi', thread_id: 'thr_0000' })

    expect(refused).toEqual(missing)
    expect(refused.isError).toBe(true)
    await Promise.all([bob.close(), foreign.close()])
  })

  it.each<[string, unknown, number, number]>([
    ['not JSON', 'nope', 400, -32600],
    ['a batch', [], 400, -32600],
    ['no version of JSON-RPC', { id: 1, method: 'ping' }, 400, -32600],
    ['an unknown method', { jsonrpc: '2.0', id: 1, method: 'fly' }, 200, -32601],
    ['a call without a name', { jsonrpc: '2.0', id: 1, method: 'tools/call', params: {} }, 200, -32602],
    ['an unknown cursor', { jsonrpc: '2.0', id: 1, method: 'tools/list', params: { cursor: 'x' } }, 400, -32000],
  ])('answer %s in words', async (_, body, status, code) => {
    const parley = start()
    const headers = { authorization: `Bearer ${await parley.keyWith(['chat'])}` }

    const response = await parley.fetch('/mcp', body, { as: null, headers })

    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ jsonrpc: '2.0', error: { code, message: expect.any(String) } })
  })

  it('answer in one piece too, and know no other methods of HTTP', async () => {
    const parley = start()
    const headers = { authorization: `Bearer ${await parley.keyWith(['chat'])}` }
    const body = { jsonrpc: '2.0', id: 7, method: 'tools/call', params: { name: 'echo', arguments: { message: 'Hi' } } }

    const answer = await (await parley.fetch('/mcp', body, { as: null, headers })).json()

    expect(answer).toMatchObject({ id: 7, result: { structuredContent: { status: 'completed' } } })
    expect((await parley.fetch('/mcp', undefined, { as: null, headers })).status).toBe(405)
    expect(
      (await parley.fetch('/mcp', { jsonrpc: '2.0', method: 'notifications/initialized' }, { as: null, headers }))
        .status,
    ).toBe(202)
  })
})
