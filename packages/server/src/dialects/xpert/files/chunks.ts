import { ParleyError } from '@parley/protocol'
import { indexPassages } from '../../../knowledge/keyword-index.js'
import { CHARACTERS_OF_A_TOKEN } from '../../../knowledge/words.js'
import type { XpertParts } from '../routes.js'
import type { OwnedFile } from './parts.js'
import type { FileChunk } from './schema.js'

/** What a file says, piece by piece in its order; nothing for a picture, and for what holds no text that can be read. */
export async function loadChunks<Context>(
  { files, knowledge }: XpertParts<Context>,
  { attachment: { id, type, name } }: OwnedFile,
): Promise<FileChunk[]> {
  if (type === 'image') return []
  const bytes = await files?.read(id)
  if (!bytes) return []
  try {
    const passages = await knowledge.cutFile({ name, bytes })
    return passages.map(({ text, headings, page }, orderNo) => ({
      id: `${id}:${orderNo}`,
      fileAssetId: id,
      orderNo,
      content: text,
      tokenCount: Math.ceil(text.length / CHARACTERS_OF_A_TOKEN),
      anchor: page === undefined ? undefined : { page },
      metadata: { headings },
    }))
  } catch (thrown) {
    if (thrown instanceof ParleyError && thrown.code === 'invalid_request') return []
    throw thrown
  }
}

/** The pieces that fit the words best; without words the first ones. */
export function searchChunks(chunks: FileChunk[], query: string, limit: number): FileChunk[] {
  if (query.trim() === '') return chunks.slice(0, limit)
  const document = { title: '', text: '' } // every passage is of the same file
  const index = indexPassages(
    chunks.map((chunk) => ({ document, headings: chunk.metadata.headings, text: chunk.content, chunk })),
  )
  return index.search(query, limit).map(({ passage }) => passage.chunk)
}
