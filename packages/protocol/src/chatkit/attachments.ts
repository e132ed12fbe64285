import { z } from 'zod'
import { absentable, freeFormSchema, idSchema, openObject } from './wire.js'

/** Reads an {@link UploadDescriptor}; missing `headers` are `{}`. */
export const uploadDescriptorSchema = openObject({
  url: z.string(),
  method: z.enum(['POST', 'PUT']),
  headers: z.record(z.string(), z.string()).default({}),
})

const common = {
  id: idSchema,
  name: z.string(),
  mime_type: z.string(),
  upload_descriptor: absentable(uploadDescriptorSchema),
  thread_id: absentable(idSchema),
  metadata: absentable(freeFormSchema),
}

/** Reads a {@link FileAttachment}. */
export const fileAttachmentSchema = openObject({ ...common, type: z.literal('file') })

/** Reads an {@link ImageAttachment}. */
export const imageAttachmentSchema = openObject({ ...common, type: z.literal('image'), preview_url: z.string() })

/** Reads an {@link Attachment}. */
export const attachmentSchema = z.discriminatedUnion('type', [fileAttachmentSchema, imageAttachmentSchema])

/** Where and how the client sends the bytes of a new attachment. ChatKit server protocol 1.6.5, `AttachmentUploadDescriptor`. */
export type UploadDescriptor = z.infer<typeof uploadDescriptorSchema>

/** An uploaded file. ChatKit server protocol 1.6.5, `FileAttachment`. */
export type FileAttachment = z.infer<typeof fileAttachmentSchema>

/** An uploaded image with the address of its preview. ChatKit server protocol 1.6.5, `ImageAttachment`. */
export type ImageAttachment = z.infer<typeof imageAttachmentSchema>

/**
 * A file or image that belongs to a user message. `metadata` is the server's own and never leaves it; `thread_id` is
 * set once the attachment was sent; `upload_descriptor` only while its bytes are awaited. ChatKit server protocol 1.6.5, `Attachment`.
 */
export type Attachment = z.infer<typeof attachmentSchema>
