import type { Client } from '@langchain/langgraph-sdk'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { echo, KEYS, langGraphParley } from '../testing.fixture.js'

let parley: ReturnType<typeof langGraphParley>
let client: Client
beforeEach(() => {
  parley = langGraphParley({ app: echo })
  client = parley.client()
})
afterEach(() => parley.close())

const say = (content: string, id?: string) => ({ messages: [{ type: 'human', content, ...(id && { id }) }] })

describe('C1: threads of @langchain/langgraph-sdk', () => {
  it('have an id of the caller’s own, and are made once', async () => {
    const made = await client.threads.create({ threadId: 'mine', metadata: { customer: 7 }, graphId: 'demo' })
    const again = await client.threads.create({ threadId: 'mine', metadata: { customer: 8 }, ifExists: 'do_nothing' })
    const raising = client.threads.create({ threadId: 'mine', ifExists: 'raise' })

    expect(made).toMatchObject({
      thread_id: 'mine',
      status: 'idle',
      values: {},
      metadata: { customer: 7, graph_id: 'demo' },
    })
    expect(again).toEqual(made)
    await expect(raising).rejects.toMatchObject({ status: 409 })
  })

  it('are noted on, copied, counted, found and deleted', async () => {
    const one = await client.threads.create({ metadata: { customer: 7, deep: { a: 1, b: 2 } } })
    await client.threads.create({ metadata: { customer: 8 } })
    await client.runs.wait(one.thread_id, 'demo', { input: say('hello') })
    await client.threads.update(one.thread_id, { metadata: { solved: true } })
    const copy = await client.threads.copy(one.thread_id)

    const found = await client.threads.search({ metadata: { deep: { b: 2 } }, sortBy: 'thread_id' })
    const ids = [one.thread_id, (copy as unknown as { thread_id: string }).thread_id].toSorted()
    expect(found.map(({ thread_id }) => thread_id).toSorted()).toEqual(ids)
    expect(found[0]).toMatchObject({
      status: 'idle',
      metadata: { customer: 7, solved: true },
      values: { messages: [{ content: 'hello' }, { content: 'You said: hello' }] },
    })
    expect(await client.threads.count()).toBe(3)
    expect(await client.threads.count({ metadata: { customer: 8 } })).toBe(1)
    expect(await client.threads.search({ limit: 1, offset: 1, select: ['thread_id'] })).toHaveLength(1)
    await client.threads.delete(one.thread_id)
    await expect(client.threads.get(one.thread_id)).rejects.toMatchObject({ status: 404 })
    expect(await client.threads.count()).toBe(2)
  })

  it('have a state from the beginning, and its history newest first', async () => {
    const { thread_id } = await client.threads.create()
    const empty = await client.threads.getState(thread_id)
    await client.runs.wait(thread_id, 'demo', { input: say('one') })
    await client.runs.wait(thread_id, 'demo', { input: say('two') })

    const history = await client.threads.getHistory<{ messages: { content: string }[] }>(thread_id)

    expect(empty).toMatchObject({ values: {}, next: [], tasks: [], checkpoint: null })
    expect(history.map(({ values }) => values.messages.map(({ content }) => content))).toEqual([
      ['one', 'You said: one', 'two', 'You said: two'],
      ['one', 'You said: one', 'two'],
      ['one', 'You said: one'],
      ['one'],
      [],
    ])
    expect(history[1]?.checkpoint).toEqual(history[0]?.parent_checkpoint)
    const older = history[2]?.checkpoint
    if (!older) throw new TypeError('no checkpoint')
    expect(await client.threads.getState(thread_id, older)).toEqual(history[2])
    expect(await client.threads.getState(thread_id, older.checkpoint_id ?? '')).toEqual(history[2])
    expect(await client.threads.getHistory(thread_id, { before: { configurable: older } })).toHaveLength(2)
  })

  it('are forked from an earlier state: what came after it stays as a branch', async () => {
    const { thread_id } = await client.threads.create()
    await client.runs.wait(thread_id, 'demo', { input: say('one') })
    await client.runs.wait(thread_id, 'demo', { input: say('two') })
    const [, asked, answered] = await client.threads.getHistory(thread_id)

    const again = await client.runs.wait(thread_id, 'demo', {
      input: null,
      checkpointId: asked?.checkpoint.checkpoint_id ?? '',
    })
    const edited = await client.runs.wait(thread_id, 'demo', {
      input: say('three'),
      checkpointId: answered?.checkpoint.checkpoint_id ?? '',
    })

    const contents = (values: unknown) =>
      (values as { messages: { content: string }[] }).messages.map(({ content }) => content)
    expect(contents(again)).toEqual(['one', 'You said: one', 'two', 'You said: two'])
    expect(contents(edited)).toEqual(['one', 'You said: one', 'three', 'You said: three'])
    const history = await client.threads.getHistory(thread_id)
    const last = (state: { values: unknown } | undefined) => (state ? contents(state.values).at(-1) : undefined)
    const edges = history.map((state) => [
      last(state),
      last(history.find((one) => one.checkpoint.checkpoint_id === state.parent_checkpoint?.checkpoint_id)),
    ])
    expect(edges).toEqual([
      ['You said: three', 'three'],
      ['three', 'You said: one'],
      ['You said: two', 'two'],
      ['You said: two', 'two'],
      ['two', 'You said: one'],
      ['You said: one', 'one'],
      ['one', undefined],
      [undefined, undefined],
    ])
    for (const state of history) {
      expect(await client.threads.getState(thread_id, state.checkpoint)).toEqual(state)
      expect(await client.threads.getState(thread_id, state.checkpoint.checkpoint_id ?? '')).toEqual(state)
    }
    expect(await client.threads.getState(thread_id)).toEqual(history[0])
    const copy = (await client.threads.copy(thread_id)) as unknown as { thread_id: string }
    expect((await client.threads.getHistory(copy.thread_id)).map(last)).toEqual(history.map(last))
  })

  it('go on in a branch that was left, and take a change at an earlier state', async () => {
    const { thread_id } = await client.threads.create()
    await client.runs.wait(thread_id, 'demo', { input: say('one') })
    await client.runs.wait(thread_id, 'demo', { input: say('two') })
    const [two, , answered] = await client.threads.getHistory(thread_id)
    await client.threads.updateState(thread_id, {
      values: { messages: [{ type: 'human', content: 'elsewhere' }] },
      checkpoint: answered?.checkpoint,
    })
    const shown = async () => (await client.threads.getState<{ messages: { content: string }[] }>(thread_id)).values

    expect((await shown()).messages.map(({ content }) => content)).toEqual(['one', 'You said: one', 'elsewhere'])
    await client.runs.wait(thread_id, 'demo', { input: say('four'), checkpoint: two?.checkpoint })

    const contents = (await shown()).messages.map(({ content }) => content)
    expect(contents).toEqual(['one', 'You said: one', 'two', 'You said: two', 'four', 'You said: four'])
    const all = (await client.threads.getHistory(thread_id)).length
    expect(all).toBe(8)
    await expect(
      client.runs.wait(thread_id, 'demo', { input: say('x'), checkpointId: 'nowhere' }),
    ).rejects.toMatchObject({ status: 400 })
  })

  it('list parts of their history without tearing a branch from the place it was left at', async () => {
    const { thread_id } = await client.threads.create()
    await client.runs.wait(thread_id, 'demo', { input: say('one') })
    await client.runs.wait(thread_id, 'demo', { input: say('two') })
    const [, , answered] = await client.threads.getHistory(thread_id)
    await client.runs.wait(thread_id, 'demo', { input: say('three'), checkpoint: answered?.checkpoint })
    const all = await client.threads.getHistory(thread_id)

    const first = await client.threads.getHistory(thread_id, { limit: 3 })
    const rest = await client.threads.getHistory(thread_id, {
      before: { configurable: first.at(-1)?.checkpoint ?? {} },
    })

    expect(first).toEqual(all.slice(0, 2))
    expect(rest).toEqual(all.slice(2))
  })

  it('take messages and values of the caller into their state', async () => {
    const { thread_id } = await client.threads.create()
    const messages = [
      { type: 'human', content: 'Hi', id: 'm1' },
      { type: 'ai', content: 'Hello!', id: 'm2' },
    ]
    await client.threads.updateState(thread_id, { values: { messages, plan: ['a'] } })
    await client.threads.updateState(thread_id, { values: { messages: [{ type: 'remove', id: 'm1' }], plan: ['b'] } })
    await client.threads.patchState(thread_id, { starred: true })

    const { values, metadata } = await client.threads.getState(thread_id)

    expect(values).toMatchObject({ messages: [{ id: 'm2', type: 'ai', content: 'Hello!' }], plan: ['b'] })
    expect(metadata).toMatchObject({ starred: true })
    expect(await client.threads.search({ values: { plan: ['b'] } })).toHaveLength(1)
  })

  it('begin with what the caller brings along', async () => {
    const supersteps = [{ updates: [{ values: say('Hi', 'm1'), asNode: '__start__' }] }]
    const { thread_id } = await client.threads.create({ supersteps })

    expect(await client.threads.getState(thread_id)).toMatchObject({
      values: { messages: [{ id: 'm1', content: 'Hi' }] },
    })
  })

  it('C2: belong to the user of the header, the organization and the key’s workspace', async () => {
    const { thread_id } = await client.threads.create({ threadId: 'same-id' })
    const others = [
      parley.client({ headers: { 'x-principal-user-id': 'ben' } }),
      parley.client({ headers: { 'organization-id': 'org' } }),
      parley.client({ apiKey: KEYS.bank }),
    ]

    for (const other of others) {
      await expect(other.threads.get(thread_id)).rejects.toMatchObject({ status: 404 })
      expect(await other.threads.search()).toEqual([])
      const own = await other.threads.create({ threadId: 'same-id', metadata: { own: true } })
      expect(own.metadata).toMatchObject({ own: true })
    }
    expect((await client.threads.get('same-id')).metadata).not.toHaveProperty('own')
    const spaced = parley.client({ headers: { 'x-principal-user-id': ' ', 'organization-id': '' } })
    expect(await spaced.threads.get(thread_id)).toMatchObject({ thread_id })
  })
})

describe('C2: a key of one app', () => {
  it('reaches that app alone', async () => {
    await parley.close()
    parley = langGraphParley({ apps: { demo: echo, other: echo } })
    const bound = parley.client({ apiKey: KEYS.bound, headers: { 'x-principal-user-id': 'ada' } })
    const free = parley.client({ headers: { 'x-principal-user-id': 'ada' } })
    const { thread_id } = await free.threads.create({ graphId: 'other' })
    const mine = await bound.threads.create()

    expect((await bound.assistants.search()).map(({ assistant_id }) => assistant_id)).toEqual(['demo'])
    const refused = {
      status: 403,
      message: expect.stringContaining('API key is not allowed to access this assistant.'),
    }
    for (const name of ['other', 'nothing']) {
      await expect(bound.assistants.get(name)).rejects.toMatchObject(refused)
      await expect(bound.runs.wait(mine.thread_id, name, { input: say('hi') })).rejects.toMatchObject(refused)
    }
    await expect(free.assistants.get('nothing')).rejects.toMatchObject({ status: 404 })
    await expect(bound.threads.get(thread_id)).rejects.toMatchObject({ status: 404 })
    expect(await bound.runs.wait(mine.thread_id, 'demo', { input: say('hi') })).toMatchObject({
      content: 'You said: hi',
    })
  })

  it('keeps a thread with the app that answered in it first', async () => {
    await parley.close()
    parley = langGraphParley({ apps: { demo: echo, other: echo } })
    const { threads, runs } = parley.client()
    const { thread_id } = await threads.create()
    await runs.wait(thread_id, 'other', { input: say('hi') })

    await expect(runs.wait(thread_id, 'demo', { input: say('hi') })).rejects.toMatchObject({ status: 403 })
    expect((await threads.get(thread_id)).metadata).toMatchObject({ assistant_id: 'other' })
  })
})

it('answers a foreign thread as a missing one, and never with more than its words', async () => {
  const { thread_id } = await client.threads.create()
  const ask = async (id: string, headers: Record<string, string>) => {
    const response = await parley.fetch(`/api/ai/threads/${id}`, undefined, { as: null, headers })
    return { status: response.status, body: await response.json() }
  }

  const foreign = await ask(thread_id, { 'x-api-key': KEYS.bank })

  expect(foreign).toEqual(await ask('nowhere', { 'x-api-key': KEYS.bank }))
  expect(foreign.body).toEqual({
    statusCode: 404,
    error: 'Not Found',
    message: 'There is no such thread.',
    detail: 'There is no such thread.',
  })
  expect((await ask(thread_id, { 'x-api-key': 'sk-wrong' })).status).toBe(401)
})
