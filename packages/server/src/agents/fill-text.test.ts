import { appFormSchema } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { say, scriptedModel } from '../models/scripted.js'
import { testParley } from '../testing/test-parley.js'
import { configuredAgents } from './configured-agent.js'
import { fillText } from './fill-text.js'
import { sourceOf } from './testing.js'

const form = appFormSchema.parse(
  ['text-input', 'number', 'file', 'json_object'].map((type, index) => ({ type, variable: `v${index}` })),
)

describe('D5: values in the places of a text', () => {
  it('stand where their names stood, whatever they hold; other places stay', () => {
    const values = { v0: '{{v1}} $& $1', v1: 3, v2: { id: 'f', name: 'plan.pdf' }, v3: { a: 1 } }

    expect(fillText('{{v0}}|{{ v1 }}|{{v2}}|{{v3}}|{{other}}', form, values)).toBe(
      '{{v1}} $& $1|3|plan.pdf|{"a":1}|{{other}}',
    )
    expect(fillText('<{{v0}}>', form, { v0: null })).toBe('<>')
  })

  it('are those the thread began with, in the instructions of a stored agent', async () => {
    const model = scriptedModel(say('Hi.'), say('Hi again.'))
    const inputs = appFormSchema.parse([{ type: 'text-input', variable: 'city', default: 'Hue' }])
    const config = { instructions: 'You know {{city}}.', tools: [], inputs }
    const app = configuredAgents(sourceOf(model)).make(config, { on_disconnect: 'cancel', workspace_id: 'w' })
    const parley = testParley({ app: app as never }) // an app of any context

    await (await parley.send('threads.create', { input: { content: [{ type: 'input_text', text: 'Hi' }] } })).text()

    expect(model.requests[0]?.systemInstructions).toBe('You know Hue.')
    await parley.close()
  })
})
