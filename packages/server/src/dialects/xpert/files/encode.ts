import type { Attachment } from '@parley/protocol'
import type { FilePassage } from '../../../knowledge/file-passages.js'
import { CHARACTERS_OF_A_TOKEN } from '../../../knowledge/words.js'
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

export const encodeChunk = (fileId: string, { order, text, headings, page }: FilePassage): FileChunk => ({
  id: chunkId(fileId, order),
  fileAssetId: fileId,
  orderNo: order,
  content: text,
  tokenCount: tokensIn(text),
  anchor: anchorOf(page),
  metadata: { headings },
})

const chunkId = (fileId: string, order: number) => `${fileId}:${order}`
const tokensIn = (text: string) => Math.ceil(text.length / CHARACTERS_OF_A_TOKEN)
const anchorOf = (page: number | undefined) => (page === undefined ? undefined : { page })

/** How many pieces a preview names. */
const PREVIEWED = 8

/** What a file is, and the pieces it begins with; what they say is read one by one. */
export const encodePreview = (
  { id, storageFileId, originalName, mimeType, size, status, capabilities }: FileAsset,
  passages: readonly FilePassage[],
): FilePreview => ({
  file: { id, storageFileId, originalName, mimeType, size, status, capabilities },
  artifacts: [],
  chunks: passages.slice(0, PREVIEWED).map(({ order, page, text }) => ({
    chunkId: chunkId(id, order),
    orderNo: order,
    anchor: anchorOf(page),
    tokenCount: tokensIn(text),
  })),
})
