import { z } from 'zod'

/** The wire shapes of knowledge bases. Source: the Xpert contract, section 5.7. */

const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((value) => value ?? undefined)
const text = (most: number) => z.string().max(most)

export const recallSchema = z.object({
  topK: optional(z.number()),
  score: optional(z.number()),
  weight: optional(z.number()),
})

/** How many passages a search brings and how good they must be, by Xpert's names. */
export const knowledgeSchema = z.object({
  name: z.string().trim().min(1).max(200),
  description: optional(text(4000)),
  workspaceId: optional(text(256)),
  permission: optional(z.enum(['private', 'organization', 'public'])),
  type: optional(z.enum(['standard', 'external'])),
  recall: optional(recallSchema),
})

export const knowledgeChangeSchema = knowledgeSchema.partial()

/** `POST …/bulk`: files that were uploaded before, or texts. */
export const documentsSchema = z
  .array(
    z
      .object({
        name: optional(text(200)),
        storageFileId: optional(text(256)),
        fileId: optional(text(256)),
        fileUrl: optional(text(4000)).describe('Of a file that was uploaded here, as the upload answered it.'),
        id: optional(text(256)),
        text: optional(text(2_000_000)),
        sourceType: optional(text(64)),
      })
      .refine((given) => given.text ?? given.storageFileId ?? given.fileId ?? given.fileUrl ?? given.id, {
        path: ['storageFileId'],
        error: 'the id of an uploaded file, or a text',
      }),
  )
  .min(1)
  .max(100)

export const idsSchema = z.array(text(256)).min(1).max(1000)

/** `POST …/retrieve`. */
export const retrieveSchema = z.object({
  query: z.string().min(1).max(2000),
  k: optional(z.int().min(1).max(100)),
  score: optional(z.number()),
})

export const knowledgeBaseSchema = z.object({
  id: z.string(),
  workspaceId: z.string(),
  name: z.string(),
  description: z.string().optional(),
  permission: z.enum(['private', 'organization', 'public']),
  type: z.literal('standard'),
  status: z.literal('ready'),
  recall: z
    .object({ topK: z.int(), score: z.number().optional() })
    .optional()
    .describe('How it is searched where nobody says otherwise.'),
  documentNum: z.int(),
  chunkNum: z.int(),
  tokenNum: z.int().describe('An estimate.'),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type Knowledgebase = z.infer<typeof knowledgeBaseSchema>

export const documentSchema = z.object({
  id: z.string(),
  knowledgebaseId: z.string(),
  name: z.string(),
  status: z.enum(['running', 'embedding', 'finish', 'error']),
  progress: z.number(),
  processMsg: z.string().optional(),
  chunkNum: z.int(),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type KnowledgeDocument = z.infer<typeof documentSchema>

export const passageSchema = z.object({
  pageContent: z.string(),
  metadata: z.record(z.string(), z.unknown()),
  score: z.number(),
})
export type Passage = z.infer<typeof passageSchema>
