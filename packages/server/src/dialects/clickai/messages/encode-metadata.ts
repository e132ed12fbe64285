import type { AssistantMessageItem, FoundPassage, RunAnnotatedEvent, RunUsage, Source } from '@parley/protocol'
import { seconds } from '../encode-time.js'
import type { Metadata, RetrieverResource, Usage } from './schema.js'

/** Enough for the cheapest token. */
const PRICE_DIGITS = 7
/** Prices of models are for so many tokens. */
const PRICED_TOKENS = 1_000_000

/** Tokens in the shape of this API, and what they cost where their models have prices. */
export function encodeUsage(usage: RunUsage | undefined, latencyMs: number): Usage {
  const { input_tokens = 0, output_tokens = 0, total_tokens = 0 } = usage ?? {}
  const prompt = encodePrice(input_tokens, usage?.input_cost_usd)
  const completion = encodePrice(output_tokens, usage?.output_cost_usd)
  return {
    prompt_tokens: input_tokens,
    prompt_unit_price: prompt.perUnit,
    prompt_price_unit: prompt.unit,
    prompt_price: prompt.price,
    completion_tokens: output_tokens,
    completion_unit_price: completion.perUnit,
    completion_price_unit: completion.unit,
    completion_price: completion.price,
    total_tokens,
    total_price: decimal(usage?.cost_usd),
    currency: 'USD',
    latency: Math.max(0, latencyMs) / 1000,
  }
}

/**
 * Tokens × price of a unit × unit = price. A run may ask several models, and what a host has read before is cheaper: the
 * price of a unit is what its tokens cost on the average.
 */
function encodePrice(tokens: number, usd: number | undefined) {
  if (!usd || tokens === 0) return { perUnit: '0', unit: '0', price: '0' }
  return {
    perUnit: decimal((usd / tokens) * PRICED_TOKENS),
    unit: (1 / PRICED_TOKENS).toFixed(PRICE_DIGITS - 1),
    price: decimal(usd),
  }
}

const decimal = (usd: number | undefined): string => (usd ? usd.toFixed(PRICE_DIGITS) : '0')

/** Which written answer was given, and whose it is. */
export const encodeAnnotationReply = ({
  annotation_id: id,
  author: account = NOBODY,
}: RunAnnotatedEvent): Metadata['annotation_reply'] => ({ id, account })

/** The author of an answer that was written before that was kept. */
const NOBODY = { id: '', name: '' }

/**
 * What answers rest on: every passage of knowledge that was found for them, then what they cite besides, each once and in
 * that order.
 */
export function encodeSources(
  passages: readonly FoundPassage[],
  answers: readonly AssistantMessageItem[],
): RetrieverResource[] {
  const found = new Map(passages.map((passage) => [passageKey(passage), passage]))
  const known = new Set(passages.flatMap(({ filename, url, title }) => [filename, url, title]))
  const cited = new Map<string, { source: Source; citedAt: string }>()
  for (const { content, created_at: citedAt } of answers)
    for (const { annotations } of content)
      for (const { source } of annotations) {
        const key = keyOf(source)
        if (!cited.has(key) && !known.has(key) && !known.has(key.split('#')[0])) cited.set(key, { source, citedAt })
      }
  const all = [
    ...[...found.values()].map(encodePassage),
    ...[...cited].map(([key, { source, citedAt }]) => encodeSource(key, source, citedAt)),
  ]
  return all.map((resource, index) => ({ position: index + 1, ...resource }))
}

type Resource = Omit<RetrieverResource, 'position'>

function encodePassage({ text, score, filename, title, origin }: FoundPassage): Resource {
  const name = filename ?? title
  return {
    dataset_id: origin?.base_id ?? '',
    dataset_name: origin?.base_name ?? '',
    document_id: origin?.document_id ?? name,
    document_name: name,
    data_source_type: 'upload_file',
    segment_id: origin?.passage_id ?? name,
    score,
    hit_count: origin?.hits ?? 0,
    word_count: text.length,
    segment_position: (origin?.place ?? 0) + 1,
    index_node_hash: null,
    content: text,
    summary: null,
    created_at: origin ? seconds(origin.created_at) : 0,
  }
}

const encodeSource = (
  key: string,
  { type, group = '', title, description = '' }: Source,
  citedAt: string,
): Resource => ({
  dataset_id: '',
  dataset_name: group,
  document_id: key,
  document_name: title,
  data_source_type: type === 'url' ? 'website_crawl' : 'upload_file',
  segment_id: key,
  score: 0,
  hit_count: 0,
  word_count: description.length,
  segment_position: 1,
  index_node_hash: null,
  content: description,
  summary: null,
  created_at: seconds(citedAt),
})

const passageKey = ({ origin, filename, text }: FoundPassage): string => origin?.passage_id ?? `${filename}\n${text}`

function keyOf(source: Source): string {
  if (source.type === 'url') return source.url
  return source.type === 'file' ? source.filename : source.id
}
