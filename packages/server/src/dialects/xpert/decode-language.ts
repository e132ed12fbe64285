import type { StreamLanguage } from '@parley/protocol/admin'
import type { RunBody } from './runs/schema.js'

/** What Xpert's clients put into `input`. Source: the Xpert contract, section 5.3, forms A to C. */
const XPERT_FIELDS = [
  'action',
  'message',
  'input',
  'files',
  'command',
  'confirm',
  'retry',
  'followUpMode',
  'executionId',
]

/** Whose clients write a request like this. `undefined`: those of either might. */
export function decodeForm({ input, command }: Pick<RunBody, 'input' | 'command'>): StreamLanguage | undefined {
  if (!input || 'messages' in input) return 'langgraph'
  if (XPERT_FIELDS.some((field) => field in input)) return 'xpert'
  return command ? 'langgraph' : undefined
}

/**
 * Which language a request is answered in: that which was said for its caller or its app, else that of its form, else
 * LangGraph's. Source: the Xpert contract, section 5.4.
 */
export const decodeLanguage = (
  body: Pick<RunBody, 'input' | 'command'>,
  said: StreamLanguage | undefined,
): StreamLanguage => said ?? decodeForm(body) ?? 'langgraph'
