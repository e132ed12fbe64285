import { type InferenceOptions, ParleyError, type UserMessageInput } from '@parley/protocol'
import type { z } from 'zod'
import { checkBody } from '../../check-body.js'
import { actionSchema, type humanInputSchema, legacySchema } from './input-schema.js'

/** What a run of Xpert's chat is asked to do. `value`: the answer to what the run waits for. */
export type ChatAction = { conversationId?: string | undefined } & (
  | { type: 'send'; message: ChatMessageInput }
  /** A message while an answer is being written: behind it (`queue`), or in its place (`steer`). */
  | { type: 'follow_up'; mode: 'queue' | 'steer'; message: ChatMessageInput }
  | ({ type: 'resume'; executionId?: string | undefined; value: unknown } & Changes)
  | { type: 'retry'; executionId?: string | undefined }
)

/** What a person changed before going on. */
interface Changes {
  /** Calls with other arguments than the app gave them. */
  toolCalls?: readonly unknown[] | undefined
  /** Values of the state. */
  update?: Record<string, unknown> | undefined
}

export interface ChatMessageInput {
  input: UserMessageInput
  clientMessageId?: string | undefined
  /** What the app reads as state variables. */
  variables: Record<string, unknown>
}

/** Reads the `input` of a run in any of Xpert's forms. @throws {ParleyError} `invalid_request` */
export function decodeChatInput(input: Record<string, unknown>, files?: unknown): ChatAction {
  if ('action' in input || 'message' in input) return decodeAction({ action: 'send', ...input })
  return decodeLegacy(files === undefined ? input : { files, ...input })
}

function decodeAction(given: Record<string, unknown>): ChatAction {
  const body = checkBody(actionSchema, given)
  const { conversationId } = body
  if (body.action === 'retry') return { type: 'retry', conversationId, executionId: executionOf(body.source) }
  if (body.action === 'resume') {
    const { decision, patch, target } = body
    return {
      type: 'resume',
      conversationId,
      executionId: executionOf(target),
      value: decision.payload ?? decision.type === 'confirm',
      toolCalls: patch?.toolCalls,
      update: patch?.update,
    }
  }
  const { clientMessageId, input } = body.message
  const message = withContent({ ...decodeHuman(input, body.state), clientMessageId }, 'message.input.input')
  return body.action === 'send'
    ? { type: 'send', conversationId, message }
    : { type: 'follow_up', conversationId, mode: body.mode, message }
}

function decodeLegacy(given: Record<string, unknown>): ChatAction {
  const body = checkBody(legacySchema, given)
  const { input, files, state, conversationId, id, executionId, confirm, command, retry, followUpMode, ...rest } = body
  if (retry) return { type: 'retry', conversationId, executionId }
  const human: HumanInput =
    typeof input === 'object'
      ? { ...input, files: input.files ?? files }
      : { ...rest, input, files, references: undefined }
  const message = { ...decodeHuman(human, state), clientMessageId: id }
  const field = typeof input === 'object' ? 'input.input' : 'input'
  if (followUpMode)
    return { type: 'follow_up', conversationId, mode: followUpMode, message: withContent(message, field) }
  if (confirm === undefined && command === undefined && executionId === undefined)
    return { type: 'send', conversationId, message: withContent(message, field) }
  return {
    type: 'resume',
    conversationId,
    executionId,
    value: command?.resume ?? confirm !== false,
    toolCalls: command?.toolCalls,
    update: command?.update,
  }
}

/** The id of an answer is that of its run. */
const executionOf = (target: { aiMessageId?: string | undefined; executionId?: string | undefined } | undefined) =>
  target?.executionId ?? target?.aiMessageId

function decodeHuman(
  { input = '', files = [], references = [], planMode: _plan, runtimeCapabilities, ...variables }: HumanInput,
  state: Record<string, unknown> = {},
): Omit<ChatMessageInput, 'clientMessageId'> {
  const quotes = references.flatMap((reference) => quotedIn(reference))
  const { human: _, ...others } = state // says again what the message says
  return {
    input: {
      content: [{ type: 'input_text', text: input }],
      attachments: files.map(fileId),
      ...(quotes.length > 0 && { quoted_text: quotes.join('\n\n') }),
      inference_options: chosenOf(runtimeCapabilities),
    },
    variables: { ...others, ...variables },
  }
}

/**
 * The tools that were chosen. A selection without any is what Xpert's composer sends as long as nobody chooses: it leaves
 * the app as it is.
 */
function chosenOf(chosen: HumanInput['runtimeCapabilities']): InferenceOptions {
  const tools = chosen?.plugins?.nodeKeys ?? []
  return tools.length === 0 || chosen?.inheritUnselected ? {} : { tools }
}

function withContent(message: ChatMessageInput, field: string): ChatMessageInput {
  const { content, attachments } = message.input
  const isEmpty = attachments.length === 0 && content.every((part) => part.text.trim() === '')
  if (isEmpty) throw new ParleyError('invalid_request', `${field} is empty. Write a message, or name a file in files.`)
  return message
}

/** Lines of a file are introduced by their place. */
function quotedIn({ text, path, startLine, endLine }: Reference): string[] {
  if (!text) return []
  const lines = startLine === undefined ? '' : `:${startLine}-${endLine ?? startLine}`
  return [path ? `${path}${lines}\n${text}` : text]
}

type HumanInput = z.infer<typeof humanInputSchema>
type Reference = NonNullable<HumanInput['references']>[number]
type GivenFile = NonNullable<HumanInput['files']>[number]

const fileId = (file: GivenFile): string =>
  typeof file === 'string' ? file : (file.id ?? file.fileId ?? file.storageFileId ?? '')
