import { Agent, tool } from '@openai/agents-core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { callTool, say, scriptedModel } from '../models/scripted.js'
import type { AgentContext } from './agent-context.js'
import { agentApp } from './agent-runnable.js'
import { assistantMessage, brief, readRun, sourceOf, testRunContext, userMessage } from './testing.js'

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
})
