import { ParleyError } from '@parley/protocol'
import type { Call, HistoryMessage } from '../../../engine/engine.js'
import { checkBody } from '../../check-body.js'
import type { XpertParts } from '../routes.js'
import { decodeMessages } from './decode.js'
import { START } from './encode.js'
import { type InputMessage, valuesSchema } from './schema.js'

export interface StateChange {
  threadId: string
  values: unknown
  /** The checkpoint it is made at. Absent: the newest. */
  at?: string | undefined
}

/**
 * Adds values to a thread's state as LangGraph does: messages are added, replaced or removed by their ids, everything else
 * takes the place of what has its name. @throws {ParleyError} `invalid_request`, `thread_busy`
 */
export async function changeState<Context>(
  { engine }: XpertParts<Context>,
  call: Call<Context>,
  { threadId, values, at }: StateChange,
): Promise<void> {
  const { messages: given, ...state } = checkBody(valuesSchema, values)
  const all = typeof given === 'string' || given === undefined ? given : [given].flat()
  const removedIds = typeof all === 'object' ? all.filter(isRemoval).map(({ id }) => id ?? '') : []
  const kept = typeof all === 'object' ? all.filter((message) => !isRemoval(message)) : all
  const messages = decodeMessages(kept).map((message): HistoryMessage => {
    if (message.role === 'tool')
      throw new ParleyError(
        'invalid_request',
        'values.messages: the output of a tool is given with a run that resumes.',
      )
    return { role: message.role, text: message.text, id: message.id }
  })
  const behind = at === START ? null : at
  if (messages.length > 0 || removedIds.length > 0 || at !== undefined)
    await engine.changeHistory(call, threadId, { messages, removedIds, behind })
  await engine.noteOnThread(call, threadId, { state })
}

const isRemoval = ({ type, role }: InputMessage) => (type ?? role) === 'remove'
