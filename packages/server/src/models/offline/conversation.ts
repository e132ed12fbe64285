import type { ModelRequest } from '@openai/agents-core/model'
import type { AgentInputItem } from '@openai/agents-core/types'

/** What a tool answered in this turn. */
export interface ToolAnswer {
  name: string
  text: string
}

/** The part of a request that the offline model looks at. */
export interface Conversation {
  /** What the person said last. */
  text: string
  /** What they want of the model itself, if anything: to know what it is, or to see what an answer can look like. */
  wants?: 'introduction' | 'sample'
  /** Whether nothing was answered before. */
  isFirst: boolean
  /** Tools that answered since, in order; handoffs too. */
  answers: ToolAnswer[]
}

export function readConversation({ input }: ModelRequest): Conversation {
  if (typeof input === 'string') return { text: input, wants: wantsOf(input), isFirst: true, answers: [] }
  const last = input.findLastIndex((item) => 'role' in item && item.role === 'user' && !isAside(item))
  const answers = input
    .slice(last + 1)
    .flatMap((item) =>
      item.type === 'function_call_result' ? [{ name: item.name, text: outputText(item.output) }] : [],
    )
  const text = input[last] ? textOf(input[last]) : ''
  return {
    text,
    wants: wantsOf(text),
    isFirst: !input.some((item) => 'role' in item && item.role === 'assistant'),
    answers,
  }
}

const ASKS_WHO =
  /\b(who|what) are you\b|\bwhat (can|do) you (do|know)\b|^\W*help\W*$|are you (a |an )?(real|language model|llm|ai|gpt|chatgpt|human|bot|offline)|offline model|which model|what model|bạn là ai|你是谁/i
const ASKS_SAMPLE =
  /\b(show|demonstrate|write)\b.*\b(markdown|formatting|tables?|lists?|code (block|example|sample))\b/i

function wantsOf(text: string): Conversation['wants'] {
  if (ASKS_WHO.test(text)) return 'introduction'
  return ASKS_SAMPLE.test(text) ? 'sample' : undefined
}

/** Messages in the person's role that the person did not write. */
const isAside = (item: AgentInputItem): boolean =>
  /^(<HiddenContext>|A step that was shown|The person was|This image was|The message (refers|mentions))/.test(
    textOf(item),
  )

function textOf(item: AgentInputItem): string {
  if (!('role' in item)) return ''
  if (typeof item.content === 'string') return item.content
  return item.content.map((part) => ('text' in part ? part.text : '')).join('')
}

function outputText(output: Extract<AgentInputItem, { type: 'function_call_result' }>['output']): string {
  if (typeof output === 'string') return output
  const parts = Array.isArray(output) ? output : [output]
  return parts.map((part) => ('text' in part ? part.text : '')).join('\n')
}
