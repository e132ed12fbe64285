import type { ModelRequest } from '@openai/agents-core/model'
import { type FunctionSchema, functionSchemas } from '../tool-schemas.js'
import type { Conversation } from './conversation.js'
import { significantWords } from './significant-words.js'

/** A tool call or handoff. */
export interface PlannedCall {
  name: string
  arguments: Record<string, unknown>
}

/** A kind of tool that plain patterns can use: how to tell it, when it is asked for, and how to fill its arguments. */
interface Pattern {
  tool: RegExp
  asked: RegExp
  fill(text: string): string | undefined
}

const EXPRESSION = /-?\(*\s*-?\d[\d\s.,()]*(?:\s*[-+*/×÷^%]\s*\(*\s*-?\d[\d\s.,()]*)+/

const PATTERNS: Pattern[] = [
  {
    tool: /time|clock|date/i,
    asked: /\b(time|clock|date|today)\b|mấy giờ|几点|时间/i,
    fill: (text) => /\b[A-Z][A-Za-z]+\/[A-Z][A-Za-z_]+|\bUTC\b/.exec(text)?.[0], // a time zone, as in Europe/Berlin
  },
  {
    tool: /calc|math|arithmetic/i,
    asked: EXPRESSION,
    fill: (text) => EXPRESSION.exec(text)?.[0].replaceAll('×', '*').replaceAll('÷', '/').trim(),
  },
  {
    tool: /weather|forecast/i,
    asked: /weather|forecast|temperature|thời tiết|天气/i,
    fill: (text) => /\b(?:in|for|at)\s+([\p{Lu}][\p{L}\s'-]*)/u.exec(text)?.[1]?.trim(),
  },
]

const SEARCH = /search|knowledge|look.?up|find|retriev|docs/i
const SMALL_TALK =
  /^\W*(hi|hello|hey|hallo|thanks?|thank you|ok|okay|bye|good (morning|evening)|xin chào|你好)\b[^?]{0,30}$/i

/** The call to make next, judged by the list of tools and plain patterns; `undefined`: answer in words. */
export function chooseCall(request: ModelRequest, conversation: Conversation): PlannedCall | undefined {
  const { text, wants, answers } = conversation
  if (wants) return undefined
  const used = new Set(answers.map(({ name }) => name))
  const available = functionSchemas(request).filter(({ name }) => !used.has(name))
  const handoffs = new Set(request.handoffs.map(({ toolName }) => toolName))
  const hasHandedOver = answers.some(({ text: answer }) => answer.startsWith('{"assistant":'))

  const forced = available.find(({ name }) => name === request.modelSettings.toolChoice)
  const forcedInput = forced && fillArguments(forced, fillFor(forced, text))
  if (forced && forcedInput) return { name: forced.name, arguments: forcedInput }

  const target = hasHandedOver
    ? undefined
    : available.find((tool) => handoffs.has(tool.name) && isSubjectOf(tool, text))
  if (target) return { name: target.name, arguments: {} }
  if (answers.some(({ name }) => !name.startsWith('transfer_to_'))) return undefined // one tool, then an answer

  const tools = available.filter(({ name }) => !handoffs.has(name))
  for (const { tool, asked, fill } of PATTERNS) {
    if (!asked.test(text)) continue
    const found = tools.find(({ name }) => tool.test(name))
    const input = found && fillArguments(found, fill(text))
    if (found && input) return { name: found.name, arguments: input }
  }
  const search = SMALL_TALK.test(text) ? undefined : tools.find(({ name }) => SEARCH.test(name))
  const input = search && fillArguments(search, text)
  return search && input && { name: search.name, arguments: input }
}

/** What a tool that somebody chose by hand is given: what its pattern finds, else all that was said. */
const fillFor = ({ name }: FunctionSchema, text: string) =>
  PATTERNS.find(({ tool }) => tool.test(name))?.fill(text) ?? text

/** Arguments for a tool that needs nothing, or one text. `undefined` when they cannot be filled. */
function fillArguments({ parameters }: FunctionSchema, value: string | undefined): Record<string, unknown> | undefined {
  const properties = Object.entries((parameters.properties ?? {}) as Record<string, { type?: unknown }>) // a JSON schema
  const required = new Set((parameters.required ?? []) as string[])
  const [name] = properties.find(([key, { type }]) => type === 'string' && required.has(key)) ?? []
  if (required.size === 0) return {}
  const others = [...required].filter((key) => key !== name)
  const nullable = others.every((key) => acceptsNull(properties.find(([other]) => other === key)?.[1]))
  if (!nullable || !name || value === undefined) return nullable && name === undefined ? nulls(others) : undefined
  return { [name]: value, ...nulls(others) }
}

const nulls = (names: string[]) => Object.fromEntries(names.map((name) => [name, null]))

/** Strict schemas make every argument required; an optional one accepts null. */
const acceptsNull = (schema: object | undefined): boolean => JSON.stringify(schema ?? {}).includes('"null"')

/** Whether the person asks for what the other agent does: they name it, or use two words of its description. */
function isSubjectOf({ name, description }: FunctionSchema, text: string): boolean {
  const words = new Set(significantWords(text))
  const named = significantWords(name.replace(/^transfer_to_/, '').replaceAll('_', ' ')).filter((word) =>
    words.has(word),
  )
  const described = new Set(significantWords(description).filter((word) => words.has(word)))
  return named.length > 0 || described.size >= 2
}
