import type { ChatKitOptions } from '@parley/element'

/** How the page sets up its chat: the colours of the system, and the app named in the address (`/?app=support`). */
export function createOptions({ dark, search, hash }: { dark: boolean; search: string; hash: string }): ChatKitOptions {
  const app = new URLSearchParams(search).get('app')
  return {
    api: { url: app ? `/api/chatkit/${encodeURIComponent(app)}` : '/api/chatkit' },
    theme: dark ? 'dark' : 'light',
    frameTitle: 'Conversation',
    initialThread: decodeURIComponent(hash.slice(1)) || null,
    history: { enabled: true, showDelete: true, showRename: true },
    threadItemActions: { feedback: true, retry: true },
    startScreen: {
      prompts: [
        { label: 'What can you do?', prompt: 'What can you do?', icon: 'sparkle' },
        { label: 'What is Parley?', prompt: 'What is Parley?', icon: 'book-open' },
        { label: 'Where is my order 1234?', prompt: 'Where is my order 1234?', icon: 'suitcase' },
      ],
    },
  }
}
