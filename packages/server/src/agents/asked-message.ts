import type { UserMessageItem } from '@parley/protocol'
import { pagesOf } from '../base/pages-of.js'
import type { RunContext } from '../runnable/runnable.js'

/** The message that a run answers, also where it goes on with what somebody said later; `undefined`: nobody wrote one. */
export async function askedMessage({
  trigger,
  readItems,
}: Pick<RunContext, 'trigger' | 'readItems'>): Promise<UserMessageItem | undefined> {
  if (trigger.type === 'user_message' || trigger.type === 'retry') return trigger.item
  for await (const items of pagesOf((after) =>
    readItems({ limit: 20, order: 'desc', ...(after !== undefined && { after }) }),
  ))
    for (const item of items) if (item.type === 'user_message') return item
  return undefined
}
