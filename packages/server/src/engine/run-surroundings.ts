import type { ThreadItem } from '@parley/protocol'
import type { Call, Engine, NotedThread, RunRecord, RunStream } from './engine.js'
import { loadItems } from './load-items.js'

/** What a run's reader knows before the first event it is told. */
export interface RunSurroundings {
  thread: NotedThread
  /** What stood in the thread. */
  items: ThreadItem[]
}

/** @param from.start Whether the reader is told of everything the run did, and not of its newest attempt alone. */
export async function readSurroundings<Context>(
  engine: Engine<Context>,
  call: Call<Context>,
  { id, threadId, attempt }: RunStream['run'],
  from: { start: boolean },
): Promise<RunSurroundings> {
  const [{ thread }, items, run] = await Promise.all([
    engine.readThread(call, threadId),
    loadItems(engine, call, threadId),
    engine.readRun(call, threadId, id),
  ])
  return { thread, items: attempt === 1 || from.start ? itemsBefore(run, items) : items }
}

function itemsBefore({ trigger }: RunRecord, items: ThreadItem[]): ThreadItem[] {
  const place = items.findIndex(({ id }) => id === trigger.item_id)
  return place < 0 ? items : items.slice(0, place + (trigger.type === 'user_message' ? 0 : 1))
}
