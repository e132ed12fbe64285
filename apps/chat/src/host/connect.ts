import {
  acceptPort,
  decodeInvitation,
  type FrameApi,
  type Invitation,
  openChannel,
  type PageApi,
  type StartMessage,
} from '@parley/element/bridge'
import type { EarlyMessages, FrameCommands, PageConnection } from './page-connection.js'
import { withResolvers } from './with-resolvers.js'

/**
 * Connects with the page around the frame and waits for its first options. Two elements open the frame: ours, and
 * Xpert's; without either a page may still post a client secret. `null`: the frame was opened by itself.
 */
export async function connectToPage(hash: string): Promise<PageConnection | null> {
  if (window.parent === window) return null
  const invitation = decodeInvitation(hash)
  if (invitation) return connectToElement(invitation)
  const early = keepMessages()
  if (hash) return (await import('./xpert/connect.js')).connectToXpert(hash, early)
  return (await import('./xpert/early-page.js')).connectToEarlyPage(location.search, early)
}

async function connectToElement(invitation: Invitation): Promise<PageConnection> {
  const port = await acceptPort(invitation)
  const chat = withResolvers<FrameCommands>()
  const start = withResolvers<StartMessage>()
  const page = openChannel<FrameApi, PageApi>(port, {
    start: start.resolve,
    setOptions: async (options) => (await chat.promise).setOptions(options),
    run: async (command, args) => (await chat.promise).run(command, args),
    customWidget: async (message) => (await chat.promise).customWidget(message),
  })
  return { page, start: await start.promise, hasMicrophone: invitation.microphone, serve: chat.resolve }
}

/** Xpert's element speaks as soon as the frame has loaded, which may be before the code for it has. */
function keepMessages(): EarlyMessages {
  const kept: MessageEvent<unknown>[] = []
  let listener = (event: MessageEvent<unknown>): unknown => kept.push(event)
  window.addEventListener('message', (event) => listener(event))
  return {
    takeOver(next) {
      listener = next
      kept.forEach(next)
    },
  }
}
