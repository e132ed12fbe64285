import { fuseRanks } from './fuse-ranks.js'
import { type Hit, indexPassages } from './keyword-index.js'
import type { Passage } from './passages.js'
import type { Vector } from './vector.js'
import { createVectorIndex } from './vector-index.js'

/** A passage and, if an embedding model has read it, what it means as a vector. */
export interface EmbeddedPassage extends Passage {
  vector?: Vector
}

/** What is looked for: its words and, where there is an embedding model, its meaning. */
export interface PassageQuery {
  text: string
  vector?: Vector
}

export interface PassageIndex {
  /** How many passages there are. */
  size: number
  /** The best passages first. */
  search(query: PassageQuery, limit: number): Hit[]
}

/** How many of each list count. */
const LISTED = 50
/** Searches passages by words and by meaning at once: a passage ranks by its places in both lists. */
export function createPassageIndex(passages: EmbeddedPassage[]): PassageIndex {
  const words = indexPassages(passages)
  const meanings = createVectorIndex(passages.map(({ vector }) => vector))
  return {
    size: passages.length,
    search({ text, vector }, limit) {
      const byWords = words.search(text, vector ? LISTED : limit)
      if (!vector) return byWords
      const byMeaning = meanings.search(vector, LISTED).flatMap((number): Hit[] => {
        const passage = passages[number]
        return passage ? [{ passage, score: 0 }] : []
      })
      return fuseRanks([byWords, byMeaning], limit)
    },
  }
}
