import {
  acceptPort,
  type Channel,
  decodeInvitation,
  type FrameApi,
  openChannel,
  type PageApi,
  type StartMessage,
} from '@parley/element/bridge'

export interface PageConnection {
  page: Channel<PageApi>
  start: StartMessage
}

/** The running chat as the page drives it, once it has started. */
export type FrameCommands = Omit<FrameApi, 'start'>

/**
 * Connects with the page around the frame and waits for its first options. `null` when nobody invited us: the frame was
 * opened by itself. Commands that arrive before `serve` is called wait for it.
 */
export async function connectToPage(
  hash: string,
): Promise<(PageConnection & { serve(chat: FrameCommands): void }) | null> {
  const invitation = decodeInvitation(hash)
  if (!invitation || window.parent === window) return null

  const port = await acceptPort(invitation)
  const chat = withResolvers<FrameCommands>()
  const start = withResolvers<StartMessage>()
  const page = openChannel<FrameApi, PageApi>(port, {
    start: start.resolve,
    setOptions: async (options) => (await chat.promise).setOptions(options),
    run: async (command, args) => (await chat.promise).run(command, args),
  })
  return { page, start: await start.promise, serve: chat.resolve }
}

/** Promise.withResolvers, which browsers of two years ago lack. */
function withResolvers<Value>() {
  let resolve!: (value: Value) => void // assigned before the constructor returns
  const promise = new Promise<Value>((fulfil) => {
    resolve = fulfil
  })
  return { promise, resolve }
}
