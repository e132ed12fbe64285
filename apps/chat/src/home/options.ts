import type { ChatKitOptions } from '@parley/element'
import { DEMO_PROMPTS } from './demo-prompts.js'
import { DEMO_TOOLS } from './demo-tools.js'

/** How the page sets up its chat: the colours of the system, and the app named in the address (`/?app=support`). */
export function createOptions({ dark, search, hash }: { dark: boolean; search: string; hash: string }): ChatKitOptions {
  const app = new URLSearchParams(search).get('app')
  return {
    api: { url: app ? `/api/chatkit/${encodeURIComponent(app)}` : '/api/chatkit' },
    theme: dark ? 'dark' : 'light',
    frameTitle: 'Conversation',
    initialThread: decodeURIComponent(hash.slice(1)) || null,
    history: { enabled: true, showDelete: true, showRename: true },
    composer: { attachments: { enabled: true }, ...(!app && { tools: DEMO_TOOLS }) },
    commands: { enabled: true },
    threadItemActions: { feedback: true, retry: true },
    ...(!app && { startScreen: { prompts: DEMO_PROMPTS } }),
  }
}
