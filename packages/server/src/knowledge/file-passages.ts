import { ParleyError } from '@parley/protocol'
import { indexPassages } from './keyword-index.js'
import type { KnowledgeBases } from './knowledge-bases.js'
import type { Passage } from './passages.js'

/** A piece of a file. */
export interface FilePassage extends Omit<Passage, 'document'> {
  /** Its place in the file, from 0. */
  order: number
}

/** What a file says, piece by piece in its order; nothing for what holds no text that can be read. */
export async function passagesOf(
  { cutFile }: Pick<KnowledgeBases, 'cutFile'>,
  file: { name: string; bytes: Uint8Array },
): Promise<FilePassage[]> {
  try {
    return (await cutFile(file)).map((passage, order) => ({ ...passage, order }))
  } catch (thrown) {
    if (thrown instanceof ParleyError && thrown.code === 'invalid_request') return []
    throw thrown
  }
}

/** The pieces that fit the words best; without words the first ones. */
export function bestPassages(passages: readonly FilePassage[], query: string, limit: number): FilePassage[] {
  if (query.trim() === '') return passages.slice(0, limit)
  const document = { title: '', text: '' } // every piece is of the same file
  const index = indexPassages(passages.map((passage) => ({ ...passage, document })))
  return index.search(query, limit).map(({ passage: { document: _, ...found } }) => found)
}
