import { endOf, labelOf, type PlacedTag, type TaggedText } from './tagged-text.js'

/** What an edit made of the tags. */
export interface TagEdit {
  tags: PlacedTag[]
  /** Tags the edit cut into or took away, as they stood before. */
  lost: PlacedTag[]
  /** What is left in the text of tags that were cut into. */
  remains: { start: number; end: number }[]
}

/**
 * Follows the tags through one edit of the text, by whatever means it was made.
 *
 * @param caret Where the cursor stands afterwards: it tells which of two equal letters was the new one.
 * @param lostBefore Tags of earlier edits: a name that comes back whole (undo, cut and paste) is that tag again.
 */
export function editTags(before: TaggedText, text: string, caret: number, lostBefore: readonly PlacedTag[]): TagEdit {
  const { start, oldEnd, newEnd } = changed(before.text, text, caret)
  const shift = newEnd - oldEnd
  const edit: TagEdit = { tags: [], lost: [], remains: [] }
  for (const placed of before.tags) {
    const end = endOf(placed)
    if (end <= start) edit.tags.push(placed)
    else if (placed.start >= oldEnd) edit.tags.push({ ...placed, start: placed.start + shift })
    else {
      edit.lost.push(placed)
      if (placed.start < start) edit.remains.push({ start: placed.start, end: start })
      if (end > oldEnd) edit.remains.push({ start: newEnd, end: end + shift })
    }
  }
  edit.tags.push(...returned(text.slice(start, newEnd), start, lostBefore))
  edit.tags.sort((a, b) => a.start - b.start)
  return edit
}

/** The one stretch that differs: from `start` to `oldEnd` before, to `newEnd` after. */
function changed(before: string, after: string, caret: number) {
  const behind = after.length - caret
  const isAtCaret = behind <= before.length && before.endsWith(after.slice(caret))
  const suffix = isAtCaret ? behind : commonEnd(before, after)
  const most = Math.min(before.length, after.length) - suffix
  let start = 0
  while (start < most && before[start] === after[start]) start++
  return { start, oldEnd: before.length - suffix, newEnd: after.length - suffix }
}

function commonEnd(before: string, after: string): number {
  const most = Math.min(before.length, after.length)
  let count = 0
  while (count < most && before.at(-1 - count) === after.at(-1 - count)) count++
  return count
}

function returned(inserted: string, offset: number, lost: readonly PlacedTag[]): PlacedTag[] {
  const found: PlacedTag[] = []
  for (const { tag } of lost.toReversed()) {
    const label = labelOf(tag)
    const at = inserted.indexOf(label)
    const start = offset + at
    const isFree = found.every((other) => start >= endOf(other) || start + label.length <= other.start)
    if (at >= 0 && isFree) found.push({ start, tag })
  }
  return found
}
