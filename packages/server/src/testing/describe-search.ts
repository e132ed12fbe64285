import type { DurableStore } from '../storage/store.js'
import { type OpenedStore, type StoreTest, withStore } from './opened-store.js'
import { sampleAnswer, sampleThread, sampleUserMessage } from './samples.js'
import { failureOf, type TestRunner } from './test-runner.js'

/** The part of `describeRunStore` about finding threads by what was said in them. */
export function describeSearch<Context>(
  { describe, it, expect }: TestRunner,
  name: string,
  open: () => Promise<OpenedStore<Context, DurableStore<Context>>>,
): void {
  const test = (title: string, body: StoreTest<Context, DurableStore<Context>>) =>
    it(title, () => withStore(open, body))

  /** What was found, as `thread/item`. */
  async function find(store: DurableStore<Context>, context: Context, ...words: string[]): Promise<string[]> {
    const { data } = await store.searchThreads({ words, limit: 9 }, context)
    return data.map(({ thread, item }) => (item ? `${thread.id}/${item.id}` : thread.id))
  }

  describe(`${name}: search`, () => {
    test('finds words in titles and messages, newest first, whatever their accents and capitals', async (store, ada) => {
      await store.saveThread(sampleThread('thr_1', { title: 'Đơn hàng 100%' }), ada)
      await store.addThreadItem('thr_1', sampleUserMessage('msg_1', 'thr_1', 'Where is the BLUE Lamp?'), ada)
      await store.saveThread(sampleThread('thr_2'), ada)
      await store.addThreadItem('thr_2', sampleAnswer('msg_2', 'thr_2', 'A lamp, blue or green'), ada)
      await store.addThreadItem('thr_2', sampleAnswer('msg_3', 'thr_2', 'Une lampe bleue'), ada)

      expect(await find(store, ada, 'lamp')).toEqual(['thr_2/msg_3', 'thr_1/msg_1'])
      expect(await find(store, ada, 'blue', 'lamp')).toEqual(['thr_2/msg_2', 'thr_1/msg_1'])
      expect(await find(store, ada, 'don', 'hang')).toEqual(['thr_1'])
      expect(await find(store, ada, '100%')).toEqual(['thr_1'])
      expect(await find(store, ada, '1%0')).toEqual([])
      expect(await find(store, ada, 'l_mp')).toEqual([])
      expect(await find(store, ada, 'where', 'is', 'the', 'blue', 'lamp')).toEqual(['thr_1/msg_1'])
    })

    test('follows what is renamed, replaced and deleted', async (store, ada) => {
      await store.saveThread(sampleThread('thr_1', { title: 'Tables' }), ada)
      await store.addThreadItem('thr_1', sampleAnswer('msg_1', 'thr_1', 'oak'), ada)
      await store.addThreadItem('thr_1', sampleAnswer('msg_2', 'thr_1', 'pine'), ada)

      await store.saveThread(sampleThread('thr_1', { title: 'Chairs' }), ada)
      await store.saveItem('thr_1', sampleAnswer('msg_1', 'thr_1', 'ash'), ada)
      await store.deleteThreadItem('thr_1', 'msg_2', ada)

      for (const gone of ['tables', 'oak', 'pine']) expect(await find(store, ada, gone)).toEqual([])
      expect(await find(store, ada, 'chairs')).toEqual(['thr_1'])
      expect(await find(store, ada, 'ash')).toEqual(['thr_1/msg_1'])
    })

    test('reads no field names, no notes to the model, and nobody else’s chats', async (store, ada, ben) => {
      await store.saveThread(sampleThread('thr_1'), ada)
      const head = { thread_id: 'thr_1', created_at: '2026-11-20T12:00:00.000Z' }
      await store.addThreadItem('thr_1', { ...head, id: 'h', type: 'hidden_context_item', content: 'secret' }, ada)
      await store.addThreadItem('thr_1', sampleAnswer('msg_1', 'thr_1', 'plain'), ada)
      await store.saveThread(sampleThread('thr_1', { title: 'plain too' }), ben)

      expect(await find(store, ada, 'secret')).toEqual([])
      expect(await find(store, ada, 'assistant_message')).toEqual([])
      expect(await find(store, ada, 'plain')).toEqual(['thr_1/msg_1'])
      expect(await find(store, ben, 'plain')).toEqual(['thr_1'])
    })

    test('answers page by page', async (store, ada) => {
      for (const id of ['thr_1', 'thr_2', 'thr_3']) await store.saveThread(sampleThread(id, { title: 'lamp' }), ada)

      const first = await store.searchThreads({ words: ['lamp'], limit: 2 }, ada)
      const second = await store.searchThreads({ words: ['lamp'], limit: 2, after: 'thr_2' }, ada)

      expect(first.data.map(({ thread }) => thread.id)).toEqual(['thr_3', 'thr_2'])
      expect([first.has_more, first.after]).toEqual([true, 'thr_2'])
      expect(second.data.map(({ thread }) => thread.id)).toEqual(['thr_1'])
      expect(second.has_more).toEqual(false)
      expect(await failureOf(store.searchThreads({ words: ['lamp'], limit: 2, after: 'no' }, ada))).toEqual(
        'invalid_cursor',
      )
    })
  })
}
