/** Links written without brackets: `<https://…>`, `<me@example.com>` and GFM's bare URLs and mail addresses. */
import { MAX_TARGET } from './link-parts.js'

const ANGLE_URI = /<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>\p{Cc}]{0,2000})>/uy
const ANGLE_MAIL = /<([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,8})>/y
const ATTRIBUTE = /\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?/.source
const HTML_TAG = new RegExp(
  `<(?:[A-Za-z][A-Za-z0-9-]*(?:${ATTRIBUTE})*\\s*/?|/[A-Za-z][A-Za-z0-9-]*\\s*|!--(?:(?!-->)[\\s\\S])*--)>`,
  'y',
)
/** Longer tags are read as ordinary text; it bounds how long a stream waits for the closing bracket. */
const MAX_TAG = 400

export type AngleScan =
  | { kind: 'link'; destination: string; text: string; end: number }
  | { kind: 'html'; end: number }
  | 'more'
  | null

/** What the `<` at `start` opens. HTML is only recognized to be shown as it was written. */
export function parseAngle(text: string, start: number): AngleScan {
  const uri = matchAt(ANGLE_URI, text, start)
  if (uri && uri.length < MAX_TARGET - 2)
    return { kind: 'link', destination: uri, text: uri, end: start + uri.length + 2 }
  const mail = matchAt(ANGLE_MAIL, text, start)
  if (mail) return { kind: 'link', destination: `mailto:${mail}`, text: mail, end: start + mail.length + 2 }
  const end = htmlEnd(text, start)
  if (end) return { kind: 'html', end }
  return mayComplete(text, start) ? 'more' : null
}

function htmlEnd(text: string, start: number): number {
  const window = text.slice(start, start + MAX_TAG)
  HTML_TAG.lastIndex = 0
  return HTML_TAG.test(window) ? start + HTML_TAG.lastIndex : 0
}

/** Whether more text could still make a link or tag of what stands at `start` up to the end. */
function mayComplete(text: string, start: number): boolean {
  const length = text.length - start
  if (length > MAX_TARGET) return false
  const rest = text.slice(start)
  if (/[<>]/.test(rest.slice(1)) && !/^<!--|=\s*["']/.test(rest)) return false
  return /^<[^\s<>]*$/.test(rest) || (length <= MAX_TAG && /^<(?:\/?[A-Za-z][A-Za-z0-9-]*[\s/]|!--)/.test(rest))
}

/** Characters that end a bare URL; punctuation before them is trimmed by `trimUrl`. */
export const BARE_END = /[\s<]/

/** Where the bare URL starting at `start` ends, `-1` when the text ends first. */
export function bareUrlEnd(text: string, start: number): number {
  const offset = text.slice(start).search(BARE_END)
  return offset < 0 ? -1 : start + offset
}

/** GFM's rules for the end of a bare URL: no trailing punctuation, entity or unbalanced closing parenthesis. */
export function trimUrl(url: string): string {
  let end = url.length
  let surplus = count(url, ')') - count(url, '(')
  for (; end > 0; end--) {
    const last = url.charAt(end - 1)
    if (last === ')' && surplus > 0) surplus--
    else if (last === ';') {
      const entity = /&[A-Za-z0-9]{1,32};$/.exec(url.slice(Math.max(0, end - 40), end))
      if (entity) end -= entity[0].length - 1
      else return url.slice(0, end)
    } else if (!'?!.,:*_~\'"'.includes(last)) break
  }
  return url.slice(0, end)
}

/** Whether the domain of `http://domain/…` is one GFM accepts: at least one dot, no underscore near the end. */
export function hasValidDomain(afterScheme: string): boolean {
  const domain = /^[^\s/?#:<]*/.exec(afterScheme)?.[0] ?? ''
  const labels = domain.split('.')
  return (
    domain !== '' &&
    !labels.slice(-2).some((label) => label.includes('_') || label === '') &&
    (labels.length > 1 || domain === 'localhost')
  )
}

const MAIL_LOCAL = /[A-Za-z0-9._+-]+$/
const MAIL_DOMAIN = /@([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)/y

/** The mail address around the `@` at `at`: both ends. `'more'` when it reaches the end of the text. */
export function parseMail(text: string, at: number, isWhole: boolean): { start: number; end: number } | 'more' | null {
  const local = MAIL_LOCAL.exec(text.slice(Math.max(0, at - 64), at))
  if (!local) return null
  MAIL_DOMAIN.lastIndex = at
  const domain = MAIL_DOMAIN.exec(text)?.[1] ?? ''
  const end = at + 1 + domain.length
  const isOpen = end >= text.length || (text[end] === '.' && end + 1 === text.length)
  if (isOpen && !isWhole && end - at < MAX_TARGET) return 'more'
  const isMail = domain.includes('.') && !/[-_]$/.test(domain)
  return isMail ? { start: at - local[0].length, end } : null
}

function matchAt(pattern: RegExp, text: string, position: number): string | undefined {
  pattern.lastIndex = position
  return pattern.exec(text)?.[1]
}

function count(text: string, character: string): number {
  let total = 0
  for (const each of text) if (each === character) total++
  return total
}
