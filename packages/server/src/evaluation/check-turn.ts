import { isDeepStrictEqual } from 'node:util'
import type { Expectation } from './case-schema.js'
import type { ToolCall, TurnResult } from './put-turn.js'
import type { Path } from './read-cases.js'

/** What is not as it should be, and where the file says how it should be. */
export interface Finding {
  at: Path
  text: string
}

const QUOTE_LENGTH = 200

/** Everything about a turn that is not as expected, except what a model has to judge. */
export function checkTurn({ answer, toolCalls }: TurnResult, expected: Expectation, at: Path): Finding[] {
  return [...checkAnswer(answer, expected.answer ?? {}, [...at, 'answer']), ...checkTools(toolCalls, expected, at)]
}

function checkAnswer(answer: string, expected: NonNullable<Expectation['answer']>, at: Path): Finding[] {
  const { equals, contains = [], not_contains: forbidden = [], matches, json_schema: schema } = expected
  const was = `It was: ${quoted(answer)}`
  const findings: Finding[] = []
  const find = (member: Path, text: string) => findings.push({ at: [...at, ...member], text })
  if (equals !== undefined && answer.trim() !== equals.trim())
    find(['equals'], `the answer is not ${quoted(equals)}. ${was}`)
  contains.forEach((text, index) => {
    if (!answer.includes(text)) find(['contains', index], `the answer does not contain ${quoted(text)}. ${was}`)
  })
  forbidden.forEach((text, index) => {
    if (answer.includes(text)) find(['not_contains', index], `the answer contains ${quoted(text)}. ${was}`)
  })
  if (matches && !matches.test(answer)) find(['matches'], `the answer does not match ${matches}. ${was}`)
  if (schema) for (const problem of jsonProblems(answer, schema)) find(['json_schema'], `${problem} ${was}`)
  return findings
}

function jsonProblems(
  answer: string,
  schema: NonNullable<NonNullable<Expectation['answer']>['json_schema']>,
): string[] {
  let value: unknown
  try {
    value = JSON.parse(answer)
  } catch {
    return ['the answer is no JSON.']
  }
  const issues = schema.safeParse(value).error?.issues ?? []
  return issues.map(({ path, message }) => `the answer${path.length > 0 ? `’s ${path.join('.')}` : ''}: ${message}.`)
}

function checkTools(calls: ToolCall[], { tools, not_tools: forbidden = [] }: Expectation, at: Path): Finding[] {
  const were = calls.length > 0 ? `Called were: ${calls.map(describe).join(', ')}` : 'No tool was called'
  const findings = forbidden
    .map((name, index): Finding | undefined =>
      calls.some((call) => call.name === name)
        ? { at: [...at, 'not_tools', index], text: `the tool "${name}" was called. ${were}` }
        : undefined,
    )
    .filter((finding) => finding !== undefined)
  if (tools?.length === 0 && calls.length > 0)
    findings.push({ at: [...at, 'tools'], text: `no tool should have been called. ${were}` })
  let from = 0
  for (const [index, tool] of (tools ?? []).entries()) {
    const found = calls.findIndex(
      (call, position) => position >= from && call.name === tool.name && holds(call.arguments, tool.arguments ?? {}),
    )
    if (found >= 0) from = found + 1
    else
      findings.push({
        at: [...at, 'tools', index],
        text: `${describe({ arguments: {}, ...tool })} was not called here. ${were}`,
      })
  }
  return findings
}

/** Whether a value has every member that is asked for, however deep; lists have to be the same. */
function holds(value: unknown, asked: unknown): boolean {
  if (!isRecord(asked)) return isDeepStrictEqual(value, asked)
  return isRecord(value) && Object.entries(asked).every(([name, part]) => holds(value[name], part))
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const describe = ({ name, arguments: given }: ToolCall): string =>
  isRecord(given) && Object.keys(given).length === 0 ? `${name}()` : `${name}(${JSON.stringify(given)})`

function quoted(text: string): string {
  return JSON.stringify(text.length > QUOTE_LENGTH ? `${text.slice(0, QUOTE_LENGTH)}…` : text)
}
