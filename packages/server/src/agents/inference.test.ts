import { Agent, tool } from '@openai/agents-core'
import type { ThreadItem } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { callTool, say, scriptedModel } from '../models/scripted.js'
import { testParley } from '../testing/test-parley.js'
import type { AgentContext } from './agent-context.js'
import { agentApp } from './agent-runnable.js'
import { assistantMessage, readRun, sourceOf, testRunContext, userMessage } from './testing.js'

const add = tool({
  name: 'add',
  description: 'Adds.',
  parameters: z.object({ a: z.number() }),
  execute: ({ a }) => String(a),
})

const choosing = (options: object, id?: string): ThreadItem => ({
  ...userMessage('1 + 2?', id),
  inference_options: options,
})

/** A source that says which models it was asked for. */
function namedModels(...answers: Parameters<typeof scriptedModel>) {
  const model = scriptedModel(...answers)
  const asked: (string | undefined)[] = []
  const source = {
    ...sourceOf(model),
    model: async (name?: string) => {
      asked.push(name)
      return model
    },
  }
  return { source, asked, requests: model.requests }
}

describe('B2: what a person chooses for a message', () => {
  it('is the model that answers, whatever the agent would take', async () => {
    const { source, asked } = namedModels(say('3'))
    const agent = new Agent({ name: 'Guide', model: 'small-1' })
    const app = agentApp({ agent, models: source, choices: { models: { clever: 'big-2' } } })

    const { error } = await readRun(app.run(testRunContext([choosing({ model: 'clever' })])))

    expect(error).toBeUndefined()
    expect(asked).toEqual(['big-2'])
  })

  it('is the tool that is called first, once, and with the agent as it is from then on', async () => {
    const { source, requests } = namedModels(callTool('add', { a: 3 }), say('3'))
    const app = agentApp({ agent: new Agent<AgentContext>({ name: 'Guide', tools: [add] }), models: source })

    await readRun(app.run(testRunContext([choosing({ tool_choice: { id: 'add' } })])))

    expect(requests.map(({ modelSettings }) => modelSettings.toolChoice)).toEqual(['add', undefined])
  })

  it('may have another id on the page than here', async () => {
    const { source, requests } = namedModels(callTool('add', { a: 3 }), say('3'))
    const agent = new Agent<AgentContext>({ name: 'Guide', tools: [add] })
    const app = agentApp({ agent, models: source, choices: { tools: { 'tool-7': 'add' } } })

    await readRun(app.run(testRunContext([choosing({ tool_choice: { id: 'tool-7' } })])))

    expect(requests[0]?.modelSettings.toolChoice).toBe('add')
  })

  it('is all of the offered tools that the agent may use, beside those it never offered', async () => {
    const { source, requests } = namedModels(say('3'))
    const [sub, mul] = ['sub', 'mul'].map((name) => ({ ...add, name }))
    const agent = new Agent<AgentContext>({ name: 'Guide', tools: [add, sub, mul] as never })
    const app = agentApp({ agent, models: source, choices: { tools: { plus: 'add', minus: 'sub' } } })

    await readRun(app.run(testRunContext([choosing({ tools: ['plus'] })])))

    expect(requests[0]?.tools.map(({ name }) => name)).toEqual(['add', 'mul'])
  })

  it('was for an earlier message and is over', async () => {
    const { source, asked, requests } = namedModels(say('Fine.'))
    const agent = new Agent<AgentContext>({ name: 'Guide', tools: [add] })
    const app = agentApp({ agent, models: source, choices: { models: { clever: 'big-2' } } })
    const before = choosing({ model: 'clever', tool_choice: { id: 'add' } }, 'a')

    await readRun(app.run(testRunContext([before, assistantMessage('3', 'b'), userMessage('Thanks', 'c')])))

    expect(asked).toEqual([undefined])
    expect(requests[0]?.modelSettings.toolChoice).toBeUndefined()
  })

  it('changes nothing where the app offers nothing, as in the reference', async () => {
    const { source, asked, requests } = namedModels(say('3'))
    const app = agentApp({ agent: new Agent({ name: 'Guide' }), models: source })

    const { error } = await readRun(
      app.run(testRunContext([choosing({ model: 'whatever', tool_choice: { id: 'nothing' } })])),
    )

    expect([error, asked, requests[0]?.modelSettings.toolChoice]).toEqual([undefined, [undefined], undefined])
  })

  it.each([
    [
      'model',
      { model: 'gpt-99' },
      'params.input.inference_options.model: "gpt-99" is not offered here. Choose one of: fast, clever.',
    ],
    [
      'tool',
      { tool_choice: { id: 'rm' } },
      'params.input.inference_options.tool_choice.id: "rm" is not offered here. Choose one of: sum.',
    ],
  ])(
    'is refused with 400 when the %s is not among those the app offers, and nothing is stored',
    async (_, inference_options, words) => {
      const choices = { models: { fast: 'small-1', clever: 'big-2' }, tools: { sum: 'add' } }
      const { source } = namedModels()
      const parley = testParley({ app: agentApp({ agent: new Agent({ name: 'Guide' }), models: source, choices }) })
      const input = { content: [{ type: 'input_text', text: 'Hi' }], attachments: [], inference_options }

      const response = await parley.send('threads.create', { input })

      expect(response.status).toBe(400)
      expect(await response.text()).toContain(JSON.stringify(words).slice(1, -1))
      expect(await (await parley.send('threads.list', {})).json()).toMatchObject({ data: [] })
    },
  )
})

describe('B9: dictation of an agent app', () => {
  it('is what its model host makes of the recording', async () => {
    const models = {
      ...sourceOf(scriptedModel()),
      transcribe: async ({ data }: { data: Uint8Array }) => `${data.length} bytes`,
    }
    const parley = testParley({ app: agentApp({ agent: new Agent({ name: 'Guide' }), models }) })

    const response = await parley.send('input.transcribe', {
      audio_base64: 'AAAA',
      mime_type: 'audio/webm;codecs=opus',
    })

    expect(await response.json()).toEqual({ text: '3 bytes' })
  })

  it('says what to connect where no host can do it', async () => {
    const parley = testParley({
      app: agentApp({ agent: new Agent({ name: 'Guide' }), models: sourceOf(scriptedModel()) }),
    })

    const response = await parley.send('input.transcribe', { audio_base64: 'AAAA', mime_type: 'audio/webm' })

    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(await response.text()).toContain('OPENAI_BASE_URL to a host with /audio/transcriptions')
  })
})
