import type { Client } from '@langchain/langgraph-sdk'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { echo, langGraphParley } from '../testing.fixture.js'

let parley: ReturnType<typeof langGraphParley>
let client: Client
beforeEach(() => {
  parley = langGraphParley({ app: echo })
  client = parley.client()
})
afterEach(() => parley.close())

const human = (content: string, id?: string) => ({ messages: [{ type: 'human', content, id }] })
const ai = (content: string, id?: string) => ({ messages: [{ type: 'ai', content, id }] })
const contentsOf = (state: { values: unknown }) =>
  (state.values as { messages: { content: string }[] }).messages.map(({ content }) => content)

describe('C1: updates of a state by @langchain/langgraph-sdk', () => {
  it('say who wrote them, and what comes next: a question is answered by a run without input', async () => {
    const { thread_id } = await client.threads.create()
    await client.threads.updateState(thread_id, { values: human('Hi'), asNode: '__start__' })
    const asked = await client.threads.getState(thread_id)

    await client.runs.wait(thread_id, 'demo', { input: null })

    const [answered, before, root] = await client.threads.getHistory(thread_id)
    expect(asked).toMatchObject({
      next: ['agent'],
      metadata: { source: 'update', writes: { __start__: { messages: [{ content: 'Hi' }] } } },
    })
    expect(answered).toMatchObject({
      next: [],
      values: { messages: [{ content: 'Hi' }, { content: 'You said: Hi' }] },
      metadata: { source: 'loop', writes: { agent: { messages: [{ content: 'You said: Hi' }] } } },
    })
    expect(before).toEqual({ ...asked, metadata: { ...before?.metadata } })
    expect(root).toMatchObject({ next: [], metadata: { source: 'input', writes: null } })
    expect(await client.threads.getHistory(thread_id, { metadata: { source: 'update' } })).toHaveLength(1)
  })

  it('of the app leave nothing to answer, whoever is said to have written them', async () => {
    const { thread_id } = await client.threads.create()
    await client.threads.updateState(thread_id, { values: human('Hi'), asNode: 'agent' })
    const { next, metadata } = await client.threads.getState(thread_id)

    const nothing = client.runs.wait(thread_id, 'demo', { input: null })

    expect({ next, metadata }).toMatchObject({ next: [], metadata: { writes: { agent: { messages: [{}] } } } })
    await expect(nothing).rejects.toMatchObject({ status: 409 })
    await client.threads.updateState(thread_id, { values: null, asNode: '__start__' })
    expect(await client.threads.getState(thread_id)).toMatchObject({ next: ['agent'] })
    expect(await client.runs.wait(thread_id, 'demo', { input: null })).toMatchObject({ content: 'You said: Hi' })
    await client.threads.updateState(thread_id, { values: human('And?') })
    expect((await client.threads.getState(thread_id)).next).toEqual(['agent'])
    await client.threads.updateState(thread_id, { values: null, asNode: '__end__' })
    expect((await client.threads.getState(thread_id)).next).toEqual([])
  })

  it('without values turn the thread to a checkpoint', async () => {
    const { thread_id } = await client.threads.create()
    for (const text of ['one', 'two']) await client.runs.wait(thread_id, 'demo', { input: human(text) })
    const [, , answered] = await client.threads.getHistory(thread_id)

    const { configurable } = await client.threads.updateState(thread_id, {
      values: null,
      checkpoint: answered?.checkpoint,
    })

    expect(configurable).toEqual(answered?.checkpoint)
    expect(contentsOf(await client.threads.getState(thread_id))).toEqual(['one', 'You said: one'])
    expect(await client.threads.getHistory(thread_id)).toHaveLength(5)
  })

  it('begin a thread, step by step, with commands', async () => {
    const thread = await client.threads.create({
      graphId: 'demo',
      supersteps: [
        { updates: [{ values: { ...human('Hi', 'm1'), plan: ['a'] }, asNode: '__input__' }] },
        { updates: [{ values: ai('Hello!', 'm2'), command: { update: { plan: ['b'], mood: 1 } }, asNode: 'agent' }] },
        { updates: [{ values: null, command: { update: [['messages', 'More?']], goto: 'agent' }, asNode: 'agent' }] },
      ],
    })

    const states = await client.threads.getHistory(thread.thread_id)

    expect(thread.values).toMatchObject({ plan: ['b'], mood: 1, messages: [{ id: 'm1' }, { id: 'm2' }, {}] })
    expect(states.map(({ next, metadata }) => [next, Object.keys(metadata?.writes ?? {})])).toEqual([
      [['agent'], ['agent']],
      [[], ['agent']],
      [['agent'], ['__input__']],
      [[], []],
    ])
    expect(await client.runs.wait(thread.thread_id, 'demo', { input: null })).toMatchObject({
      content: 'You said: More?',
    })
  })

  it.each([
    [{ values: human('Hi'), asNode: 'tools' }, 'is not a node of this graph.'],
    [{ values: human('Hi'), asNode: 'agent', command: { goto: 'tools' } }, 'is not a node of this graph.'],
    [{ values: human('Hi'), asNode: 'agent', command: { resume: true } }, 'command.resume: nothing waits'],
    [{ values: null, asNode: 'agent', command: { update: [['plan'] as never] } }, 'command.update must be'],
  ])('are refused with %j, and leave no thread behind', async (update, message) => {
    const created = client.threads.create({ threadId: 'mine', supersteps: [{ updates: [update] }] })

    await expect(created).rejects.toThrow(message)
    await expect(created).rejects.toMatchObject({ status: 400 })
    await expect(client.threads.get('mine')).rejects.toMatchObject({ status: 404 })
  })

  it('come with a run as its command: variables, and messages beside those of the input', async () => {
    const { thread_id } = await client.threads.create()
    const first = await client.runs.wait(thread_id, 'demo', {
      input: { ...human('one'), plan: 'a' },
      command: { update: { mood: 1 } },
    })
    await client.threads.updateState(thread_id, { values: human('two') })

    const second = await client.runs.wait(thread_id, 'demo', { command: { goto: 'agent', update: [['mood', 2]] } })

    expect(first).toMatchObject({ plan: 'a', mood: 1, content: 'You said: one' })
    expect(second).toMatchObject({ plan: 'a', mood: 2, content: 'You said: two' })
  })
})

describe('C1: a run that failed', () => {
  it('leaves its question to be answered, and says what went wrong, to whoever comes later', async () => {
    const { thread_id } = await client.threads.create()
    const message = 'The model is out to lunch.'
    await client.runs.wait(thread_id, 'demo', { input: human('fail'), raiseError: false })

    const { next, tasks } = await client.threads.getState(thread_id)

    expect({ next, tasks }).toMatchObject({ next: ['agent'], tasks: [{ name: 'agent', interrupts: [] }] })
    expect(JSON.parse(tasks[0]?.error ?? '')).toEqual({ error: 'model_failed', message })
    expect(await client.threads.get(thread_id)).toMatchObject({ status: 'error', error: { message } })
    await client.runs.wait(thread_id, 'demo', { input: human('again') })
    expect(await client.threads.getState(thread_id)).toMatchObject({ next: [], tasks: [] })
    expect(await client.threads.get(thread_id)).not.toHaveProperty('error')
  })
})

describe('C1: the history of @langchain/langgraph-sdk', () => {
  it('is that of one checkpoint, if one is named, and empty for a graph inside of the graph', async () => {
    const { thread_id } = await client.threads.create()
    await client.runs.wait(thread_id, 'demo', { input: human('one') })
    const [, asked] = await client.threads.getHistory(thread_id)

    const one = await client.threads.getHistory(thread_id, { checkpoint: asked?.checkpoint ?? {} })

    expect(asked).toMatchObject({ next: ['agent'] })
    expect(one).toEqual([asked])
    expect(await client.threads.getHistory(thread_id, { checkpoint: { checkpoint_ns: 'tools:1' } })).toEqual([])
  })
})
