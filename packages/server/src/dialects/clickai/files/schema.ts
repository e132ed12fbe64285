import { z } from 'zod'
import { flag } from '../schema.js'

const nothing = z.null()

/** A file as it was taken. Source: the ClickAI contract, section 11.1. */
export const uploadedSchema = z
  .object({
    id: z.string().describe('What a message names it by, as `upload_file_id`.'),
    name: z.string(),
    size: z.int().describe('In bytes.'),
    extension: z.string(),
    mime_type: z.string(),
    created_by: z.string().describe('The user who sent it.'),
    created_at: z.int(),
    reference: nothing,
    preview_url: nothing,
    source_url: z.string().describe('Where it can be read for a while without a key.'),
    original_url: nothing,
    user_id: nothing,
    tenant_id: z.string(),
    conversation_id: nothing,
    file_key: nothing,
  })
  .meta({ id: 'ClickAiFile' })
export type UploadedFile = z.infer<typeof uploadedSchema>

export const uploadFormSchema = z.object({ file: z.file(), user: z.string().optional() })

export const previewQuerySchema = z.object({
  as_attachment: flag.describe('Whether a browser is to save it.'),
  user: z.string().optional(),
})
