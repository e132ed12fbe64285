import { type InputField, ParleyError } from '@parley/protocol'
import type { ThreadAction } from '../../../engine/act-on-thread.js'
import type { HistoryMessage } from '../../../engine/engine.js'
import { checkBody } from '../../check-body.js'
import { decodeMessages, decodeStateChange } from '../threads/decode.js'
import { withUpdate } from '../threads/decode-update.js'
import { NODE } from '../threads/encode.js'
import type { StateValues } from '../threads/schema.js'
import { decodeAnswer } from './decode-resume.js'
import { graphInputSchema, type RunBody, STREAM_MODES, type StreamMode } from './schema.js'

/** Reads what LangGraph's clients send. @throws {ParleyError} `invalid_request` */
export function decodeGraphInput(body: RunBody): ThreadAction {
  const action = decodeAction(body)
  if (body.after_seconds && (action.type === 'answer' || action.type === 'tool_output'))
    throw invalid('after_seconds delays a message. Send an answer when it is time.')
  return action
}

function decodeAction({ input, command }: RunBody): ThreadAction {
  checkGoto(command?.goto)
  const update = command?.update ?? undefined
  const resume = command?.resume
  if (resume !== undefined)
    return {
      type: 'answer',
      read: (question) => decodeAnswer(question, resume),
      change: update && decodeStateChange(withUpdate(undefined, update)),
      goesOn: resume === true || resume === null,
    }
  if (update) return decodeValues(checkBody(graphInputSchema, withUpdate(input ?? undefined, update)), true)
  return input ? decodeValues(checkBody(graphInputSchema, input)) : { type: 'continue' }
}

/** An app is one node, at which every run goes on. @throws {ParleyError} `invalid_request` for any other */
function checkGoto(goto: unknown): void {
  if (goto === undefined || goto === null) return
  const unknown = [goto].flat().find((node) => node !== NODE)
  if (unknown === undefined) return
  throw invalid(`command.goto: ${JSON.stringify(unknown)} is not a node of this graph. Its one node is "${NODE}".`)
}

/** @param goesOn Variables alone are enough: a command says that what stands there is to be answered. */
function decodeValues({ messages: given, ...state }: StateValues, goesOn = false): ThreadAction {
  const messages = decodeMessages(given)
  const last = messages.at(-1)
  if (!last) {
    if (goesOn || Object.keys(state).length === 0) return { type: 'continue', state }
    throw invalid(
      'input.messages is missing: an app answers messages. Send {"messages":[{"role":"user","content":"…"}]}.',
    )
  }
  if (last.role === 'tool') return { type: 'tool_output', callId: last.callId, output: last.text }
  if (last.role !== 'user') throw invalid('The last of input.messages must be of the user, or the output of a tool.')
  const history = messages.slice(0, -1).flatMap((message): HistoryMessage[] => {
    if (message.role === 'tool') return []
    return [{ role: message.role, text: message.text, id: message.id }]
  })
  const { id, text, files } = last
  const content = [{ type: 'input_text' as const, text }]
  return {
    type: 'message',
    input: { content, attachments: files, inference_options: {} },
    messageId: id,
    history,
    state,
  }
}

/** What an app asks for may stand in the context of a run as well; what comes with the message wins. */
export function withContext(
  action: ThreadAction,
  fields: readonly Pick<InputField, 'variable'>[] = [],
  { context, config }: Pick<RunBody, 'context' | 'config'>,
): ThreadAction {
  if (action.type !== 'message' && action.type !== 'continue') return action
  const given: Record<string, unknown> = { ...config?.configurable, ...context }
  const asked = fields.flatMap(({ variable }) => (Object.hasOwn(given, variable) ? [[variable, given[variable]]] : []))
  return asked.length === 0 ? action : { ...action, state: { ...Object.fromEntries(asked), ...action.state } }
}

/** Absent: `values`, as LangGraph's protocol has it. */
export function decodeModes(given: RunBody['stream_mode'] | string | string[] | undefined): Set<StreamMode> {
  const names = given === undefined || given === null ? [] : [given].flat()
  const known = names.filter((name): name is StreamMode => STREAM_MODES.some((mode) => mode === name))
  return new Set(known.length > 0 ? known : ['values'])
}

/** The last event a reader has seen: the number of the engine's event, and which of the frames made of it. */
export interface Place {
  sequence: number
  frame: number
}

/** `undefined`: from the start, which is what `-1` and everything unknown mean. */
export function decodePlace(lastEventId: string | null): Place | undefined {
  const [, sequence, frame = '0'] = /^(\d{1,15})(?:-(\d{1,6}))?$/.exec(lastEventId?.trim() ?? '') ?? []
  return sequence === undefined ? undefined : { sequence: Number(sequence), frame: Number(frame) }
}

/** Where the reader of a thread was: what of one run it has seen. */
export interface ThreadPlace {
  runId: string
  seen: Place
}

/** `undefined`: it was not here before; `null`: it wants everything, which is what `-1` and everything unknown mean. */
export function decodeThreadPlace(lastEventId: string | null): ThreadPlace | null | undefined {
  if (lastEventId === null || lastEventId.trim() === '') return undefined
  const [, runId, place = ''] = /^(.+):(\d+-\d+)$/.exec(lastEventId.trim()) ?? []
  const seen = decodePlace(place)
  return runId === undefined || seen === undefined ? null : { runId, seen }
}

const invalid = (message: string) => new ParleyError('invalid_request', message)
