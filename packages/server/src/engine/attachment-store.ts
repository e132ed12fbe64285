import type { Attachment } from '@parley/protocol'

/** Where the bytes of attachments go. Source: the ChatKit server kit's `AttachmentStore`; the optional methods are ours. */
export interface AttachmentStore<Context> {
  /** Makes room for a file and says where its bytes are to be sent. */
  createAttachment(file: { name: string; size: number; mime_type: string }, context: Context): Promise<Attachment>
  /** Called when the person takes the file away, and when the thread it was sent in is deleted. */
  deleteAttachment(attachmentId: string, context: Context): Promise<void>
  /** The attachment of a message as it is read now, e.g. with a new address of its preview. Absent: as it was stored. */
  presentAttachment?(attachment: Attachment, context: Context): Promise<Attachment>
  /** The first `maxBytes` bytes for an app to read; `null` when none have arrived. Absent: apps read no files. */
  readAttachment?(attachmentId: string, context: Context, maxBytes: number): Promise<AttachmentBytes | null>
  /** Keeps a file that an app made. Absent: apps make no files. */
  writeAttachment?(file: { name: string; mime_type: string; data: Uint8Array }, context: Context): Promise<Attachment>
  /** Where a file that an app made can be read for a while. Goes with `writeAttachment`. */
  addressOf?(attachmentId: string, context: Context): Promise<string>
}

/** The beginning of a file, or all of it. */
export interface AttachmentBytes {
  data: Uint8Array
  /** Of the whole file. */
  size: number
}
