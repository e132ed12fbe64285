import type { KnowledgeDocumentRecord } from '../storage/knowledge-store.js'
import { fuseRanks } from './fuse-ranks.js'
import type { Hit } from './keyword-index.js'
import type { KnowledgeParts } from './knowledge-parts.js'
import { createPassageIndex, type EmbeddedPassage, type PassageIndex } from './passage-index.js'
import { decodeVector, toVector, type Vector } from './vector.js'

/** Passages of all bases that are kept ready in memory, about 3 KB each. */
const MOST_KEPT = 100_000

interface Kept {
  revision: number
  index: Promise<PassageIndex>
}

/**
 * Searches bases. Each is read into memory by the first search, and again once it says something else; those that
 * nobody has searched for longest make room.
 */
export function createKnowledgeSearch({ store, embedder, log }: KnowledgeParts) {
  const kept = new Map<string, Kept>()

  async function indexOf(workspaceId: string, baseId: string): Promise<PassageIndex | undefined> {
    const key = JSON.stringify([workspaceId, baseId])
    const revision = await store.revisionOf(workspaceId, baseId)
    const before = kept.get(key)
    kept.delete(key)
    if (revision === null) return undefined
    const entry = before?.revision === revision ? before : { revision, index: readBase(workspaceId, baseId) }
    kept.set(key, entry)
    entry.index.catch(() => kept.get(key) === entry && kept.delete(key)) // whoever waits for it hears why
    await makeRoom()
    return entry.index
  }

  async function makeRoom(): Promise<void> {
    let passages = 0
    for (const [key, { index }] of [...kept].reverse()) {
      passages += await index.then(
        ({ size }) => size,
        () => 0,
      )
      if (passages > MOST_KEPT && kept.size > 1) kept.delete(key)
    }
  }

  async function readBase(workspaceId: string, baseId: string): Promise<PassageIndex> {
    const passages: EmbeddedPassage[] = []
    let after: string | undefined
    do {
      const page = await store.listDocuments(workspaceId, baseId, { limit: 100, order: 'asc', ...(after && { after }) })
      for (const document of page.data) passages.push(...(await passagesOf(document)))
      after = page.has_more ? page.after : undefined
    } while (after !== undefined)
    return createPassageIndex(passages)
  }

  async function passagesOf(record: KnowledgeDocumentRecord): Promise<EmbeddedPassage[]> {
    const { title, filename, url } = record
    const document = { title, text: '', ...(filename && { filename }), ...(url && { url }) }
    const comparable = embedder !== undefined && record.embedding_model === embedder.model
    return (await store.loadPassages(record)).map(({ vector, ...passage }) => ({
      ...passage,
      document,
      ...(comparable && vector !== undefined && { vector: decodeVector(vector) }),
    }))
  }

  /** A host that is down takes the meaning with it, not the words. */
  async function meaningOf(query: string): Promise<Vector | undefined> {
    try {
      const [numbers] = (await embedder?.embed([query])) ?? []
      return numbers && toVector(numbers)
    } catch (cause) {
      log.warn('The embedding model did not answer: knowledge is searched by words alone.', { cause })
      return undefined
    }
  }

  return async (workspaceId: string, baseIds: readonly string[], text: string, limit: number): Promise<Hit[]> => {
    const found = await Promise.all(baseIds.map((id) => indexOf(workspaceId, id)))
    const indices = found.filter((index) => index !== undefined)
    if (indices.length === 0) return []
    const vector = await meaningOf(text)
    const lists = indices.map((index) => index.search({ text, ...(vector && { vector }) }, limit))
    return fuseRanks(lists, limit)
  }
}
