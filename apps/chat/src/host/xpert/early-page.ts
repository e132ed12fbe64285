import type { Channel, PageApi } from '@parley/element/bridge'
import type { EarlyMessages, FrameCommands, PageConnection } from '../page-connection.js'
import { withResolvers } from '../with-resolvers.js'

/**
 * Connects with a page as Xpert's first example has it: a bare frame, to which the page posts its client secret once it
 * has one, and a newer one later. Nothing else crosses. The address may name the assistant.
 */
export async function connectToEarlyPage(search: string, early: EarlyMessages): Promise<PageConnection> {
  const first = withResolvers<MessageEvent<unknown>>()
  let secret = ''
  console.info(WAITING)
  early.takeOver((event) => {
    const given = secretIn(event)
    if (given === null) return
    secret = given
    first.resolve(event)
  })
  const { origin } = await first.promise
  const chat = withResolvers<FrameCommands>()
  const parameters = new URLSearchParams(search)
  const appId = parameters.get('xpertId') ?? parameters.get('assistantId')
  return {
    page: silentPage(() => secret),
    start: {
      options: { api: { getClientSecret: true, ...(appId && { appId }) } },
      pageUrl: `${origin}/`,
    },
    hasMicrophone: false,
    serve: chat.resolve,
  }
}

/** Whoever frames the chat by its bare address sees nothing before that: here they read why. */
const WAITING =
  'This chat waits for its page: show it with chatkit.js, or post { type: "chatkit:client-secret", clientSecret } to this frame.'

function secretIn({ source, data }: MessageEvent<unknown>): string | null {
  if (source !== window.parent) return null
  const { type, clientSecret } = Object(data) as { type?: unknown; clientSecret?: unknown }
  return type === 'chatkit:client-secret' && typeof clientSecret === 'string' && clientSecret ? clientSecret : null
}

/** It is asked for nothing but its secret, and hears of nothing. */
function silentPage(secret: () => string): Channel<PageApi> {
  const call = async (name: string, ...args: unknown[]): Promise<unknown> => {
    const [path, [current]] = [args[0], [args[1]].flat()]
    if (name !== 'callOption' || path !== 'api.getClientSecret') throw new Error(`This page offers no ${name}.`)
    if (secret() !== current) return secret()
    throw new Error('The page has posted no newer secret.')
  }
  return { call: call as Channel<PageApi>['call'], tell: () => undefined, close: () => undefined } // it knows one call
}
