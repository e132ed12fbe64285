import { afterEach, describe, expect, it, vi } from 'vitest'
import { ClientError } from '../transport/error.js'
import { Client, type ClientConfig } from './client.js'
import type { RunHead } from './runs.js'
import { type RunStreamEvent, textOf } from './stream-events.js'

interface Sent {
  call: string
  body: unknown
  headers: Headers
}

/** A client whose requests are answered in this order, with `{}` when nothing is left. */
function clientAnswering(...answers: (Response | (() => Response))[]) {
  const sent: Sent[] = []
  const client = new Client({
    apiUrl: 'http://chat.test/api/ai/',
    apiKey: 'sk-x-1',
    defaultHeaders: { 'x-principal-user-id': 'ada' },
    async fetch(url, init) {
      const body = init?.body
      sent.push({
        call: `${init?.method} ${String(url).replace('http://chat.test/api/ai', '')}`,
        body: typeof body === 'string' ? JSON.parse(body) : body,
        headers: new Headers(init?.headers),
      })
      const answer = answers.shift() ?? Response.json({})
      return typeof answer === 'function' ? answer() : answer
    },
  })
  return { client, sent }
}

const streamOf = (text: string, headers: Record<string, string> = {}) =>
  new Response(text, { headers: { 'content-type': 'text/event-stream', ...headers } })

async function all<Entry>(entries: AsyncIterable<Entry>): Promise<Entry[]> {
  const list: Entry[] = []
  for await (const entry of entries) list.push(entry)
  return list
}

/** What Xpert's and LangGraph's own clients were seen to send for the same call. */
const RECORDED: [string, (client: Client) => unknown, string, unknown][] = [
  ['search', ({ assistants }) => assistants.search(), 'POST /assistants/search', { limit: 10, offset: 0 }],
  [
    'search of some',
    ({ assistants }) =>
      assistants.search({
        graphId: 'g1',
        metadata: { latest: true },
        limit: 5,
        offset: 2,
        sortBy: 'name',
        sortOrder: 'asc',
        select: ['name'],
      }),
    'POST /assistants/search',
    {
      graph_id: 'g1',
      metadata: { latest: true },
      limit: 5,
      offset: 2,
      sort_by: 'name',
      sort_order: 'asc',
      select: ['name'],
    },
  ],
  ['a thread', ({ threads }) => threads.create(), 'POST /threads', { metadata: {} }],
  [
    'a thread with everything',
    ({ threads }) =>
      threads.create({ metadata: { a: 1 }, graphId: 'g1', threadId: 'my-thread', ifExists: 'do_nothing', ttl: 60 }),
    'POST /threads',
    {
      metadata: { a: 1, graph_id: 'g1' },
      thread_id: 'my-thread',
      if_exists: 'do_nothing',
      ttl: { ttl: 60, strategy: 'delete' },
    },
  ],
  [
    'waiting for a run',
    ({ runs }) => runs.wait('T', 'a1', { input: { input: 'Hi', files: [{ id: 'f' }] }, context: { env: {} } }),
    'POST /threads/T/runs/wait',
    { input: { input: 'Hi', files: [{ id: 'f' }] }, context: { env: {} }, assistant_id: 'a1' },
  ],
  ['a copy', ({ threads }) => threads.copy('T'), 'POST /threads/T/copy', undefined],
  [
    'a copy of a part',
    ({ threads }) => threads.copy('T', { beforeMessageId: 'm' }),
    'POST /threads/T/copy',
    { beforeMessageId: 'm' },
  ],
  [
    'what was used',
    ({ threads }) => threads.getUsage('T', { start: '2026-01-31 09' }),
    'GET /threads/T/usage?start=2026-01-31+09',
    undefined,
  ],
  ['a run that is held', ({ runs }) => runs.pause('T', 'R'), 'POST /threads/T/runs/R/pause', undefined],
  ['a run that goes on', ({ runs }) => runs.resume('T', 'R', 'p'), 'POST /threads/T/runs/R/resume', { pauseId: 'p' }],
  [
    'a run that is cancelled',
    ({ runs }) => runs.cancel('T', 'R', true),
    'POST /threads/T/runs/R/cancel?wait=1&action=interrupt',
    undefined,
  ],
  [
    'a state at a checkpoint',
    ({ threads }) => threads.getState('T', { checkpoint_id: 'c' }, { subgraphs: true }),
    'POST /threads/T/state/checkpoint',
    { checkpoint: { checkpoint_id: 'c' }, subgraphs: true },
  ],
  [
    'knowledge',
    ({ knowledges }) =>
      knowledges.create({ workspaceId: 'w1', name: 'KB', permission: 'private', recall: { topK: 5, score: 0.5 } }),
    'POST /knowledges',
    { workspaceId: 'w1', name: 'KB', permission: 'private', recall: { topK: 5, score: 0.5 } },
  ],
  [
    'an item that is forgotten',
    ({ store }) => store.deleteItem(['a', 'b'], 'k'),
    'DELETE /store/items',
    { namespace: ['a', 'b'], key: 'k' },
  ],
  ['an item', ({ store }) => store.getItem(['a', 'b'], 'k'), 'GET /store/items?namespace=a.b&key=k', undefined],
  [
    'a schedule',
    ({ crons }) => crons.createForThread('T', 'a1', { schedule: '0 9 * * 1', input: { input: 'Report' } }),
    'POST /threads/T/runs/crons',
    { schedule: '0 9 * * 1', input: { input: 'Report' }, assistant_id: 'a1' },
  ],
  [
    'conversations',
    ({ conversations }) => conversations.search({ where: { xpertId: 'x' }, limit: 50, order: { updatedAt: 'DESC' } }),
    'POST /conversations/search',
    { where: { xpertId: 'x' }, limit: 50, order: { updatedAt: 'DESC' } },
  ],
  [
    'messages',
    ({ conversations }) => conversations.listMessages('C', { limit: 2, offset: 1 }),
    'GET /conversations/C/messages?limit=2&offset=1',
    undefined,
  ],
  [
    'a thumb that is changed',
    ({ conversations }) => conversations.updateFeedback('C', 'M', 'F', { content: 'x' }),
    'PATCH /conversations/C/messages/M/feedbacks/F',
    { content: 'x' },
  ],
  [
    'how long a thread is kept',
    ({ threads }) => threads.update('T', { ttl: 5 }),
    'PATCH /threads/T',
    { ttl: { ttl: 5 } },
  ],
  [
    'the state of a config’s thread',
    ({ threads }) => threads.patchState({ configurable: { thread_id: 'T' } }, { a: 1 }),
    'PATCH /threads/T/state',
    { metadata: { a: 1 } },
  ],
  [
    'a service beside a conversation',
    ({ sandbox }) => sandbox.startThreadService('T', { name: 'web', command: 'serve' }, { organizationId: 'o' }),
    'POST http://chat.test/api/sandbox/threads/T/services/start?organizationId=o',
    { name: 'web', command: 'serve' },
  ],
  [
    'the log of a service',
    ({ sandbox }) => sandbox.getConversationServiceLogs('C', 'S', { tail: 5 }),
    'GET http://chat.test/api/sandbox/conversations/C/services/S/logs?tail=5',
    undefined,
  ],
  [
    'a secret for a browser',
    ({ chatkit }) => chatkit.sessions.create({ expires_after: 600 }),
    'POST /v1/chatkit/sessions',
    { expires_after: 600 },
  ],
]

describe('C7: what is sent', () => {
  it.each(RECORDED)('for %s is what the published clients send', async (_, run, call, body) => {
    const { client, sent } = clientAnswering()

    await run(client)

    expect(sent[0]).toMatchObject({ call, body })
    expect(sent[0]?.headers.get('x-api-key')).toBe('sk-x-1')
    expect(sent[0]?.headers.get('x-principal-user-id')).toBe('ada')
  })

  it('for a file is one part with its name', async () => {
    const { client, sent } = clientAnswering()

    await client.contexts.uploadFile('# Notes', { filename: 'notes.md' })

    const form = sent[0]?.body as FormData
    expect([...form.keys()]).toEqual(['file'])
    expect(form.get('file')).toMatchObject({ name: 'notes.md', size: 7 })
    expect(sent[0]?.headers.has('content-type')).toBe(false)
  })

  it('never holds a namespace that would read as another', () => {
    const { client } = clientAnswering()
    expect(() => client.store.getItem(['a.b'], 'k')).toThrow('must not hold a dot: "a.b"')
  })
})

describe('C7: a client', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
  })

  const keyOf = async (config: ClientConfig) => {
    const seen: (string | null)[] = []
    const client = new Client({
      ...config,
      onRequest: (_, init) => {
        seen.push(new Headers(init.headers).get('x-api-key'))
        return init
      },
      callerOptions: { fetch: async () => Response.json([]) },
    })
    await client.assistants.search()
    return seen[0]
  }

  it('without a key takes the one of its surroundings, unless it is told to have none', async () => {
    vi.stubEnv('LANGGRAPH_API_KEY', ' "of LangGraph" ')
    expect([await keyOf({}), await keyOf({ apiKey: 'mine' }), await keyOf({ apiKey: null })]).toEqual([
      'of LangGraph',
      'mine',
      null,
    ])
    vi.stubEnv('PARLEY_API_KEY', 'ours')
    expect(await keyOf({})).toBe('ours')
  })

  it('sends no header that has no value', async () => {
    const seen: Headers[] = []
    const client = new Client({
      apiKey: 'k',
      defaultHeaders: { a: undefined, b: null, c: 'd' },
      callerOptions: {
        fetch: async (_, init) => {
          seen.push(new Headers(init?.headers))
          return Response.json([])
        },
      },
    })
    await client.assistants.search()
    expect(Object.fromEntries(seen[0] ?? [])).toEqual({ 'content-type': 'application/json', 'x-api-key': 'k', c: 'd' })
  })

  it('knows where a page shows a service', () => {
    expect(clientAnswering().client.sandbox.getConversationServiceProxyUrl('C', 'S', 'index.html')).toBe(
      'http://chat.test/api/sandbox/conversations/C/services/S/proxy/index.html',
    )
  })
})

describe('C7: a run', () => {
  const payload = {
    input: { messages: [] },
    streamMode: ['values', 'messages-tuple'],
    multitaskStrategy: 'enqueue',
    onDisconnect: 'continue',
  } as const

  it('that is streamed is read event by event, and names itself before the first', async () => {
    const heads: RunHead[] = []
    const text =
      'event: metadata\nid: 1\ndata: {"run_id":"R"}\n\n: keep-alive\nevent: messages\nid: 2\ndata: [{"type":"AIMessageChunk","id":"m","content":"Hi"},{}]\n\nevent: end\n\n'
    const { client, sent } = clientAnswering(streamOf(text, { 'content-location': '/api/ai/threads/T/runs/R' }))

    const events = await all(
      client.runs.stream('T', 'a1', {
        ...payload,
        streamMode: [...payload.streamMode],
        onRunCreated: (run) => heads.push(run),
      }),
    )

    expect(events.map(({ event, id }) => [event, id])).toEqual([
      ['metadata', '1'],
      ['messages', '2'],
    ])
    expect(events.map(textOf).join('')).toBe('Hi')
    expect(heads).toEqual([{ thread_id: 'T', run_id: 'R' }])
    expect(sent[0]).toMatchObject({
      call: 'POST /threads/T/runs/stream',
      body: {
        input: { messages: [] },
        stream_mode: ['values', 'messages-tuple'],
        multitask_strategy: 'enqueue',
        on_disconnect: 'continue',
        assistant_id: 'a1',
      },
    })
    expect(sent[0]?.body).not.toHaveProperty('signal')
  })

  it('in Xpert’s words is read as it is', async () => {
    const frames: RunStreamEvent[] = await all(
      clientAnswering(
        streamOf(
          'data: {"type":"event","event":"on_message_start","data":{}}\n\ndata: {"type":"message","data":"Hel"}\n\ndata: {"type":"message","data":{"type":"text","text":"lo"}}\n\ndata: {"type":"message","data":{"type":"reasoning","text":"hm"}}\n\nevent: complete\ndata: {"type":"complete"}\n\n',
        ),
      ).client.runs.stream(null, 'a1', { input: { input: 'Hi' } }),
    )

    expect(frames.map(textOf).join('')).toBe('Hello')
    expect(frames.at(-1)).toEqual({ event: 'complete', data: { type: 'complete' } })
  })

  it('whose line breaks is picked up after the last event that came', async () => {
    const pieces = ['id: 1\ndata: {"type":"message","data":"a"}\n\n']
    const breaking = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = pieces.shift()
        if (piece) controller.enqueue(new TextEncoder().encode(piece))
        else controller.error(new TypeError('terminated'))
      },
    })
    const { client, sent } = clientAnswering(
      new Response(breaking, {
        headers: { 'content-type': 'text/event-stream', location: '/threads/T/runs/R/stream' },
      }),
      streamOf('id: 2\ndata: {"type":"message","data":"b"}\n\n'),
    )

    const events = await all(client.runs.stream('T', 'a1', { input: { input: 'Hi' } }))

    expect(events.map(textOf).join('')).toBe('ab')
    expect(sent.map(({ call, headers }) => [call, headers.get('last-event-id')])).toEqual([
      ['POST /threads/T/runs/stream', null],
      ['GET /threads/T/runs/R/stream', '1'],
    ])
  })

  it('whose line breaks before the first event is picked up from its start', async () => {
    const breaking = new ReadableStream({ pull: (controller) => controller.error(new TypeError('terminated')) })
    const { client, sent } = clientAnswering(
      new Response(breaking, {
        headers: { 'content-type': 'text/event-stream', location: '/threads/T/runs/R/stream' },
      }),
      streamOf('id: 1\ndata: {"type":"message","data":"a"}\n\n'),
    )

    const events = await all(client.runs.stream('T', 'a1', { input: { input: 'Hi' } }))

    expect(events.map(textOf).join('')).toBe('a')
    expect(sent.map(({ call, headers }) => [call, headers.get('last-event-id')])).toEqual([
      ['POST /threads/T/runs/stream', null],
      ['GET /threads/T/runs/R/stream', null],
    ])
  })

  it('whose line breaks for good says so', async () => {
    const breaking = new ReadableStream({ pull: (controller) => controller.error(new TypeError('terminated')) })
    const { client } = clientAnswering(new Response(breaking, { headers: { 'content-type': 'text/event-stream' } }))
    await expect(client.runs.stream('T', 'a1').next()).rejects.toMatchObject({ code: 'network', status: 0 })
  })

  it('that is joined asks for what came after', async () => {
    const { client, sent } = clientAnswering(streamOf(''))

    await all(
      client.runs.joinStream('T', 'R', {
        lastEventId: '-1',
        streamMode: ['custom', 'values'],
        cancelOnDisconnect: true,
      }),
    )

    expect(sent[0]?.call).toBe(
      'GET /threads/T/runs/R/stream?cancel_on_disconnect=1&stream_mode=%5B%22custom%22%2C%22values%22%5D',
    )
    expect(sent[0]?.headers.get('last-event-id')).toBe('-1')
  })

  it('that failed is an error of whoever waits for it, unless they want the values', async () => {
    const failed = () => Response.json({ __error__: { error: 'ValueError', message: 'No such city.' } })
    const { client } = clientAnswering(failed, failed)

    const error = await client.runs.wait('T', 'a1').catch((thrown: unknown) => thrown)

    expect(error).toBeInstanceOf(ClientError)
    expect(error).toMatchObject({ code: 'ValueError', message: 'No such city.' })
    expect(await client.runs.wait('T', 'a1', { raiseError: false })).toHaveProperty('__error__')
  })
})
