import { idsOf, type OpenedStore, type StoreTest, walk, withStore } from './opened-store.js'
import { sampleAnswer, sampleThread } from './samples.js'
import { failureOf, type TestRunner } from './test-runner.js'

/** The part of `describeStore` about lists: every row exactly once, whatever happens between two pages. */
export function describePages<Context>(
  { describe, it, expect }: TestRunner,
  name: string,
  open: () => Promise<OpenedStore<Context>>,
): void {
  const test = (title: string, body: StoreTest<Context>) => it(title, () => withStore(open, body))

  describe(`${name}: pages`, () => {
    for (const order of ['asc', 'desc'] as const) {
      test(`walks threads and items with equal times, ${order}, each exactly once`, async (store, ada) => {
        const ids = Array.from({ length: 7 }, (_, index) => `id_${(index * 3) % 7}`)
        for (const id of ids) await store.saveThread(sampleThread(id), ada)
        for (const id of ids) await store.addThreadItem('id_0', sampleAnswer(id, 'id_0'), ada)
        const expected = order === 'asc' ? ids : ids.toReversed()

        for (const limit of [1, 3, 7, 100]) {
          expect(await walk(order, limit, (page) => store.loadThreads(page, ada))).toEqual(expected)
          expect(await walk(order, limit, (page) => store.loadThreadItems('id_0', page, ada))).toEqual(expected)
        }
      })
    }

    test('says `has_more` and `after` only when rows follow', async (store, ada) => {
      for (const id of ['thr_1', 'thr_2', 'thr_3']) await store.saveThread(sampleThread(id), ada)

      const first = await store.loadThreads({ limit: 2, order: 'asc' }, ada)
      const last = await store.loadThreads({ limit: 2, order: 'asc', after: 'thr_2' }, ada)
      const behind = await store.loadThreads({ limit: 2, order: 'asc', after: 'thr_3' }, ada)

      expect(first).toEqual({ data: [sampleThread('thr_1'), sampleThread('thr_2')], has_more: true, after: 'thr_2' })
      expect(last).toEqual({ data: [sampleThread('thr_3')], has_more: false })
      expect(behind).toEqual({ data: [], has_more: false })
    })

    test('keeps its place while rows are added, replaced and deleted between pages', async (store, ada) => {
      await store.saveThread(sampleThread('thr_1'), ada)
      for (const id of ['a', 'b', 'c', 'd']) await store.addThreadItem('thr_1', sampleAnswer(id, 'thr_1'), ada)
      await store.addThreadItem('thr_1', sampleAnswer('e', 'thr_1'), ada)
      await store.addThreadItem('thr_1', sampleAnswer('a', 'thr_1', 'again'), ada)
      await store.deleteThreadItem('thr_1', 'd', ada)

      const newer = await store.loadThreadItems('thr_1', { limit: 9, order: 'asc', after: 'b' }, ada)
      const older = await store.loadThreadItems('thr_1', { limit: 9, order: 'desc', after: 'c' }, ada)

      expect(idsOf(newer)).toEqual(['c', 'e'])
      expect(idsOf(older)).toEqual(['b', 'a'])
    })

    test('refuses a cursor that is unknown, foreign or of another thread', async (store, ada, ben) => {
      for (const id of ['thr_1', 'thr_2']) await store.saveThread(sampleThread(id), ada)
      await store.addThreadItem('thr_2', sampleAnswer('msg_2', 'thr_2'), ada)
      await store.saveThread(sampleThread('thr_ben'), ben)

      for (const after of ['no_such_id', 'thr_ben', '']) {
        expect(await failureOf(store.loadThreads({ limit: 1, order: 'asc', after }, ada))).toEqual('invalid_cursor')
      }
      for (const after of ['no_such_id', 'msg_2', '']) {
        const items = store.loadThreadItems('thr_1', { limit: 1, order: 'desc', after }, ada)
        expect(await failureOf(items)).toEqual('invalid_cursor')
      }
    })
  })
}
