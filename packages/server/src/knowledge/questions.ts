import type { PassageRecord } from '../storage/knowledge-store.js'
import type { QuestionAndAnswer } from './knowledge-parts.js'

/**
 * A question and its answer as a passage: whoever finds it reads both, and searches by meaning look at the question
 * alone, which is its one child.
 */
export function questionPassages(
  { question, answer }: QuestionAndAnswer,
  place: Omit<PassageRecord, 'text' | 'parent' | 'question' | 'answer'> = { headings: [] },
): (PassageRecord & { id: string })[] {
  const id = place.id ?? crypto.randomUUID()
  const { headings, page } = place
  return [
    { ...place, id, text: `${question}\n${answer}`, question, answer },
    { id: crypto.randomUUID(), parent: id, headings, text: question, ...(page !== undefined && { page }) },
  ]
}

/** Passages as questions and answers, in their order. @throws whatever `make` does */
export async function asQuestions(
  passages: readonly PassageRecord[],
  make: (text: string) => Promise<QuestionAndAnswer[]>,
): Promise<PassageRecord[]> {
  const all: PassageRecord[] = []
  for (const { headings, text, page } of passages) {
    const place = { headings, ...(page !== undefined && { page }) }
    const pairs = await make([...headings, text].join('\n'))
    all.push(...pairs.flatMap((pair) => questionPassages(pair, place)))
  }
  return all
}
