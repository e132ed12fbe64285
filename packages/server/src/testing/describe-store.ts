import { describeDifficultData } from './describe-difficult-data.js'
import { describePages } from './describe-pages.js'
import { idsOf, type OpenedStore, type StoreTest, withStore } from './opened-store.js'
import { sampleAnswer, sampleAttachment, sampleThread, sampleUserMessage } from './samples.js'
import { failureOf, type TestRunner } from './test-runner.js'

/**
 * Declares the tests every `Store` has to pass. Run them against a store of your own:
 *
 * @param open Opens an empty store; called once per test.
 *
 * @example
 * import { describe, expect, it } from 'vitest'
 *
 * describeStore({ describe, it, expect }, 'memory store', async () => ({
 *   store: memoryStore((user: string) => user),
 *   contextFor: (user) => user,
 *   close: async () => {},
 * }))
 */
export function describeStore<Context>(
  runner: TestRunner,
  name: string,
  open: () => Promise<OpenedStore<Context>>,
): void {
  const { describe, it, expect } = runner
  const test = (title: string, body: StoreTest<Context>) => it(title, () => withStore(open, body))

  describe(`${name}: threads`, () => {
    test('gives a saved thread back, unknown fields included', async (store, ada) => {
      const thread = {
        ...sampleThread('thr_1', { title: 'Hi', metadata: { a: null } }),
        later_field: { deep: [1, null] },
      }

      await store.saveThread(thread, ada)

      expect(await store.loadThread('thr_1', ada)).toEqual(thread)
    })

    test('replaces a thread with all its fields, where it stands', async (store, ada) => {
      await store.saveThread(sampleThread('thr_1', { title: 'Old' }), ada)
      await store.saveThread(sampleThread('thr_2'), ada)
      await store.addThreadItem('thr_1', sampleAnswer('msg_1', 'thr_1'), ada)

      await store.saveThread(sampleThread('thr_1', { metadata: { changed: true } }), ada)

      expect(await store.loadThread('thr_1', ada)).toEqual(sampleThread('thr_1', { metadata: { changed: true } }))
      expect(idsOf(await store.loadThreads({ limit: 9, order: 'asc' }, ada))).toEqual(['thr_1', 'thr_2'])
      expect(idsOf(await store.loadThreadItems('thr_1', { limit: 9, order: 'asc' }, ada))).toEqual(['msg_1'])
    })

    test('keeps its own copy: changing an object afterwards changes nothing stored', async (store, ada) => {
      const thread = sampleThread('thr_1', { title: 'Kept' })
      await store.saveThread(thread, ada)
      thread.title = 'Changed by the caller'
      const loaded = await store.loadThread('thr_1', ada)
      loaded.title = 'Changed by a reader'

      expect((await store.loadThread('thr_1', ada)).title).toEqual('Kept')
    })

    test('deletes a thread with its items, and again without an error', async (store, ada) => {
      await store.saveThread(sampleThread('thr_1'), ada)
      await store.addThreadItem('thr_1', sampleAnswer('msg_1', 'thr_1'), ada)

      await store.deleteThread('thr_1', ada)
      await store.deleteThread('thr_1', ada)

      expect(await failureOf(store.loadThread('thr_1', ada))).toEqual('thread_not_found')
      expect(await failureOf(store.loadItem('thr_1', 'msg_1', ada))).toEqual('item_not_found')
      await store.saveThread(sampleThread('thr_1'), ada)
      expect(idsOf(await store.loadThreadItems('thr_1', { limit: 9, order: 'asc' }, ada))).toEqual([])
    })
  })

  describe(`${name}: items`, () => {
    test('gives items back with unknown fields, in the order of adding', async (store, ada) => {
      const items = [
        sampleUserMessage('msg_b', 'thr_1'),
        { ...sampleAnswer('msg_a', 'thr_1'), later_field: [{ x: null }] },
        sampleAnswer('msg_c', 'thr_1'),
      ]
      await store.saveThread(sampleThread('thr_1'), ada)
      for (const item of items) await store.addThreadItem('thr_1', item, ada)

      const page = await store.loadThreadItems('thr_1', { limit: 9, order: 'asc' }, ada)

      expect(page).toEqual({ data: items, has_more: false })
      expect(await store.loadItem('thr_1', 'msg_a', ada)).toEqual(items[1])
    })

    test('replaces an item where it stands, by adding it again or by saving it with another type', async (store, ada) => {
      await store.saveThread(sampleThread('thr_1'), ada)
      for (const id of ['msg_1', 'msg_2', 'msg_3']) await store.addThreadItem('thr_1', sampleAnswer(id, 'thr_1'), ada)

      await store.addThreadItem('thr_1', sampleAnswer('msg_1', 'thr_1', 'new'), ada)
      await store.saveItem('thr_1', sampleUserMessage('msg_2', 'thr_1', 'new'), ada)

      expect((await store.loadThreadItems('thr_1', { limit: 9, order: 'asc' }, ada)).data).toEqual([
        sampleAnswer('msg_1', 'thr_1', 'new'),
        sampleUserMessage('msg_2', 'thr_1', 'new'),
        sampleAnswer('msg_3', 'thr_1'),
      ])
    })

    test('keeps items of two threads apart, even with equal ids', async (store, ada) => {
      for (const id of ['thr_1', 'thr_2']) {
        await store.saveThread(sampleThread(id), ada)
        await store.addThreadItem(id, sampleAnswer('msg_1', id), ada)
      }

      await store.deleteThreadItem('thr_1', 'msg_1', ada)

      expect(await store.loadItem('thr_2', 'msg_1', ada)).toEqual(sampleAnswer('msg_1', 'thr_2'))
      expect(await failureOf(store.loadItem('thr_1', 'msg_1', ada))).toEqual('item_not_found')
    })

    test('tells missing threads and items apart', async (store, ada) => {
      await store.saveThread(sampleThread('thr_1'), ada)
      const item = sampleAnswer('msg_1', 'thr_1')

      expect(await failureOf(store.saveItem('thr_1', item, ada))).toEqual('item_not_found')
      expect(await failureOf(store.loadItem('thr_1', 'msg_1', ada))).toEqual('item_not_found')
      expect(await failureOf(store.deleteThreadItem('thr_1', 'msg_1', ada))).toEqual(undefined)
      expect(await failureOf(store.addThreadItem('thr_2', item, ada))).toEqual('thread_not_found')
      expect(await failureOf(store.loadThreadItems('thr_2', { limit: 1, order: 'asc' }, ada))).toEqual(
        'thread_not_found',
      )
    })
  })

  describe(`${name}: attachments`, () => {
    test('saves, replaces and deletes one with its metadata', async (store, ada) => {
      const attachment = { ...sampleAttachment('atc_1'), later_field: 1 }
      await store.saveAttachment(sampleAttachment('atc_1'), ada)
      await store.saveAttachment({ ...attachment, thread_id: 'thr_1' }, ada)
      expect(await store.loadAttachment('atc_1', ada)).toEqual({ ...attachment, thread_id: 'thr_1' })

      await store.deleteAttachment('atc_1', ada)
      await store.deleteAttachment('atc_1', ada)

      expect(await failureOf(store.loadAttachment('atc_1', ada))).toEqual('attachment_not_found')
    })
  })

  describe(`${name}: isolation`, () => {
    test('shows a stranger nothing', async (store, ada, ben) => {
      await store.saveThread(sampleThread('thr_1'), ada)
      await store.addThreadItem('thr_1', sampleAnswer('msg_1', 'thr_1'), ada)
      await store.saveAttachment(sampleAttachment('atc_1'), ada)

      expect(await failureOf(store.loadThread('thr_1', ben))).toEqual('thread_not_found')
      expect(await store.loadThreads({ limit: 9, order: 'asc' }, ben)).toEqual({ data: [], has_more: false })
      expect(await failureOf(store.loadThreadItems('thr_1', { limit: 9, order: 'asc' }, ben))).toEqual(
        'thread_not_found',
      )
      expect(await failureOf(store.loadItem('thr_1', 'msg_1', ben))).toEqual('item_not_found')
      expect(await failureOf(store.loadAttachment('atc_1', ben))).toEqual('attachment_not_found')
    })

    test('lets a stranger change nothing, not even under the same ids', async (store, ada, ben) => {
      await store.saveThread(sampleThread('thr_1'), ada)
      await store.addThreadItem('thr_1', sampleAnswer('msg_1', 'thr_1'), ada)
      await store.saveAttachment(sampleAttachment('atc_1'), ada)
      const forged = sampleAnswer('msg_1', 'thr_1', 'forged')

      expect(await failureOf(store.addThreadItem('thr_1', forged, ben))).toEqual('thread_not_found')
      expect(await failureOf(store.saveItem('thr_1', forged, ben))).toEqual('item_not_found')
      await store.deleteThreadItem('thr_1', 'msg_1', ben)
      await store.deleteThread('thr_1', ben)
      await store.deleteAttachment('atc_1', ben)
      await store.saveThread(sampleThread('thr_1', { title: 'forged' }), ben)
      await store.addThreadItem('thr_1', forged, ben)
      await store.saveAttachment({ ...sampleAttachment('atc_1'), name: 'forged' }, ben)

      expect(await store.loadThread('thr_1', ada)).toEqual(sampleThread('thr_1'))
      expect(await store.loadItem('thr_1', 'msg_1', ada)).toEqual(sampleAnswer('msg_1', 'thr_1'))
      expect(await store.loadAttachment('atc_1', ada)).toEqual(sampleAttachment('atc_1'))
    })
  })

  describePages(runner, name, open)
  describeDifficultData(runner, name, open)
}
