import { createBest } from './best.js'
import { type KnowledgeDocument, type Passage, splitIntoPassages } from './passages.js'
import { wordsOf } from './words.js'

/** A passage and how well it fits; only the order of scores means something. */
export interface Hit<Kind extends Passage = Passage> {
  passage: Kind
  score: number
}

export interface KeywordIndex<Kind extends Passage = Passage> {
  /** The best passages first, of those that `isMeant` takes; none when no word of the query occurs. */
  search(query: string, limit?: number, isMeant?: (passage: Kind) => boolean): Hit<Kind>[]
}

/** Words in a heading say more about a passage than words in its text. */
const HEADING_WEIGHT = 3
const SATURATION = 1.2
const LENGTH_WEIGHT = 0.75

/** Makes documents searchable by keywords. */
export const createKeywordIndex = (documents: KnowledgeDocument[]): KeywordIndex =>
  indexPassages(documents.flatMap(splitIntoPassages))

/** Makes passages searchable by keywords, in memory: fit for tens of thousands. Ranks by Okapi BM25. */
export function indexPassages<Kind extends Passage>(passages: Kind[]): KeywordIndex<Kind> {
  /** Of each word: a passage, how often it is there, the next passage, … */
  const postings = new Map<string, number[]>()
  const lengths = passages.map((passage, index) => {
    const heading = [headingOf(passage), ...(passage.keywords ?? [])].join(' ')
    const words = [...wordsOf(passage.text), ...repeat(wordsOf(heading), HEADING_WEIGHT)]
    for (const [word, count] of countWords(words)) {
      const places = postings.get(word)
      if (places) places.push(index, count)
      else postings.set(word, [index, count])
    }
    return words.length
  })
  const averageLength = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length)

  return {
    search(query, limit = 4, isMeant = () => true) {
      const scores = new Float64Array(passages.length)
      for (const word of new Set(wordsOf(query))) {
        const places = postings.get(word)
        if (!places) continue
        const spread = places.length / 2
        const rarity = Math.log(1 + (passages.length - spread + 0.5) / (spread + 0.5))
        for (let place = 0; place < places.length; place += 2) {
          const index = places[place] as number // pairs, as above
          const count = places[place + 1] as number
          const length = 1 - LENGTH_WEIGHT + (LENGTH_WEIGHT * (lengths[index] ?? 0)) / averageLength
          scores[index] = (scores[index] ?? 0) + (rarity * count * (SATURATION + 1)) / (count + SATURATION * length)
        }
      }
      const best = createBest(limit)
      for (const [index, score] of scores.entries())
        if (score > 0 && isMeant(passages[index] as Kind)) best.offer(index, score) // one score each
      return best.take().flatMap(({ row, score }) => {
        const passage = passages[row]
        return passage ? [{ passage, score }] : []
      })
    },
  }
}

function countWords(words: string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

/** What stands under no heading of its own introduces the document. */
const headingOf = ({ headings, document }: Passage): string =>
  headings.length > 0 ? headings.join(' ') : document.title

const repeat = (words: string[], times: number): string[] => Array.from({ length: times }, () => words).flat()
