import type { ChatKitElement, ChatKitMethod } from '@parley/element'
import { type RefObject, useMemo } from 'react'

const METHODS = [
  'focusComposer',
  'setThreadId',
  'sendUserMessage',
  'setComposerValue',
  'fetchUpdates',
  'sendCustomAction',
  'showHistory',
  'hideHistory',
] as const satisfies Exclude<ChatKitMethod, 'setOptions'>[]

/** The element's methods. Without an element in the page they say so in the console and do nothing. */
export type ChatKitMethods = Pick<ChatKitElement, (typeof METHODS)[number]>

/** The methods of whatever element `ref` holds when they are called; the same functions on every render. */
export function useMethods(ref: RefObject<ChatKitElement | null>): ChatKitMethods {
  return useMemo(() => {
    const methods = METHODS.map((name) => [name, (...args: unknown[]) => callMethod(ref.current, name, args)])
    return Object.fromEntries(methods) as ChatKitMethods // one for each name, with the element's own parameters
  }, [ref])
}

async function callMethod(element: ChatKitElement | null, name: keyof ChatKitMethods, args: unknown[]): Promise<void> {
  if (!element) return console.warn(`ChatKit: ${name}() was called without a <ChatKit> in the page; nothing was done.`)
  if (!(name in element)) await customElements.whenDefined('openai-chatkit')
  await Reflect.apply(element[name], element, args)
}
