import type { Attachment } from '@parley/protocol'
import type { UploadedFile } from './schema.js'

/** The ending of a file's name, without the dot. */
export const endingOf = (name: string): string => /\.([^.]{1,12})$/.exec(name)?.[1]?.toLowerCase() ?? ''

/** A file as it was taken. */
export const encodeUpload = (
  attachment: Attachment,
  facts: { url: string; size: number; userId: string; workspaceId: string; createdAt: Date },
): UploadedFile => ({
  id: attachment.id,
  name: attachment.name,
  size: facts.size,
  extension: endingOf(attachment.name),
  mime_type: attachment.mime_type,
  created_by: facts.userId,
  created_at: Math.floor(facts.createdAt.getTime() / 1000),
  reference: null,
  preview_url: null,
  source_url: facts.url,
  original_url: null,
  user_id: null,
  tenant_id: facts.workspaceId,
  conversation_id: null,
  file_key: null,
})

/** The kind of a file, as this API tells them apart. */
export function kindOf({ mime_type }: Pick<Attachment, 'mime_type'>): 'image' | 'audio' | 'video' | 'document' {
  const [kind] = mime_type.split('/')
  return kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'document'
}
