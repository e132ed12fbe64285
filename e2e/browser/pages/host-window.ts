import type { ChatKitOptions, OpenAIChatKit } from '@openai/chatkit'

/** What a test page keeps for the test to look at and to call. */
export interface HostWindow {
  events: { name: string; detail: unknown }[]
  /** The options the page began with; a test hands changed ones to `setOptions`. */
  options: ChatKitOptions
  /** Changes some of the options, in the way of the page. */
  change(options: Partial<ChatKitOptions>): void
  toolCalls: unknown[]
  /** The element; only on the plain page. */
  chat: OpenAIChatKit
}

declare global {
  interface Window extends HostWindow {}
}

export const EVENT_NAMES = [
  'chatkit.ready',
  'chatkit.error',
  'chatkit.effect',
  'chatkit.deeplink',
  'chatkit.response.start',
  'chatkit.response.end',
  'chatkit.thread.change',
  'chatkit.thread.load.start',
  'chatkit.thread.load.end',
  'chatkit.tool.change',
  'chatkit.history.open',
  'chatkit.history.close',
  'chatkit.log',
] as const

/** Options from the page's own address; the thread from its fragment, as an app that survives a reload keeps it. */
export function optionsOfAddress(): ChatKitOptions {
  const given = new URLSearchParams(location.search)
  return {
    api: given.has('session')
      ? { getClientSecret }
      : { url: given.get('api') ?? `${given.get('server')}/api/chatkit`, domainKey: 'local' },
    theme: given.get('theme') === 'dark' ? 'dark' : 'light',
    locale: (given.get('locale') ?? 'en') as NonNullable<ChatKitOptions['locale']>, // the test knows its locales
    ...(given.has('dictation') && { composer: { dictation: { enabled: true } } }),
    initialThread: location.hash.slice(1) || null,
    threadItemActions: { feedback: true, retry: true },
    startScreen: {
      greeting: 'How can we help?',
      prompts: [
        { label: 'Where is my order?', prompt: 'Where is my order?', icon: 'suitcase' },
        { label: 'Return an item', prompt: 'Return an item', icon: 'reload' },
      ],
    },
    onClientTool: async (call) => {
      window.toolCalls.push(call)
      return { title: document.title }
    },
  }
}

/** Asks the page's own server for a session, as OpenAI's guide has it. */
async function getClientSecret(current: string | null): Promise<string> {
  window.toolCalls.push(current)
  const response = await fetch('/api/create-session', { method: 'POST' })
  const { client_secret } = await response.json()
  return client_secret
}

export function rememberThread(threadId: string | null): void {
  history.replaceState(null, '', `${location.pathname}${location.search}${threadId ? `#${threadId}` : ''}`)
}
