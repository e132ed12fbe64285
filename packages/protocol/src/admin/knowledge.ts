import { z } from 'zod'
import { adminPageQuerySchema, adminPageSchema, nameSchema, timeSchema } from './wire.js'

export const adminKnowledgeSchema = z
  .object({
    id: z.string(),
    object: z.literal('knowledge_base'),
    name: z.string(),
    description: z.string().nullable(),
    created_at: timeSchema,
    updated_at: timeSchema,
  })
  .meta({ id: 'KnowledgeBase' })

export const adminKnowledgePageSchema = adminPageSchema(adminKnowledgeSchema).meta({ id: 'KnowledgeBasePage' })

export const adminKnowledgeQuerySchema = adminPageQuerySchema

const descriptionSchema = z.string().max(1000).describe('What the model reads: what the knowledge is about.')

export const createKnowledgeBodySchema = z
  .strictObject({ name: nameSchema, description: descriptionSchema.nullish() })
  .meta({ id: 'CreateKnowledgeBase' })

export const updateKnowledgeBodySchema = z
  .strictObject({ name: nameSchema.optional(), description: descriptionSchema.nullish() })
  .meta({ id: 'UpdateKnowledgeBase' })

export const adminDocumentSchema = z
  .object({
    id: z.string(),
    object: z.literal('knowledge_document'),
    knowledge_base_id: z.string(),
    title: z.string(),
    filename: z.string().nullable(),
    url: z.string().nullable().describe('Where people can read it; citations lead there.'),
    status: z
      .enum(['reading', 'indexing', 'ready', 'failed'])
      .describe('`indexing`: found by its words already, not yet by its meaning.'),
    problem: z.string().nullable().describe('Of a failed document: what is wrong and what to do.'),
    bytes: z.int(),
    passages: z.int().describe('How many passages it was cut into.'),
    embedded: z.int().describe('How many of them can be found by their meaning.'),
    embedding_model: z.string().nullable(),
    created_at: timeSchema,
    updated_at: timeSchema,
  })
  .meta({ id: 'KnowledgeDocument' })

export const adminDocumentPageSchema = adminPageSchema(adminDocumentSchema).meta({ id: 'KnowledgeDocumentPage' })

const titleSchema = z.string().trim().min(1).max(500)
const urlSchema = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  .describe('Where people can read it; citations lead there.')

export const createDocumentBodySchema = z
  .strictObject({
    title: titleSchema,
    text: z.string().min(1).max(1_500_000).describe('Markdown or plain text.'),
    url: urlSchema.optional(),
  })
  .meta({ id: 'CreateKnowledgeDocument' })

export const uploadDocumentQuerySchema = z.object({
  filename: z.string().min(1).max(255).describe('Its ending says what it is: pdf, docx, xlsx, csv, html, md or txt.'),
  title: titleSchema.optional().describe('Absent: its file name.'),
  url: urlSchema.optional(),
})

export const searchKnowledgeQuerySchema = z.object({
  query: z.string().min(1).max(1000),
  limit: z.coerce.number().int().min(1).max(50).default(5),
})

export const adminHitsSchema = z
  .object({
    data: z.array(
      z.object({
        title: z.string(),
        filename: z.string().nullable(),
        url: z.string().nullable(),
        headings: z.array(z.string()),
        page: z.int().nullable(),
        text: z.string(),
        score: z.number().describe('Only its order means something.'),
      }),
    ),
  })
  .meta({ id: 'KnowledgeHits' })

/** Documents that agents may search. */
export type AdminKnowledge = z.infer<typeof adminKnowledgeSchema>
/** One document of a knowledge base, and how far it is. */
export type AdminDocument = z.infer<typeof adminDocumentSchema>
/** What a search finds, the best first. */
export type AdminHits = z.infer<typeof adminHitsSchema>
export type CreateKnowledgeBody = z.input<typeof createKnowledgeBodySchema>
export type UpdateKnowledgeBody = z.input<typeof updateKnowledgeBodySchema>
export type CreateDocumentBody = z.input<typeof createDocumentBodySchema>
export type UploadDocumentQuery = z.input<typeof uploadDocumentQuerySchema>
