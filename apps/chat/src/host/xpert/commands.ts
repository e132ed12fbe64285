import { isBusy } from '../../store/selectors.js'
import type { ChatSession } from '../../store/session-contract.js'
import type { FrameCommands } from '../page-connection.js'
import { createFollowUps } from './follow-ups.js'
import type { RunCommand } from './messenger.js'
import { fromXpertOptions } from './options.js'
import { pluginsIn } from './slash-commands.js'
import { toMessage, withReply } from './user-message.js'

/** What commands are carried out with. */
export interface CommandContext {
  chat: FrameCommands
  session: ChatSession
  /** Keeps the newest options, for whoever looks at them next. */
  keepOptions(options: Record<string, unknown>): void
  /** Keeps what messages written from now on may use; none: whatever the app has. */
  keepTools(tools: string[]): void
}

type CommandOf = (
  context: CommandContext & { follow: ReturnType<typeof createFollowUps> },
  data: Record<string, unknown>,
) => Promise<void> | void

/** What the page asks of the frame, by the names it has there. */
const COMMANDS: Record<string, CommandOf> = {
  onSetOptions({ chat, keepOptions }, options) {
    keepOptions(options)
    return chat.setOptions({ ...fromXpertOptions(options) })
  },
  onFocusComposer: ({ chat }) => chat.run('focusComposer', []),
  onFetchUpdates: ({ chat }) => chat.run('fetchUpdates', []),
  onShowHistory: ({ chat }) => chat.run('showHistory', []),
  onHideHistory: ({ chat }) => chat.run('hideHistory', []),
  onSetThreadId: ({ chat }, { threadId }) => chat.run('setThreadId', [threadId ?? null]),
  onSendCustomAction: ({ chat }, { action, itemId }) => chat.run('sendCustomAction', [action, itemId]),
  onSendUserMessage({ chat, session, follow }, { followUpMode, ...params }) {
    const send = () => chat.run('sendUserMessage', [toMessage(params)])
    if (params.newThread === true || !isBusy(session.getState())) return send()
    return follow(followUpMode, send)
  },
  onSetComposerValue({ chat, session }, params) {
    const { runtimeCapabilities: _, ...value } = withReply(params, session.getState().composer.quote)
    return chat.run('setComposerValue', [{ ...value, selectedModelId: params.selectedModelId ?? undefined }])
  },
  onSetRuntimeCapabilities: ({ keepTools }, selection) => keepTools(pluginsIn(selection)),
  onSetPetEnabled: () => undefined, // the pet lives in the page; the chat behind it is the same
}

/** Carries out the page's commands, each as soon as the chat runs. */
export function createCommands(ready: Promise<CommandContext>): RunCommand {
  const prepared = ready.then((context) => ({ ...context, follow: createFollowUps(context.session) }))
  return async (command, data) => {
    const run = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined
    if (!run) throw new Error(`This chat does not know the command "${command}".`)
    return run(await prepared, Object(data) as Record<string, unknown>)
  }
}
