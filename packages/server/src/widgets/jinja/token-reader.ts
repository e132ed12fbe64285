import { JinjaError, syntaxError } from './jinja-error.js'
import { MAX_DEPTH } from './syntax.js'
import type { Token } from './tokens.js'

/** Walks the tokens of a template, from the first to `end`. */
export class TokenReader {
  #next = 0
  #depth = 0

  constructor(private readonly tokens: readonly Token[]) {}

  /** The token to come, or one behind it. */
  peek(ahead = 0): Token {
    const token = this.tokens[this.#next + ahead] ?? this.tokens.at(-1)
    return token as Token // the list always has its `end`
  }

  take(): Token {
    const token = this.peek()
    this.#next += 1
    return token
  }

  is(kind: Token['kind'], text?: string): boolean {
    const token = this.peek()
    return token.kind === kind && (text === undefined || token.text === text)
  }

  /** Takes the coming token when it is the one named. */
  skip(kind: Token['kind'], text: string): boolean {
    const found = this.is(kind, text)
    if (found) this.#next += 1
    return found
  }

  expect(kind: Token['kind'], text?: string): Token {
    if (this.is(kind, text)) return this.take()
    throw this.unexpected(text ? `"${text}"` : kind === 'close' ? 'the end of the expression' : `a ${kind}`)
  }

  unexpected(wanted: string): JinjaError {
    const { kind, text, at } = this.peek()
    const found = kind === 'end' ? 'the template ends' : `there is ${JSON.stringify(text)}`
    return syntaxError(`${wanted} is expected, but ${found}`, at)
  }

  /** Reads something that may hold its own kind. */
  nested<Result>(read: () => Result): Result {
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) throw new JinjaError('limit', `nested deeper than ${MAX_DEPTH}`, this.peek().at)
    const result = read()
    this.#depth -= 1
    return result
  }
}
