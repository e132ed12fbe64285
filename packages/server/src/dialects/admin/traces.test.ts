import { tool } from '@openai/agents-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { agentApp } from '../../agents/agent-runnable.js'
import { knowledgeTool } from '../../agents/knowledge-tool.js'
import { loadAgentsSdk } from '../../agents/sdk.js'
import { createKeywordIndex } from '../../knowledge/keyword-index.js'
import { resolveModels } from '../../models/model-settings.js'
import { type HostAnswer, scriptedHost } from '../../models/scripted-host.js'
import { sqliteStore } from '../../storage/sqlite/index.js'
import { deferred } from '../../testing/engine-fixture.js'
import { userText } from '../../testing/user-text.js'
import { runRecorder } from '../../tracing/record-runs.js'
import { adminServer } from './admin.fixture.js'

const SECRET = 'the secret of alice'

/** A server that answers without a language model. */
async function tracedOffline() {
  const { Agent } = await loadAgentsSdk()
  const parley = adminServer({
    app: agentApp({ agent: new Agent({ name: 'Front desk' }), models: resolveModels({}) }),
    traces: { recorder: runRecorder({ keepsContent: false }), days: 30 },
  })
  onTestFinished(() => parley.close())
  return parley
}

/** A server whose agent looks things up, then hands over to another that knows the orders. */
async function traced(answers: [HostAnswer, ...HostAnswer[]], { keepsContent = false, isKept = true } = {}) {
  const host = scriptedHost(...answers)
  const models = resolveModels(
    { openaiBaseUrl: 'http://models.test:8080/v1', name: 'test-model' },
    {
      transport: host.transport,
      prices: { 'test-model': { input: 1_000, cached: 100, output: 10_000 } },
    },
  )
  const { Agent } = await loadAgentsSdk()
  const orders = new Agent({
    name: 'Orders',
    model: 'other-model',
    tools: [
      tool({
        name: 'find_order',
        description: 'Finds an order.',
        parameters: z.object({ number: z.string() }),
        execute: async () => `found ${SECRET}`,
      }),
    ],
  })
  const agent = new Agent({
    name: 'Front desk',
    tools: [await knowledgeTool({ index: createKeywordIndex([{ title: 'Hours', text: 'We open at nine.' }]) })],
    handoffs: [orders],
  })
  const parley = adminServer({
    app: agentApp({ agent, models }),
    ...(isKept && { traces: { recorder: runRecorder({ keepsContent }), days: 30 } }),
  })
  onTestFinished(() => parley.close())
  const ask = async () => {
    const answer = await parley.send('threads.create', { input: userText(`${SECRET}: where is my order?`) })
    return answer.text()
  }
  return { parley, host, ask }
}

const SEARCH: HostAnswer = { tool: 'search_knowledge', arguments: { query: SECRET } }
const HAND_OVER: HostAnswer = { tool: 'transfer_to_Orders', arguments: {} }
const FIND: HostAnswer = { tool: 'find_order', arguments: { number: SECRET } }

describe('traces of runs', () => {
  it('tell a run as a tree of its agents, model calls, tools, searches and handoffs, with tokens and cost', async () => {
    const { parley, ask, host } = await traced([SEARCH, HAND_OVER, FIND, { text: 'It is on its way.' }])
    await ask()

    const { body: list } = await parley.admin('GET', '/traces')
    const { body: trace } = await parley.admin('GET', `/traces/${list.data[0].id}`)

    expect(list.data).toHaveLength(1)
    expect(trace).toMatchObject({
      ...list.data[0],
      object: 'trace',
      app: 'demo',
      user: 'alice',
      thread: expect.stringMatching(/^thr_/),
      status: 'completed',
      error: null,
    })
    const tree = (parent: number | null): unknown[] =>
      trace.spans
        .filter((span: { parent: number | null }) => span.parent === parent)
        .map(({ id, type, name }: { id: number; type: string; name: string }) => {
          const parts = tree(id)
          return parts.length > 0 ? [type, name, parts] : [type, name]
        })
    expect(tree(null)).toEqual([
      [
        'run',
        'demo',
        [
          [
            'agent',
            'Front desk',
            [
              ['model_call', 'test-model'],
              ['tool_call', 'search_knowledge', [['knowledge_search', 'search knowledge']]],
              ['model_call', 'test-model'],
              ['handoff', 'Orders'],
            ],
          ],
          [
            'agent',
            'Orders',
            [
              ['model_call', 'other-model'],
              ['tool_call', 'find_order'],
              ['model_call', 'other-model'],
            ],
          ],
        ],
      ],
    ])
    const calls = trace.spans.filter(({ type }: { type: string }) => type === 'model_call')
    expect(calls[0]).toMatchObject({
      status: 'completed',
      usage: { input_tokens: 11, cached_tokens: 0, output_tokens: 3, reasoning_tokens: 0 },
      cost: (11 * 1_000 + 3 * 10_000) / 1_000_000,
      first_token_ms: expect.any(Number),
      attributes: expect.objectContaining({ 'server.address': 'models.test' }),
    })
    // what the other model costs nobody said: it is not guessed, and the sum is not known either
    expect(calls[2].cost).toBeNull()
    expect(trace.summary).toMatchObject({
      usage: { input_tokens: 44, cached_tokens: 0, output_tokens: 12, reasoning_tokens: 0 },
      cost: null,
      model_calls: 4,
      tool_calls: 2,
      first_text_ms: expect.any(Number),
      spans_left_out: 0,
    })
    for (const { start_ms, duration_ms } of trace.spans) {
      expect(start_ms).toBeGreaterThanOrEqual(0)
      expect(start_ms + duration_ms).toBeLessThanOrEqual(trace.summary.duration_ms + 0.2)
    }
    expect(JSON.stringify(trace)).not.toContain(SECRET)
    // nothing leaves because traces are kept
    expect(host.requests.some(({ headers }) => 'traceparent' in headers)).toBe(false)
  })

  it('hold what was written where the setting says so', async () => {
    const { parley, ask } = await traced([HAND_OVER, FIND, { text: 'It is on its way.' }], { keepsContent: true })
    await ask()

    const { body: list } = await parley.admin('GET', '/traces')
    const { body: trace } = await parley.admin('GET', `/traces/${list.data[0].id}`)

    const find = trace.spans.find(({ name }: { name: string }) => name === 'find_order')
    expect(find).toMatchObject({ input: JSON.stringify({ number: SECRET }), output: `found ${SECRET}` })
    const calls = trace.spans.filter(({ type }: { type: string }) => type === 'model_call')
    expect(calls[0].input).toContain(SECRET)
    expect(calls.at(-1).output).toContain('It is on its way.')
  })

  it('tell what the built-in model did like what any other does, at a cost nobody knows', async () => {
    const parley = await tracedOffline()
    await (await parley.send('threads.create', { input: userText(SECRET) })).text()

    const { body: list } = await parley.admin('GET', '/traces')
    const { body: trace } = await parley.admin('GET', `/traces/${list.data[0].id}`)

    const call = trace.spans.find(({ type }: { type: string }) => type === 'model_call')
    expect(call).toMatchObject({ name: 'offline', status: 'completed', cost: null })
    expect(call.usage.output_tokens).toBeGreaterThan(0)
    expect(trace.summary).toMatchObject({ usage: call.usage, cost: null, model_calls: 1 })
    expect(JSON.stringify(trace)).not.toContain(SECRET)
  })

  it('say what failed and what was stopped', async () => {
    const { parley, ask } = await traced([{ status: 401, body: '{}' }])
    await ask()

    const { body: list } = await parley.admin('GET', '/traces?status=failed')
    const { body: trace } = await parley.admin('GET', `/traces/${list.data[0].id}`)

    expect(trace).toMatchObject({ status: 'failed', error: 'model_key_refused' })
    expect(trace.spans.map(({ type, status, error }: Record<string, string>) => [type, status, error])).toEqual([
      ['run', 'failed', 'model_key_refused'],
      ['agent', 'failed', 'failed'],
      ['model_call', 'failed', '401'],
    ])
    expect((await parley.admin('GET', '/traces?status=completed')).body.data).toEqual([])
  })

  it('are gone with the data of their user, and come with its export', async () => {
    const { parley, ask } = await traced([{ text: 'Hello' }])
    await ask()
    const { body: list } = await parley.admin('GET', '/traces?user=alice&app=demo')
    const { id } = list.data[0]

    const headers = { authorization: 'Bearer the-admin-key-of-these-tests' }
    const lines = await (
      await parley.fetch('/api/admin/v1/users/alice/export', undefined, { headers, as: null })
    ).text()
    await parley.admin('DELETE', '/users/alice')

    expect(lines).toContain(`{"type":"trace","run_id":"${id}"`)
    expect((await parley.admin('GET', `/traces/${id}`)).status).toBe(404)
    expect((await parley.admin('GET', '/traces')).body.data).toEqual([])
  })

  it('say of a run that a crash cut off that it was, and what is known of it', async () => {
    const store = sqliteStore(':memory:')
    const { Agent } = await loadAgentsSdk()
    const hanging = deferred()
    let calls = 0
    const look = tool({
      name: 'look_up',
      description: 'Looks up.',
      parameters: z.object({}),
      async execute() {
        calls += 1
        if (calls > 1) {
          hanging.resolve()
          await new Promise(() => undefined) // until the crash
        }
        return SECRET
      },
    })
    const host = scriptedHost({ tool: 'look_up', arguments: {} })
    const models = resolveModels(
      { openaiBaseUrl: 'http://models.test:8080/v1', name: 'test-model' },
      { transport: host.transport },
    )
    const app = agentApp({ agent: new Agent({ name: 'Front desk', tools: [look] }), models })
    const traces = { recorder: runRecorder({ keepsContent: true }), days: 30 }
    const crashed = adminServer({ store, app, traces })
    void crashed.send('threads.create', { input: userText('Hi') }).then((answer) => answer.text())
    await hanging.promise

    const restarted = adminServer({ store, app, traces })
    onTestFinished(() => restarted.close())
    expect(await restarted.start()).toBe(1)

    const { body: list } = await restarted.admin('GET', '/traces?status=interrupted')
    const { body: trace } = await restarted.admin('GET', `/traces/${list.data[0].id}`)
    expect(trace).toMatchObject({ status: 'interrupted', summary: { cost: null, model_calls: 1, tool_calls: 1 } })
    expect(trace.spans[0]).toMatchObject({ type: 'run', name: 'demo', status: 'stopped', error: 'cut_off' })
    expect(trace.spans.map(({ type, name }: Record<string, string>) => `${type} ${name}`)).toEqual([
      'run demo',
      'agent Front desk',
      'model_call test-model',
      'tool_call look_up',
    ])
    expect(JSON.stringify(trace)).not.toContain(SECRET)
  })

  it('are not kept where nobody asked for them; the list says what ran all the same', async () => {
    const { parley, ask } = await traced([{ text: 'Hello' }], { isKept: false })
    await ask()

    const { body: list } = await parley.admin('GET', '/traces')

    expect(list.data).toMatchObject([{ status: 'completed', summary: null }])
    expect((await parley.admin('GET', `/traces/${list.data[0].id}`)).body.spans).toEqual([])
  })

  it.each([
    ['a run nobody has', '/traces/run_9', 404],
    ['a status there is not', '/traces?status=gone', 400],
    ['a time that is none', '/traces?since=yesterday', 400],
    ['a page behind nothing', '/traces?after=run_9', 400],
  ])('refuse %s', async (_, path, status) => {
    const { parley } = await traced([{ text: 'Hello' }])

    expect((await parley.admin('GET', path)).status).toBe(status)
  })
})
