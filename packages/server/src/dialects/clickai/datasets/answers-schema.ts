import { z } from 'zod'
import type { encodeBase, encodeDocument, encodeProgress, encodeUpload } from './encode.js'
import type { encodePlugin, encodeRun } from './encode-pipeline.js'
import type { encodeChild, encodeHit, encodeSegment } from './encode-segment.js'

/** What the routes of knowledge answer, for their documentation. */

const unknown = z.null().describe('Not kept here.')
const time = z.int().describe('Unix time in seconds.')
const none = time.nullable()
const fieldType = z.enum(['string', 'number', 'time'])
const valueSchema = z.object({
  id: z.string(),
  name: z.string(),
  type: fieldType,
  value: z.union([z.string(), z.number()]).optional(),
})
export const fieldSchema = z.object({ id: z.string(), name: z.string(), type: fieldType })
export const tagSchema = z.object({ id: z.string(), name: z.string(), type: z.string(), binding_count: z.string() })
const method = z.enum(['keyword_search', 'full_text_search', 'semantic_search', 'hybrid_search'])

const weightsSchema = z.object({
  weight_type: z.string(),
  vector_setting: z.object({
    vector_weight: z.number(),
    embedding_provider_name: z.string(),
    embedding_model_name: z.string(),
  }),
  keyword_setting: z.object({ keyword_weight: z.number() }),
})

export const datasetSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    provider: z.string(),
    permission: z.string().describe('Always all_team_members: keys are of a whole workspace.'),
    data_source_type: z.string().nullable(),
    indexing_technique: z.string().describe('high_quality where the server has an embedding model, else economy.'),
    app_count: z.int().describe('How many apps of the workspace search it.'),
    document_count: z.int(),
    total_documents: z.int(),
    total_available_documents: z.int(),
    word_count: z.int().describe('In characters.'),
    created_by: z.string().describe('The workspace: its keys are what makes knowledge.'),
    author_name: unknown,
    created_at: time,
    updated_by: z.string(),
    updated_at: time,
    embedding_model: z.string().nullable(),
    embedding_model_provider: z.string().nullable(),
    embedding_available: z.literal(true),
    retrieval_model_dict: z.object({
      search_method: method,
      reranking_enable: z.boolean(),
      reranking_mode: z.enum(['reranking_model', 'weighted_score']).nullable(),
      reranking_model: z.object({ reranking_provider_name: z.string(), reranking_model_name: z.string() }),
      weights: weightsSchema.nullable().describe('How much meaning and words count.'),
      top_k: z.int(),
      score_threshold_enabled: z.boolean(),
      score_threshold: z.number().nullable(),
    }),
    tags: z.array(tagSchema.omit({ binding_count: true })),
    doc_form: z.string().describe('Of its first document.'),
    external_knowledge_info: z.null(),
    external_retrieval_model: z.null(),
    pipeline_id: z.null(),
    runtime_mode: z.string(),
    chunk_structure: z.string(),
    icon_info: z.null(),
    summary_index_setting: z.null(),
    is_published: z.boolean(),
    enable_api: z.boolean(),
    is_multimodal: z.boolean(),
    doc_metadata: z.array(fieldSchema),
    built_in_field_enabled: z.boolean(),
  })
  .meta({ id: 'ClickAiDataset' })

const uploadFileSchema = z.object({
  id: z.string(),
  name: z.string(),
  size: z.int(),
  extension: z.string(),
  mime_type: z.string().nullable(),
  created_by: z.string(),
  created_at: time,
})

export const documentSchema = z
  .object({
    id: z.string(),
    position: z.int(),
    data_source_type: z.string(),
    data_source_info: z.object({
      name: z.string(),
      url: z.string().optional(),
      upload_file_id: z.string().optional(),
      upload_file: uploadFileSchema.optional(),
    }),
    data_source_detail_dict: z.object({ upload_file: uploadFileSchema }).nullable(),
    dataset_process_rule_id: z.null(),
    name: z.string(),
    created_from: z.string(),
    created_by: z.string(),
    created_at: time,
    updated_at: time,
    tokens: z.int().describe('About so many.'),
    indexing_status: z.enum(['parsing', 'indexing', 'completed', 'error']),
    error: z.string().nullable(),
    enabled: z.boolean(),
    disabled_at: none,
    disabled_by: unknown,
    archived: z.boolean(),
    display_status: z.enum(['indexing', 'available', 'disabled', 'archived', 'error']),
    word_count: z.int().describe('In characters.'),
    segment_count: z.int(),
    average_segment_length: z.int(),
    hit_count: z.int().describe('How often searches found something in it.'),
    doc_form: z.string(),
    doc_language: z.string().nullable(),
    doc_type: unknown,
    doc_metadata: z.array(valueSchema),
    summary_index_status: z.null(),
    need_summary: z.boolean(),
  })
  .meta({ id: 'ClickAiDocument' })

const cutSchema = z.object({ separator: z.string(), max_tokens: z.int(), chunk_overlap: z.int() })

export const wholeDocumentSchema = documentSchema
  .extend({
    completed_at: time.nullable(),
    document_process_rule: z
      .object({
        mode: z.enum(['automatic', 'custom', 'hierarchical']),
        rules: z.object({
          pre_processing_rules: z.array(z.object({ id: z.string(), enabled: z.boolean() })),
          segmentation: cutSchema.nullable(),
          parent_mode: z.enum(['paragraph', 'full-doc']).nullable(),
          subchunk_segmentation: cutSchema.nullable(),
        }),
      })
      .describe('How it was cut.'),
  })
  .meta({ id: 'ClickAiWholeDocument' })

export const progressSchema = z.object({
  id: z.string(),
  indexing_status: z.enum(['parsing', 'indexing', 'completed', 'error']),
  processing_started_at: time,
  parsing_completed_at: none,
  cleaning_completed_at: none,
  splitting_completed_at: none,
  completed_at: none,
  paused_at: z.null(),
  error: z.string().nullable(),
  stopped_at: z.null(),
  completed_segments: z.int(),
  total_segments: z.int(),
})

export const pipelineFileSchema = uploadFileSchema.extend({ created_at: z.string().describe('ISO 8601.') })

export const childChunkSchema = z
  .object({
    id: z.string(),
    segment_id: z.string(),
    content: z.string(),
    position: z.int(),
    word_count: z.int().describe('In characters.'),
    type: z.string().describe('automatic, or customized once somebody wrote it.'),
    created_at: time,
    updated_at: time,
  })
  .meta({ id: 'ClickAiChildChunk' })

const segmentShape = {
  id: z.string(),
  position: z.int(),
  document_id: z.string(),
  content: z.string(),
  sign_content: z.string(),
  answer: z.string().nullable().describe('Of a question.'),
  word_count: z.int().describe('In characters.'),
  tokens: z.int().describe('About so many.'),
  keywords: z.array(z.string()),
  index_node_id: z.string(),
  index_node_hash: unknown,
  hit_count: z.int().describe('How often searches found it.'),
  enabled: z.boolean(),
  disabled_at: none,
  disabled_by: unknown,
  status: z.enum(['indexing', 'completed']),
  created_by: z.string(),
  created_at: time,
  updated_at: time,
  updated_by: unknown,
  indexing_at: time,
  completed_at: none,
  error: z.null(),
  stopped_at: z.null(),
  child_chunks: z.array(childChunkSchema),
  attachments: z.array(z.unknown()).max(0),
  summary: z.null(),
}
export const segmentSchema = z.object(segmentShape).meta({ id: 'ClickAiSegment' })

export const recordSchema = z.object({
  segment: z.object({
    ...segmentShape,
    document: z.object({
      id: z.string(),
      data_source_type: z.string(),
      name: z.string(),
      doc_type: unknown,
      doc_metadata: z.array(valueSchema),
    }),
  }),
  child_chunks: z
    .array(z.object({ id: z.string(), content: z.string(), position: z.int(), score: z.number() }))
    .describe('The parts of it that were found, the best first.'),
  score: z.number().describe('From 0 to 1: how near in meaning, how well by words, or by its places in both lists.'),
  tsne_position: z.null(),
  files: z.array(z.unknown()).max(0),
  summary: z.null(),
})

export const pluginSchema = z.object({
  node_id: z.string(),
  plugin_id: z.string(),
  provider_name: z.string(),
  datasource_type: z.string(),
  title: z.string(),
  user_input_variables: z.array(z.unknown()).max(0),
  credentials: z.array(z.unknown()).max(0),
})

export const pipelineSchema = z.object({
  task_id: z.string(),
  workflow_run_id: z.string(),
  batch: z.string(),
  dataset: z.object({ id: z.string(), name: z.string(), description: z.string(), chunk_structure: z.string() }),
  documents: z.array(documentSchema),
  data: z.object({
    id: z.string(),
    workflow_id: z.string(),
    status: z.string().describe('running, succeeded, partial-succeeded or failed.'),
    outputs: z.object({ batch: z.string(), document_ids: z.array(z.string()) }),
    error: z.string().nullable(),
    elapsed_time: z.number().describe('In seconds.'),
    total_tokens: z.int(),
    total_steps: z.int(),
    created_at: time,
    finished_at: none,
  }),
})

type Shown<Schema extends z.ZodType, Sent> = Sent extends z.input<Schema> ? true : never
/** Does not compile while an answer is not as it is described. */
export type Described = [
  Shown<typeof datasetSchema, ReturnType<typeof encodeBase>>,
  Shown<typeof documentSchema, ReturnType<typeof encodeDocument>>,
  Shown<typeof progressSchema, ReturnType<typeof encodeProgress>>,
  Shown<typeof segmentSchema, ReturnType<typeof encodeSegment>>,
  Shown<typeof recordSchema, ReturnType<typeof encodeHit>>,
  Shown<typeof childChunkSchema, ReturnType<typeof encodeChild>>,
  Shown<typeof pluginSchema, ReturnType<typeof encodePlugin>>,
  Shown<typeof pipelineSchema, ReturnType<typeof encodeRun>>,
  Shown<typeof pipelineFileSchema, ReturnType<typeof encodeUpload>>,
]
