import { LIMITS, ParleyError } from '@parley/protocol'
import type { HistoryChange, HistoryMessage } from '../../../engine/engine.js'
import { START } from '../../../engine/thread-places.js'
import { checkBody } from '../../check-body.js'
import { type InputMessage, type StateValues, valuesSchema } from './schema.js'

export interface NewMessage {
  id?: string | undefined
  text: string
  /** Ids of files that were uploaded before. */
  files: string[]
}

export type DecodedMessage = NewMessage & ({ role: 'user' | 'assistant' | 'system' } | { role: 'tool'; callId: string })

/** Messages of a state, as they are written in either of the two ways LangGraph knows. */
export function decodeMessages(given: StateValues['messages']): DecodedMessage[] {
  if (given === undefined) return []
  if (typeof given === 'string') return [{ role: 'user', text: given, files: [] }]
  return (Array.isArray(given) ? given : [given]).map(decodeMessage)
}

/**
 * Values for a thread's state as LangGraph adds them: messages are added, replaced or removed by their ids, everything
 * else takes the place of what has its name.
 *
 * @param at The checkpoint it is made at. Absent: the newest.
 * @throws {ParleyError} `invalid_request`
 */
export function decodeStateChange(values: unknown, at?: string | undefined): HistoryChange {
  const { messages: given, ...state } = checkBody(valuesSchema, values)
  const all = typeof given === 'string' || given === undefined ? given : [given].flat()
  const removedIds = typeof all === 'object' ? all.filter(isRemoval).map(({ id }) => id ?? '') : []
  const kept = typeof all === 'object' ? all.filter((message) => !isRemoval(message)) : all
  const messages = decodeMessages(kept).map((message): HistoryMessage => {
    if (message.role === 'tool')
      throw invalid('values.messages: the output of a tool is given with a run that resumes.')
    return { role: message.role, text: message.text, id: message.id }
  })
  return { messages, removedIds, state, behind: at === START ? null : at }
}

const isRemoval = ({ type, role }: InputMessage) => (type ?? role) === 'remove'

const ROLES: Record<string, DecodedMessage['role']> = {
  human: 'user',
  user: 'user',
  HumanMessageChunk: 'user',
  ai: 'assistant',
  assistant: 'assistant',
  AIMessageChunk: 'assistant',
  system: 'system',
  developer: 'system',
  tool: 'tool',
}

function decodeMessage(message: InputMessage, index: number): DecodedMessage {
  const place = `input.messages[${index}]`
  const kind = message.type ?? message.role ?? ''
  const role = Object.hasOwn(ROLES, kind) ? ROLES[kind] : undefined
  if (!role) throw invalid(`${place}.type must be "human", "ai", "system" or "tool".`)
  const { text, files } = decodeContent(message.content, `${place}.content`)
  const head = { id: message.id ?? undefined, text, files }
  if (role !== 'tool') return { ...head, role }
  if (!message.tool_call_id)
    throw invalid(`${place}.tool_call_id is missing: it says which call this is the output of.`)
  return { ...head, role, callId: message.tool_call_id }
}

function decodeContent(content: unknown, place: string): { text: string; files: string[] } {
  if (typeof content === 'string') return { text: content, files: [] }
  if (!Array.isArray(content)) throw invalid(`${place} must be a text or a list of parts.`)
  const parts = content.map((part: unknown, index) => decodePart(part, `${place}[${index}]`))
  return {
    text: parts.flatMap(({ text }) => text ?? []).join('\n\n'),
    files: parts.flatMap(({ file }) => file ?? []),
  }
}

function decodePart(part: unknown, place: string): { text?: string; file?: string } {
  if (typeof part === 'string') return { text: part }
  if (typeof part !== 'object' || part === null)
    throw invalid(`${place} must be a part such as {"type":"text","text":"…"}.`)
  if ('text' in part && typeof part.text === 'string') return { text: part.text }
  if ('file_id' in part && typeof part.file_id === 'string') return { file: part.file_id }
  throw invalid(
    `${place} is of a kind that is not taken. Upload the file to /contexts/file and send {"type":"file","file_id":"<its id>"}.`,
  )
}

const invalid = (message: string) => new ParleyError('invalid_request', message)

/** What callers keep on a thread; its title, which is what other APIs show, is no word of theirs alone. */
export function decodeMetadata(given: Record<string, unknown> | null | undefined): {
  title?: string
  metadata: Record<string, unknown>
} {
  const { title, ...metadata } = given ?? {}
  return typeof title === 'string' && title.length <= LIMITS.labelLength
    ? { title, metadata }
    : { metadata: given ?? {} }
}
