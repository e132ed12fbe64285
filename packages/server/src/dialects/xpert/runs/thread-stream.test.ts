import type { Client } from '@langchain/langgraph-sdk'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { all, echo, langGraphParley } from '../testing.fixture.js'

interface Chunk {
  id?: string
  event: string
  data: Record<string, unknown>
}

let parley: ReturnType<typeof langGraphParley>
let client: Client
let thread_id: string
beforeEach(async () => {
  parley = langGraphParley({ app: echo })
  client = parley.client()
  thread_id = (await client.threads.create()).thread_id
})
afterEach(() => parley.close())

const say = (content: string) => ({ input: { messages: [{ type: 'human', content }] }, streamMode: 'updates' as const })
const run = (content: string, options: { multitaskStrategy?: 'interrupt' } = {}) =>
  all(client.runs.stream(thread_id, 'demo', { ...say(content), ...options }))
const isDone = ({ data }: Chunk) => data?.status === 'run_done'

type Options = Omit<NonNullable<Parameters<Client['threads']['joinStream']>[1]>, 'signal'>

/** Reads a thread until `isLast`, and leaves. */
async function read(options: Options, isLast: (chunk: Chunk, count: number) => boolean): Promise<Chunk[]> {
  const leaving = new AbortController()
  const chunks: Chunk[] = []
  for await (const chunk of client.threads.joinStream(thread_id, {
    ...options,
    signal: leaving.signal,
  }) as AsyncIterable<Chunk>) {
    chunks.push(chunk)
    if (isLast(chunk, chunks.filter(isDone).length)) break
  }
  leaving.abort()
  return chunks
}

const said = (chunks: Chunk[]) =>
  chunks
    .filter(({ event }) => event === 'updates')
    .map(({ data }) => /You said: \w+/.exec(JSON.stringify(data))?.[0] ?? 'cut off')

describe('C1: a thread that @langchain/langgraph-sdk watches', () => {
  it('is read again from its first run with -1, and from behind the last event with its id', async () => {
    for (const text of ['one', 'two', 'three']) await run(text)

    const everything = await read({ lastEventId: '-1' }, (_, done) => done === 3)
    const ids = everything.map(({ id }) => id ?? '')

    expect(said(everything)).toEqual(['You said: one', 'You said: two', 'You said: three'])
    expect(everything.map(({ event }) => event)).toEqual(
      ['one', 'two', 'three'].flatMap(() => ['metadata', 'updates', 'metadata']),
    )
    expect(new Set(ids).size).toBe(9)
    for (const place of [0, 1, 2, 4, 5, 7]) {
      const rest = await read(
        { lastEventId: ids[place] ?? '' },
        (_, done) => done === everything.slice(place + 1).filter(isDone).length,
      )
      expect(rest, `behind ${ids[place]}`).toEqual(everything.slice(place + 1))
    }
  })

  it('goes on live behind what was, with nothing twice', async () => {
    await run('one')
    await client.runs.create(thread_id, 'demo', say('wait'))
    const reading = read({ lastEventId: '-1' }, (_, done) => done === 3)

    await run('two', { multitaskStrategy: 'interrupt' })

    expect(said(await reading)).toEqual(['You said: one', 'cut off', 'You said: two'])
  })

  it('tells only when runs begin and end, in the mode lifecycle', async () => {
    await run('one')

    const chunks = await read({ lastEventId: '-1', streamMode: 'lifecycle' }, (chunk) => isDone(chunk))

    const [only] = await client.runs.list(thread_id)
    expect(chunks.map(({ event, data }) => [event, data])).toEqual([
      ['metadata', { run_id: only?.run_id, thread_id, attempt: 1 }],
      ['metadata', { run_id: only?.run_id, thread_id, status: 'run_done' }],
    ])
  })

  it('tells of changes that no run made, in the mode state_update', async () => {
    let watching: () => void = () => undefined
    const begun = new Promise<void>((resolve) => {
      watching = resolve
    })
    await run('one')
    const reading = read({ lastEventId: '-1', streamMode: ['state_update', 'lifecycle'] }, (chunk) => {
      if (isDone(chunk)) watching()
      return JSON.stringify(chunk.data).includes('blue')
    })
    await begun
    await client.threads.updateState(thread_id, { values: { messages: [{ type: 'human', content: 'more' }] } })
    await client.threads.updateState(thread_id, { values: { colour: 'blue' } })

    const chunks = await reading

    expect(chunks.map(({ event }) => event)).toEqual(['metadata', 'metadata', 'state_update', 'state_update'])
    expect(chunks[3]?.data).toEqual({ thread_id, state: await client.threads.getState(thread_id) })
  })

  it('is not read from a run of another thread, nor in a mode there is not', async () => {
    const other = await client.threads.create()
    await all(client.runs.stream(other.thread_id, 'demo', say('one')))
    const [foreign] = await client.runs.list(other.thread_id)

    await expect(read({ lastEventId: `${foreign?.run_id}:1-0` }, () => true)).rejects.toMatchObject({ status: 404 })
    await expect(read({ streamMode: 'everything' as never }, () => true)).rejects.toMatchObject({ status: 400 })
  })
})

it('C1: a batch takes the options of its runs as their caller wrote them', async () => {
  const messages = [{ type: 'human', content: 'hi' }]
  const runs = await client.runs.createBatch([
    { assistantId: 'demo', input: { messages }, afterSeconds: 3600, streamMode: 'updates' },
  ])

  expect(runs).toMatchObject([{ status: 'pending', kwargs: { stream_mode: ['updates'] } }])
  await expect(
    client.runs.createBatch([{ assistantId: 'demo', input: { messages }, afterSeconds: -1 }]),
  ).rejects.toMatchObject({ status: 400 })
})
