import type { ChatKitElement, ChatKitEventDetails, ChatKitEventName, ChatKitOptions } from '@parley/element'

/** Event → the prop that hears it, as published for `@openai/chatkit-react` 1.6. */
export const HANDLER_OF_EVENT = {
  'chatkit.ready': 'onReady',
  'chatkit.error': 'onError',
  'chatkit.effect': 'onEffect',
  'chatkit.deeplink': 'onDeeplink',
  'chatkit.response.start': 'onResponseStart',
  'chatkit.response.end': 'onResponseEnd',
  'chatkit.thread.change': 'onThreadChange',
  'chatkit.thread.load.start': 'onThreadLoadStart',
  'chatkit.thread.load.end': 'onThreadLoadEnd',
  'chatkit.tool.change': 'onToolChange',
  'chatkit.history.open': 'onHistoryOpen',
  'chatkit.history.close': 'onHistoryClose',
  'chatkit.log': 'onLog',
} as const satisfies Record<ChatKitEventName, `on${string}`>

/** What a page may listen to. A handler gets the event's detail, or nothing where there is none. */
export type ChatKitHandlers = {
  [Name in ChatKitEventName as (typeof HANDLER_OF_EVENT)[Name]]?: ChatKitEventDetails[Name] extends undefined
    ? () => void
    : (detail: ChatKitEventDetails[Name]) => void
}

/** Ties a `useChatKit` to its `<ChatKit>`; pass it on as it is. Its identity changes only when an option really does. */
export interface ChatKitControl {
  setInstance(element: ChatKitElement | null): void
  options: ChatKitOptions
  handlers: ChatKitHandlers
}

/** Handlers are the `on…` props; `onClientTool` is an option, because the chat waits for its answer. */
export function splitOptions(given: ChatKitOptions & ChatKitHandlers): Pick<ChatKitControl, 'options' | 'handlers'> {
  const isHandler = ([name]: [string, unknown]) => /^on[A-Z]/.test(name) && name !== 'onClientTool'
  const entries = Object.entries(given)
  return {
    options: Object.fromEntries(entries.filter((entry) => !isHandler(entry))),
    handlers: Object.fromEntries(entries.filter(isHandler)),
  }
}
