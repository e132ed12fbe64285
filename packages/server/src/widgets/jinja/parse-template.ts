import { syntaxError } from './jinja-error.js'
import { parseExpression, parseOr } from './parse-expression.js'
import type { Statement, Target } from './syntax.js'
import { TokenReader } from './token-reader.js'
import { tokenize } from './tokens.js'

/**
 * Reads a template: the part of Jinja that widget files use.
 *
 * @throws {JinjaError} `syntax` at the place that cannot be read, `limit` when it nests too deep.
 */
export function parseTemplate(template: string): Statement[] {
  const reader = new TokenReader(tokenize(template))
  const statements = parseBody(reader, [])
  if (!reader.is('end')) throw reader.unexpected('the end of the template')
  return statements
}

/** Statements up to, but without, a `{%` whose keyword is one of `until`. */
function parseBody(reader: TokenReader, until: readonly string[]): Statement[] {
  return reader.nested(() => {
    const body: Statement[] = []
    while (!reader.is('end')) {
      if (reader.is('open', '{%') && until.includes(reader.peek(1).text)) return body
      body.push(parseStatement(reader))
    }
    if (until.length === 0) return body
    throw reader.unexpected(`"{% ${until.at(-1)} %}"`)
  })
}

const STATEMENTS: ReadonlyMap<string, (reader: TokenReader, at: number) => Statement> = new Map([
  ['if', parseIf],
  ['for', parseFor],
  ['set', parseSet],
])

function parseStatement(reader: TokenReader): Statement {
  const { kind, text, at } = reader.take()
  if (kind === 'text') return { kind, text, at }
  if (text === '{{') {
    const value = parseExpression(reader)
    reader.expect('close')
    return { kind: 'output', value, at }
  }
  const keyword = reader.expect('name')
  const parse = STATEMENTS.get(keyword.text)
  if (!parse) {
    throw syntaxError(
      `"${keyword.text}" is not expected here; there are ${[...STATEMENTS.keys()].join(', ')}`,
      keyword.at,
    )
  }
  return parse(reader, at)
}

function parseIf(reader: TokenReader, at: number): Statement {
  const branches: (Statement & { kind: 'if' })['branches'] = []
  do {
    const test = parseExpression(reader)
    reader.expect('close')
    branches.push({ test, body: parseBody(reader, ['elif', 'else', 'endif']) })
    reader.expect('open', '{%')
  } while (reader.skip('name', 'elif'))
  return { kind: 'if', branches, otherwise: parseOtherwise(reader, 'endif'), at }
}

function parseFor(reader: TokenReader, at: number): Statement {
  const name = reader.expect('name').text
  if (reader.is('operator', ',')) throw syntaxError('a loop has one variable', reader.peek().at)
  reader.expect('name', 'in')
  const list = parseOr(reader)
  const when = reader.skip('name', 'if') ? parseExpression(reader) : undefined
  reader.expect('close')
  const body = parseBody(reader, ['else', 'endfor'])
  reader.expect('open', '{%')
  return { kind: 'for', name, list, ...(when && { when }), body, otherwise: parseOtherwise(reader, 'endfor'), at }
}

/** The body of `else`, if there is one, and the end of the statement; its `{%` is taken already. */
function parseOtherwise(reader: TokenReader, ending: string): Statement[] {
  let body: Statement[] = []
  if (reader.skip('name', 'else')) {
    reader.expect('close')
    body = parseBody(reader, [ending])
    reader.expect('open', '{%')
  }
  reader.expect('name', ending)
  reader.expect('close')
  return body
}

function parseSet(reader: TokenReader, at: number): Statement {
  const name = reader.expect('name')
  const target: Target = { name: name.text, at: name.at }
  if (reader.skip('operator', '.')) target.field = reader.expect('name').text
  if (reader.skip('operator', '=')) {
    const value = parseExpression(reader)
    reader.expect('close')
    return { kind: 'set', target, value, at }
  }
  reader.expect('close')
  const body = parseBody(reader, ['endset'])
  reader.expect('open', '{%')
  reader.expect('name', 'endset')
  reader.expect('close')
  return { kind: 'capture', target, body, at }
}
