import type { Client } from '@langchain/langgraph-sdk'
import { appFormSchema } from '@parley/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { scriptedClock } from '../../../base/scripted-clock.js'
import { all, echo, KEYS, langGraphParley } from '../testing.fixture.js'

let parley: ReturnType<typeof langGraphParley>
let client: Client
let thread_id: string
beforeEach(async () => {
  parley = langGraphParley({ app: echo })
  client = parley.client()
  thread_id = (await client.threads.create()).thread_id
})
afterEach(() => parley.close())

const say = (content: string) => ({ messages: [{ role: 'user', content }] })
type Chunk = { id?: string | undefined; event: string; data: unknown }
const dataOf = (chunks: Chunk[], event: string) =>
  chunks.filter((chunk) => chunk.event === event).map(({ data }) => data)

describe('C1: runs of @langchain/langgraph-sdk', () => {
  it('are waited for, and answer both the words and the state', async () => {
    const result = await client.runs.wait(thread_id, 'demo', { input: say('hello'), metadata: { source: 'test' } })

    expect(result).toMatchObject({
      role: 'ai',
      content: 'You said: hello',
      messages: [{ type: 'human' }, { type: 'ai' }],
    })
    const [run] = await client.runs.list(thread_id)
    expect(run).toMatchObject({ thread_id, assistant_id: 'demo', status: 'success', metadata: { source: 'test' } })
    expect(await client.runs.get(thread_id, run?.run_id ?? '')).toEqual(run)
    expect(await client.runs.list(thread_id, { status: 'error' })).toEqual([])
  })

  it('that fail say so in the words both SDKs throw', async () => {
    await expect(client.runs.wait(thread_id, 'demo', { input: say('fail') })).rejects.toThrow('out to lunch')
    const chunks = await all<Chunk>(client.runs.stream(thread_id, 'demo', { input: say('fail') }))
    expect(dataOf(chunks, 'error')).toEqual([
      { error: expect.any(String), message: expect.stringContaining('out to lunch') },
    ])
    expect(await client.threads.get(thread_id)).toMatchObject({ status: 'error' })
  })

  it('go on in the background, are joined, and forgotten', async () => {
    const created: string[] = []
    const { run_id } = await client.runs.create(thread_id, 'demo', {
      input: say('hello'),
      onRunCreated: (run) => created.push(run.run_id),
    })

    expect(created).toEqual([run_id])
    expect(await client.runs.join(thread_id, run_id)).toMatchObject({ content: 'You said: hello' })
    const chunks = await all<Chunk>(
      client.runs.joinStream(thread_id, run_id, { streamMode: ['values', 'messages-tuple'] }),
    )
    expect(dataOf(chunks, 'values').at(-1)).toMatchObject({ messages: [{}, { content: 'You said: hello' }] })
    await client.runs.delete(thread_id, run_id)
    await expect(client.runs.get(thread_id, run_id)).rejects.toMatchObject({ status: 404 })
    expect(await client.threads.getState(thread_id)).toMatchObject({ values: { messages: [{}, {}] } })
  })

  it('stream in every mode', async () => {
    const streamMode = [
      'values',
      'updates',
      'messages-tuple',
      'messages',
      'custom',
      'events',
      'debug',
      'tasks',
      'checkpoints',
    ] as const
    const chunks = await all<Chunk>(
      client.runs.stream(thread_id, 'demo', {
        input: say('hello'),
        streamMode: [...streamMode],
      }),
    )

    const names = new Set(chunks.map(({ event }) => event))
    expect([...names].toSorted()).toEqual(
      [
        ...['metadata', 'values', 'updates', 'messages', 'messages/metadata', 'messages/partial', 'messages/complete'],
        ...['custom', 'events', 'debug', 'tasks', 'checkpoints'],
      ].toSorted(),
    )
    expect(chunks[0]).toMatchObject({ event: 'metadata', data: { thread_id, run_id: expect.any(String) } })
    const tuples = dataOf(chunks, 'messages') as [{ id: string; content: string }, unknown][]
    expect(tuples.map(([{ content }]) => content).join('')).toBe('You said: hello')
    expect(new Set(tuples.map(([{ id }]) => id)).size).toBe(1)
    expect(dataOf(chunks, 'messages/partial').at(-1)).toMatchObject([{ content: 'You said: hello' }])
    expect(dataOf(chunks, 'updates')).toMatchObject([{ agent: { messages: [{ content: 'You said: hello' }] } }])
    expect(dataOf(chunks, 'custom')).toContainEqual({ type: 'progress_update', text: 'Thinking' })
    const events = dataOf(chunks, 'events').map((data) => (data as { event: string }).event)
    expect(new Set(events)).toEqual(new Set(['on_chain_start', 'on_chat_model_stream', 'on_chain_end']))
  })

  it('are read again from behind any event, exactly once and in order', async () => {
    const streamMode: ('values' | 'messages-tuple')[] = ['values', 'messages-tuple']
    const whole = await all<Chunk>(
      client.runs.stream(thread_id, 'demo', { input: say('a b c d e f'), streamMode, onDisconnect: 'continue' }),
    )
    const [run] = await client.runs.list(thread_id)
    const join = (lastEventId: string) =>
      all<Chunk>(client.runs.joinStream(thread_id, run?.run_id ?? '', { lastEventId }))
    const textOf = (chunks: Chunk[]) =>
      dataOf(chunks, 'messages')
        .map((data) => (data as [{ content: string }])[0].content)
        .join('')

    for (const [index, { id }] of whole.entries()) {
      const rest = await join(id ?? '')
      expect(textOf(rest)).toBe(textOf(whole.slice(index + 1)))
      expect(dataOf(rest, 'values')).toEqual(dataOf(whole.slice(index + 1), 'values'))
    }
    for (const start of ['-1', 'garbage', '']) expect(textOf(await join(start))).toBe('You said: a b c d e f')
  })

  it('stop when they are told to, and keep what they wrote', async () => {
    const run = await client.runs.create(thread_id, 'demo', { input: say('wait') })
    const chunks: Chunk[] = []
    for await (const chunk of client.runs.joinStream(thread_id, run.run_id, { streamMode: 'messages-tuple' })) {
      chunks.push(chunk)
      if (chunk.event === 'messages' && (chunk.data as [{ content: string }])[0].content === 'wait')
        await client.runs.cancel(thread_id, run.run_id, true)
    }

    expect(await client.runs.get(thread_id, run.run_id)).toMatchObject({ status: 'interrupted' })
    expect(await client.threads.get(thread_id)).toMatchObject({
      status: 'idle',
      values: { messages: [{ content: 'wait' }, { content: 'You said: wait' }] },
    })
    await client.runs.cancel(thread_id, run.run_id)
  })

  it('are taken back with everything they wrote', async () => {
    const run = await client.runs.create(thread_id, 'demo', { input: say('wait') })
    await client.runs.cancel(thread_id, run.run_id, true, 'rollback')

    expect(await client.threads.getState(thread_id)).toMatchObject({ values: { messages: [] } })
  })

  it.each(['interrupt', 'rollback', 'reject', 'enqueue'] as const)(
    'meet a busy thread by %s',
    async (multitaskStrategy) => {
      const first = await client.runs.create(thread_id, 'demo', { input: say('wait') })
      const second = client.runs.wait(thread_id, 'demo', { input: say('next'), multitaskStrategy })
      const contents = async () =>
        ((await client.threads.getState<{ messages: { content: string }[] }>(thread_id)).values.messages ?? []).map(
          ({ content }) => content,
        )

      if (multitaskStrategy === 'reject') {
        await expect(second).rejects.toMatchObject({ status: 409 })
        await client.runs.cancel(thread_id, first.run_id, true)
        return
      }
      if (multitaskStrategy === 'enqueue') await client.runs.cancel(thread_id, first.run_id, true)
      await second
      const kept = (await contents()).filter((content) => !'You said: wait'.startsWith(content))
      expect(kept).toEqual(
        multitaskStrategy === 'rollback' ? ['next', 'You said: next'] : ['wait', 'next', 'You said: next'],
      )
    },
  )

  it('wait for a tool of the page, and go on with its output', async () => {
    const chunks = await all<Chunk>(
      client.runs.stream(thread_id, 'demo', { input: say('where'), streamMode: ['values', 'updates'] }),
    )

    const call = { name: 'locate', args: { exact: true }, id: 'call_1', type: 'tool_call' }
    const interrupt = { id: expect.any(String), value: expect.objectContaining({ toolCalls: [call] }) }
    expect(dataOf(chunks, 'updates').at(-1)).toEqual({ __interrupt__: [interrupt] })
    expect(dataOf(chunks, 'values').at(-1)).toMatchObject({ __interrupt__: [interrupt] })
    expect(await client.threads.getState(thread_id)).toMatchObject({
      next: ['agent'],
      tasks: [{ interrupts: [interrupt] }],
    })
    expect(await client.threads.get(thread_id)).toMatchObject({ status: 'interrupted' })
    expect(await client.threads.search({ status: 'interrupted' })).toHaveLength(1)

    const resumed = await client.runs.wait(thread_id, 'demo', { command: { resume: { city: 'Bonn' } } })

    expect(resumed).toMatchObject({ content: 'The page says {"city":"Bonn"}' })
    expect(await client.threads.get(thread_id)).toMatchObject({ status: 'idle' })
    await expect(client.runs.wait(thread_id, 'demo', { command: { resume: 1 } })).rejects.toMatchObject({ status: 409 })
  })

  it('take the output of a tool as a message too', async () => {
    await client.runs.wait(thread_id, 'demo', { input: say('where') })

    const output = { messages: [{ type: 'tool', tool_call_id: 'call_1', content: 'Bonn' }] }
    expect(await client.runs.wait(thread_id, 'demo', { input: output })).toMatchObject({
      content: 'The page says "Bonn"',
    })
  })

  it.each([
    ['yes', true, 'Approve'],
    ['no', false, 'Reject'],
    ['words', 'Not today', 'Not today'],
    ['an answer by question', { sure: 'Approve' }, 'Approve'],
    ['decisions', { decisions: [{ type: 'reject', message: 'Too dear' }] }, 'Too dear'],
    ['a list', [{ type: 'accept' }], 'Approve'],
  ])('ask, and go on with %s', async (_, resume, chosen) => {
    await client.runs.wait(thread_id, 'demo', { input: say('really') })

    expect(await client.runs.wait(thread_id, 'demo', { command: { resume } })).toMatchObject({
      content: `You chose ${chosen}`,
    })
  })

  it('need no thread', async () => {
    const before = await client.threads.count()
    const created: string[] = []
    const streamed = await all<Chunk>(
      client.runs.stream(null, 'demo', { input: say('one'), onRunCreated: ({ run_id }) => created.push(run_id) }),
    )
    const waited = await client.runs.wait(null, 'demo', { input: say('two') })
    const batch = await client.runs.createBatch([
      { assistantId: 'demo', input: say('three') },
      { assistantId: 'demo', input: say('four') },
    ])

    expect(dataOf(streamed, 'values').at(-1)).toMatchObject({ messages: [{}, { content: 'You said: one' }] })
    expect(waited).toMatchObject({ content: 'You said: two' })
    expect(batch).toHaveLength(2)
    const again = await parley.fetch(`/api/ai/runs/${created[0]}/stream`, undefined, {
      as: null,
      headers: { 'x-api-key': KEYS.shop },
    })
    expect(await again.text()).toContain('You said: one')
    const foreign = await parley.fetch(`/api/ai/runs/${created[0]}/stream`, undefined, {
      as: null,
      headers: { 'x-api-key': KEYS.bank },
    })
    expect(foreign.status).toBe(404)
    for (const { run_id } of batch)
      await parley
        .fetch(`/api/ai/runs/${run_id}/stream`, undefined, { as: null, headers: { 'x-api-key': KEYS.shop } })
        .then((response) => response.text())
    expect(await client.threads.count()).toBe(before)
  })

  it('with `enqueue` are answered with at once, wait as pending, and are followed from there', async () => {
    const clock = scriptedClock()
    await parley.close()
    parley = langGraphParley({ app: echo, clock })
    client = parley.client()
    thread_id = (await client.threads.create()).thread_id
    const first = await client.runs.create(thread_id, 'demo', { input: say('wait') })

    const second = await client.runs.create(thread_id, 'demo', { input: say('two'), multitaskStrategy: 'enqueue' })
    const third = client.runs.wait(thread_id, 'demo', { input: say('three'), multitaskStrategy: 'enqueue' })
    const chunks = all<Chunk>(client.runs.joinStream(thread_id, second.run_id))

    expect(second.status).toBe('pending')
    expect(await client.runs.get(thread_id, second.run_id)).toMatchObject({ status: 'pending' })
    expect(await client.runs.list(thread_id, { status: 'pending' })).not.toEqual([])
    await client.runs.cancel(thread_id, first.run_id, true)
    expect(dataOf(await chunks, 'values').at(-1)).toMatchObject({
      messages: [{ content: 'wait' }, {}, { content: 'two' }, { content: 'You said: two' }],
    })
    expect(await third).toMatchObject({ content: 'You said: three', messages: { length: 6 } })
    expect(await client.threads.get(thread_id)).toMatchObject({ status: 'idle' })
  })

  it('begin after the seconds they are told to wait, unless they are cancelled before', async () => {
    const clock = scriptedClock()
    await parley.close()
    parley = langGraphParley({ app: echo, clock })
    client = parley.client()
    thread_id = (await client.threads.create()).thread_id
    const later = { input: say('later'), afterSeconds: 60 }

    const run = await client.runs.create(thread_id, 'demo', later)
    const other = await client.runs.create(thread_id, 'demo', later)
    const stateless = await client.runs.create(null, 'demo', later)
    await client.runs.cancel(thread_id, other.run_id)
    const joined = client.runs.join(thread_id, run.run_id)
    const streamed = all<Chunk>(client.runs.joinStream(null, stateless.run_id))
    clock.advance(60_000)

    expect(run.status).toBe('pending')
    expect(await joined).toMatchObject({ content: 'You said: later' })
    expect(dataOf(await streamed, 'values').at(-1)).toMatchObject({ messages: [{}, { content: 'You said: later' }] })
    expect(await client.runs.get(thread_id, other.run_id)).toMatchObject({ status: 'interrupted' })
    expect(await client.threads.getState(thread_id)).toMatchObject({ values: { messages: { length: 2 } } })
    const resumed = client.runs.wait(thread_id, 'demo', { command: { resume: 'yes' }, afterSeconds: 60 })
    await expect(resumed).rejects.toMatchObject({ status: 400 })
  })

  it('take a command for the one node there is, and refuse others by name', async () => {
    const update = say('hello')
    const result = await client.runs.wait(thread_id, 'demo', { command: { update, goto: 'agent' } })
    const refused = client.runs.wait(thread_id, 'demo', { command: { update, goto: ['agent', 'tools'] } })

    expect(result).toMatchObject({ content: 'You said: hello' })
    await expect(refused).rejects.toMatchObject({ status: 400, message: expect.stringContaining('\\"tools\\" is not') })
  })

  it.each([['agent'], '*' as const])('wait before the app has its turn, and go on: %o', async (interruptBefore) => {
    const chunks = await all<Chunk>(
      client.runs.stream(thread_id, 'demo', {
        input: say('hello'),
        interruptBefore,
        streamMode: ['values', 'updates'],
      }),
    )
    const paused = await client.threads.getState(thread_id)
    const again = await client.runs.wait(thread_id, 'demo', { input: null })

    expect(dataOf(chunks, 'values').at(-1)).toMatchObject({ messages: [{ content: 'hello' }], __interrupt__: [] })
    expect(dataOf(chunks, 'updates')).toEqual([{ __interrupt__: [] }])
    expect(paused).toMatchObject({ next: ['agent'], tasks: [{ name: 'agent', interrupts: [] }] })
    expect(again).toMatchObject({ content: 'You said: hello', messages: { length: 2 } })
    expect(await client.threads.getState(thread_id)).toMatchObject({ next: [], tasks: [] })
    expect(await client.threads.get(thread_id)).toMatchObject({ status: 'idle' })
    const after = await client.runs.wait(thread_id, 'demo', { input: say('more'), interruptAfter: ['agent'] })
    expect(after).toMatchObject({ content: 'You said: more' })
  })

  it.each([{ afterSeconds: -1 }, { webhook: 'ftp://example.com' }, { interruptBefore: ['tools'] }])(
    'refuse what would be forgotten: %o',
    async (wish) => {
      const refused = client.runs.create(thread_id, 'demo', { input: say('hi'), ...wish })

      await expect(refused).rejects.toMatchObject({ status: 400 })
      expect(await client.runs.list(thread_id)).toEqual([])
    },
  )

  it('make a thread that is not there when they are asked to', async () => {
    const missing = client.runs.wait('nowhere', 'demo', { input: say('hi') })
    await expect(missing).rejects.toMatchObject({ status: 404 })
    await client.runs.wait('nowhere', 'demo', { input: say('hi'), ifNotExists: 'create' })
    expect(await client.threads.get('nowhere')).toMatchObject({ values: { messages: [{}, {}] } })
  })

  it('are all read by whoever watches their thread', async () => {
    const leaving = new AbortController()
    const seen: string[] = []
    let watching: () => void = () => undefined
    const begun = new Promise<void>((resolve) => {
      watching = resolve
    })
    await client.runs.create(thread_id, 'demo', { input: say('wait'), streamMode: 'updates' })
    const reading = (async () => {
      for await (const { event, data } of client.threads.joinStream(thread_id, {
        signal: leaving.signal,
      }) as AsyncIterable<Chunk>) {
        if (!JSON.stringify(data).includes('run_done')) seen.push(event)
        watching()
        if (event === 'updates' && JSON.stringify(data).includes('You said: next')) leaving.abort()
      }
    })()

    await begun
    await client.runs.wait(thread_id, 'demo', { input: say('next'), multitaskStrategy: 'interrupt' })
    await client.runs.create(thread_id, 'demo', { input: say('next'), streamMode: 'updates' })
    await reading.catch(() => undefined)

    expect(seen.filter((event) => event === 'metadata')).toHaveLength(3)
    expect(seen.at(-1)).toBe('updates')
  })

  it('end with their reader, unless it may come back', async () => {
    for (const onDisconnect of ['cancel', 'continue'] as const) {
      const leaving = new AbortController()
      let runId = ''
      const reading = all(
        client.runs.stream(thread_id, 'demo', {
          input: say('wait'),
          onDisconnect,
          multitaskStrategy: 'interrupt',
          signal: leaving.signal,
          onRunCreated: ({ run_id }) => {
            runId = run_id
          },
        }),
      )
      while (!runId) await new Promise((resolve) => setImmediate(resolve))
      leaving.abort()
      await reading.catch(() => undefined)
      if (onDisconnect === 'cancel') await client.runs.join(thread_id, runId)
      const { status } = await client.runs.get(thread_id, runId)
      expect(status).toBe(onDisconnect === 'cancel' ? 'interrupted' : 'running')
    }
  })
})

it('C1: the context of a run fills in what the app asks for, and nothing else', async () => {
  await parley.close()
  const inputs = appFormSchema.parse([
    { type: 'text-input', variable: 'language' },
    { type: 'text-input', variable: 'tone' },
  ])
  parley = langGraphParley({ apps: { demo: { ...echo, inputs } } })
  client = parley.client()
  const { thread_id } = await client.threads.create()

  const values = await client.runs.wait(thread_id, 'demo', {
    input: { ...say('hi'), tone: 'kind' },
    context: { language: 'de', tone: 'harsh', colour: 'blue' },
    config: { configurable: { language: 'fr' } },
  })

  expect(values).toMatchObject({ language: 'de', tone: 'kind' })
  expect(values).not.toHaveProperty('colour')
})

describe('C1: graphs of @langchain/langgraph-sdk', () => {
  it('are one node', async () => {
    const { assistants } = client
    expect((await assistants.getGraph('demo')).nodes).toHaveLength(3)
    expect(await assistants.getSchemas('demo')).toMatchObject({ graph_id: 'demo', input_schema: { type: 'object' } })
    expect(await assistants.getSubgraphs('demo')).toEqual({})
    expect(await assistants.count()).toBe(1)
    expect(await assistants.getVersions('demo')).toMatchObject([{ assistant_id: 'demo', version: 1 }])
    expect(await assistants.search({ includePagination: true, limit: 10 })).toMatchObject({ next: null })
  })
})
