import type { SearchWeights } from '../storage/knowledge-store.js'
import type { Hit } from './keyword-index.js'

/** Makes one list of two whose scores go from 0 to 1: each counts by its weight, and a list without a passage counts 0 for it. */
export function weighHits<Found extends Hit>(
  lists: { words: Found[]; meaning: Found[] },
  { words, meaning }: SearchWeights,
): Found[] {
  const all = words + meaning
  const weighed = new Map<Found['passage'], Found>()
  const add = (hits: Found[], share: number) => {
    for (const hit of hits) {
      const score = (weighed.get(hit.passage)?.score ?? 0) + hit.score * share
      weighed.set(hit.passage, { ...hit, score })
    }
  }
  add(lists.words, words / all)
  add(lists.meaning, meaning / all)
  return [...weighed.values()].filter(({ score }) => score > 0).sort((one, other) => other.score - one.score)
}
