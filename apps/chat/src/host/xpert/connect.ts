import type { Api, Channel, PageApi } from '@parley/element/bridge'
import type { SendUserMessageParams } from '../../store/session-contract.js'
import type { EarlyMessages, FrameCommands, PageConnection } from '../page-connection.js'
import { withResolvers } from '../with-resolvers.js'
import { createCommands } from './commands.js'
import { decodeXpertInvitation } from './invitation.js'
import { createMessenger, type PageWindow } from './messenger.js'
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
  const { options, referrer } = invitation
  const page: PageWindow = { window: window.parent, origin: referrer }
  const chat = withResolvers<FrameCommands>()
  let given = options
  const messenger = createMessenger(
    (message) => window.parent.postMessage(message, referrer),
    page,
    createCommands(chat.promise, (changed) => {
      given = changed
    }),
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
    attend: (session) => keepPetPosted(session, messenger, () => hasPet(given)),
    onSend(params) {
      const text = params.content?.map((part) => part.text).join('') ?? params.text ?? ''
      const invocation = readInvocation(readSlashCommands(given), text)
      return invocation ? sendSlashCommand(invocation, params, ways) : params
    },
  }
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
