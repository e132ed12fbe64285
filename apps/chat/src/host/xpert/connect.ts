import type { Api, Channel, PageApi } from '@parley/element/bridge'
import type { ChatSession, SendUserMessageParams } from '../../store/session-contract.js'
import type { EarlyMessages, FrameCommands, PageConnection } from '../page-connection.js'
import { withResolvers } from '../with-resolvers.js'
import { type CommandContext, createCommands } from './commands.js'
import { decodeXpertInvitation } from './invitation.js'
import { createMessenger, type Messenger, type PageWindow } from './messenger.js'
import { fromXpertOptions, hasPet } from './options.js'
import { createPageCalls } from './page-calls.js'
import { createPageRequests } from './page-requests.js'
import { keepPetPosted } from './pet.js'
import { sendSlashCommand } from './run-slash-command.js'
import { readInvocation, readSlashCommands } from './slash-commands.js'

/**
 * Connects with a page that uses `<xpertai-chatkit>`: the same chat, asked and told in that element's own messages.
 * `null` when the fragment is not an invitation of that element. `early` are the messages that came before this code.
 */
export function connectToXpert(hash: string, early: EarlyMessages): PageConnection | null {
  const invitation = decodeXpertInvitation(hash)
  if (!invitation) return null
  const { options, referrer, channelId } = invitation
  const page: PageWindow = { window: window.parent, origin: referrer }
  const chat = withResolvers<FrameCommands>()
  const attended = withResolvers<ChatSession>()
  let given = options
  let tools: string[] = []
  const ready = async (): Promise<CommandContext> => ({
    chat: await chat.promise,
    session: await attended.promise,
    keepOptions(changed) {
      given = changed
    },
    keepTools(chosen) {
      tools = chosen
    },
  })
  const messenger = createMessenger(
    (message) => window.parent.postMessage(channelId ? { ...message, channelId } : message, referrer),
    page,
    createCommands(ready()),
  )
  early.takeOver(messenger.receive)

  const ways = {
    page: messenger,
    options: () => given,
    send: async (params: SendUserMessageParams) => (await chat.promise).run('sendUserMessage', [params]),
  }
  const calls: PageApi = { ...createPageCalls(messenger, ways), ...createPageRequests(messenger), loadFont }
  return {
    page: asChannel(calls),
    start: { options: { ...fromXpertOptions(options) }, pageUrl: `${referrer}/` },
    hasMicrophone: true, // that element lends what it has
    serve: chat.resolve,
    attend(session) {
      attended.resolve(session)
      tellStops(session, messenger)
      keepPetPosted(session, messenger, () => hasPet(given))
    },
    onSend(written) {
      const params = tools.length > 0 ? { tools, ...written } : written
      const text = params.content?.map((part) => part.text).join('') ?? params.text ?? ''
      const invocation = readInvocation(readSlashCommands(given), text)
      return invocation ? sendSlashCommand(invocation, params, ways) : params
    },
  }
}

/** The page hears of an answer that is stopped, which no event of ours says. */
function tellStops({ getState, subscribe }: ChatSession, messenger: Messenger): void {
  let before = getState().run.phase
  subscribe(() => {
    const { run, threadId } = getState()
    if (run.phase === 'stopping' && before !== 'stopping')
      messenger.event('public_event', ['response.stop', { threadId }])
    before = run.phase
  })
}

/** That element brings its page's answers as JSON only. */
const loadFont: PageApi['loadFont'] = async (url) => {
  throw new Error(`<xpertai-chatkit> has no way to load the font ${url}.`)
}

/** Calls of this window, in the form of a channel to another. */
function asChannel<Remote extends Api<Remote>>(remote: Remote): Channel<Remote> {
  return {
    call: (name, ...args) => new Promise((resolve) => resolve(remote[name](...args) as never)), // typed where it is called
    tell: (name, ...args) => void remote[name](...args),
    close: () => undefined,
  }
}
