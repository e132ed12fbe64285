import type {
  KnowledgeBaseRecord,
  KnowledgeDocumentRecord,
  KnowledgeFileRecord,
  SearchSettings,
} from '../../../knowledge/knowledge-bases.js'
import type { KnowledgeTagRecord } from '../../../knowledge/knowledge-tags.js'
import { seconds } from '../encode-time.js'
import { DEFAULT_LIMIT } from './decode-search.js'
import { encodeRule } from './encode-rule.js'
import { tokensIn } from './encode-tokens.js'
import { encodeValues } from './encode-values.js'
import type { DocumentForm } from './schema.js'

/** What a base is shown with besides itself. */
export interface BaseFacts {
  documents: readonly KnowledgeDocumentRecord[]
  tags: readonly KnowledgeTagRecord[]
  models: { embedding: string | undefined; rerank: string | undefined }
  /** How many apps search it. */
  apps: number
}

/** Keys of this API are a workspace's, and so is what they reach: `permission` says so whatever was asked for. */
export function encodeBase(base: KnowledgeBaseRecord, { documents, tags, models, apps }: BaseFacts) {
  const { embedding: embeddingModel } = models
  const ready = documents.filter(({ status, hidden }) => status === 'ready' && !hidden)
  return {
    id: base.id,
    name: base.name,
    description: base.description ?? '',
    provider: 'vendor',
    permission: 'all_team_members',
    data_source_type: documents.length > 0 ? 'upload_file' : null,
    indexing_technique: embeddingModel === undefined ? 'economy' : 'high_quality',
    app_count: apps,
    document_count: documents.length,
    total_documents: documents.length,
    total_available_documents: ready.length,
    word_count: documents.reduce((sum, { characters = 0 }) => sum + characters, 0),
    created_by: base.workspace_id,
    author_name: null,
    created_at: seconds(base.created_at),
    updated_by: base.workspace_id,
    updated_at: seconds(base.updated_at),
    embedding_model: embeddingModel ?? null,
    embedding_model_provider: embeddingModel === undefined ? null : PROVIDER,
    embedding_available: true, // or none is needed
    retrieval_model_dict: encodeSearch(base.search ?? { by: 'both', limit: DEFAULT_LIMIT }, models),
    tags: tags.filter(({ id }) => base.tags?.includes(id)).map(({ id, name }) => ({ id, name, type: 'knowledge' })),
    doc_form: formOf(documents[0]),
    external_knowledge_info: null,
    external_retrieval_model: null,
    pipeline_id: null,
    runtime_mode: 'general',
    chunk_structure: formOf(documents[0]),
    icon_info: null,
    summary_index_setting: null,
    is_published: true,
    enable_api: true,
    is_multimodal: false,
    doc_metadata: (base.fields ?? []).map(({ id, name, type }) => ({ id, name, type })),
    built_in_field_enabled: base.own_fields ?? false,
  }
}

/** Whether a document was cut into parents and children, or became questions. */
export const formOf = (document: KnowledgeDocumentRecord | undefined): DocumentForm =>
  document?.split?.questions ? 'qa_model' : document?.split?.children ? 'hierarchical_model' : 'text_model'

/** The server has one embedding model, whoever makes it. */
export const PROVIDER = 'parley'

function encodeSearch({ by, limit, least, weights, rerank }: SearchSettings, models: BaseFacts['models']) {
  const words = models.embedding === undefined ? 'keyword_search' : 'full_text_search'
  const way = models.embedding === undefined ? 'words' : by
  const model = { reranking_provider_name: PROVIDER, reranking_model_name: models.rerank ?? '' }
  return {
    search_method: { words, meaning: 'semantic_search', both: 'hybrid_search' }[way],
    reranking_enable: rerank ?? false,
    reranking_mode: rerank ? 'reranking_model' : weights ? 'weighted_score' : null,
    reranking_model: rerank ? model : { reranking_provider_name: '', reranking_model_name: '' },
    weights: weights ? encodeWeights(weights, models.embedding) : null,
    top_k: limit,
    score_threshold_enabled: least !== undefined,
    score_threshold: least ?? null,
  }
}

const encodeWeights = ({ words, meaning }: NonNullable<SearchSettings['weights']>, embeddingModel = '') => ({
  weight_type: 'customized',
  vector_setting: {
    vector_weight: meaning,
    embedding_provider_name: PROVIDER,
    embedding_model_name: embeddingModel,
  },
  keyword_setting: { keyword_weight: words },
})

const INDEXING_STATUS = { reading: 'parsing', indexing: 'indexing', ready: 'completed', failed: 'error' } as const
const DISPLAY_STATUS = { reading: 'indexing', indexing: 'indexing', ready: 'available', failed: 'error' } as const

/** What a document is shown with besides itself. */
export interface DocumentFacts {
  /** Its place in the base, from 0. */
  place?: number
  /** How often its passages were found. */
  hits?: number
  /** What it was brought as; `null`: that was not kept. */
  file?: KnowledgeFileRecord | null
}

export function encodeDocument(
  document: KnowledgeDocumentRecord,
  base: KnowledgeBaseRecord,
  { place = 0, hits = 0, file }: DocumentFacts = {},
) {
  const { id, workspace_id, title, status, hidden, characters = 0, children = 0 } = document
  const archived = hidden === 'archived'
  const segments = document.passages - children
  return {
    id,
    position: place + 1,
    data_source_type: 'upload_file',
    data_source_info: {
      name: document.filename ?? title,
      ...(document.url !== undefined && { url: document.url }),
      ...(document.file_id !== undefined && { upload_file_id: document.file_id }),
      ...(file && { upload_file: encodeFile(file) }),
    },
    data_source_detail_dict: file ? { upload_file: encodeFile(file) } : null,
    dataset_process_rule_id: null,
    name: title,
    created_from: 'api',
    created_by: workspace_id,
    created_at: seconds(document.created_at),
    updated_at: seconds(document.updated_at),
    tokens: tokensIn(characters),
    indexing_status: INDEXING_STATUS[status],
    error: document.problem ?? null,
    enabled: hidden === undefined,
    disabled_at: hidden === undefined ? null : seconds(document.updated_at),
    disabled_by: null,
    archived,
    display_status: archived ? 'archived' : hidden ? 'disabled' : DISPLAY_STATUS[status],
    word_count: characters,
    segment_count: segments,
    average_segment_length: segments > 0 ? Math.round(characters / segments) : 0,
    hit_count: hits,
    doc_form: formOf(document),
    doc_language: document.language ?? null,
    doc_type: null,
    doc_metadata: encodeValues(document, base),
    summary_index_status: null,
    need_summary: false,
  }
}

/** The same with what is told of one that is asked for by itself. */
export const encodeWhole = (document: KnowledgeDocumentRecord, base: KnowledgeBaseRecord, facts: DocumentFacts) => ({
  ...encodeDocument(document, base, facts),
  completed_at: document.status === 'ready' ? seconds(document.updated_at) : null,
  document_process_rule: encodeRule(document.split),
})

/** A file as it was brought. */
const encodeFile = ({ id, workspace_id, name, size, mime_type, created_at }: KnowledgeFileRecord) => ({
  id,
  name,
  size,
  extension: extensionOf(name),
  mime_type: mime_type ?? null,
  created_by: workspace_id,
  created_at: seconds(created_at),
})

/** The same in the answer to its upload, where times are written out. */
export const encodeUpload = (file: KnowledgeFileRecord) => ({ ...encodeFile(file), created_at: file.created_at })

const extensionOf = (name: string): string => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''

/** How far the documents of one request are. Each is a batch of its own. */
export function encodeProgress(document: KnowledgeDocumentRecord) {
  const { id, status, passages, embedded } = document
  const updated = seconds(document.updated_at)
  const isRead = passages > 0
  const isDone = status === 'ready'
  return {
    id,
    indexing_status: INDEXING_STATUS[status],
    processing_started_at: seconds(document.created_at),
    parsing_completed_at: isRead ? updated : null,
    cleaning_completed_at: isRead ? updated : null,
    splitting_completed_at: isRead ? updated : null,
    completed_at: isDone ? updated : null,
    paused_at: null,
    error: document.problem ?? null,
    stopped_at: null,
    completed_segments: isDone ? passages : embedded,
    total_segments: passages,
  }
}
