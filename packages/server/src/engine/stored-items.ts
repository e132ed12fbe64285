import type { ThreadItem } from '@parley/protocol'
import type { LiveRun } from './live-run.js'

/** What a run keeps in mind of its items. */
type Tracked = Pick<LiveRun<unknown>, 'pending' | 'questions' | 'addedItemIds'>

/** An item was stored that was not in the thread before the run. */
export function keepAdded(run: Tracked, item: ThreadItem): void {
  run.addedItemIds.add(item.id)
  keepStored(run, item)
}

/** An item was stored, perhaps in place of an earlier run's. */
export function keepStored({ pending, questions }: Omit<Tracked, 'addedItemIds'>, item: ThreadItem): void {
  pending.drop(item.id)
  const question = questionOf(item)
  if (question) questions.set(item.id, question)
  else questions.delete(item.id)
}

function questionOf(item: ThreadItem) {
  if (item.type === 'client_tool_call' && item.status === 'pending') return 'client_tool'
  if (item.type === 'structured_input' && item.status === 'pending') return 'form'
  return undefined
}
