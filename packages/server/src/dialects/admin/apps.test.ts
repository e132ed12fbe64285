import { describe, expect, it } from 'vitest'
import { configuredAgents } from '../../agents/configured-agent.js'
import { sourceOf } from '../../agents/testing.js'
import type { Caller } from '../../app/caller.js'
import { resolveModels } from '../../models/model-settings.js'
import type { ModelSource } from '../../models/model-source.js'
import { callTool, say, scriptedModel } from '../../models/scripted.js'
import { readEvents } from '../../testing/read-events.js'
import { userText } from '../../testing/user-text.js'
import { adminServer } from './admin.fixture.js'

const offline = resolveModels({})
const serverWith = (models: ModelSource = offline) => adminServer({ appMaker: configuredAgents<Caller>(models) })
const support = { id: 'support', name: 'Support', agent: { instructions: 'Help people.' } }

describe('B10: apps through the admin API', () => {
  it('are agents that answer over ChatKit at once', async () => {
    const model = scriptedModel(say('From the new app'))
    const parley = serverWith(sourceOf(model))

    const created = await parley.admin('POST', '/apps', {
      name: 'Support',
      description: 'Helps people.',
      aliases: ['wf_68e6'],
      agent: { model: 'gpt-x', instructions: 'Help people.', temperature: 0.2 },
    })
    const { id } = created.body
    const events = await readEvents(await parley.fetch(`/api/chatkit/${id}`, start('Hello')))

    expect(created).toEqual({
      status: 201,
      body: {
        id: expect.stringMatching(/^app_/),
        object: 'app',
        kind: 'agent',
        presentation: {},
        max_concurrent_runs: null,
        stream_language: null,
        name: 'Support',
        description: 'Helps people.',
        aliases: ['wf_68e6'],
        is_default: false,
        on_disconnect: 'cancel',
        version: '1',
        agent: { model: 'gpt-x', instructions: 'Help people.', temperature: 0.2, tools: [] },
        problems: [],
        created_at: expect.any(String),
        updated_at: expect.any(String),
      },
    })
    expect(JSON.stringify(events)).toContain('From the new app')
    expect(model.requests[0]).toMatchObject({ systemInstructions: 'Help people.', modelSettings: { temperature: 0.2 } })
    for (const name of [id, 'wf_68e6']) expect((await parley.admin('GET', `/apps/${name}`)).body).toEqual(created.body)
  })

  it('answer from their knowledge and cite it, without any language model', async () => {
    const parley = serverWith()
    await parley.admin('POST', '/apps', {
      ...support,
      agent: {
        tools: [
          {
            type: 'knowledge_base',
            description: 'Searches what the shop says about deliveries.',
            documents: [
              {
                title: 'Deliveries',
                text: '## Islands\n\nParcels to islands take nine days.',
                url: 'https://shop.example/d',
              },
            ],
          },
        ],
      },
    })

    const answer = await parley.fetch('/api/chatkit/support', start('How long do parcels to islands take?'))

    const text = await answer.text()
    expect(text).toContain('nine days')
    expect(text).toContain('https://shop.example/d')
  })

  it('hand functions to the page, and go on with what it answers', async () => {
    const model = scriptedModel(callTool('read_cart', { all: true }), say('Two apples.'))
    const parley = serverWith(sourceOf(model))
    const parameters = { type: 'object', properties: { all: { type: 'boolean' } }, required: ['all'] }
    const tools = [{ type: 'function', function: { name: 'read_cart', description: 'The cart.', parameters } }]
    await parley.admin('POST', '/apps', { ...support, agent: { tools } })

    const events = await readEvents(await parley.fetch('/api/chatkit/support', start('What is in my cart?')))
    const call = events.flatMap((event) => (event.type === 'thread.item.done' ? [event.item] : [])).at(-1)
    expect(call).toMatchObject({
      type: 'client_tool_call',
      status: 'pending',
      name: 'read_cart',
      arguments: { all: true },
    })
    expect(model.requests[0]?.tools).toMatchObject([{ type: 'function', name: 'read_cart', parameters }])

    const output = { type: 'threads.add_client_tool_output', params: { thread_id: call?.thread_id, result: ['apple'] } }
    expect(await (await parley.fetch('/api/chatkit/support', output)).text()).toContain('Two apples.')
  })

  it('say which of their tools cannot work on this server, and use them where they can', async () => {
    const agent = { tools: ['web_search', { type: 'code_interpreter' }, 'knowledge_base'] }
    const { body } = await serverWith().admin('POST', '/apps', { ...support, agent })

    expect(body.agent.tools).toEqual([
      { type: 'web_search' },
      { type: 'code_interpreter' },
      { type: 'knowledge_base', documents: [] },
    ])
    expect(body.problems).toMatchObject([
      { param: 'agent.tools[0]' },
      { param: 'agent.tools[1]' },
      { param: 'agent.tools[2]' },
    ])
    expect(body.problems[0].message).toContain('OPENAI_API_KEY')

    const model = scriptedModel(say('Found it'))
    const atOpenAi = serverWith({ ...sourceOf(model), kind: 'responses' })
    const searching = { ...support, id: 'searching', agent: { tools: ['web_search'] } }
    const created = await atOpenAi.admin('POST', '/apps', searching)
    expect(created.body.problems).toEqual([])
    await (await atOpenAi.fetch('/api/chatkit/searching', start('News?'))).text()
    expect(model.requests[0]?.tools).toMatchObject([{ type: 'hosted_tool', providerData: { type: 'web_search' } }])
  })

  it('change in versions: the newest answers, an older one the sessions that name it', async () => {
    const model = scriptedModel(say('one'), say('two'), say('three'))
    const parley = serverWith(sourceOf(model))
    await parley.admin('POST', '/apps', { ...support, agent: { instructions: 'First.', temperature: 1 } })
    await (await parley.fetch('/api/chatkit/support', start('Hi'))).text()

    const changed = await parley.admin('PATCH', '/apps/support', {
      name: 'Help desk',
      agent: { instructions: 'Second.', temperature: null },
    })
    await (await parley.fetch('/api/chatkit/support', start('Hi'))).text()
    const key = await parley.keyWith(['chat'])
    const session = async (version: string) => {
      const workflow = { id: 'support', version }
      const headers = { authorization: `Bearer ${key}` }
      const answer = await parley.fetch('/v1/chatkit/sessions', { user: 'ada', workflow }, { as: null, headers })
      return { status: answer.status, secret: JSON.parse(await answer.text()).client_secret }
    }
    const { secret } = await session('1')
    const headers = { authorization: `Bearer ${secret}` }
    await (await parley.fetch('/v1/chatkit/conversation', start('Hi'), { as: null, headers })).text()

    expect(changed.body).toMatchObject({
      name: 'Help desk',
      version: '2',
      agent: { instructions: 'Second.', tools: [] },
    })
    expect(changed.body.agent.temperature).toBeUndefined()
    expect(model.requests.map(({ systemInstructions }) => systemInstructions)).toEqual(['First.', 'Second.', 'First.'])
    expect((await session('9')).status).toBe(400)
    const renamed = await parley.admin('PATCH', '/apps/support', { name: 'Desk', agent: { instructions: 'Second.' } })
    expect(renamed.body).toMatchObject({ name: 'Desk', version: '2' })
  })

  it('speak to LangGraph’s and Xpert’s clients in the language that is said, until it is taken back', async () => {
    const parley = serverWith(sourceOf(scriptedModel(...Array.from({ length: 4 }, () => say('Hello')))))
    const { body: created } = await parley.admin('POST', '/apps', { ...support, stream_language: 'xpert' })
    const key = await parley.keyWith(['chat'])
    const stream = async () => {
      const body = { assistant_id: 'support', input: { messages: [{ role: 'user', content: 'Hi' }] } }
      const text = await (await parley.fetch('/runs/stream', body, { as: null, headers: { 'x-api-key': key } })).text()
      return /on_conversation_start|event: metadata/.exec(text)?.[0]
    }
    const change = async (fields: object) => (await parley.admin('PATCH', '/apps/support', fields)).body.stream_language

    expect(created.stream_language).toBe('xpert')
    expect(await stream()).toBe('on_conversation_start')
    expect(await change({ stream_language: 'langgraph' })).toBe('langgraph')
    expect(await stream()).toBe('event: metadata')
    await change({ stream_language: 'xpert' })
    expect(await change({ name: 'Help desk', agent: { instructions: 'Be brief.' } })).toBe('xpert')
    expect(await stream()).toBe('on_conversation_start')
    expect(await change({ stream_language: null })).toBeNull()
    expect(await stream()).toBe('event: metadata')
    expect(await parley.admin('PATCH', '/apps/support', { stream_language: 'klingon' })).toMatchObject({
      status: 400,
      body: { error: { param: 'stream_language', message: 'stream_language must be "xpert" or "langgraph".' } },
    })
  })

  it('are gone when deleted; their threads can still be read', async () => {
    const parley = serverWith(sourceOf(scriptedModel(say('Hello'))))
    await parley.admin('POST', '/apps', support)
    await (await parley.fetch('/api/chatkit/support', start('Keep this'))).text()

    expect((await parley.admin('DELETE', '/apps/support')).status).toBe(204)

    expect((await parley.fetch('/api/chatkit/support', start('Hi'))).status).toBe(404)
    expect((await parley.admin('DELETE', '/apps/support')).status).toBe(404)
    const headers = { authorization: `Bearer ${await parley.keyWith(['threads'])}` }
    const threads = await parley.fetch('/v1/chatkit/threads', undefined, { as: null, headers })
    expect(JSON.parse(await threads.text()).data).toHaveLength(1)
  })

  it('are listed with the code that comes with the server, page by page in either order', async () => {
    const parley = serverWith()
    for (const id of ['one', 'two', 'three']) await parley.admin('POST', '/apps', { ...support, id })
    async function walk(order: string) {
      const ids: string[] = []
      for (let after = ''; ; ) {
        const { body } = await parley.admin('GET', `/apps?limit=1&order=${order}${after}`)
        ids.push(...body.data.map(({ id }: { id: string }) => id))
        if (!body.has_more) return ids
        after = `&after=${body.after}`
      }
    }

    expect(await walk('asc')).toEqual(['demo', 'one', 'two', 'three'])
    expect(await walk('desc')).toEqual(['three', 'two', 'one', 'demo'])
    expect((await parley.admin('GET', '/apps?limit=100')).body.data).toHaveLength(4)
    expect((await parley.admin('GET', '/apps/demo')).body).toMatchObject({
      kind: 'code',
      is_default: true,
      agent: null,
      presentation: {},
      max_concurrent_runs: null,
      stream_language: null,
    })
  })

  it.each([
    ['a name that is taken', { ...support, id: 'demo' }, 409, undefined],
    ['an alias that is taken', { ...support, aliases: ['demo'] }, 409, undefined],
    ['a name that is a path of the chat', { ...support, id: 'health' }, 400, 'id'],
    ['a name with a slash', { ...support, id: 'a/b' }, 400, 'id'],
    ['an unknown tool', { ...support, agent: { tools: ['teleport'] } }, 400, 'agent.tools.0.type'],
    ['the same tool twice', { ...support, agent: { tools: ['web_search', 'web_search'] } }, 400, 'agent'],
    ['a temperature of 3', { ...support, agent: { temperature: 3 } }, 400, 'agent.temperature'],
    ['a language nobody speaks', { ...support, stream_language: 'klingon' }, 400, 'stream_language'],
    ['no agent', { name: 'Support' }, 400, 'agent'],
  ])('refuse %s', async (_, body, status, param) => {
    const refused = await serverWith().admin('POST', '/apps', body)

    expect(refused.status).toBe(status)
    if (param) expect(refused.body.error.param).toBe(param)
  })

  it('that come with the server cannot be changed, and a server may have no others', async () => {
    expect((await serverWith().admin('PATCH', '/apps/demo', { name: 'x' })).status).toBe(409)
    expect((await serverWith().admin('DELETE', '/apps/demo')).status).toBe(409)
    expect((await serverWith().admin('PATCH', '/apps/none', { name: 'x' })).status).toBe(404)
    expect((await adminServer().admin('POST', '/apps', support)).status).toBe(501)
  })
})

const start = (text: string) => ({ type: 'threads.create', params: { input: userText(text) } })
