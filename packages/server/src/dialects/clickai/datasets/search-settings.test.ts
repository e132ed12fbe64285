import { afterEach, describe, expect, it } from 'vitest'
import type { Reranker } from '../../../models/rerank.js'
import { ADMIN_PATH } from '../../admin/path.js'
import { KEYS, openDatasets } from './datasets.fixture.js'

let server: ReturnType<typeof openDatasets>
afterEach(() => server.close())

const open = (models: Parameters<typeof openDatasets>[0]) => {
  server = openDatasets(models)
  return server
}

const weights = (meaning: number, words: number) => ({
  search_method: 'hybrid_search',
  reranking_enable: false,
  reranking_mode: 'weighted_score',
  weights: {
    weight_type: 'customized',
    vector_setting: { vector_weight: meaning, embedding_provider_name: 'x', embedding_model_name: 'y' },
    keyword_setting: { keyword_weight: words },
  },
})

const BY_WORDS = 'A refund form is blue; the refund form is for a refund.'
const BY_MEANING = 'Money comes back to your card.'

describe('D6: the weights of a hybrid search', () => {
  async function twoTexts() {
    const { made, withText } = open({ embedder: { model: 'subjects-1', embed: async (texts) => texts.map(meaningOf) } })
    const id = await made()
    await withText(id, 'Words', BY_WORDS)
    await withText(id, 'Meaning', BY_MEANING)
    return id
  }
  /** What asks for a refund means money, and what says the word does not. */
  const meaningOf = (text: string) => Float32Array.from(text.includes('form') ? [0.2, 1] : [1, 0.2])

  it('say which of the two comes first', async () => {
    const id = await twoTexts()

    expect(await server.search(id, 'refund', weights(0.9, 0.1))).toEqual([BY_MEANING, BY_WORDS])
    expect(await server.search(id, 'refund', weights(0.1, 0.9))).toEqual([BY_WORDS, BY_MEANING])
  })

  it('make the score, which is the share of each', async () => {
    const id = await twoTexts()
    const scores = async (retrieval_model: object) => {
      const { body } = await server.send('POST', `/datasets/${id}/retrieve`, { query: 'refund', retrieval_model })
      return (body as Found).records.map(({ score }) => score)
    }

    expect((await scores(weights(1, 0)))[0]).toBeCloseTo(1)
    expect((await scores(weights(0.5, 0.5)))[0]).toBeLessThan(1)
  })

  it('are kept with a dataset, used by its searches, and told', async () => {
    const id = await twoTexts()

    const changed = await server.send('PATCH', `/datasets/${id}`, { retrieval_model: weights(0.1, 0.9) })

    expect(changed.body).toMatchObject({
      retrieval_model_dict: {
        search_method: 'hybrid_search',
        reranking_mode: 'weighted_score',
        weights: { vector_setting: { vector_weight: 0.1 }, keyword_setting: { keyword_weight: 0.9 } },
      },
    })
    const { body } = await server.send('POST', `/datasets/${id}/retrieve`, { query: 'refund' })
    expect((body as Found).records[0]?.segment.content).toBe(BY_WORDS)
  })

  it('have to say something', async () => {
    const id = await open({}).made()

    const { body } = await server.send('POST', `/datasets/${id}/retrieve`, {
      query: 'refund',
      retrieval_model: weights(0, 0),
    })

    expect(body).toMatchObject({ code: 'invalid_param', status: 400, params: 'retrieval_model.weights' })
  })
})

describe('D6: reranking', () => {
  const RERANKED = { search_method: 'keyword_search', reranking_enable: true, top_k: 2 }
  const asked: string[][] = []
  /** Likes what is short. */
  const short: Reranker = {
    model: 'short-1',
    async rerank(query, texts) {
      asked.push([query, ...texts])
      return texts.map((text) => 1 / text.length)
    },
  }

  async function threeTexts(reranker: Reranker) {
    asked.length = 0
    const { made, withText } = open({ reranker })
    const id = await made()
    await withText(id, 'One', 'Parrots, parrots and parrots again.')
    await withText(id, 'Two', 'Parrots eat seeds, and parrots fly.')
    await withText(id, 'Three', 'Parrots.')
    return id
  }

  it('puts the best in the order of the model, among more than are asked for', async () => {
    const id = await threeTexts(short)

    const found = await server.search(id, 'parrots', RERANKED)

    expect(found).toHaveLength(2)
    expect(found[0]).toBe('Parrots.')
    expect(asked).toHaveLength(1)
    expect(asked[0]).toHaveLength(4)
  })

  it('is kept with a dataset, and its model is listed', async () => {
    const id = await threeTexts(short)

    const changed = await server.send('PATCH', `/datasets/${id}`, {
      retrieval_model: {
        ...RERANKED,
        reranking_mode: 'reranking_model',
        reranking_model: { reranking_provider_name: 'parley', reranking_model_name: 'short-1' },
      },
    })

    expect(changed.body).toMatchObject({
      retrieval_model_dict: {
        reranking_enable: true,
        reranking_mode: 'reranking_model',
        reranking_model: { reranking_model_name: 'short-1' },
      },
    })
    const models = await server.send('GET', '/workspaces/current/models/model-types/rerank')
    expect(models.body).toMatchObject({ data: [{ models: [{ model: 'short-1', model_type: 'rerank' }] }] })
  })

  it('leaves what was found as it is while the model does not answer', async () => {
    const down = { ...short, rerank: () => Promise.reject(new TypeError('down')) }
    const id = await threeTexts(down)

    expect(await server.search(id, 'parrots', RERANKED)).toHaveLength(2)
  })

  it.each([
    ['another model', { reranker: short }, { reranking_model_name: 'bge-large' }],
    ['any model where there is none', {}, { reranking_model_name: '' }],
  ])('refuses %s by the name of the field', async (_, models, reranking_model) => {
    const id = await open(models).made()

    const { body } = await server.send('POST', `/datasets/${id}/retrieve`, {
      query: 'parrots',
      retrieval_model: { ...RERANKED, reranking_model },
    })

    expect(body).toMatchObject({ code: 'invalid_param', status: 400, params: 'retrieval_model.reranking_model' })
  })
})

describe('D6: the apps of a dataset', () => {
  it('are counted', async () => {
    const id = await open({}).made()
    const create = (appId: string, knowledge: string[]) =>
      server.parley.fetch(
        `${ADMIN_PATH}/apps`,
        { id: appId, name: appId, agent: { tools: [{ type: 'knowledge_base', knowledge }] } },
        { headers: { authorization: `Bearer ${KEYS.admin}` }, as: null },
      )
    expect((await create('clerk', [id])).status).toBe(201)
    expect((await create('parrot', [])).status).toBe(201)

    expect((await server.send('GET', `/datasets/${id}`)).body).toMatchObject({ app_count: 1 })
    expect((await server.send('GET', '/datasets')).body).toMatchObject({ data: [{ app_count: 1 }] })
  })
})

interface Found {
  records: { score: number; segment: { content: string } }[]
}
