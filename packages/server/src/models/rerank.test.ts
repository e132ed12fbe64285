import { describe, expect, it } from 'vitest'
import { reranker } from './rerank.js'
import { scriptedHost } from './scripted-host.js'

const modelAt = (...answers: Parameters<typeof scriptedHost>) => {
  const { transport, requests } = scriptedHost(...answers)
  return { requests, model: reranker({ baseUrl: 'http://models.test/v1/', apiKey: 'sk-1', transport }, 'bge') }
}
const scored = (...results: { index: number; relevance_score: number }[]) => ({
  status: 200,
  body: JSON.stringify({ results }),
})

describe('a rerank model', () => {
  it('scores each text in the order it was given, and what it leaves out with nothing', async () => {
    const { model, requests } = modelAt(scored({ index: 2, relevance_score: 0.9 }, { index: 0, relevance_score: 1.2 }))

    expect(await model.rerank('parrots', ['a', 'b', 'c'])).toEqual([1, 0, 0.9])
    expect(requests[0]).toMatchObject({ url: 'http://models.test/v1/rerank' })
    expect(JSON.parse(requests[0]?.body as string)).toEqual({
      model: 'bge',
      query: 'parrots',
      documents: ['a', 'b', 'c'],
      top_n: 3,
    })
  })

  it('is not asked about nothing', async () => {
    const { model, requests } = modelAt(scored())

    expect(await model.rerank('parrots', [])).toEqual([])
    expect(requests).toEqual([])
  })

  it.each([
    ['has no such address', { status: 404, body: 'Not Found' }],
    ['answers something else', { status: 200, body: '{"data":[]}' }],
    ['answers no JSON', { status: 200, body: 'Hello' }],
  ])('says what to do when its host %s', async (_, answer) => {
    const { model } = modelAt(answer)

    await expect(model.rerank('parrots', ['a'])).rejects.toThrow(/PARLEY_RERANK_MODEL/)
  })

  it('says that its host cannot be reached', async () => {
    const { model } = modelAt({ unreachable: 'connect ECONNREFUSED' })

    await expect(model.rerank('parrots', ['a'])).rejects.toMatchObject({ code: 'model_failed' })
  })
})
