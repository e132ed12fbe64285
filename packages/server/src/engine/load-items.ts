import type { ThreadItem } from '@parley/protocol'
import { allRows } from '../base/pages-of.js'
import type { Call, Engine } from './engine.js'

const PAGE = 100

/** All visible items of a thread, oldest first. */
export const loadItems = <Context>(
  engine: Engine<Context>,
  call: Call<Context>,
  threadId: string,
): Promise<ThreadItem[]> =>
  allRows((after) => engine.listItems(call, threadId, { limit: PAGE, order: 'asc', after: after ?? null }))
