import { z } from 'zod'

/** The wire shapes of files. Source: the Xpert contract, section 5.6. */

/** How a file is read is the server's to say: by what it is. */
const parseModeSchema = z.enum(['auto', 'fast', 'deep', 'none'])

/** The fields of an upload. Others, which only Xpert's own products know, are let through. */
export const uploadSchema = z.object({
  file: z.file(),
  xpertId: z.string().max(256).optional().describe('The assistant it is for. Left out: whichever is sent it.'),
  purpose: z.string().max(64).optional(),
  parseMode: parseModeSchema.optional(),
})

export const fileAssetSchema = z.object({
  id: z.string(),
  fileId: z.string(),
  storageFileId: z.string(),
  file: z.string(),
  objectKey: z.string(),
  url: z.string(),
  fileUrl: z.string(),
  originalName: z.string(),
  size: z.number(),
  mimeType: z.string(),
  mimetype: z.string(),
  status: z.literal('ready'),
  parseStatus: z.literal('ready'),
  purpose: z.string(),
  parseMode: parseModeSchema,
  capabilities: z.array(z.string()),
})
export type FileAsset = z.infer<typeof fileAssetSchema>

export const fileStatusSchema = z.object({
  fileId: z.string(),
  status: z.literal('ready'),
  error: z.null(),
  parsedAt: z.null(),
})

/** `POST /files/{id}/search`. */
export const fileSearchSchema = z.object({
  query: z.string().max(2000).nullish().describe('Left out: the first pieces, in the order of the file.'),
  limit: z.int().min(1).max(100).nullish().describe('Default 8.'),
})

/** `POST /files/{id}/read`. */
export const fileReadSchema = z.object({
  chunkId: z.string().max(256).nullish().describe('As a search or a preview named it.'),
  orderNo: z.int().min(0).nullish().describe('The number of the piece, from 0. Default: the first.'),
})

const anchorSchema = z.object({ page: z.int().describe('From 1.') }).optional()

/** A piece of a file. */
export const fileChunkSchema = z.object({
  id: z.string(),
  fileAssetId: z.string(),
  orderNo: z.int(),
  content: z.string(),
  tokenCount: z.int().describe('An estimate.'),
  anchor: anchorSchema,
  metadata: z.object({ headings: z.array(z.string()).describe('What it stands under, outermost first.') }),
})
export type FileChunk = z.infer<typeof fileChunkSchema>

/** `GET /files/{id}/preview`. */
export const filePreviewSchema = z.object({
  file: fileAssetSchema.pick({
    id: true,
    storageFileId: true,
    originalName: true,
    mimeType: true,
    size: true,
    status: true,
    capabilities: true,
  }),
  artifacts: z.array(z.never()).describe('Nothing is made of files beside their text.'),
  chunks: z.array(
    fileChunkSchema.pick({ orderNo: true, anchor: true, tokenCount: true }).extend({ chunkId: z.string() }),
  ),
})
export type FilePreview = z.infer<typeof filePreviewSchema>
