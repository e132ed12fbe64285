import { Agent, handoff, type Model, tool } from '@openai/agents-core'
import { ParleyError } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { callTool, fail, say, sayAndHang, scriptedModel } from '../models/scripted.js'
import type { RunTrigger } from '../runnable/runnable.js'
import type { AgentContext } from './agent-context.js'
import { agentApp } from './agent-runnable.js'
import { assistantMessage, brief, NOW, readRun, sourceOf, testRunContext, userMessage } from './testing.js'

describe('agentApp', () => {
  it('streams an answer and tells what it cost', async () => {
    const app = agentApp({ agent: new Agent({ name: 'Guide' }), models: sourceOf(scriptedModel(say('Hel', 'lo'))) })

    const { events } = await readRun(app.run(testRunContext([userMessage('Hi')])))

    expect(events.map(brief)).toEqual([
      'added assistant_message',
      'assistant_message.content_part.added',
      'text Hel',
      'text lo',
      'assistant_message.content_part.done',
      'done assistant_message',
      'run.usage',
    ])
    expect(events.at(-2)).toMatchObject({
      item: { content: [{ type: 'output_text', text: 'Hello', annotations: [] }] },
    })
  })

  it('sends the whole thread to the model', async () => {
    const model = scriptedModel(say('Yes.'))
    const app = agentApp({ agent: new Agent({ name: 'Guide', instructions: 'Be kind.' }), models: sourceOf(model) })

    await readRun(
      app.run(testRunContext([userMessage('One', 'a'), assistantMessage('Two', 'b'), userMessage('Three', 'c')])),
    )

    expect(model.requests[0]?.input).toMatchObject([
      { role: 'user', content: [{ text: 'One' }] },
      { role: 'assistant', content: [{ text: 'Two' }] },
      { role: 'user', content: [{ text: 'Three' }] },
    ])
    expect(model.requests[0]?.systemInstructions).toBe('Be kind.')
  })

  it('calls a tool once that the model asked for once, in every run of an agent that names its model', async () => {
    let calls = 0
    const count = tool({
      name: 'count',
      description: 'Counts.',
      parameters: z.object({}),
      execute: () => String(++calls),
    })
    const agent = new Agent<AgentContext>({ name: 'Guide', model: 'named', tools: [count] })
    const model = scriptedModel(callTool('count', {}), say('One'), callTool('count', {}), say('Two'))
    const app = agentApp({ agent, models: sourceOf(model) })

    await readRun(app.run(testRunContext([userMessage('Count')])))
    const { events } = await readRun(app.run(testRunContext([userMessage('Count')])))

    expect(calls).toBe(2)
    expect(events.map(brief)).toContain('text Two')
  })

  it('keeps the thread before the turn in every model call of a run with tools', async () => {
    const model = scriptedModel(callTool('add', { a: 1, b: 2 }), say('3'))
    const add = tool({
      name: 'add',
      description: 'Adds.',
      parameters: z.object({ a: z.number(), b: z.number() }),
      execute: ({ a, b }) => String(a + b),
    })
    const agent = new Agent<AgentContext>({ name: 'Guide', tools: [add] })
    const app = agentApp({ agent, models: sourceOf(model) })

    const { events } = await readRun(
      app.run(testRunContext([userMessage('One', 'a'), assistantMessage('Two', 'b'), userMessage('1+2?', 'c')])),
    )

    expect(model.requests[1]?.input).toMatchObject([
      { role: 'user' },
      { role: 'assistant' },
      { role: 'user' },
      { type: 'function_call', name: 'add' },
      { type: 'function_call_result', output: { text: '3' } },
    ])
    expect(events.map(brief)).toEqual([
      'tool.arguments_delta',
      'tool.started',
      'added workflow',
      'tool.finished',
      'workflow.task.updated Add complete',
      'done workflow',
      'added assistant_message',
      'assistant_message.content_part.added',
      'text 3',
      'assistant_message.content_part.done',
      'done assistant_message',
      'run.usage',
    ])
  })

  it('hands over to another agent, and shows that it did', async () => {
    const model = scriptedModel(callTool('transfer_to_Helper'), say('I help.'))
    const helper = new Agent({ name: 'Helper', instructions: 'Help.' })
    const app = agentApp({ agent: new Agent({ name: 'Desk', handoffs: [helper] }), models: sourceOf(model) })

    const { events } = await readRun(app.run(testRunContext([assistantMessage('Hi', 'a'), userMessage('Help', 'b')])))

    expect(events.map(brief)).toContain('done workflow')
    const workflow = events.find((event) => event.type === 'thread.item.done')
    expect(workflow).toMatchObject({
      item: {
        workflow: {
          summary: { title: 'Handed over to Helper' },
          tasks: [{ title: 'Handed over to Helper', status_indicator: 'complete' }],
        },
      },
    })
    expect(model.requests[1]).toMatchObject({
      systemInstructions: 'Help.',
      input: [{ role: 'assistant' }, { role: 'user' }, {}, {}],
    })
  })

  it('goes on when a tool fails or does not exist: the model is told', async () => {
    const broken = tool({
      name: 'broken',
      description: 'Breaks.',
      parameters: z.object({}),
      execute: () => {
        throw new TypeError('boom')
      },
    })
    const model = scriptedModel(callTool('broken'), callTool('missing'), say('Sorry.'))
    const app = agentApp({ agent: new Agent({ name: 'Guide', tools: [broken] }), models: sourceOf(model) })

    const { events, error } = await readRun(app.run(testRunContext([userMessage('Do it')])))

    expect(error).toBeUndefined()
    expect(events.at(-2)).toMatchObject({ item: { content: [{ text: 'Sorry.' }] } })
    const workflow = events.find((event) => event.type === 'thread.item.done')
    expect(workflow).toMatchObject({
      item: { workflow: { tasks: [{ title: 'Broken', status_indicator: 'complete' }, { title: 'Missing' }] } },
    })
  })

  it('ends without a word when it is stopped, leaving what was said to the engine', async () => {
    const abort = new AbortController()
    const app = agentApp({
      agent: new Agent({ name: 'Guide' }),
      models: sourceOf(scriptedModel(sayAndHang('Hel', 'lo'))),
    })
    const told: string[] = []

    for await (const event of app.run(testRunContext([userMessage('Hi')], { signal: abort.signal }))) {
      told.push(brief(event))
      if (told.at(-1) === 'text lo') abort.abort()
    }

    expect(told).toEqual(['added assistant_message', 'assistant_message.content_part.added', 'text Hel', 'text lo'])
  })

  it('stops the model when its reader leaves', async () => {
    const model = scriptedModel(sayAndHang('Hel'))
    const app = agentApp({ agent: new Agent({ name: 'Guide' }), models: sourceOf(model) })

    for await (const event of app.run(testRunContext([userMessage('Hi')]))) if (brief(event) === 'text Hel') break

    expect(model.requests[0]?.signal?.aborted).toBe(true)
  })

  it.each([
    ['the model fails', new Agent({ name: 'A' }), [fail(new ParleyError('model_failed', 'No model.'))], 'No model.'],
    [
      'the agent never ends',
      new Agent({ name: 'A' }),
      [callTool('x'), callTool('x')],
      /more steps than the agent is allowed/,
    ],
    [
      'a guardrail stops the message',
      new Agent({
        name: 'A',
        inputGuardrails: [
          { name: 'g', runInParallel: false, execute: async () => ({ tripwireTriggered: true, outputInfo: {} }) },
        ],
      }),
      [say('Hello')],
      /stopped by a rule of this app/,
    ],
  ])('fails in words for a person when %s', async (_name, agent, answers, message) => {
    const app = agentApp({ agent, models: sourceOf(scriptedModel(...answers)), maxTurns: 2 })
    const { error } = await readRun(app.run(testRunContext([userMessage('Hi')])))
    expect(error).toMatchObject({ message: expect.stringMatching(message) })
  })

  it('takes back what a message showed when an output guardrail trips, and says why', async () => {
    const agent = new Agent({
      name: 'A',
      outputGuardrails: [{ name: 'g', execute: async () => ({ tripwireTriggered: true, outputInfo: {} }) }],
    })
    const { events, error } = await readRun(
      agentApp({ agent, models: sourceOf(scriptedModel(say('Secret'))) }).run(testRunContext([userMessage('Hi')])),
    )
    expect(events.at(-1)).toMatchObject({ type: 'thread.item.removed' })
    expect(error).toMatchObject({ name: 'CustomStreamError', allowRetry: true })
  })

  it.each([
    ['brings its own model', (model: Model) => new Agent({ name: 'A', model })],
    [
      'has guardrails for its input',
      () =>
        new Agent({
          name: 'A',
          inputGuardrails: [{ name: 'g', execute: async () => ({ tripwireTriggered: false, outputInfo: {} }) }],
        }),
    ],
    [
      'hands over through a filter',
      () => new Agent({ name: 'A', handoffs: [handoff(new Agent({ name: 'B' }), { inputFilter: (data) => data })] }),
    ],
  ])('gives an agent that %s the whole thread through the runner', async (_name, make) => {
    const model = scriptedModel(say('Hel', 'lo'))
    const app = agentApp({ agent: make(model), models: sourceOf(model) })
    const { events } = await readRun(
      app.run(testRunContext([userMessage('One', 'a'), assistantMessage('Two', 'b'), userMessage('Three', 'c')])),
    )
    expect(model.requests[0]?.input).toHaveLength(3)
    expect(events.at(-2)).toMatchObject({ item: { content: [{ text: 'Hello' }] } })
  })

  it('keeps the thread from an agent that works as another agent’s tool', async () => {
    const model = scriptedModel(
      callTool('ask_expert', { input: 'Deep question' }),
      say('Deep answer'),
      say('It says: deep.'),
    )
    const expert = new Agent({ name: 'Expert' })
    const agent = new Agent({
      name: 'Desk',
      tools: [expert.asTool({ toolName: 'ask_expert', toolDescription: 'Asks.' })],
    })

    const { events } = await readRun(
      agentApp({ agent, models: sourceOf(model) }).run(
        testRunContext([assistantMessage('Hi', 'a'), userMessage('Ask', 'b')]),
      ),
    )

    expect(model.requests[1]?.input).toMatchObject([{ role: 'user', content: 'Deep question' }])
    const texts = events.flatMap((event) => (brief(event).startsWith('text') ? [brief(event)] : []))
    expect(texts).toEqual(['text It says: deep.'])
  })

  it('reads no more of the thread than its limit', async () => {
    const model = scriptedModel(say('Yes.'))
    const app = agentApp({ agent: new Agent({ name: 'A' }), models: sourceOf(model), historyLimit: 2 })
    await readRun(
      app.run(testRunContext([userMessage('One', 'a'), assistantMessage('Two', 'b'), userMessage('Three', 'c')])),
    )
    expect(model.requests[0]?.input).toHaveLength(2)
  })

  it('tells the model the output of a client tool', async () => {
    const model = scriptedModel(say('Near you.'))
    const call = {
      type: 'client_tool_call',
      id: 'tc',
      thread_id: 'thr_1',
      created_at: NOW,
      status: 'completed',
      call_id: 'c',
      name: 'locate',
      arguments: {},
      output: { lat: 1 },
    } as const
    await readRun(
      agentApp({ agent: new Agent({ name: 'A' }), models: sourceOf(model) }).run(
        testRunContext([userMessage('Where?'), call]),
      ),
    )
    expect(model.requests[0]?.input).toMatchObject([
      { role: 'user' },
      { type: 'function_call', callId: 'c' },
      { output: '{"lat":1}' },
    ])
  })

  it.each([
    ['How do I **connect** a model?\nThanks', 'How do I connect a model?'],
    [
      'What is the very best way to connect a language model to this server?',
      'What is the very best way to connect a language…',
    ],
    ['   ', undefined],
  ])('titles a new thread after %j', async (text, title) => {
    const context = testRunContext([userMessage(text)])
    await readRun(
      agentApp({ agent: new Agent({ name: 'A' }), models: sourceOf(scriptedModel(say('Hi'))) }).run(context),
    )
    expect(context.thread.title).toBe(title)
  })

  it('says that it has no widget actions, unless it has', async () => {
    const trigger: RunTrigger = { type: 'action', action: { type: 'buy', payload: {} }, sender: null }
    const base = { agent: new Agent({ name: 'A' }), models: sourceOf(scriptedModel()) }
    async function* action() {
      yield { type: 'notice', level: 'info', message: 'Bought.' } as const
    }

    const without = await readRun(agentApp(base).run(testRunContext([], { trigger })))
    const handled = await readRun(agentApp({ ...base, action }).run(testRunContext([], { trigger })))

    expect(without.error).toMatchObject({ code: 'not_configured' })
    expect(handled.events).toMatchObject([{ message: 'Bought.' }])
  })
})
