import { type ClientToolCallItem, ParleyError, type ThreadItem } from '@parley/protocol'
import type { Call } from './engine.js'
import type { Parts } from './parts.js'
import type { StartPlan } from './start-run.js'
import { loadWaiting } from './waiting-run.js'

/** How far back a call may lie. The reference looks at the last item only; its users asked for 20. */
const LOOK_BACK = 20

/** The output of a tool that ran in the page. Without a call that waits for it the app simply goes on. */
export async function planClientToolOutput<Context>(
  parts: Parts<Context>,
  call: Call<Context>,
  threadId: string,
  result: unknown,
): Promise<StartPlan> {
  const { context } = call
  const thread = await parts.store.loadThread(threadId, context)
  const findWaiting = await loadWaiting(parts, call, threadId)
  const newest = await parts.store.loadThreadItems(threadId, { limit: LOOK_BACK, order: 'desc' }, context)
  const [answered, ...superseded] = newest.data.filter(isPendingCall)
  if (!answered) {
    checkNotAnswered(newest.data)
    const trigger = { type: 'client_tool_output' as const, item: null }
    return { thread, trigger, writes: {}, opening: { events: [] } }
  }
  const item: ClientToolCallItem = { ...answered, status: 'completed', output: result }
  return {
    thread,
    trigger: { type: 'client_tool_output', item },
    writes: { items: [item], removedItemIds: superseded.map(({ id }) => id) },
    opening: { events: [] },
    ...findWaiting(item.id),
  }
}

const isCall = (item: ThreadItem) => item.type === 'client_tool_call'
const isPendingCall = (item: ThreadItem): item is ClientToolCallItem => isCall(item) && item.status === 'pending'

/** A completed call behind the person's last message: of two answers to it, this is the second. */
function checkNotAnswered(newestFirst: ThreadItem[]): void {
  const sinceMessage = newestFirst.findIndex(({ type }) => type === 'user_message')
  const recent = sinceMessage < 0 ? newestFirst : newestFirst.slice(0, sinceMessage)
  if (!recent.some(isCall)) return
  throw new ParleyError('item_not_pending', 'The output of this tool call has been received already.')
}
