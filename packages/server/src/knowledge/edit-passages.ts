import type { CutSettings } from '../storage/knowledge-store.js'
import type { NamedPassage } from './knowledge-bases.js'
import { questionPassages } from './questions.js'
import { childrenOf, withChildren } from './split-document.js'

/** Passages of a document as somebody edits them: the whole list in, the whole list out. */
type Passages = readonly NamedPassage[]

/** What somebody writes as a passage. */
export type PassageText = Pick<NamedPassage, 'text' | 'keywords'> & { answer?: string | undefined }

/** What is said of a passage; what is left out stays. */
export interface PassageChange {
  /** Of a question: the question. */
  text?: string | undefined
  answer?: string | undefined
  keywords?: string[] | undefined
  hidden?: boolean | undefined
}

/** New passages of a document, each with its children where the document has some. */
export const newPassages = (texts: readonly PassageText[], cut: CutSettings | undefined): NamedPassage[] =>
  texts.flatMap(({ answer, ...text }) => {
    const passage = { id: crypto.randomUUID(), headings: [], ...text }
    if (answer !== undefined) return questionPassages({ question: text.text, answer }, passage)
    return cut ? withChildren(passage, cut) : [passage]
  })

/** @param cut How its children are made anew. Absent: they stay as they are. */
export function changePassage(
  passages: Passages,
  passage: NamedPassage,
  { change, cut }: { change: PassageChange; cut?: CutSettings | undefined },
): NamedPassage[] {
  const { hidden: before, ...rest } = passage
  const { hidden = before ?? false, text, answer, keywords } = change
  const next: NamedPassage = {
    ...rest,
    ...(text !== undefined && { text }),
    ...(keywords && { keywords }),
    ...(hidden && { hidden }),
  }
  if (passage.question !== undefined && passage.answer !== undefined) {
    const pair = { question: text ?? passage.question, answer: answer ?? passage.answer }
    const again = questionPassages(pair, next)
    return passages.flatMap((one) => (one.id === passage.id ? again : one.parent === passage.id ? [] : [one]))
  }
  const written = passages.map((one) => (one.id === passage.id ? next : one))
  return cut ? [...written.filter(({ parent }) => parent !== next.id), ...childrenOf(next, cut)] : written
}

/** With its children. */
export const removePassage = (passages: Passages, id: string): NamedPassage[] =>
  passages.filter((passage) => passage.id !== id && passage.parent !== id)

/** A child that somebody wrote, in place of cutting it from its parent. */
export const addChild = (
  passages: Passages,
  { id: parent, headings, page }: NamedPassage,
  child: { id: string; text: string },
): NamedPassage[] => [...passages, { ...child, parent, headings, written: true, ...(page !== undefined && { page }) }]

export const changeChild = (passages: Passages, id: string, text: string): NamedPassage[] =>
  passages.map((one) => (one.id === id ? { ...one, text, written: true } : one))
