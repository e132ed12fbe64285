import type { Page, RunEvent, ThreadItem, ThreadMetadata } from '@parley/protocol'
import { expect } from 'vitest'
import { streamText } from '../../chatkit-server/stream-text.js'
import { readEvents } from '../../testing/read-events.js'
import { readJson } from '../../testing/read-json.js'
import type { TestParley, TestRequest } from '../../testing/test-parley.js'
import { userText } from '../../testing/user-text.js'

export const CREATED_AT = '2026-11-20T12:00:00.000Z'
export const say = (text: string) => (thread: ThreadMetadata) => streamText(thread, text)
export const types = (events: RunEvent[]) => events.map(({ type }) => type)
export const done = (item: object, thread: ThreadMetadata): RunEvent => ({
  type: 'thread.item.done',
  item: { id: 'item_1', thread_id: thread.id, created_at: CREATED_AT, ...item } as ThreadItem, // as the test wrote it
})

/** Starts a thread and reads its answer to the end. */
export async function begin(parley: TestParley, request?: TestRequest) {
  const events = await readEvents(await parley.send('threads.create', { input: userText('Hi') }, request))
  const created = events.find((event) => event.type === 'thread.created')
  return { events, threadId: created?.thread.id ?? expect.unreachable('a thread was created') }
}

export async function itemsOf(parley: TestParley, threadId: string): Promise<ThreadItem[]> {
  const response = await parley.send('items.list', { thread_id: threadId, order: 'asc' })
  return (await readJson<Page<ThreadItem>>(response)).data
}
