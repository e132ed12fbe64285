import { runLength } from './characters.js'
import type { Hold } from './inline-context.js'
import type { InlineWriter } from './inline-writer.js'

const BACKTICK = 96
const UNTIL_RUN_END: Hold = { show: 'nothing', wake: /[^`]/ }
/** The text ends in backticks that may be the closing run. */
const UNTIL_CLOSE_ENDS: Hold = { show: 'code', wake: /[^`]/ }
const UNTIL_BACKTICK: Hold = { show: 'code', wake: /`/ }

/** Finds the end of code spans. Every backtick is looked at once, however many runs stay open. */
export class CodeSpans {
  /** The last place a run of each length was seen, once the whole text is known. */
  private lastRuns: Map<number, number> | null = null
  /** How far the closing run was already searched for, as a position in the leaf. */
  private searched = 0
  /** Where that search last saw a run of each length. */
  private seen = new Map<number, number>()

  constructor(private readonly writer: InlineWriter) {}

  /** Reads the run at `start`; answers where to go on, or that the closing run is still to come. */
  read(text: string, start: number, base: number, isFinal: boolean): number | Hold {
    const close = this.search(text, start, base, isFinal)
    if (typeof close !== 'number') return close
    const length = runLength(text, start, BACKTICK)
    const open = start + length
    this.startOver()
    if (close >= 0) {
      this.writeCode(text.slice(open, close), base + open)
      return close + length
    }
    this.writer.text(text.slice(start, open), base + start)
    return open
  }

  /** Where the run that closes the one at `start` stands; `-1` when there is none. Writes nothing. */
  search(text: string, start: number, base: number, isFinal: boolean): number | Hold {
    const length = runLength(text, start, BACKTICK)
    const open = start + length
    if (open === text.length && !isFinal) return UNTIL_RUN_END
    const close = this.findRun(text, Math.max(open, this.searched - base), length, base, isFinal)
    if (close >= 0 || isFinal) return close
    return text.endsWith('`') ? UNTIL_CLOSE_ENDS : UNTIL_BACKTICK
  }

  private startOver(): void {
    this.searched = 0
    this.seen = new Map()
  }

  private findRun(text: string, from: number, length: number, base: number, isFinal: boolean): number {
    if (this.lastRuns && (this.lastRuns.get(length) ?? -1) < base + from) return -1
    for (let at = text.indexOf('`', from); at >= 0; ) {
      const run = runLength(text, at, BACKTICK)
      if (at + run === text.length && !isFinal) {
        this.searched = base + at
        return -1
      }
      if (run === length) return at
      this.seen.set(run, base + at)
      at = text.indexOf('`', at + run)
    }
    if (isFinal) this.lastRuns ??= this.seen
    else this.searched = base + text.length
    return -1
  }

  private writeCode(source: string, at: number): void {
    const content = source.replace(/\n/g, ' ')
    const isPadded = content.startsWith(' ') && content.endsWith(' ') && content.trim() !== ''
    const code = this.writer.element('code')
    const text = isPadded ? content.slice(1, -1) : content
    code.appendChild(this.writer.ownText(text, isPadded ? at + 1 : at))
    this.writer.node(code)
  }
}
