import { isNode, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { type CaseFile, caseFileSchema, type Turn } from './case-schema.js'
import { EvaluationError } from './evaluation-error.js'

/** Where something stands in the file. */
export type Path = readonly (string | number)[]

export interface Case {
  name: string
  turns: (Turn & { at: Path })[]
  limits: { seconds?: number; tokens?: number }
}

export interface Cases extends Omit<CaseFile, 'cases'> {
  cases: Case[]
  /** The line, from 1, of what stands at a path, or of what would hold it. */
  lineOf(path: Path): number
}

const NAME_LENGTH = 60

/**
 * Reads cases from YAML, and so from JSON.
 *
 * @throws {EvaluationError} with each problem, its place and its cure, a line each
 */
export function readCases(text: string, file: string): Cases {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const broken = document.errors.map(
    ({ message, pos: [offset] }) => `${file}:${lines.linePos(offset).line}: ${message}`,
  )
  if (broken.length > 0) throw new EvaluationError(broken.join('\n'))

  const lineOf = (path: Path): number => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true)
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
    }
    return 1
  }
  const parsed = caseFileSchema.safeParse(document.toJS())
  if (parsed.success) return { ...parsed.data, cases: parsed.data.cases.map(toCase), lineOf }
  const problems = parsed.error.issues.flatMap(deepest)
  throw new EvaluationError(
    problems.map(({ path, message }) => `${file}:${lineOf(path)}: ${nameOf(path)}${message}`).join('\n'),
  )
}

interface Problem {
  path: (string | number)[]
  message: string
}

/** Of the shapes something could have, the one it comes closest to says what is wrong. */
function deepest(issue: z.core.$ZodIssue): Problem[] {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)))
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...path, key], message: 'There is no such word. See docs/eval.md.' }))
  if (issue.code !== 'invalid_union') return [{ path, message: issue.message }]
  const shapes = issue.errors.map((issues) =>
    issues.flatMap(deepest).map((problem) => ({ ...problem, path: [...path, ...problem.path] })),
  )
  const closest = shapes.toSorted((a, b) => depthOf(b) - depthOf(a) || a.length - b.length)[0]
  return closest && depthOf(closest) > path.length ? closest : [{ path, message: issue.message }]
}

const depthOf = (problems: Problem[]): number => Math.max(0, ...problems.map(({ path }) => path.length))

/** `cases[1].expect.tools: `. */
function nameOf(path: Path): string {
  const name = path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${part}`))
    .join('')
  return name && `${name}: `
}

function toCase(given: CaseFile['cases'][number], index: number): Case {
  const at = ['cases', index]
  const { name, limits = {} } = given
  const turns =
    'turns' in given
      ? given.turns.map((turn, number) => ({ ...turn, at: [...at, 'turns', number] }))
      : [{ input: given.input, answers: given.answers, client_tools: given.client_tools, expect: given.expect, at }]
  return { name: name ?? shortened(turns[0]?.input ?? ''), turns, limits }
}

const shortened = (text: string) => (text.length > NAME_LENGTH ? `${text.slice(0, NAME_LENGTH - 1)}…` : text)
