import type { ThreadItem } from '@parley/protocol'
import type { Call, Engine } from '../../../engine/engine.js'

const PAGE = 100

/** All visible items of a thread, oldest first. */
export async function loadItems<Context>(
  engine: Engine<Context>,
  call: Call<Context>,
  threadId: string,
): Promise<ThreadItem[]> {
  const items: ThreadItem[] = []
  let after: string | undefined
  do {
    const page = await engine.listItems(call, threadId, { limit: PAGE, order: 'asc', after: after ?? null })
    items.push(...page.data)
    after = page.has_more ? page.after : undefined
  } while (after !== undefined)
  return items
}
