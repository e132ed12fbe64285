import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Caller } from '../../../app/caller.js'
import type { Runnable } from '../../../runnable/runnable.js'
import { echo, KEYS, langGraphParley } from '../testing.fixture.js'

/** Answers with its instructions. */
const saying = (text: string): Runnable<Caller> => ({
  async *run({ thread, generateId }) {
    const item = { id: generateId('message'), thread_id: thread.id, created_at: new Date().toISOString() }
    const content = [{ type: 'output_text' as const, text, annotations: [] }]
    yield { type: 'thread.item.done', item: { ...item, type: 'assistant_message', content } }
  },
})

let parley: ReturnType<typeof langGraphParley>
beforeEach(async () => {
  const appMaker = { make: ({ instructions }: { instructions: string }) => saying(instructions), problemsOf: () => [] }
  parley = langGraphParley({ app: echo, appMaker })
  const body = { id: 'support', name: 'Support', agent: { instructions: 'Hello!' } }
  await parley.fetch('/api/admin/v1/apps', body, { as: null, headers: { 'x-api-key': KEYS.shop } })
})
afterEach(() => parley.close())

const input = { messages: [{ role: 'user', content: 'Hi' }] }

describe('C1: assistants of @langchain/langgraph-sdk', () => {
  it('are made from another app, found, changed, set back and deleted', async () => {
    const { assistants, runs } = parley.client()
    const made = await assistants.create({
      graphId: 'support',
      assistantId: 'brief',
      name: 'Brief',
      metadata: { team: 'blue' },
      config: { configurable: { instructions: 'Hi.' } },
    })
    const ask = async () => ((await runs.wait(null, 'brief', { input })) as { content: string }).content

    expect(made).toMatchObject({ assistant_id: 'brief', name: 'Brief', version: 1, metadata: { team: 'blue' } })
    expect(await ask()).toBe('Hi.')
    expect(await assistants.search({ metadata: { team: 'blue' } })).toEqual([made])
    const changed = await assistants.update('brief', { context: { instructions: 'Yo.' }, metadata: { solved: true } })
    expect(changed).toMatchObject({ version: 2, metadata: { team: 'blue', solved: true } })
    expect(await ask()).toBe('Yo.')
    expect((await assistants.getVersions('brief')).map(({ version }) => version)).toEqual([2, 1])
    expect(await assistants.setLatest('brief', 1)).toMatchObject({ version: 3 })
    expect(await ask()).toBe('Hi.')
    await assistants.delete('brief')
    await expect(assistants.get('brief')).rejects.toMatchObject({ status: 404 })
  })

  it('tell their tools to Xpert’s clients', async () => {
    const tools = [
      'web_search',
      { type: 'http', name: 'orders', url: 'https://shop.example/orders' },
      { type: 'function', function: { name: 'locate', description: 'Says where the page is.' } },
    ]
    const headers = { 'x-api-key': KEYS.shop }
    const body = { id: 'clerk', name: 'Clerk', agent: { instructions: 'Hello!', tools } }
    await parley.fetch('/api/admin/v1/apps', body, { as: null, headers })

    const answer = await parley.fetch('/api/ai/assistants/clerk/runtime-capabilities', undefined, { as: null, headers })

    expect(await answer.json()).toEqual({
      skills: [],
      plugins: [
        { nodeKey: 'web_search', provider: 'web_search', label: 'Web search', toolNames: ['web_search', 'read_page'] },
        { nodeKey: 'http:orders', provider: 'http', label: 'orders', toolNames: ['orders'] },
        {
          nodeKey: 'function:locate',
          provider: 'function',
          label: 'locate',
          description: 'Says where the page is.',
          toolNames: ['locate'],
        },
      ],
      subAgents: [],
    })
  })

  it('are made once', async () => {
    const { assistants } = parley.client()
    await assistants.create({ graphId: 'support', assistantId: 'brief' })

    await expect(assistants.create({ graphId: 'support', assistantId: 'brief' })).rejects.toMatchObject({ status: 409 })
    const again = await assistants.create({ graphId: 'support', assistantId: 'brief', ifExists: 'do_nothing' })
    expect(again).toMatchObject({ assistant_id: 'brief', version: 1 })
  })

  it.each<[string, Parameters<ReturnType<typeof parley.client>['assistants']['create']>[0], number]>([
    ['of code', { graphId: 'demo' }, 409],
    ['of nothing', { graphId: 'nowhere' }, 404],
    ['with fields no agent has', { graphId: 'support', config: { configurable: { colour: 'blue' } } }, 400],
  ])('are not made %s', async (_, payload, status) => {
    await expect(parley.client().assistants.create(payload)).rejects.toMatchObject({ status })
  })

  it('C2: are made by keys with the scope admin alone', async () => {
    const { key } = await parley.apiKeys.create({ workspaceId: 'test', name: 'x', scopes: ['chat'] })
    for (const apiKey of [key, KEYS.bound]) {
      const { assistants } = parley.client({ apiKey })
      await expect(assistants.create({ graphId: 'support' })).rejects.toMatchObject({ status: 403 })
      await expect(assistants.update('support', { name: 'Mine' })).rejects.toMatchObject({ status: 403 })
      await expect(assistants.setLatest('support', 1)).rejects.toMatchObject({ status: 403 })
      await expect(assistants.delete('support')).rejects.toMatchObject({ status: 403 })
    }
    const { assistants } = parley.client({ apiKey: KEYS.bank })
    await expect(assistants.update('support', { name: 'Mine' })).rejects.toMatchObject({ status: 404 })
    await expect(assistants.delete('support')).rejects.toMatchObject({ status: 404 })
  })
})

it('C1: an assistant has no components of its own, which is a plain 404', async () => {
  const { '~ui': ui } = parley.client()

  const asked = ui.getComponent('demo', 'weather')

  await expect(asked).rejects.toMatchObject({ status: 404 })
  await expect(asked).rejects.toThrow('brings no UI components')
  await expect(ui.getComponent('nowhere', 'weather')).rejects.toThrow('There is no app')
})
