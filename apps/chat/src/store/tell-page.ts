import type { ThreadItem } from '@parley/protocol'
import { reportError, type SessionContext } from './context.js'

/** A message that is whole, for a page that wants to hear of each. */
export function tellMessage({ store, host }: SessionContext, item: ThreadItem): void {
  if (!store.getState().options.thread?.onMessage) return
  if (item.type !== 'user_message' && item.type !== 'assistant_message') return
  const { id, created_at, content } = item
  const role = item.type === 'user_message' ? 'user' : 'assistant'
  const message = { id, role, content: content.map((part) => part.text).join(''), created_at }
  host.callFunction('thread.onMessage', [message]).catch((error: unknown) => reportError(host, error))
}

/** A tool that has run, for a page that wants to hear of each. */
export function tellTool({ store, host }: SessionContext, name: string, given: unknown, result: unknown): void {
  if (!store.getState().options.thread?.onToolInvocation) return
  const tool = { name, arguments: given ?? {}, result }
  host.callFunction('thread.onToolInvocation', [tool]).catch((error: unknown) => reportError(host, error))
}
