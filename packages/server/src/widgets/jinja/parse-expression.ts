import { FILTERS } from './filters.js'
import { syntaxError } from './jinja-error.js'
import type { ArithmeticOperator, CompareOperator, Expression } from './syntax.js'
import { TESTS } from './tests.js'
import type { TokenReader } from './token-reader.js'

const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
])
const COMPARISONS: readonly string[] = ['==', '!=', '<', '<=', '>', '>=']

/** `value`, or `value if test else other`. Binding, from loose to tight, is Jinja's: or, and, not, compare, +, ~, *, |. */
export function parseExpression(reader: TokenReader): Expression {
  return reader.nested(() => {
    let value = parseOr(reader)
    while (reader.is('name', 'if')) {
      const { at } = reader.take()
      const test = parseOr(reader)
      const otherwise = reader.skip('name', 'else') ? parseExpression(reader) : undefined
      value = { kind: 'condition', test, value, ...(otherwise && { otherwise }), at }
    }
    return value
  })
}

/** An expression without a trailing `if`, which in `for … in … if …` belongs to the loop. */
export function parseOr(reader: TokenReader): Expression {
  let left = parseAnd(reader)
  while (reader.is('name', 'or')) {
    const { at } = reader.take()
    left = { kind: 'or', left, right: parseAnd(reader), at }
  }
  return left
}

function parseAnd(reader: TokenReader): Expression {
  let left = parseNot(reader)
  while (reader.is('name', 'and')) {
    const { at } = reader.take()
    left = { kind: 'and', left, right: parseNot(reader), at }
  }
  return left
}

function parseNot(reader: TokenReader): Expression {
  if (!reader.is('name', 'not')) return parseCompare(reader)
  const { at } = reader.take()
  return { kind: 'not', of: reader.nested(() => parseNot(reader)), at }
}

function parseCompare(reader: TokenReader): Expression {
  const first = parseSum(reader)
  const rest: { operator: CompareOperator; value: Expression }[] = []
  const { at } = reader.peek()
  for (let operator = takeComparison(reader); operator; operator = takeComparison(reader)) {
    rest.push({ operator, value: parseSum(reader) })
  }
  return rest.length > 0 ? { kind: 'compare', first, rest, at } : first
}

function takeComparison(reader: TokenReader): CompareOperator | undefined {
  const { kind, text } = reader.peek()
  if (kind === 'operator' && COMPARISONS.includes(text)) return reader.take().text as CompareOperator // in the list
  if (reader.skip('name', 'in')) return 'in'
  if (!reader.is('name', 'not') || reader.peek(1).text !== 'in') return undefined
  reader.take()
  reader.take()
  return 'not in'
}

const parseSum = (reader: TokenReader) => parseArithmetic(reader, ['+', '-'], parseConcat)
const parseProduct = (reader: TokenReader) => parseArithmetic(reader, ['*', '/', '//', '%'], parseUnary)

function parseArithmetic(
  reader: TokenReader,
  operators: readonly string[],
  parseOperand: (reader: TokenReader) => Expression,
): Expression {
  let left = parseOperand(reader)
  while (reader.is('operator') && operators.includes(reader.peek().text)) {
    const { text, at } = reader.take()
    left = { kind: 'arithmetic', operator: text as ArithmeticOperator, left, right: parseOperand(reader), at } // listed
  }
  return left
}

function parseConcat(reader: TokenReader): Expression {
  const parts = [parseProduct(reader)]
  const { at } = reader.peek()
  while (reader.skip('operator', '~')) parts.push(parseProduct(reader))
  const [only] = parts
  return parts.length === 1 && only ? only : { kind: 'concat', parts, at }
}

function parseUnary(reader: TokenReader): Expression {
  return parseFilters(reader, parseNegative(reader))
}

/** A minus binds tighter than a filter, and looser than an attribute. */
function parseNegative(reader: TokenReader): Expression {
  if (!reader.is('operator', '-')) return parsePostfix(reader, parsePrimary(reader))
  const { at } = reader.take()
  return { kind: 'negative', of: reader.nested(() => parseNegative(reader)), at }
}

/** What is behind a value: `| filter(…)` and `is test`. */
function parseFilters(reader: TokenReader, value: Expression): Expression {
  let of = value
  while (reader.is('operator', '|') || reader.is('name', 'is')) {
    const { kind, at } = reader.take()
    if (kind === 'operator') {
      const name = knownName(reader, 'filter', FILTERS)
      of = { kind: 'filter', of, name, arguments: reader.is('operator', '(') ? parseArguments(reader) : [], at }
    } else {
      const negated = reader.skip('name', 'not')
      of = { kind: 'test', of, name: knownName(reader, 'test', TESTS), negated, at }
    }
  }
  return of
}

function knownName(reader: TokenReader, what: string, known: ReadonlyMap<string, unknown>): string {
  const { text, at } = reader.expect('name')
  if (known.has(text)) return text
  throw syntaxError(`there is no ${what} "${text}"; there are ${[...known.keys()].join(', ')}`, at)
}

function parseArguments(reader: TokenReader): Expression[] {
  reader.expect('operator', '(')
  return parseListed(reader, ')', () => parseExpression(reader))
}

/** What is behind a value without a space: `.name`, `[index]`, `[start:stop]`, `.append(item)`. */
function parsePostfix(reader: TokenReader, value: Expression): Expression {
  let of = value
  for (;;) {
    const { at } = reader.peek()
    if (reader.skip('operator', '.')) of = parseAttribute(reader, of, at)
    else if (reader.skip('operator', '[')) of = parseSubscript(reader, of, at)
    else if (reader.is('operator', '(')) throw syntaxError('only "namespace" and "append" of a list can be called', at)
    else return of
  }
}

function parseAttribute(reader: TokenReader, of: Expression, at: number): Expression {
  const name = reader.expect('name')
  if (!reader.is('operator', '(')) return { kind: 'attribute', of, name: name.text, at: name.at }
  const [item, ...more] = parseArguments(reader)
  if (name.text !== 'append') throw syntaxError(`"${name.text}" cannot be called; only "append" of a list can`, name.at)
  if (!item || more.length > 0) throw syntaxError('"append" takes one value', name.at)
  return { kind: 'append', of, item, at }
}

function parseSubscript(reader: TokenReader, of: Expression, at: number): Expression {
  const start = reader.is('operator', ':') ? undefined : parseExpression(reader)
  if (!reader.skip('operator', ':')) {
    reader.expect('operator', ']')
    return { kind: 'index', of, index: start as Expression, at } // without a ":" there was an expression
  }
  const stop = reader.is('operator', ']') ? undefined : parseExpression(reader)
  reader.expect('operator', ']')
  return { kind: 'slice', of, ...(start && { start }), ...(stop && { stop }), at }
}

function parsePrimary(reader: TokenReader): Expression {
  const { kind, text, at } = reader.peek()
  if (kind === 'string' || kind === 'number') {
    reader.take()
    return { kind: 'literal', value: kind === 'string' ? text : Number(text), at }
  }
  if (kind === 'name') return parseName(reader)
  if (reader.skip('operator', '(')) {
    const value = parseExpression(reader)
    reader.expect('operator', ')')
    return value
  }
  if (reader.skip('operator', '[')) {
    return { kind: 'list', items: parseListed(reader, ']', () => parseExpression(reader)), at }
  }
  if (reader.skip('operator', '{')) {
    const entries = parseListed(reader, '}', (): [Expression, Expression] => {
      const key = parseExpression(reader)
      reader.expect('operator', ':')
      return [key, parseExpression(reader)]
    })
    return { kind: 'dict', entries, at }
  }
  throw reader.unexpected('a value')
}

const RESERVED: readonly string[] = ['if', 'else', 'elif', 'for', 'in', 'is', 'and', 'or', 'not']

function parseName(reader: TokenReader): Expression {
  if (RESERVED.includes(reader.peek().text)) throw reader.unexpected('a value')
  const { text, at } = reader.take()
  const constant = CONSTANTS.get(text)
  if (constant !== undefined) return { kind: 'literal', value: constant, at }
  if (text !== 'namespace' || !reader.skip('operator', '(')) return { kind: 'name', name: text, at }
  const fields = parseListed(reader, ')', (): [string, Expression] => {
    const name = reader.expect('name').text
    reader.expect('operator', '=')
    return [name, parseExpression(reader)]
  })
  return { kind: 'namespace', fields, at }
}

/** Entries between commas, up to and with the closing bracket; a comma behind the last is fine. */
function parseListed<Entry>(reader: TokenReader, closing: string, parseEntry: () => Entry): Entry[] {
  const entries: Entry[] = []
  while (!reader.skip('operator', closing)) {
    entries.push(parseEntry())
    if (!reader.is('operator', closing)) reader.expect('operator', ',')
  }
  return entries
}
