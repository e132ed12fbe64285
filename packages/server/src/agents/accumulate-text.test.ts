import { Agent, Runner } from '@openai/agents-core'
import { describe, expect, it } from 'vitest'
import { say, scriptedModel } from '../models/scripted.js'
import { accumulateText } from './accumulate-text.js'

describe('accumulateText', () => {
  it('yields the component as given, growing copies, and at last one that is done', async () => {
    const runner = new Runner({ model: scriptedModel(say('Hel', 'lo')), tracingDisabled: true })
    const run = await runner.run(new Agent({ name: 'A' }), 'Hi', { stream: true })
    const base = { type: 'Markdown', id: 'text', value: '', streaming: true } as const

    const states: { value: string; streaming?: boolean | undefined }[] = []
    for await (const state of accumulateText(run, base)) states.push(state)

    expect(states.map(({ value, streaming }) => [value, streaming])).toEqual([
      ['', true],
      ['Hel', true],
      ['Hello', true],
      ['Hello', false],
    ])
  })
})
