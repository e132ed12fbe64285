import { syntaxError } from './jinja-error.js'

/** A piece of a template. `open` and `close` are the marks around an expression or a statement, without their `-`. */
export interface Token {
  kind: 'text' | 'open' | 'close' | 'name' | 'string' | 'number' | 'operator' | 'end'
  text: string
  at: number
}

const MARK = /\{[{%#]-?/g
const SPACE = /\s+/y
const STRING = /'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"/y
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy
const OPERATOR = /==|!=|<=|>=|\/\/|[-+*/%~|.,:()[\]{}<>=]/y
const ESCAPE = /\\(?:u([\da-fA-F]{4})|x([\da-fA-F]{2})|([\s\S]))/g
const ESCAPED: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '\n': '' }

/** Cuts a template into tokens; a `-` inside a mark has taken the white space on its side away. A line break at the very
 * end is none of the text, as in Jinja. The last token is `end`. */
export function tokenize(template: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  let trimNext = false
  while (at < template.length) {
    MARK.lastIndex = at
    const mark = MARK.exec(template)
    const end = mark?.index ?? template.length
    addText(tokens, mark ? template.slice(at, end) : template.slice(at).replace(/\r?\n$/, ''), {
      at,
      trimStart: trimNext,
      trimEnd: mark?.[0].length === 3,
    })
    if (!mark) break
    const inside = end + mark[0].length
    const opening = mark[0].slice(0, 2)
    at = opening === '{#' ? endOfComment(template, inside, end) : addMarked(tokens, template, { opening, end, inside })
    trimNext = template[at - 3] === '-'
  }
  tokens.push({ kind: 'end', text: '', at: template.length })
  return tokens
}

function addText(tokens: Token[], raw: string, trim: { at: number; trimStart: boolean; trimEnd: boolean }): void {
  let text = raw.replace(/\r\n?/g, '\n')
  if (trim.trimStart) text = text.trimStart()
  if (trim.trimEnd) text = text.trimEnd()
  if (text) tokens.push({ kind: 'text', text, at: trim.at })
}

function endOfComment(template: string, inside: number, start: number): number {
  const end = template.indexOf('#}', inside)
  if (end < 0) throw syntaxError('this comment is never closed with "#}"', start)
  return end + 2
}

/** Adds everything from an opening mark to its closing one; returns the place behind it. */
function addMarked(tokens: Token[], template: string, mark: { opening: string; end: number; inside: number }): number {
  const closing = mark.opening === '{{' ? /-?\}\}/y : /-?%\}/y
  tokens.push({ kind: 'open', text: mark.opening, at: mark.end })
  let at = mark.inside
  let brackets = 0 // inside a dict literal `}}` closes two dicts, not the expression
  while (at < template.length) {
    at += match(SPACE, template, at).length
    const close = brackets === 0 ? match(closing, template, at) : ''
    if (close) {
      tokens.push({ kind: 'close', text: close.slice(-2), at })
      return at + close.length
    }
    const [token, length] = nextToken(template, at)
    if (token.kind === 'operator' && '([{'.includes(token.text)) brackets += 1
    if (token.kind === 'operator' && ')]}'.includes(token.text)) brackets -= 1
    tokens.push(token)
    at += length
  }
  throw syntaxError(`"${mark.opening}" is never closed`, mark.end)
}

/** The token at a place, and how much of the template it takes. */
function nextToken(template: string, at: number): [Token, number] {
  const string = match(STRING, template, at)
  if (string) return [{ kind: 'string', text: unescaped(string.slice(1, -1)), at }, string.length]
  for (const [kind, pattern] of [
    ['number', NUMBER],
    ['name', NAME],
    ['operator', OPERATOR],
  ] as const) {
    const text = match(pattern, template, at)
    if (text) return [{ kind, text, at }, text.length]
  }
  if (at >= template.length) throw syntaxError('the template ends inside an expression', at)
  throw syntaxError(`unexpected ${JSON.stringify(template[at])}`, at)
}

function match(pattern: RegExp, template: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(template)?.[0] ?? ''
}

const unescaped = (text: string) =>
  text.replace(ESCAPE, (whole, unicode?: string, hex?: string, letter?: string) => {
    if (letter === undefined) return String.fromCharCode(Number.parseInt(unicode ?? hex ?? '', 16))
    return ESCAPED[letter] ?? ('\\\'"'.includes(letter) ? letter : whole)
  })
