import { ParleyError } from '@parley/protocol'
import type { CutSettings, PassageRecord, SplitSettings } from '../storage/knowledge-store.js'
import { cutText, splitSections } from './passages.js'

/** What is read of a document, part by part. */
type Sections = { text: string; page?: number }[]

/** A document that is one passage is cut all the same once no model could read it any more. */
const LONGEST_WHOLE = 40_000
const MOST_PASSAGES = 50_000

/**
 * The passages of a document, each followed by its children, where it is to have some.
 *
 * @throws {ParleyError} `invalid_request` when there are too many
 */
export function splitDocument(
  sections: Sections,
  { without = [], passages, children }: SplitSettings = {},
  title?: string,
): PassageRecord[] {
  const clean = sections.map((section) => ({
    ...section,
    text: without.reduce((text, kind) => CLEANERS[kind](text), section.text),
  }))
  const all: PassageRecord[] = []
  for (const passage of cutSections(clean, passages, title)) {
    all.push(...(children ? withChildren(passage, children) : [passage]))
    if (all.length > MOST_PASSAGES)
      throw new ParleyError('invalid_request', 'The document is too long. Split it into smaller ones.')
  }
  return all
}

function cutSections(sections: Sections, way: SplitSettings['passages'], title: string | undefined): PassageRecord[] {
  if (way === undefined) return splitSections(sections, title)
  if (way === 'whole') return cutText(textOf(sections), LONGEST_WHOLE).map((text) => ({ headings: [], text }))
  return sections.flatMap(({ text, page }) =>
    cutAt(text, way).map((part) => ({ headings: [], text: part, ...(page !== undefined && { page }) })),
  )
}

const textOf = (sections: Sections): string => sections.map(({ text }) => text).join('\n\n')

/** A passage and what it is cut into. */
export function withChildren(passage: PassageRecord, cut: CutSettings): (PassageRecord & { id: string })[] {
  const parent = { ...passage, id: passage.id ?? crypto.randomUUID() }
  return [parent, ...childrenOf(parent, cut)]
}

export const childrenOf = (
  { id, headings, page, text }: PassageRecord & { id: string },
  cut: CutSettings,
): (PassageRecord & { id: string })[] =>
  cutAt(text, cut).map((part) => ({
    id: crypto.randomUUID(),
    parent: id,
    headings,
    text: part,
    ...(page !== undefined && { page }),
  }))

const CLEANERS: Record<NonNullable<SplitSettings['without']>[number], (text: string) => string> = {
  blanks: (text) => text.replace(/\n{3,}/g, '\n\n').replace(/[^\S\n]{2,}/g, ' '),
  addresses: (text) => text.replace(/\bhttps?:\/\/[^\s<>()]+|\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g, ''),
}

const cutAt = (text: string, { separator, longest, overlap }: CutSettings): string[] =>
  (separator === '' ? [text] : text.split(separator, MOST_PASSAGES + 1))
    .map((part) => part.trim())
    .filter(Boolean)
    .flatMap((part) => cutText(part, longest, overlap))
