import type { Channel, PageApi } from '@parley/element/bridge'
import type { ChatOptions } from '../store/options.js'
import type { SessionHost } from '../store/session.js'

/** What the page does for the session: its events, its client tools and the other functions of its newest options. */
export function createSessionHost(
  page: Channel<PageApi>,
  getOptions: () => ChatOptions,
  more: Pick<SessionHost, 'customWidgets' | 'onSend'>,
): SessionHost {
  return {
    ...more,
    emit: (name, detail) => page.tell('emit', name, name === 'chatkit.error' ? withCause(detail) : detail),
    get callClientTool() {
      if (!getOptions().onClientTool) return undefined
      return (call: { name: string; params: unknown }, callId: string) =>
        page.call('callOption', 'onClientTool', [call, callId])
    },
    callFunction: (path, args) => page.call('callOption', path, args),
    tellShell: (message) => page.tell('shell', message),
    loadFont: (url) => page.call('loadFont', url),
  }
}

/** The page's author reads what is behind a failure, too: the way of the request, not only that it failed. */
function withCause(detail: unknown): unknown {
  const error = Object(detail).error
  if (!(error instanceof Error && error.cause instanceof Error)) return detail
  const { name, message, cause } = error
  return { error: Object.assign(new Error(`${message} ${cause.message}`), { name }) }
}
