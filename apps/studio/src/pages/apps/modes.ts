import type { AppMode } from '@parley/protocol'

/** What an app of each kind does, in words. */
export const MODES: Record<AppMode, string> = {
  chat: 'Chats',
  'agent-chat': 'Chats and shows its steps',
  completion: 'Writes one text',
  workflow: 'Runs a workflow once',
  'advanced-chat': 'Runs a workflow for every message',
}
