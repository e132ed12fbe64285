import type { Channel, CustomWidgetToFrame, PageApi } from '@parley/element/bridge'
import type { CustomWidgetLink } from '../store/session.js'

/** The page's own widgets over the channel: messages out, and in to whoever listens at the moment. */
export function createCustomWidgetLink(page: Channel<PageApi>) {
  let listener: ((message: CustomWidgetToFrame) => unknown) | undefined
  const link: CustomWidgetLink = {
    send: async (message) => page.call('customWidget', message),
    listen(next) {
      listener = next
      return () => {
        if (listener === next) listener = undefined
      }
    },
  }
  return { link, receive: async (message: CustomWidgetToFrame) => listener?.(message) }
}
