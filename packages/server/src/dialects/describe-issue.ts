import type { z } from 'zod'

type Issue = z.core.$ZodIssue

/** What is wrong with a request and how to cure it, in one sentence: `params.input.content[0].text must be a string`. */
export function describeIssue(issue: Issue, body: unknown): string {
  const place = nameOf(issue.path)
  return `${place} ${describe(issue, body)}`
}

function describe(issue: Issue, body: unknown): string {
  const missing = valueAt(body, issue.path) === undefined
  if (issue.code === 'invalid_type' && issue.expected === 'nonoptional') return 'is missing'
  if (issue.code === 'invalid_type') return `${missing ? 'is missing; it must' : 'must'} be ${article(issue.expected)}`
  if (issue.code === 'invalid_value') return `${missing ? 'is missing; it must' : 'must'} be ${oneOf(issue.values)}`
  if (issue.code === 'too_small') return tooSmall(issue)
  if (issue.code === 'too_big') return tooBig(issue)
  if (issue.code === 'invalid_union') return describeUnion(issue, missing)
  if (issue.code === 'invalid_key') return `has a name that is not allowed: ${issue.issues[0]?.message ?? 'unknown'}`
  return `is not valid: ${issue.message}`
}

function describeUnion(issue: Extract<Issue, { code: 'invalid_union' }>, missing: boolean): string {
  const options = 'options' in issue && Array.isArray(issue.options) ? oneOf(issue.options) : waysOf(issue)
  return `${missing ? 'is missing; it must' : 'must'} be ${options}`
}

/** What a value may be that none of several types fits, where that can be said in a word for each. */
function waysOf({ errors }: Extract<Issue, { code: 'invalid_union' }>): string {
  const ways = errors.map(([first]) => {
    if (first === undefined || first.path.length > 0) return undefined
    if (first.code === 'invalid_type') return article(first.expected)
    return first.code === 'invalid_value' ? oneOf(first.values) : undefined
  })
  return ways.length === 0 || ways.includes(undefined) ? 'one of the known types' : ways.join(' or ')
}

function tooSmall({ origin, minimum }: Extract<Issue, { code: 'too_small' }>): string {
  return origin === 'string' || origin === 'array' ? 'must not be empty' : `must be ${minimum} or more`
}

function tooBig({ origin, maximum }: Extract<Issue, { code: 'too_big' }>): string {
  if (origin === 'string') return `must be at most ${maximum} characters long`
  if (origin === 'array') return `must have at most ${maximum} entries`
  return `must be ${maximum} or less`
}

const EXPECTED: Record<string, string> = {
  int: 'a whole number',
  array: 'a list',
  record: 'an object',
  object: 'an object',
  boolean: 'true or false',
}

const article = (expected: string) => EXPECTED[expected] ?? `a ${expected}`

const oneOf = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).join(' or ')

function nameOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'The body'
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index ? '.' : ''}${String(key)}`)).join('')
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  let value = body
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Reflect.get(value, key)
  }
  return value
}
