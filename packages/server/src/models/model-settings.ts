import { consoleLog, type Log } from '../base/log.js'
import { chatCompletionsModel } from './chat-completions.js'
import { contextTokensOf } from './context-lengths.js'
import { embedder } from './embeddings.js'
import { listModels } from './list-models.js'
import { makeImage } from './make-image.js'
import type { ModelHost, ModelObserver } from './model-host.js'
import type { ModelSource } from './model-source.js'
import { offlineModel } from './offline/offline-model.js'
import { OPENAI_PRICES, type PriceTable, priceFinder } from './prices.js'
import { reranker } from './rerank.js'
import { responsesModel } from './responses.js'
import { speak } from './speak.js'
import { transcribe } from './transcribe.js'
import type { ModelTransport } from './transport.js'

/** The model settings of the server, as its environment gives them. */
export interface ModelSettings {
  /** `OPENAI_API_KEY` */
  openaiApiKey?: string
  /** `OPENAI_BASE_URL`: any host that speaks chat completions. */
  openaiBaseUrl?: string
  /** `XIAOMI_API_KEY` */
  xiaomiApiKey?: string
  /** `PARLEY_MODEL` */
  name?: string
  /** `PARLEY_TRANSCRIPTION_MODEL` */
  transcription?: string
  /** `PARLEY_SPEECH_MODEL` */
  speech?: string
  /** `PARLEY_IMAGE_MODEL` */
  image?: string
  /** `PARLEY_EMBEDDING_MODEL` */
  embedding?: string
  /** `PARLEY_RERANK_MODEL` */
  rerank?: string
}

const OPENAI_URL = 'https://api.openai.com/v1'
/** What answers with nothing but an `OPENAI_API_KEY`; the handbook names it. */
export const OPENAI_DEFAULT_MODEL = 'gpt-4.1-mini'
/** What dictation is turned into text by, at OpenAI and at other hosts. */
const OPENAI_TRANSCRIPTION_MODEL = 'gpt-4o-mini-transcribe'
/** What texts are spoken by at OpenAI. */
const OPENAI_SPEECH_MODEL = 'gpt-4o-mini-tts'
/** What pictures are made by at OpenAI. */
const OPENAI_IMAGE_MODEL = 'gpt-image-1'
const TRANSCRIPTION_MODEL = 'whisper-1'
/** What makes knowledge searchable by meaning with nothing but an `OPENAI_API_KEY`; other hosts may have none. */
const OPENAI_EMBEDDING_MODEL = 'text-embedding-3-small'
const XIAOMI_URL = 'https://api.xiaomimimo.com/v1'
const XIAOMI_DEFAULT_MODEL = 'mimo-v2-flash'

export interface ResolveOptions {
  transport?: ModelTransport
  log?: Log
  /** Is told of every call. */
  observer?: ModelObserver
  /** What models cost, where the built-in prices do not say so or are old. */
  prices?: PriceTable
}

/**
 * Settings → where models come from:
 *
 * - a base URL: chat completions there, with the key if there is one; without a model name, the first the host lists
 * - else an OpenAI key: OpenAI's Responses API
 * - else a Xiaomi key: chat completions there
 * - else the built-in offline model
 */
export function resolveModels(
  settings: ModelSettings,
  { transport, log = consoleLog, observer, prices = {} }: ResolveOptions = {},
): ModelSource {
  const {
    openaiApiKey: apiKey,
    openaiBaseUrl: baseUrl,
    xiaomiApiKey,
    name,
    transcription,
    speech,
    image,
    embedding,
    rerank,
  } = settings
  if (baseUrl) {
    const priceOf = priceFinder(prices, ...(isOpenAi(baseUrl) ? [OPENAI_PRICES] : []))
    const host = { baseUrl, apiKey, transport, observer, priceOf }
    const source = withDictation(chatSource(host, name, log), host, transcription ?? TRANSCRIPTION_MODEL)
    const drawing = withImages(withSpeech(source, host, speech), host, image)
    return withReranking(withEmbeddings(drawing, host, embedding), host, rerank)
  }
  if (apiKey) {
    const host = { baseUrl: OPENAI_URL, apiKey, transport, observer, priceOf: priceFinder(prices, OPENAI_PRICES) }
    const source = responsesSource(host, name ?? OPENAI_DEFAULT_MODEL)
    const hearing = withDictation(source, host, transcription ?? OPENAI_TRANSCRIPTION_MODEL)
    const speaking = withSpeech(hearing, host, speech ?? OPENAI_SPEECH_MODEL)
    const drawing = withImages(speaking, host, image ?? OPENAI_IMAGE_MODEL)
    return withReranking(withEmbeddings(drawing, host, embedding ?? OPENAI_EMBEDDING_MODEL), host, rerank)
  }
  if (xiaomiApiKey) {
    const settingNames = { key: 'XIAOMI_API_KEY', url: 'OPENAI_BASE_URL', model: 'PARLEY_MODEL' }
    const priceOf = priceFinder(prices)
    const host = { baseUrl: XIAOMI_URL, apiKey: xiaomiApiKey, transport, observer, priceOf, settings: settingNames }
    const source = withSpeech(chatSource(host, name ?? XIAOMI_DEFAULT_MODEL, log), host, speech)
    const hearing = withDictation(source, host, transcription ?? TRANSCRIPTION_MODEL)
    return withReranking(withEmbeddings(hearing, host, embedding), host, rerank)
  }
  return offlineSource(observer)
}

/** Other hosts that have a model of the same name ask another price for it. */
export const isOpenAi = (baseUrl: string): boolean => new URL(baseUrl).hostname === new URL(OPENAI_URL).hostname

const withDictation = (source: ModelSource, host: ModelHost, model: string): ModelSource => ({
  ...source,
  transcribe: (audio) => transcribe(host, model, audio),
})

/** Other hosts speak only where a model for it is named. */
const withSpeech = (source: ModelSource, host: ModelHost, model: string | undefined): ModelSource =>
  model === undefined ? source : { ...source, speak: (request) => speak(host, model, request) }

/** Other hosts make pictures only where a model for them is named. */
const withImages = (source: ModelSource, host: ModelHost, model: string | undefined): ModelSource =>
  model === undefined ? source : { ...source, makeImage: (request) => makeImage(host, model, request) }

const withEmbeddings = (source: ModelSource, host: ModelHost, model: string | undefined): ModelSource =>
  model === undefined ? source : { ...source, embedder: embedder(host, model) }

const withReranking = (source: ModelSource, host: ModelHost, model: string | undefined): ModelSource =>
  model === undefined ? source : { ...source, reranker: reranker(host, model) }

const offlineSource = (observer: ModelObserver | undefined): ModelSource => ({
  kind: 'offline',
  describe: async () => 'the built-in offline model (no language model is connected)',
  model: async (_name, trace) => offlineModel({ trace, observer }),
})

function responsesSource(host: ModelHost, defaultName: string): ModelSource {
  return {
    kind: 'responses',
    describe: async () => `${defaultName} at ${new URL(host.baseUrl).host}`,
    contextTokens: (name) => contextTokensOf(name || defaultName),
    model: async (name, trace) => responsesModel({ ...host, trace }, name || defaultName),
  }
}

/** A host that speaks chat completions. Without a model name, the first that it lists. */
export function chatSource(host: ModelHost, configured: string | undefined, log: Log): ModelSource {
  let finding: Promise<string> | undefined
  const defaultName = (): Promise<string> | string => {
    if (configured) return configured
    finding ??= firstModel(host, log).catch((thrown: unknown) => {
      finding = undefined // the host may be up the next time
      throw thrown
    })
    return finding
  }
  return {
    kind: 'chat-completions',
    describe: async () => `${await defaultName()} at ${new URL(host.baseUrl).host}`,
    contextTokens: (name) => contextTokensOf(name || configured || ''),
    model: async (name, trace) => chatCompletionsModel({ ...host, trace }, name || (await defaultName())),
  }
}

async function firstModel(host: ModelHost, log: Log): Promise<string> {
  const [first = ''] = await listModels(host)
  log.info(`PARLEY_MODEL is not set: using "${first}", the first model that ${new URL(host.baseUrl).host} lists.`)
  return first
}
