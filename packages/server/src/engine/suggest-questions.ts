import type { ThreadItem } from '@parley/protocol'
import type { Said } from '../runnable/runnable.js'
import type { Call } from './engine.js'
import type { Parts } from './parts.js'

/** How much of a conversation says what comes next. */
const NEWEST = 10

export async function suggestQuestions<Context>(
  { store }: Parts<Context>,
  { app, context }: Call<Context>,
  threadId: string,
): Promise<string[] | undefined> {
  await store.loadThread(threadId, context)
  if (!app.suggest) return undefined
  const page = await store.loadThreadItems(threadId, { limit: NEWEST, order: 'desc' }, context)
  return app.suggest(page.data.reverse().flatMap(toSaid), context)
}

function toSaid(item: ThreadItem): Said[] {
  if (item.type !== 'user_message' && item.type !== 'assistant_message') return []
  const text = item.content.map((part: { text: string }) => part.text).join('')
  return text === '' ? [] : [{ role: item.type === 'user_message' ? 'user' : 'assistant', text }]
}
