import { describe, expect, it } from 'vitest'
import { say, scriptedModel } from '../models/scripted.js'
import { suggestQuestions } from './suggest-questions.js'
import { sourceOf } from './testing.js'

describe('D6: questions that may come next', () => {
  const said = [
    { role: 'user' as const, text: 'Where to?' },
    { role: 'assistant' as const, text: 'To Huế.' },
  ]

  it('are made by the model, of what was said', async () => {
    const model = scriptedModel(say('Sure: ["How far is it?", "What to eat?", "When?", "Why?"]'))

    expect(await suggestQuestions(sourceOf(model), said)).toEqual(['How far is it?', 'What to eat?', 'When?'])
    expect(JSON.stringify(model.requests[0]?.input)).toContain('Assistant: To Huế.')
  })

  it.each(['No idea.', '[1, 2]', '["half'])('are none when it answers %s', async (text) => {
    expect(await suggestQuestions(sourceOf(scriptedModel(say(text))), said)).toEqual([])
  })
})
