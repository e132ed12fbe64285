import { describe, expect, it } from 'vitest'
import { say, scriptedModel } from '../models/scripted.js'
import { makeQuestions } from './make-questions.js'
import { sourceOf } from './testing.js'

const asked = async (written: string) => {
  const model = scriptedModel(say(written))
  return { model, pairs: await makeQuestions(sourceOf(model), 'Refunds take a week.') }
}

describe('questions of a text', () => {
  it('are those the model writes, whatever stands around them', async () => {
    const { model, pairs } = await asked('Here: [{"question": "How long does a refund take?", "answer": "A week."}]')

    expect(pairs).toEqual([{ question: 'How long does a refund take?', answer: 'A week.' }])
    expect(JSON.stringify(model.requests[0]?.input)).toContain('Refunds take a week.')
  })

  it.each(['No idea.', '[{"question": ""}]', '["How long?"]', '[broken'])(
    'are none when it writes something else: %s',
    async (written) => {
      expect((await asked(written)).pairs).toEqual([])
    },
  )
})
