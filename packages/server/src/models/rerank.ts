import { ParleyError } from '@parley/protocol'
import { z } from 'zod'
import { answeredError, unreachableError } from './model-error.js'
import { headersOf, type ModelHost, namesOf } from './model-host.js'
import { fetchTransport } from './transport.js'

/** Says how well texts answer a query, which it reads together with each of them. */
export interface Reranker {
  model: string
  /** A score from 0 to 1 for each text, in order. @throws {ParleyError} `model_failed` with what is wrong and what to do */
  rerank(query: string, texts: readonly string[]): Promise<number[]>
}

const answer = z.object({ results: z.array(z.object({ index: z.int(), relevance_score: z.number() })) })

/** A rerank model on a host that has `POST /rerank` in the form of Jina and Cohere, as vLLM and most gateways do. */
export const reranker = (host: ModelHost, model: string): Reranker => ({
  model,
  async rerank(query, texts) {
    if (texts.length === 0) return []
    const names = namesOf(host, model)
    const url = `${host.baseUrl.replace(/\/+$/, '')}/rerank`
    const body = JSON.stringify({ model, query, documents: texts, top_n: texts.length })
    const request = { method: 'POST', headers: headersOf(host), body } as const
    const response = await (host.transport ?? fetchTransport)(url, request).catch((thrown: unknown) => {
      throw unreachableError(names, thrown)
    })
    const text = await response.text()
    if (response.status !== 200 && !NOT_THERE.has(response.status)) throw answeredError(names, response.status, text)
    const scores = response.status === 200 ? readScores(text, texts.length) : undefined
    if (!scores) throw noReranking(names.host, model)
    return scores
  },
})

const NOT_THERE = new Set([404, 405, 501])

/** A text the host says nothing of answers nothing. */
function readScores(text: string, count: number): number[] | undefined {
  const { data } = answer.safeParse(parseJson(text))
  if (!data) return undefined
  const scores = new Map(data.results.map(({ index, relevance_score }) => [index, relevance_score]))
  return Array.from({ length: count }, (_, index) => Math.min(1, Math.max(0, scores.get(index) ?? 0)))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // no scores, which the schema says next
  }
}

const noReranking = (host: string, model: string) =>
  new ParleyError(
    'model_failed',
    `The model host ${host} ranks no texts with the model "${model}". Set PARLEY_RERANK_MODEL to one it has, or leave it out.`,
  )
