import type { SearchSettings } from '../../../knowledge/knowledge-bases.js'
import { invalidParam } from '../errors.js'
import type { Retrieval } from './schema.js'

/** How many passages a search finds that says nothing of it. */
export const DEFAULT_LIMIT = 4

const WAYS = {
  keyword_search: 'words',
  full_text_search: 'words',
  semantic_search: 'meaning',
  hybrid_search: 'both',
} as const satisfies Record<Retrieval['search_method'], SearchSettings['by']>

/** How a base is to be searched. @param rerankModel That of the server. @throws {ParleyError} `invalid_request` */
export function decodeSearch(retrieval: Retrieval, rerankModel: string | undefined): SearchSettings {
  const { search_method, top_k = DEFAULT_LIMIT, score_threshold_enabled, score_threshold } = retrieval
  const least = score_threshold_enabled ? score_threshold : undefined
  const weights = weightsOf(retrieval)
  const rerank = isReranked(retrieval)
  if (rerank) assertModel(retrieval, rerankModel)
  return {
    by: WAYS[search_method],
    limit: top_k,
    ...(least !== undefined && { least }),
    ...(weights && { weights }),
    ...(rerank && { rerank }),
  }
}

/** Whoever turns it on without a word of weights means a model. */
const isReranked = ({ reranking_enable, reranking_mode }: Retrieval): boolean =>
  reranking_enable === true && reranking_mode !== 'weighted_score'

/** They mean something where words and meaning are both looked for. */
function weightsOf({ search_method, reranking_mode, weights }: Retrieval): SearchSettings['weights'] {
  if (search_method !== 'hybrid_search' || reranking_mode === 'reranking_model' || !weights) return undefined
  const words = weights.keyword_setting?.keyword_weight ?? 0
  const meaning = weights.vector_setting?.vector_weight ?? 0
  if (words + meaning === 0)
    throw invalidParam('retrieval_model.weights', 'One of vector_weight and keyword_weight must be more than 0.')
  return { words, meaning }
}

function assertModel({ reranking_model }: Retrieval, model: string | undefined): void {
  const param = 'retrieval_model.reranking_model'
  if (model === undefined)
    throw invalidParam(param, 'This server has no rerank model: set PARLEY_RERANK_MODEL, or reranking_enable to false.')
  const { reranking_model_name: asked = model } = reranking_model ?? {}
  if (asked !== model) throw invalidParam(param, `reranking_model_name must be "${model}", the one this server has.`)
}
