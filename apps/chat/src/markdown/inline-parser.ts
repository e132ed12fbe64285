/**
 * Inline Markdown, written into the page as it arrives. Each character is read once; what cannot be decided yet (an
 * open code span, half a link target) waits as the pending rest, shown provisionally until it is.
 */
import { BARE_END, bareUrlEnd, hasValidDomain, parseAngle, parseMail, trimUrl } from './autolinks.js'
import { Brackets } from './brackets.js'
import { isAsciiPunctuation, isHighSurrogate, runLength, trailingBlanks } from './characters.js'
import { CodeSpans } from './code-spans.js'
import { DelimiterStack } from './delimiters.js'
import { parseEntity } from './entities.js'
import type { Hold, InlineContext } from './inline-context.js'
import { InlineWriter } from './inline-writer.js'
import { plainLink } from './link-elements.js'
import { MAX_TARGET } from './link-parts.js'
import { createMathElement } from './math-element.js'
import { parseMath } from './math-spans.js'
import { PendingRest } from './pending-rest.js'

type Handler = (parser: InlineParser, code: number, isFinal: boolean) => Hold | null

const SHORTLY: Hold = { show: 'nothing', wake: null }
const UNTIL_URL_END: Hold = { show: 'text', wake: BARE_END, isBounded: true }
const UNTIL_RUN_END: Record<number, Hold> = {
  42: { show: 'nothing', wake: /[^*]/ },
  95: { show: 'nothing', wake: /[^_]/ },
  126: { show: 'nothing', wake: /[^~]/ },
}
const UNTIL_KNOWN: Hold = { show: 'text', wake: null }
const PLAIN = /[^\\`*_~&<![\]\n:@.$]+/y
/** What may be taken back to become a bare URL or mail address, and the first half of a character. */
const LINK_WORD = /[A-Za-z0-9._+\-\ud800-\udbff]/
const MAX_TAKEN_BACK = 64
/** Parsed text is forgotten in steps; brackets look back at most one label. */
const KEEP = 1100
const FORGET_AFTER = 8192

export class InlineParser {
  /** One function per character that may mean something. */
  private static readonly handlers: Record<number, Handler> = {
    10: (parser) => parser.lineBreak(false),
    33: (parser, _, isFinal) => parser.exclamation(isFinal),
    36: (parser, _, isFinal) => parser.dollar(isFinal),
    38: (parser, _, isFinal) => parser.entity(isFinal),
    42: (parser, code, isFinal) => parser.delimiterRun(code, isFinal),
    46: (parser, _, isFinal) => parser.wwwLink(isFinal),
    58: (parser, _, isFinal) => parser.bareLink(isFinal),
    60: (parser, _, isFinal) => parser.angle(isFinal),
    64: (parser, _, isFinal) => parser.mailLink(isFinal),
    91: (parser) => parser.openBracket('['),
    92: (parser, _, isFinal) => parser.backslash(isFinal),
    93: (parser, _, isFinal) => parser.closeBracket(isFinal),
    95: (parser, code, isFinal) => parser.delimiterRun(code, isFinal),
    96: (parser, _, isFinal) => parser.codeSpan(isFinal),
    126: (parser, code, isFinal) => parser.delimiterRun(code, isFinal),
  }

  readonly writer: InlineWriter
  readonly brackets: Brackets
  private readonly delimiters: DelimiterStack
  private readonly codeSpans: CodeSpans
  private readonly pending = new PendingRest()
  private hold: Hold | null = null
  /** The text not yet forgotten, where it starts in the leaf, and how far it is parsed. */
  private text = ''
  private base = 0
  private position = 0

  constructor(
    target: Element,
    private readonly context: InlineContext,
  ) {
    this.writer = new InlineWriter(target)
    this.delimiters = new DelimiterStack(this.writer)
    this.brackets = new Brackets(this.writer, this.delimiters, context)
    this.codeSpans = new CodeSpans(this.writer)
  }

  /** Whether the text from one position to another is final; emphasis may still form around it. */
  isSettled(from: number, to: number): boolean {
    let wordStart = this.position
    const limit = Math.max(0, wordStart - MAX_TAKEN_BACK)
    while (wordStart > limit && LINK_WORD.test(this.text.charAt(wordStart - 1))) wordStart--
    return (
      to < Math.min(this.base + wordStart, this.brackets.openSince) && !this.delimiters.isUndecidedBetween(from, to)
    )
  }

  append(text: string): void {
    this.text += text
    if (this.hold?.wake && !this.hold.wake.test(text) && !this.mustGiveUp) {
      this.pending.grow(text)
      return
    }
    if (this.hold?.show === 'code') {
      const close = this.codeSpans.search(this.text, this.position, this.base, false)
      if (typeof close !== 'number') {
        this.hold = close
        this.pending.grow(text)
        return
      }
    }
    this.forget()
    this.advance(false)
  }

  end(): void {
    this.advance(true)
    this.delimiters.end()
    this.writer.endRun()
    this.text = ''
  }

  private get mustGiveUp(): boolean {
    return this.hold?.isBounded === true && this.text.length - this.position > MAX_TARGET
  }

  private advance(isFinal: boolean): void {
    this.pending.remove()
    this.hold = null
    while (this.position < this.text.length && this.hold === null) {
      const code = this.text.charCodeAt(this.position)
      const handler = InlineParser.handlers[code]
      if (handler) this.hold = handler(this, code, isFinal)
      else this.hold = this.plainText(isFinal)
    }
    this.writer.flush()
    if (this.hold) this.pending.show(this.hold.show, this.text.slice(this.position), this.writer.target)
  }

  private forget(): void {
    if (this.position < FORGET_AFTER) return
    const cut = this.position - KEEP
    this.text = this.text.slice(cut)
    this.base += cut
    this.position -= cut
  }

  private write(text: string, sourceLength = text.length): null {
    this.writer.text(text, this.base + this.position)
    this.position += sourceLength
    return null
  }

  /** Letters and words up to the next character that may mean something; blanks at a line's end are left over. */
  private plainText(isFinal: boolean): Hold | null {
    PLAIN.lastIndex = this.position
    const run = PLAIN.exec(this.text)?.[0] ?? ''
    const next = this.text.charCodeAt(this.position + run.length)
    if (Number.isNaN(next) || next === 10) {
      const blanks = trailingBlanks(run)
      if (blanks < run.length) return this.write(run.slice(0, run.length - blanks))
      if (Number.isNaN(next) && !isFinal) return SHORTLY
      this.position += blanks
      if (next === 10) this.lineBreak(blanks >= 2)
      return null
    }
    return this.write(run)
  }

  private lineBreak(isHard: boolean): null {
    if (isHard || this.context.breaksLines) this.writer.node(this.writer.element('br'))
    return this.write('\n')
  }

  private backslash(isFinal: boolean): Hold | null {
    const next = this.text.charCodeAt(this.position + 1)
    if (Number.isNaN(next) && !isFinal) return SHORTLY
    if (next === 10) {
      this.position++
      return this.lineBreak(true)
    }
    if (!isAsciiPunctuation(next)) return this.write('\\')
    if (next === 40 || next === 91) {
      const math = this.math(isFinal)
      if (math !== false) return math
    }
    this.position++
    return this.write(this.text.charAt(this.position))
  }

  private dollar(isFinal: boolean): Hold | null {
    const math = this.math(isFinal)
    return math === false ? this.write('$') : math
  }

  /** Writes the formula that opens here; false where there is none. */
  private math(isFinal: boolean): Hold | null | false {
    const { text, position } = this
    const math = parseMath(text, position, isFinal)
    if (math === 'more') return UNTIL_KNOWN
    if (!math) return false
    const source = this.writer.ownText(text.slice(position, math.end), this.base + position)
    this.writer.node(createMathElement(source, math, this.context))
    this.position = math.end
    return null
  }

  private entity(isFinal: boolean): Hold | null {
    const entity = parseEntity(this.text, this.position)
    if (entity === 'more') return isFinal ? this.write('&') : SHORTLY
    return entity ? this.write(entity.value, entity.end - this.position) : this.write('&')
  }

  private delimiterRun(code: number, isFinal: boolean): Hold | null {
    const { text, position } = this
    const end = position + runLength(text, position, code)
    const isUndecided = end === text.length || (end === text.length - 1 && isHighSurrogate(text.charCodeAt(end)))
    if (isUndecided && !isFinal) return end === text.length ? (UNTIL_RUN_END[code] ?? SHORTLY) : SHORTLY
    this.delimiters.push(text, position, end, this.base + position, this.brackets.top)
    this.position = end
    return null
  }

  private exclamation(isFinal: boolean): Hold | null {
    const next = this.text[this.position + 1]
    if (next === undefined && !isFinal) return SHORTLY
    return next === '[' ? this.openBracket('![') : this.write('!')
  }

  private openBracket(text: '[' | '!['): null {
    this.brackets.open(text, this.base + this.position)
    this.position += text.length
    return null
  }

  private closeBracket(isFinal: boolean): Hold | null {
    const end = this.brackets.close(this.text, this.position, this.base, isFinal)
    if (typeof end !== 'number') return end
    if (end === this.position) return this.write(']')
    this.position = end
    return null
  }

  private codeSpan(isFinal: boolean): Hold | null {
    const end = this.codeSpans.read(this.text, this.position, this.base, isFinal)
    if (typeof end !== 'number') return end
    this.position = end
    return null
  }

  private angle(isFinal: boolean): Hold | null {
    const { text, position } = this
    const scan = parseAngle(text, position)
    if (scan === 'more' && !isFinal) return UNTIL_KNOWN
    if (scan === null || scan === 'more') return this.write('<')
    const link =
      scan.kind === 'link' && plainLink(this.writer.target.ownerDocument, scan.destination, this.context.links)
    if (!link) return this.write(text.slice(position, scan.end))
    this.writeLink(link, scan.text, position + 1)
    this.position = scan.end
    return null
  }

  private wwwLink(isFinal: boolean): Hold | null {
    return this.bareUrl(/(?:^|[\s*_~(])(www)$/, 'http://', isFinal)
  }

  private bareLink(isFinal: boolean): Hold | null {
    const { text, position } = this
    if (text.length - position < 3 && !isFinal && '://'.startsWith(text.slice(position))) return SHORTLY
    if (!text.startsWith('://', position)) return this.write(':')
    return this.bareUrl(/(?:^|[^A-Za-z0-9])(https?)$/i, '', isFinal)
  }

  /** A URL whose first word, already written, matches `start` just before the position. */
  private bareUrl(start: RegExp, scheme: string, isFinal: boolean): Hold | null {
    const { text, position } = this
    const written = start.exec(text.slice(Math.max(0, position - 6), position))?.[1]
    if (written === undefined || this.brackets.hasActive) return this.write(text.charAt(position))
    const from = position - written.length
    const stop = bareUrlEnd(text, position)
    if (stop < 0 && !isFinal && text.length - from <= MAX_TARGET) return UNTIL_URL_END
    const url = trimUrl(text.slice(from, stop < 0 ? text.length : stop))
    const isUsable =
      url.length <= MAX_TARGET && from + url.length > position && hasValidDomain(url.replace(/^https?:\/\//i, ''))
    const link = isUsable && plainLink(this.writer.target.ownerDocument, scheme + url, this.context.links)
    if (!link || !this.writer.takeBack(written.length)) return this.write(text.charAt(position))
    this.writeLink(link, url, from)
    this.position = from + url.length
    return null
  }

  private mailLink(isFinal: boolean): Hold | null {
    const { text, position } = this
    const mail = this.brackets.hasActive ? null : parseMail(text, position, isFinal)
    if (mail === 'more') return UNTIL_KNOWN
    const address = mail ? text.slice(mail.start, mail.end) : ''
    const link = mail && plainLink(this.writer.target.ownerDocument, `mailto:${address}`, this.context.links)
    if (!link || !this.writer.takeBack(position - mail.start)) return this.write('@')
    this.writeLink(link, address, mail.start)
    this.position = mail.end
    return null
  }

  private writeLink(link: Element, text: string, start: number): void {
    link.appendChild(this.writer.ownText(text, this.base + start))
    this.writer.node(link)
  }
}
