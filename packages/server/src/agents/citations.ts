import type { Annotation } from '@parley/protocol'
import type { SourceList } from './source-list.js'

/** A piece of an answer: text without its markers, and the annotations that stood in it. */
export interface CitedText {
  text: string
  annotations: Annotation[]
}

/**
 * Turns the `[1]` markers of an answer into annotations while it is being written. A marker leaves the text, with the
 * space before it, and its annotation stands where it stood; the reader of the answer draws its own footnotes.
 * A marker may be cut anywhere; what could still become one is held back. Numbers no source has, links (`[1](…)`) and
 * code stay as they are.
 */
export function createCitationReader(sources: SourceList) {
  let held = ''
  let position = 0
  let insideCode = false

  const take = (text: string, final: boolean): CitedText => {
    const pending = held + text
    held = ''
    let clean = ''
    const annotations: Annotation[] = []
    let index = 0
    const pass = (length: number) => {
      const part = pending.slice(index, index + length)
      for (const character of part) if (character === '`') insideCode = !insideCode
      clean += part
      index += length
    }
    while (index < pending.length) {
      const next = insideCode ? pending.indexOf('`', index) : nextCandidate(pending, index)
      if (next < 0) {
        pass(pending.length - index)
        break
      }
      if (next > index) {
        pass(next - index)
        continue
      }
      if (pending[index] === '`') {
        pass(1)
        continue
      }
      const marker = MARKER.exec(pending.slice(index))
      if (marker && (final || index + marker[0].length < pending.length)) {
        const numbers = (marker[1] ?? '').split(',').map(Number)
        const cited = numbers.flatMap((number) => sources.get(number) ?? [])
        const isLink = pending[index + marker[0].length] === '('
        if (cited.length < numbers.length || isLink) pass(marker[0].length)
        else {
          for (const source of cited) annotations.push({ type: 'annotation', source, index: position + clean.length })
          index += marker[0].length
        }
      } else if (!final && COULD_BECOME_MARKER.test(pending.slice(index))) {
        held = pending.slice(index)
        break
      } else pass(1)
    }
    position += clean.length
    return { text: clean, annotations }
  }

  return {
    /** The next piece of the answer. Almost every one holds nothing a marker or code could begin with. */
    read(text: string): CitedText {
      if (held || text.endsWith(' ') || text.includes('[') || text.includes('`')) return take(text, false)
      position += text.length
      return { text, annotations: NONE }
    },
    /** What was held back when the answer ended. */
    end: (): CitedText => take('', true),
  }
}

const NONE: Annotation[] = []

const MARKER = /^ ?\[(\d{1,3}(?:, ?\d{1,3})*)\]/
const COULD_BECOME_MARKER = /^ ?(?:$|\[[\d, ]{0,24}\]?$)/

/** Where a marker or code may begin. */
function nextCandidate(text: string, from: number): number {
  for (let index = from; index < text.length; index++) {
    const character = text[index]
    if (character === '[' || character === '`') return index
    if (character === ' ' && (index + 1 === text.length || text[index + 1] === '[')) return index
  }
  return -1
}
