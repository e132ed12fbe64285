/**
 * The parts a link is written with: destination, title, label, the `(…)` behind a link text, and the definition line.
 * Each scanner answers `'more'` when the text ends before the answer is known, so a stream can wait for it.
 */
import { isAsciiPunctuation, isSpace } from './characters.js'
import { parseEntity } from './entities.js'

/** Longer targets and titles are not links: it bounds how long a stream waits for a closing parenthesis. */
export const MAX_TARGET = 2000
const MAX_LABEL = 999
const MAX_PARENTHESES = 32

export type Scan<T> = (T & { end: number }) | 'more' | null

/** Where a link leads, escapes already decoded. */
export interface Target {
  destination: string
  title: string
}

/** `<anything>` or a run without spaces and with balanced parentheses. */
function parseDestination(text: string, start: number): Scan<{ value: string }> {
  return text[start] === '<' ? parseAngleDestination(text, start) : parseBareDestination(text, start)
}

function parseAngleDestination(text: string, start: number): Scan<{ value: string }> {
  for (let i = start + 1; i < text.length; i++) {
    const character = text[i]
    if (character === '>') return { value: decodeEscapes(text.slice(start + 1, i)), end: i + 1 }
    if (character === '<' || character === '\n') return null
    if (character === '\\') i++
  }
  return 'more'
}

function parseBareDestination(text: string, start: number): Scan<{ value: string }> {
  let depth = 0
  for (let i = start; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code <= 32 || code === 127 || (code === 41 && depth === 0)) {
      return depth === 0 ? { value: decodeEscapes(text.slice(start, i)), end: i } : null
    }
    if (code === 40 && ++depth > MAX_PARENTHESES) return null
    if (code === 41) depth--
    if (code === 92 && isAsciiPunctuation(text.charCodeAt(i + 1))) i++
  }
  return 'more'
}

/** `"…"`, `'…'` or `(…)`. */
function parseTitle(text: string, start: number): Scan<{ value: string }> {
  const open = text[start]
  if (open !== '"' && open !== "'" && open !== '(') return start < text.length ? null : 'more'
  const close = open === '(' ? ')' : open
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === close) return { value: decodeEscapes(text.slice(start + 1, i)), end: i + 1 }
    if (text[i] === '(' && open === '(') return null
    if (text[i] === '\\') i++
  }
  return 'more'
}

/** `[label]`, without inner brackets; the value is as written. */
export function parseLabel(text: string, start: number): Scan<{ value: string }> {
  const limit = Math.min(text.length, start + MAX_LABEL + 2)
  for (let i = start + 1; i < limit; i++) {
    if (text[i] === ']') {
      const value = text.slice(start + 1, i)
      return value.trim() === '' ? null : { value, end: i + 1 }
    }
    if (text[i] === '[') return null
    if (text[i] === '\\') i++
  }
  return limit === text.length ? 'more' : null
}

/** What makes two labels the same: case and whitespace do not count. */
export const normalizeLabel = (label: string): string => label.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase()

/** The `(destination "title")` behind a link text. */
export function parseInlineTarget(text: string, start: number): Scan<Target> {
  const scan = scanInlineTarget(text, start)
  const length = (scan === 'more' || scan === null ? text.length : scan.end) - start
  return length > MAX_TARGET ? null : scan
}

function scanInlineTarget(text: string, start: number): Scan<Target> {
  let at = skipSpace(text, start + 1)
  if (text[at] === ')') return { destination: '', title: '', end: at + 1 }
  const destination = at < text.length ? parseDestination(text, at) : 'more'
  if (destination === null || destination === 'more') return destination
  at = skipSpace(text, destination.end)
  if (at === text.length) return 'more'
  if (text[at] === ')') return { destination: destination.value, title: '', end: at + 1 }
  if (at === destination.end) return null
  const title = parseTitle(text, at)
  if (title === null || title === 'more') return title
  at = skipSpace(text, title.end)
  if (at === text.length) return 'more'
  return text[at] === ')' ? { destination: destination.value, title: title.value, end: at + 1 } : null
}

/** A definition `[label]: destination "title"` at `start`; with `isWhole` the text is all there will ever be. */
export function parseDefinition(source: string, start: number, isWhole: boolean): Scan<Target & { label: string }> {
  const text = isWhole ? `${source}\n` : source
  const scan = scanDefinition(text, start, isWhole)
  if (scan !== 'more') return scan
  return isWhole || text.length - start > MAX_TARGET + MAX_LABEL ? null : 'more'
}

function scanDefinition(text: string, start: number, isWhole: boolean): Scan<Target & { label: string }> {
  if (text[start] !== '[') return null
  const label = parseLabel(text, start)
  if (label === null || label === 'more') return label
  if (label.end === text.length) return 'more'
  if (text[label.end] !== ':') return null
  const at = skipSpace(text, label.end + 1)
  if (at === text.length) return 'more'
  const destination = parseDestination(text, at)
  if (destination === null || destination === 'more') return destination
  const found = { label: label.value, destination: destination.value }
  const lineEnd = lineEndAfter(text, destination.end)
  if (lineEnd === 'more') return 'more'
  const titled = scanDefinitionTitle(text, destination.end)
  if (titled === 'more' && !isWhole) return 'more'
  // A title on the line below may turn out to be none; the definition then ends before it.
  if (titled && titled !== 'more') return { ...found, title: titled.value, end: titled.end }
  return lineEnd && { ...found, title: '', ...lineEnd }
}

function scanDefinitionTitle(text: string, from: number): Scan<{ value: string }> {
  const at = skipSpace(text, from)
  if (at === from) return null
  const title = parseTitle(text, at)
  if (title === null || title === 'more') return title
  const lineEnd = lineEndAfter(text, title.end)
  return lineEnd === 'more' || lineEnd === null ? lineEnd : { value: title.value, end: lineEnd.end }
}

/** The position after the line ending when only blanks come before it. */
function lineEndAfter(text: string, from: number): { end: number } | 'more' | null {
  let at = from
  while (text[at] === ' ' || text[at] === '\t') at++
  if (at >= text.length) return 'more'
  return text[at] === '\n' ? { end: at + 1 } : null
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (isSpace(text.charCodeAt(at))) at++
  return at
}

/** Backslash escapes and character references, decoded. */
export function decodeEscapes(text: string): string {
  if (!/[\\&]/.test(text)) return text
  let decoded = ''
  for (let i = 0; i < text.length; i++) {
    const entity = text[i] === '&' ? parseEntity(text, i) : null
    if (entity && entity !== 'more') {
      decoded += entity.value
      i = entity.end - 1
      continue
    }
    if (text[i] === '\\' && isAsciiPunctuation(text.charCodeAt(i + 1))) i++
    decoded += text[i]
  }
  return decoded
}
