import { z } from 'zod'
import { COMPARISON_OPERATORS } from '../../../knowledge/compare-values.js'
import { numberedSchema, orAbsent } from '../schema.js'

/** The wire shapes of knowledge. Source: the ClickAI contract, section 18, and Dify's knowledge API. */

const nameSchema = z.string().trim().min(1).max(40)
const descriptionSchema = z.string().max(400)

const SEARCH_METHODS = ['keyword_search', 'semantic_search', 'full_text_search', 'hybrid_search'] as const

const conditionValue = z.union([z.string(), z.number()])

export const filterSchema = z.object({
  logical_operator: orAbsent(z.enum(['and', 'or'])).transform((operator) => operator ?? 'and'),
  conditions: orAbsent(
    z
      .array(
        z.object({
          name: z.string().min(1),
          comparison_operator: z.enum(COMPARISON_OPERATORS),
          value: orAbsent(z.union([conditionValue, z.array(conditionValue)])),
        }),
      )
      .max(50),
  ).transform((conditions) => conditions ?? []),
})
export type Filter = z.infer<typeof filterSchema>

/** What is asked of a list of knowledge. */
export const listSchema = numberedSchema.extend({ keyword: z.string().optional() })

const weight = orAbsent(z.number().min(0).max(1))
const weightsSchema = z.object({
  vector_setting: orAbsent(z.object({ vector_weight: weight })),
  keyword_setting: orAbsent(z.object({ keyword_weight: weight })),
})

export const retrievalSchema = z.object({
  search_method: z.enum(SEARCH_METHODS),
  top_k: orAbsent(z.int().min(1).max(100)),
  score_threshold_enabled: orAbsent(z.boolean()),
  score_threshold: orAbsent(z.number().min(0).max(1)),
  reranking_enable: orAbsent(z.boolean()).describe(
    'Whether the best are put in order anew, by a model unless weights are meant.',
  ),
  reranking_mode: orAbsent(z.enum(['reranking_model', 'weighted_score'])),
  reranking_model: orAbsent(z.object({ reranking_model_name: orAbsent(z.string()) })),
  weights: orAbsent(weightsSchema).describe('How much meaning and words count in a hybrid search, from 0 to 1 each.'),
  metadata_filtering_conditions: orAbsent(filterSchema),
})
export type Retrieval = z.infer<typeof retrievalSchema>

const datasetShape = {
  description: orAbsent(descriptionSchema),
  indexing_technique: orAbsent(z.enum(['high_quality', 'economy'])),
  permission: orAbsent(z.enum(['only_me', 'all_team_members', 'partial_members'])),
  retrieval_model: orAbsent(retrievalSchema),
}

export const createDatasetSchema = z.object({
  name: nameSchema,
  ...datasetShape,
  provider: orAbsent(z.literal('vendor', 'it must be vendor: knowledge of other servers is not searched from here')),
})

export const updateDatasetSchema = z.object({ name: orAbsent(nameSchema), ...datasetShape })

export const retrieveSchema = z.object({
  query: z.string().trim().min(1).max(250),
  retrieval_model: orAbsent(retrievalSchema),
})

const cutSchema = z.object({
  separator: orAbsent(z.string().max(100)),
  max_tokens: orAbsent(z.int().min(1).max(10_000)),
  chunk_overlap: orAbsent(z.int().min(0).max(10_000)),
})
export type Cut = z.infer<typeof cutSchema>

const CLEANERS = ['remove_extra_spaces', 'remove_urls_emails', 'remove_stopwords'] as const

const processRuleSchema = z.object({
  mode: orAbsent(z.enum(['automatic', 'custom', 'hierarchical'])),
  rules: orAbsent(
    z.object({
      pre_processing_rules: orAbsent(z.array(z.object({ id: z.enum(CLEANERS), enabled: z.boolean() })).max(20)),
      segmentation: orAbsent(cutSchema),
      parent_mode: orAbsent(z.enum(['paragraph', 'full-doc'])),
      subchunk_segmentation: orAbsent(cutSchema),
    }),
  ),
})

const DOCUMENT_FORMS = ['text_model', 'hierarchical_model', 'qa_model'] as const
export type DocumentForm = (typeof DOCUMENT_FORMS)[number]

/** How a document is to be taken. */
const takenShape = {
  indexing_technique: orAbsent(z.enum(['high_quality', 'economy'])).describe(
    'The server indexes by meaning where it has an embedding model, whatever is named.',
  ),
  doc_language: orAbsent(z.string().max(100)).describe('Kept and told; it changes nothing.'),
}

/** How a document is to be cut. */
const splitShape = {
  doc_form: orAbsent(z.enum(DOCUMENT_FORMS)).describe('`qa_model`: a model makes questions and answers of it.'),
  process_rule: orAbsent(processRuleSchema),
}
const splitSchema = z.object(splitShape)
export type Split = z.infer<typeof splitSchema>

const documentName = z.string().trim().min(1).max(500)
const documentText = z.string().min(1).max(1_500_000)

export const documentTextSchema = z.object({
  name: documentName,
  text: documentText,
  original_document_id: orAbsent(z.string()),
  ...takenShape,
  ...splitShape,
})

export const documentFileSchema = z.object({
  name: orAbsent(documentName),
  original_document_id: orAbsent(z.string()),
  ...takenShape,
  ...splitShape,
})

export const updateTextSchema = z.object({ name: orAbsent(documentName), text: orAbsent(documentText), ...splitShape })

const idsSchema = z.array(z.string().min(1)).min(1).max(1_000)

export const documentIdsSchema = z.object({ document_ids: idsSchema })
export const zippedIdsSchema = z.object({ document_ids: idsSchema.max(100) })

export const pipelineRunSchema = z.object({
  inputs: orAbsent(z.record(z.string(), z.unknown())).transform((inputs) => inputs ?? {}),
  datasource_type: z.string().min(1),
  datasource_info_list: z
    .array(
      z
        .object({
          reference: orAbsent(z.string()),
          related_id: orAbsent(z.string()),
          name: orAbsent(documentName),
        })
        .refine(({ reference, related_id }) => reference ?? related_id, 'name the uploaded file in reference'),
    )
    .min(1)
    .max(100),
  start_node_id: z.string().min(1),
  is_published: orAbsent(z.boolean()).describe('Drafts there are none here.'),
  response_mode: orAbsent(z.enum(['blocking', 'streaming'])).transform((mode) => mode ?? 'blocking'),
})
export type PipelineRun = z.infer<typeof pipelineRunSchema>

const keywordsSchema = orAbsent(z.array(z.string().trim().min(1).max(100)).max(50))
const contentSchema = z.string().trim().min(1).max(20_000)

const answerSchema = orAbsent(contentSchema).describe('Of a `qa_model` document, where `content` is the question.')

export const createSegmentsSchema = z.object({
  segments: z
    .array(z.object({ content: contentSchema, answer: answerSchema, keywords: keywordsSchema }))
    .min(1)
    .max(1_000),
})

export const updateSegmentSchema = z.object({
  segment: z.object({
    content: orAbsent(contentSchema),
    answer: answerSchema,
    keywords: keywordsSchema,
    enabled: orAbsent(z.boolean()),
    regenerate_child_chunks: orAbsent(z.boolean()),
  }),
})

export const childSchema = z.object({ content: contentSchema })

const tagName = z.string().trim().min(1).max(50)
export const createTagSchema = z.object({ name: tagName })
export const renameTagSchema = z.object({ name: tagName, tag_id: z.string().min(1) })
export const deleteTagSchema = z.object({ tag_id: z.string().min(1) })
export const bindTagsSchema = z.object({ tag_ids: idsSchema, target_id: z.string().min(1) })
export const unbindTagsSchema = z
  .object({ tag_ids: orAbsent(idsSchema), tag_id: orAbsent(z.string()), target_id: z.string().min(1) })
  .refine(({ tag_ids, tag_id }) => tag_ids !== undefined || tag_id !== undefined, 'name tag_ids')

const fieldName = z.string().trim().min(1).max(255)
export const createFieldSchema = z.object({ type: z.enum(['string', 'number', 'time']), name: fieldName })
export const renameFieldSchema = z.object({ name: fieldName })

export const documentValuesSchema = z.object({
  operation_data: z
    .array(
      z.object({
        document_id: z.string().min(1),
        metadata_list: z
          .array(
            z.object({
              id: z.string().min(1),
              name: orAbsent(z.string()),
              value: z.union([z.string().max(10_000), z.number()]).nullish(),
            }),
          )
          .max(200),
        partial_update: orAbsent(z.boolean()),
      }),
    )
    .min(1)
    .max(1_000),
})
