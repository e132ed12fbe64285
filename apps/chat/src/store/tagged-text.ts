import type { InputTag, UserMessageContent } from '@parley/protocol'

/** A mention inside the text: its name stands in the text itself, from `start` on, behind an "@". */
export interface PlacedTag {
  readonly start: number
  readonly tag: InputTag
}

/** What is being written: plain text, and which of its pieces are mentions. */
export interface TaggedText {
  readonly text: string
  /** In the order of the text; they never overlap. */
  readonly tags: readonly PlacedTag[]
}

/** Names longer than this are cut while they are written; what is sent is the whole name. */
const LONGEST_NAME = 40

/** How a tag reads in the text. One line, whatever its name holds. */
export function labelOf({ text }: Pick<InputTag, 'text'>): string {
  const name = text.replace(/[\s\p{Cc}]+/gu, ' ').trim()
  return `@${name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name}`
}

export const endOf = ({ start, tag }: PlacedTag): number => start + labelOf(tag).length

export function fromContent(content: readonly UserMessageContent[]): TaggedText {
  let text = ''
  const tags: PlacedTag[] = []
  for (const part of content) {
    if (part.type === 'input_tag') tags.push({ start: text.length, tag: part })
    text += part.type === 'input_tag' ? labelOf(part) : part.text
  }
  return { text, tags }
}

/** The parts of the message, as typed; blanks around the whole are left out. */
export function toContent({ text, tags }: TaggedText): UserMessageContent[] {
  const pieces = cut({ text, tags }).map((piece): UserMessageContent => {
    return typeof piece === 'string' ? { type: 'input_text', text: piece } : piece.tag
  })
  const [first] = pieces
  if (first?.type === 'input_text') pieces[0] = { ...first, text: first.text.trimStart() }
  const last = pieces.at(-1)
  if (last?.type === 'input_text') pieces[pieces.length - 1] = { ...last, text: last.text.trimEnd() }
  return pieces.filter((part) => part.type === 'input_tag' || part.text !== '')
}

/** Text and tags in their order. */
export function cut({ text, tags }: TaggedText): (string | PlacedTag)[] {
  let at = 0
  const pieces: (string | PlacedTag)[] = []
  for (const placed of tags) {
    pieces.push(text.slice(at, placed.start), placed)
    at = endOf(placed)
  }
  return [...pieces, text.slice(at)].filter((piece) => piece !== '')
}

/** The tag that holds this place between two characters inside itself, if any. */
export function tagAround(tags: readonly PlacedTag[], at: number): PlacedTag | undefined {
  return tags.find((placed) => placed.start < at && at < endOf(placed))
}
