import {
  type KnowledgeBaseRecord,
  type KnowledgeDocumentRecord,
  type PassageHits,
  passageId,
  type SearchSettings,
} from '../storage/knowledge-store.js'
import { searchedOf } from './children.js'
import { fuseRanks } from './fuse-ranks.js'
import { type CountedPassage, createHitCounter } from './hit-counter.js'
import type { Hit } from './keyword-index.js'
import type { KnowledgeParts } from './knowledge-parts.js'
import { createPassageIndex, type EmbeddedPassage, type PassageIndex } from './passage-index.js'
import { type KnowledgeDocument, type Passage, textForModel } from './passages.js'
import { decodeVector, toVector, type Vector } from './vector.js'

/** A passage of a base, and where it is from. */
export interface StoredPassage extends Passage, CountedPassage {
  id: string
  /** Its place in the document, from 0; among the children of its parent, for a child. */
  place: number
  /** What it is a part of. */
  parent?: StoredPassage
  /** It is a question and its answer, which its text says in one. */
  question?: string
  answer?: string
  /** Somebody wrote it, and did not cut it from its parent. */
  written?: true
  /** How often it was found. */
  hits: number
  document: KnowledgeDocument & { record: KnowledgeDocumentRecord }
}

/** What is found, and how. What is absent is as the base itself has it. */
export interface SearchOptions extends Partial<SearchSettings> {
  limit: number
  /** Only passages of documents that it takes. */
  of?: ((document: KnowledgeDocumentRecord) => boolean) | undefined
}

/** A passage that was found. */
export interface KnowledgeHit extends Hit<StoredPassage> {
  base: Pick<KnowledgeBaseRecord, 'id' | 'name'>
  /** Its children that were found, the best first; it has their best score. */
  children?: Hit<StoredPassage>[]
}

/** Passages of all bases that are kept ready in memory, about 3 KB each. */
const MOST_KEPT = 100_000

interface Kept {
  revision: number
  index: Promise<BaseIndex>
}

interface BaseIndex extends PassageIndex<StoredPassage> {
  /** Some passages are found by their children. */
  hasChildren: boolean
}

/** Where passages are found by their children, so many children for every passage: some have the same parent. */
const CHILDREN_FOR_ONE = 8

/** So many of the best are put in order anew. */
const RERANKED = 40

/**
 * Searches bases. Each is read into memory by the first search, and again once it says something else; those that
 * nobody has searched for longest make room.
 */
export function createKnowledgeSearch({ store, embedder, reranker, clock, log }: KnowledgeParts) {
  const counter = createHitCounter({ store, clock, log })
  const kept = new Map<string, Kept>()

  async function indexOf(workspaceId: string, baseId: string): Promise<BaseIndex | undefined> {
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

  async function readBase(workspaceId: string, baseId: string): Promise<BaseIndex> {
    const passages: EmbeddedPassage<StoredPassage>[] = []
    const hits = byDocument(await store.loadHits(workspaceId, baseId))
    let after: string | undefined
    do {
      const page = await store.listDocuments(workspaceId, baseId, { limit: 100, order: 'asc', ...(after && { after }) })
      for (const document of page.data)
        if (!document.hidden)
          for (const passage of await passagesOf(document, hits.get(document.id))) passages.push(passage)
      after = page.has_more ? page.after : undefined
    } while (after !== undefined)
    return { ...createPassageIndex(passages), hasChildren: passages.some(({ parent }) => parent !== undefined) }
  }

  async function passagesOf(
    record: KnowledgeDocumentRecord,
    hits: ReadonlyMap<string, number> = new Map(),
  ): Promise<EmbeddedPassage<StoredPassage>[]> {
    const { title, filename, url } = record
    const document = { record, title, text: '', ...(filename && { filename }), ...(url && { url }) }
    const comparable = embedder !== undefined && record.embedding_model === embedder.model
    const stored = await store.loadPassages(record)
    const isSearched = searchedOf(record, stored)
    const parents = new Map<string, StoredPassage>()
    const places = new Map<string, number>()
    const found: EmbeddedPassage<StoredPassage>[] = []
    for (const [number, row] of stored.entries()) {
      const { vector, hidden, parent: parentId = '', ...passage } = row
      const place = places.get(parentId) ?? 0
      places.set(parentId, place + 1)
      const parent = parents.get(parentId)
      if (hidden || (parentId !== '' && !parent)) continue
      const id = passageId(row, record.id, number)
      const one: StoredPassage = { ...passage, id, place, document, hits: hits.get(id) ?? 0 }
      if (parent) Object.assign(one, { parent, ...(parent.keywords && { keywords: parent.keywords }) })
      else parents.set(id, one)
      if (isSearched(row))
        found.push(comparable && vector !== undefined ? Object.assign(one, { vector: decodeVector(vector) }) : one)
    }
    return found
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

  /** As the rerank model has them. A host that is down leaves them as they were found. */
  async function inOrder<Found extends Hit<StoredPassage>>(query: string, hits: Found[]): Promise<Found[]> {
    try {
      const scores = await reranker?.rerank(
        query,
        hits.map(({ passage }) => textForModel(passage)),
      )
      if (!scores) return hits
      return hits
        .map((hit, place) => ({ ...hit, score: scores[place] ?? 0 }))
        .toSorted((one, other) => other.score - one.score)
    } catch (cause) {
      log.warn('The rerank model did not answer: what was found stays in the order it was found in.', { cause })
      return hits
    }
  }

  async function search(
    workspaceId: string,
    baseIds: readonly string[],
    text: string,
    { limit, of, ...asked }: SearchOptions,
  ): Promise<KnowledgeHit[]> {
    const bases = await Promise.all(
      baseIds.map(async (id) => {
        const [index, base] = await Promise.all([indexOf(workspaceId, id), store.loadBase(workspaceId, id)])
        return index && base ? [{ index, base, settings: { ...base.search, ...asked } }] : []
      }),
    )
    const found = bases.flat()
    if (found.length === 0) return []
    const vector = found.some(({ settings }) => settings.by !== 'words') ? await meaningOf(text) : undefined
    const isMeant = of && (({ document }: StoredPassage) => of(document.record))
    const lists = await Promise.all(
      found.map(async ({ index, base: { id, name }, settings: { by, least = 0, weights, rerank } }) => {
        const query = { text, weights, ...(vector && { vector }), ...(by && { by }) }
        const wanted = rerank && reranker ? Math.max(limit, RERANKED) : limit
        const hits = index.hasChildren
          ? underParents(index.search(query, wanted * CHILDREN_FOR_ONE, isMeant)).slice(0, wanted)
          : index.search(query, wanted, isMeant)
        const best = rerank ? (await inOrder(text, hits)).slice(0, limit) : hits
        return best.filter(({ score }) => score >= least).map((hit): KnowledgeHit => ({ ...hit, base: { id, name } }))
      }),
    )
    const [only] = lists
    const best = only && lists.length === 1 ? only : fuseRanks(lists, limit)
    counter.count(best.map(({ passage }) => passage))
    return best
  }

  return { search, flush: counter.flush }
}

function byDocument(rows: readonly PassageHits[]): Map<string, Map<string, number>> {
  const documents = new Map<string, Map<string, number>>()
  for (const { document_id, passage_id, hits } of rows) {
    const counts = documents.get(document_id) ?? new Map<string, number>()
    documents.set(document_id, counts.set(passage_id, hits))
  }
  return documents
}

/** Parents in the place of their children, at the place of the best of them. */
function underParents(hits: Hit<StoredPassage>[]): Omit<KnowledgeHit, 'base'>[] {
  const found = new Map<StoredPassage, Omit<KnowledgeHit, 'base'>>()
  for (const { passage, score } of hits) {
    const top = passage.parent ?? passage
    const hit = found.get(top) ?? { passage: top, score }
    if (passage.parent) hit.children = [...(hit.children ?? []), { passage, score }]
    found.set(top, hit)
  }
  return [...found.values()]
}
