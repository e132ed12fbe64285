import type { FrameCommands } from '../page-connection.js'
import type { RunCommand } from './messenger.js'
import { fromXpertOptions } from './options.js'

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
  onSendUserMessage: (chat, params) => chat.run('sendUserMessage', [withTools(withReply(params))]),
  onSetComposerValue: (chat, params) =>
    chat.run('setComposerValue', [{ ...withReply(params), selectedModelId: params.selectedModelId ?? undefined }]),
  onSetPetEnabled: () => undefined, // the pet lives in the page; the chat behind it is the same
}

/** Carries out the page's commands, each as soon as the chat runs. */
export function createCommands(chat: Promise<FrameCommands>): RunCommand {
  return async (command, data) => {
    const run = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined
    if (!run) throw new Error(`This chat does not know the command "${command}".`)
    return run(await chat, Object(data) as Record<string, unknown>)
  }
}

/** Plugins are what Xpert calls tools. A selection without any leaves the app as it is. */
function withTools({ runtimeCapabilities, ...params }: Record<string, unknown>): Record<string, unknown> {
  const { plugins, inheritUnselected } = Object(runtimeCapabilities) as {
    plugins?: unknown
    inheritUnselected?: unknown
  }
  const { nodeKeys } = Object(plugins) as { nodeKeys?: unknown }
  const tools = Array.isArray(nodeKeys) ? nodeKeys.map(String) : []
  return tools.length === 0 || inheritUnselected === true ? params : { ...params, tools }
}

/** A quote among Xpert's references is what we call a reply. */
function withReply(params: Record<string, unknown>): Record<string, unknown> {
  const references = Array.isArray(params.references) ? params.references : []
  const quote = references.find((reference: unknown) => Object(reference).type === 'quote')
  return quote && params.reply === undefined ? { ...params, reply: quote.text } : params
}
