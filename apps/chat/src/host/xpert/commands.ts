import type { FrameCommands } from '../page-connection.js'
import type { RunCommand } from './messenger.js'
import { fromXpertOptions, withoutMessage } from './options.js'
import { pluginsIn } from './slash-commands.js'

type CommandOf = (chat: FrameCommands, data: Record<string, unknown>) => Promise<void> | void

/** What the page asks of the frame, by the names it has there. */
const COMMANDS: Record<string, CommandOf> = {
  onSetOptions: (chat, options) => chat.setOptions({ ...fromXpertOptions(options) }),
  onFocusComposer: (chat) => chat.run('focusComposer', []),
  onFetchUpdates: (chat) => chat.run('fetchUpdates', []),
  onShowHistory: (chat) => chat.run('showHistory', []),
  onHideHistory: (chat) => chat.run('hideHistory', []),
  onSetThreadId: (chat, { threadId }) => chat.run('setThreadId', [threadId ?? null]),
  onSendCustomAction: (chat, { action, itemId }) => chat.run('sendCustomAction', [action, itemId]),
  onSendUserMessage: (chat, params) => chat.run('sendUserMessage', [toMessage(params)]),
  onSetComposerValue: (chat, params) =>
    chat.run('setComposerValue', [{ ...withReply(params), selectedModelId: params.selectedModelId ?? undefined }]),
  onSetPetEnabled: () => undefined, // the pet lives in the page; the chat behind it is the same
}

/** Carries out the page's commands, each as soon as the chat runs; `keepOptions` hears of new options first. */
export function createCommands(
  chat: Promise<FrameCommands>,
  keepOptions: (options: Record<string, unknown>) => void = () => undefined,
): RunCommand {
  return async (command, data) => {
    const run = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined
    if (!run) throw new Error(`This chat does not know the command "${command}".`)
    const given = Object(data) as Record<string, unknown>
    if (command === 'onSetOptions') keepOptions(given)
    return run(await chat, given)
  }
}

/** The text may stand in the state alone, where Xpert's own servers read it. */
function toMessage({ runtimeCapabilities, state, ...params }: Record<string, unknown>): Record<string, unknown> {
  const { human } = Object(state) as { human?: unknown }
  const { input } = Object(human) as { input?: unknown }
  const tools = pluginsIn(runtimeCapabilities)
  const variables = withoutMessage(state)
  return {
    ...withReply(params),
    ...(params.text === undefined && typeof input === 'string' && { text: input }),
    ...(tools.length > 0 && { tools }),
    ...(Object.keys(variables).length > 0 && { state: variables }),
  }
}

/** A quote among Xpert's references is what we call a reply. */
function withReply(params: Record<string, unknown>): Record<string, unknown> {
  const references = Array.isArray(params.references) ? params.references : []
  const quote = references.find((reference: unknown) => Object(reference).type === 'quote')
  return quote && params.reply === undefined ? { ...params, reply: quote.text } : params
}
