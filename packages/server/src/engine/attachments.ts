import { type Attachment, ParleyError } from '@parley/protocol'
import type { AttachmentStore } from './attachment-store.js'
import type { Call } from './engine.js'
import type { Parts } from './parts.js'

export async function createAttachment<Context>(
  parts: Parts<Context>,
  { context }: Call<Context>,
  file: { name: string; size: number; mime_type: string },
): Promise<Attachment> {
  const attachment = await attachmentStore(parts).createAttachment(file, context)
  await parts.store.saveAttachment(attachment, context)
  return visibleAttachment(attachment)
}

export async function deleteAttachment<Context>(
  parts: Parts<Context>,
  { context }: Call<Context>,
  attachmentId: string,
): Promise<void> {
  const files = attachmentStore(parts)
  await parts.store.loadAttachment(attachmentId, context)
  await files.deleteAttachment(attachmentId, context)
  await parts.store.deleteAttachment(attachmentId, context)
}

/** The attachment as it is sent and as it stands in a message: its metadata is the server's own. */
export function visibleAttachment({ metadata: _, ...attachment }: Attachment): Attachment {
  return attachment
}

function attachmentStore<Context>({ attachments }: Parts<Context>): AttachmentStore<Context> {
  if (attachments) return attachments
  throw new ParleyError('not_configured', 'This server takes no attachments: it was started without a place for files.')
}
