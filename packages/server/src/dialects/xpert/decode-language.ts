import type { RunBody } from './runs/schema.js'

/** The two languages that streams of this API speak, never both in one answer. */
export type StreamLanguage = 'langgraph' | 'xpert'

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

/**
 * Which language a request's client reads: Xpert's when its `input` has one of Xpert's forms, else LangGraph's. Source: the
 * Xpert contract, section 5.4.
 */
export function decodeLanguage({ input }: Pick<RunBody, 'input'>): StreamLanguage {
  if (!input || 'messages' in input) return 'langgraph'
  return XPERT_FIELDS.some((field) => field in input) ? 'xpert' : 'langgraph'
}
