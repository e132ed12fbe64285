import type { Hit } from './keyword-index.js'

/** Softens the lead of the first places; 60 is the value of the paper on reciprocal rank fusion. */
const SOFTENING = 60

/**
 * Makes one list of several whose scores cannot be compared: a passage ranks by its places in all of them. The first
 * of every list scores 1.
 */
export function fuseRanks<Found extends Hit>(lists: Found[][], limit: number): Found[] {
  const fused = new Map<Found['passage'], Found>()
  for (const hits of lists)
    for (const [place, hit] of hits.entries()) {
      const score = (fused.get(hit.passage)?.score ?? 0) + SOFTENING / (SOFTENING + place) / lists.length
      fused.set(hit.passage, { ...hit, score })
    }
  return [...fused.values()].sort((a, b) => b.score - a.score).slice(0, limit)
}
