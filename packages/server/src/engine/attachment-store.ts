import type { Attachment } from '@parley/protocol'

/** Where the bytes of attachments go. Source: the ChatKit server kit's `AttachmentStore`. */
export interface AttachmentStore<Context> {
  /** Makes room for a file and says where its bytes are to be sent. */
  createAttachment(file: { name: string; size: number; mime_type: string }, context: Context): Promise<Attachment>
  deleteAttachment(attachmentId: string, context: Context): Promise<void>
}
