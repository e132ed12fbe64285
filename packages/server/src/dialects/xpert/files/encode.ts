import type { Attachment } from '@parley/protocol'
import type { FileAsset, FileChunk, FilePreview } from './schema.js'

/** A file as both the newer and the older servers of Xpert answer it. It is ready at once: agents read it as it is. */
export function encodeFile(
  { id, type, name, mime_type, metadata }: Attachment,
  { url, purpose = 'chat_attachment' }: { url: string; purpose?: string | undefined },
): FileAsset {
  return {
    id,
    fileId: id,
    storageFileId: id,
    file: id,
    objectKey: id,
    url,
    fileUrl: url,
    originalName: name,
    size: Number(metadata?.size ?? 0),
    mimeType: mime_type,
    mimetype: mime_type,
    status: 'ready',
    parseStatus: 'ready',
    purpose,
    parseMode: 'auto',
    capabilities: type === 'image' ? ['preview', 'vision'] : ['preview', 'search', 'read'],
  }
}

/** How many pieces a preview names. */
const PREVIEWED = 8

/** What a file is, and the pieces it begins with; what they say is read one by one. */
export const encodePreview = (
  { id, storageFileId, originalName, mimeType, size, status, capabilities }: FileAsset,
  chunks: readonly FileChunk[],
): FilePreview => ({
  file: { id, storageFileId, originalName, mimeType, size, status, capabilities },
  artifacts: [],
  chunks: chunks.slice(0, PREVIEWED).map(({ id: chunkId, orderNo, anchor, tokenCount }) => ({
    chunkId,
    orderNo,
    anchor,
    tokenCount,
  })),
})
