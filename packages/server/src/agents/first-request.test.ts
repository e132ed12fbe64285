import { Agent, tool } from '@openai/agents-core'
import { ParleyError } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { callTool, fail, say, sayAndHang, scriptedModel } from '../models/scripted.js'
import { agentApp } from './agent-runnable.js'
import { brief, readRun, sourceOf, testRunContext, userMessage } from './testing.js'

const add = (isEnabled?: () => boolean) =>
  tool({
    name: 'add',
    description: 'Adds.',
    parameters: z.object({ a: z.number(), b: z.number() }),
    execute: ({ a, b }) => String(a + b),
    isEnabled,
  })
const specialist = new Agent({ name: 'Specialist', handoffDescription: 'Knows more.' })

/** An app and a way to ask it again and again: only an agent's first run goes through the SDK's loop from its start. */
function talking(agent: Agent, ...answers: Parameters<typeof scriptedModel>) {
  const model = scriptedModel(...answers)
  const app = agentApp({ agent, models: sourceOf(model) })
  const ask = async (change = {}) => {
    const { events, error } = await readRun(app.run(testRunContext([userMessage('1+2?')], change)))
    return { events: events.map(brief), error }
  }
  return { model, ask }
}

/** A request without what belongs to one run alone. */
const essence = (request: ReturnType<typeof scriptedModel>['requests'][number] | undefined) =>
  JSON.parse(JSON.stringify({ ...request, signal: undefined, _internal: undefined }))

describe('the runs of an agent', () => {
  it('ask the model the same and show the same, the first and every later one', async () => {
    const agent = new Agent({ name: 'Guide', instructions: 'Add.', tools: [add()], handoffs: [specialist] })
    const { model, ask } = talking(agent, say('Three', '.'), say('Three', '.'))

    const [one, two] = [await ask(), await ask()]

    expect(two).toEqual(one)
    expect(two.events.at(-1)).toBe('run.usage')
    expect(essence(model.requests[1])).toEqual(essence(model.requests[0]))
  })

  it.each([
    ['calls a tool', callTool('add', { a: 1, b: 2 })],
    ['hands over', callTool('transfer_to_Specialist')],
  ])('go on alike after an answer that %s, and ask once for each answer', async (_, call) => {
    const agent = new Agent({ name: 'Guide', instructions: 'Add.', tools: [add()], handoffs: [specialist] })
    const { model, ask } = talking(agent, call, say('3'), call, say('3'))

    const [one, two] = [await ask(), await ask()]

    expect(two).toEqual(one)
    expect(model.requests).toHaveLength(4)
    expect(essence(model.requests[3])).toEqual(essence(model.requests[1]))
  })

  it('follow what is changed about the agent in between', async () => {
    let enabled = true
    const agent = new Agent({ name: 'Guide', instructions: 'Add.', tools: [add(() => enabled)] })
    const { model, ask } = talking(agent, say('1'), say('2'), say('3'))

    await ask()
    enabled = false
    await ask()
    agent.instructions = 'Be brief.'
    await ask()

    expect(model.requests.map(({ tools }) => tools.length)).toEqual([1, 0, 0])
    expect(model.requests.map(({ systemInstructions }) => systemInstructions)).toEqual(['Add.', 'Add.', 'Be brief.'])
  })

  it('tell the code that watches or judges them, each time', async () => {
    let started = 0
    let judged = 0
    const watched = new Agent({ name: 'Guide', instructions: 'Add.' })
    watched.on('agent_start', () => {
      started += 1
    })
    const execute = async () => {
      judged += 1
      return { tripwireTriggered: false, outputInfo: {} }
    }
    const guarded = new Agent({
      name: 'Guide',
      instructions: 'Add.',
      outputGuardrails: [{ name: 'judge', execute }],
    })

    for (const agent of [watched, guarded]) {
      const { ask } = talking(agent, say('1'), say('2'))
      await ask()
      await ask()
    }

    expect([started, judged]).toEqual([2, 2])
  })

  it('fail alike when the model does', async () => {
    const failure = new ParleyError('model_failed', 'The key is wrong.')
    const { ask } = talking(new Agent({ name: 'Guide', instructions: 'Add.' }), say('1'), fail(failure))
    await ask()

    expect(await ask()).toMatchObject({ events: [], error: { code: 'model_failed', message: 'The key is wrong.' } })
  })

  it('end without a word when they are stopped in mid-answer', async () => {
    const stop = new AbortController()
    const { ask } = talking(new Agent({ name: 'Guide', instructions: 'Add.' }), say('1'), sayAndHang('One mo', 'ment'))
    await ask()

    const asked = ask({ signal: stop.signal })
    await new Promise((resolve) => setImmediate(resolve))
    stop.abort()

    const { events, error } = await asked
    expect(error).toBeUndefined()
    expect(events).toEqual([
      'added assistant_message',
      'assistant_message.content_part.added',
      'text One mo',
      'text ment',
    ])
  })
})
