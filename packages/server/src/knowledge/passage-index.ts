import type { SearchWeights } from '../storage/knowledge-store.js'
import { fuseRanks } from './fuse-ranks.js'
import { type Hit, indexPassages } from './keyword-index.js'
import type { Passage } from './passages.js'
import type { Vector } from './vector.js'
import { createVectorIndex } from './vector-index.js'
import { weighHits } from './weigh-hits.js'

/** A passage and, if an embedding model has read it, what it means as a vector. */
export type EmbeddedPassage<Kind extends Passage = Passage> = Kind & { vector?: Vector }

/** What is looked for: its words and, where there is an embedding model, its meaning. */
export interface PassageQuery {
  text: string
  vector?: Vector
  /** Default: both, as far as there is an embedding model. */
  by?: 'words' | 'meaning' | 'both'
  /** How much each counts, where both do. Absent: a passage ranks by its places in both lists. */
  weights?: SearchWeights | undefined
}

export interface PassageIndex<Kind extends Passage = Passage> {
  /** How many passages there are. */
  size: number
  /** The best passages first, with scores from 0 to 1, of those that `isMeant` takes. */
  search(query: PassageQuery, limit: number, isMeant?: (passage: Kind) => boolean): Hit<Kind>[]
}

/** How many of each list count, at least. */
const LISTED = 50

/** A fit by words, which has no end, among scores that end at 1: what scores this much is half a fit. */
const HALF_A_FIT = 4

/** Searches passages by words and by meaning at once: a passage ranks by its places in both lists. */
export function createPassageIndex<Kind extends Passage>(passages: EmbeddedPassage<Kind>[]): PassageIndex<Kind> {
  const words = indexPassages<Kind>(passages)
  const meanings = createVectorIndex(passages.map(({ vector }) => vector))
  return {
    size: passages.length,
    search({ text, vector, by = 'both', weights }, limit, isMeant) {
      const wanted = vector && by === 'both' ? Math.max(LISTED, limit) : limit
      const byWords = () =>
        words
          .search(text, wanted, isMeant)
          .map(({ passage, score }) => ({ passage, score: score / (score + HALF_A_FIT) }))
      if (!vector || by === 'words') return byWords()
      const row = isMeant && ((number: number) => isMeant(passages[number] as Kind)) // a number of this list
      const byMeaning = meanings.search(vector, wanted, row).flatMap(({ number, score }): Hit<Kind>[] => {
        const passage = passages[number]
        return passage ? [{ passage, score: Math.min(1, Math.max(0, score)) }] : []
      })
      if (by === 'meaning') return byMeaning
      return weights
        ? weighHits({ words: byWords(), meaning: byMeaning }, weights).slice(0, limit)
        : fuseRanks([byWords(), byMeaning], limit)
    },
  }
}
