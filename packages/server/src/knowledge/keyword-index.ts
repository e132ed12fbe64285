import { type KnowledgeDocument, type Passage, splitIntoPassages } from './passages.js'
import { wordsOf } from './words.js'

/** A passage and how well it fits; only the order of scores means something. */
export interface Hit {
  passage: Passage
  score: number
}

export interface KeywordIndex {
  /** The best passages first; none when no word of the query occurs. */
  search(query: string, limit?: number): Hit[]
}

/** Words in a heading say more about a passage than words in its text. */
const HEADING_WEIGHT = 3
const SATURATION = 1.2
const LENGTH_WEIGHT = 0.75

/** Makes documents searchable by keywords, in memory: fit for a few thousand passages. Ranks by Okapi BM25. */
export function createKeywordIndex(documents: KnowledgeDocument[]): KeywordIndex {
  const passages = documents.flatMap(splitIntoPassages)
  const postings = new Map<string, Map<number, number>>()
  const lengths = passages.map((passage, index) => {
    const words = [...wordsOf(passage.text), ...repeat(wordsOf(headingOf(passage)), HEADING_WEIGHT)]
    for (const word of words) {
      const counts = postings.get(word) ?? new Map<number, number>()
      counts.set(index, (counts.get(index) ?? 0) + 1)
      postings.set(word, counts)
    }
    return words.length
  })
  const averageLength = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length)

  return {
    search(query, limit = 4) {
      const scores = new Map<number, number>()
      for (const word of new Set(wordsOf(query))) {
        const counts = postings.get(word)
        if (!counts) continue
        const rarity = Math.log(1 + (passages.length - counts.size + 0.5) / (counts.size + 0.5))
        for (const [index, count] of counts) {
          const length = 1 - LENGTH_WEIGHT + (LENGTH_WEIGHT * (lengths[index] ?? 0)) / averageLength
          const gain = (rarity * count * (SATURATION + 1)) / (count + SATURATION * length)
          scores.set(index, (scores.get(index) ?? 0) + gain)
        }
      }
      return [...scores]
        .sort(([a, scoreA], [b, scoreB]) => scoreB - scoreA || a - b)
        .slice(0, limit)
        .flatMap(([index, score]) => {
          const passage = passages[index]
          return passage ? [{ passage, score }] : []
        })
    },
  }
}

/** What stands under no heading of its own introduces the document. */
const headingOf = ({ headings, document }: Passage): string =>
  headings.length > 0 ? headings.join(' ') : document.title

const repeat = (words: string[], times: number): string[] => Array.from({ length: times }, () => words).flat()
