import type { KnowledgeDocumentRecord, PassageRecord } from '../storage/knowledge-store.js'

/**
 * Which passages of a document searches look at: where it was cut into parents and children, a parent is found by its
 * children alone. Anywhere else a child adds another way to find its parent.
 */
export function searchedOf(
  { split }: Pick<KnowledgeDocumentRecord, 'split'>,
  passages: readonly PassageRecord[],
): (passage: PassageRecord) => boolean {
  if (!split?.children && !split?.questions) return () => true
  const parents = new Set(passages.flatMap(({ parent }) => parent ?? []))
  return ({ id }) => id === undefined || !parents.has(id)
}

/** How much of a document there is; what children say, their parents said already. */
export function measure(passages: readonly PassageRecord[]) {
  const own = passages.filter(({ parent }) => parent === undefined)
  return {
    passages: passages.length,
    children: passages.length - own.length,
    characters: own.reduce((sum, { text }) => sum + text.length, 0),
  }
}

/** A passage that is no part of another, its place in the document from 0, and its parts. */
export interface ParentPassage<Passage> {
  passage: Passage
  place: number
  children: Passage[]
}

/** The passages of a document that are no part of others, in its order. */
export function parentsOf<Passage extends Pick<PassageRecord, 'id' | 'parent'>>(
  passages: readonly Passage[],
): ParentPassage<Passage>[] {
  const children = new Map<string, Passage[]>()
  for (const passage of passages)
    if (passage.parent !== undefined) children.set(passage.parent, [...(children.get(passage.parent) ?? []), passage])
  return passages
    .filter(({ parent }) => parent === undefined)
    .map((passage, place) => ({ passage, place, children: children.get(passage.id ?? '') ?? [] }))
}
