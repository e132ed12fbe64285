import { ParleyError } from '@parley/protocol'
import { z } from 'zod'
import { answeredError, unreachableError } from './model-error.js'
import { abortError, headersOf, type ModelHost, namesOf, wait } from './model-host.js'
import { fetchTransport } from './transport.js'

/** Turns texts into vectors by which their meanings can be compared. */
export interface Embedder {
  /** The model's name: vectors of two models cannot be compared. */
  model: string
  /** One vector for each text, in order. @throws {ParleyError} `model_failed` with what is wrong and what to do */
  embed(texts: string[], signal?: AbortSignal): Promise<Float32Array[]>
}

const answer = z.object({ data: z.array(z.object({ index: z.number(), embedding: z.array(z.number()) })) })

/** Texts per request. */
const AT_ONCE = 64
const TRIES = 4
const FIRST_WAIT_MS = 500

/** An embedding model on a host that speaks OpenAI's `POST /embeddings`. Tries again when the host is busy or broken. */
export const embedder = (host: ModelHost, model: string): Embedder => ({
  model,
  async embed(texts, signal) {
    const vectors: Float32Array[] = []
    for (let start = 0; start < texts.length; start += AT_ONCE)
      vectors.push(...(await embedSome(host, model, texts.slice(start, start + AT_ONCE), signal)))
    return vectors
  },
})

async function embedSome(
  host: ModelHost,
  model: string,
  input: string[],
  signal?: AbortSignal,
): Promise<Float32Array[]> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await tryOnce(host, model, input, signal)
    if ('vectors' in outcome) return outcome.vectors
    if (!outcome.mayPass || attempt === TRIES) throw outcome.error
    await (host.wait ?? wait)(FIRST_WAIT_MS * 3 ** (attempt - 1), signal)
  }
}

type Outcome = { vectors: Float32Array[] } | { error: Error; mayPass: boolean }

async function tryOnce(host: ModelHost, model: string, input: string[], signal?: AbortSignal): Promise<Outcome> {
  const names = namesOf(host, model)
  const url = `${host.baseUrl.replace(/\/+$/, '')}/embeddings`
  const body = JSON.stringify({ model, input, encoding_format: 'float' })
  const transport = host.transport ?? fetchTransport
  try {
    const response = await transport(url, { method: 'POST', headers: headersOf(host), body, signal })
    const { status } = response
    const text = await response.text()
    if (status !== 200 && !NOT_THERE.has(status))
      return { error: answeredError(names, status, text), mayPass: status === 429 || status >= 500 }
    const vectors = status === 200 ? readVectors(text, input.length) : undefined
    return vectors ? { vectors } : { error: noEmbeddings(names.host, model), mayPass: false }
  } catch (thrown) {
    if (signal?.aborted) throw abortError()
    return { error: unreachableError(names, thrown), mayPass: true }
  }
}

const NOT_THERE = new Set([404, 405, 501])

function readVectors(text: string, count: number): Float32Array[] | undefined {
  const { data } = answer.safeParse(parseJson(text))
  if (!data || data.data.length !== count) return undefined
  const ordered = data.data.toSorted((a, b) => a.index - b.index)
  return ordered.map(({ embedding }) => Float32Array.from(embedding))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // no vectors, which the schema says next
  }
}

const noEmbeddings = (host: string, model: string) =>
  new ParleyError(
    'model_failed',
    `The model host ${host} makes no embeddings with the model "${model}". Set PARLEY_EMBEDDING_MODEL to one it has, or leave it out to search by words alone.`,
  )
