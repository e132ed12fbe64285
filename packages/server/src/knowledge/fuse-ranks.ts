import type { Hit } from './keyword-index.js'

/** Softens the lead of the first places; 60 is the value of the paper on reciprocal rank fusion. */
const SOFTENING = 60

/** Makes one list of several whose scores cannot be compared: a passage ranks by its places in all of them. */
export function fuseRanks(lists: Hit[][], limit: number): Hit[] {
  const scores = new Map<Hit['passage'], number>()
  for (const hits of lists)
    for (const [place, { passage }] of hits.entries())
      scores.set(passage, (scores.get(passage) ?? 0) + 1 / (SOFTENING + place))
  return [...scores]
    .map(([passage, score]) => ({ passage, score }))
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
}
