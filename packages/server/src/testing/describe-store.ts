import type { Page } from '@parley/protocol'
import type { Order, PageQuery, Store } from '../storage/store.js'
import { sampleAnswer, sampleAttachment, sampleThread, sampleUserMessage } from './samples.js'
import { failureOf, type TestRunner } from './test-runner.js'

/** An empty store for one test. */
export interface OpenedStore<Context, Opened extends Store<Context> = Store<Context>> {
  store: Opened
  /** The context of a request of this user; the same name is the same user. */
  contextFor(user: string): Context
  close(): Promise<void>
}

/** One test of a suite: gets a store of its own with two users who must never meet. */
type StoreTest<Context> = (store: Store<Context>, ada: Context, ben: Context) => Promise<void>

/** Texts that databases are known to change or refuse. */
const DIFFICULT_TEXTS = {
  'an emoji of several code points': '👩‍👩‍👧‍👦',
  'combining characters': 'e\u0301 \u1EBF',
  'right-to-left text': 'שלום \u202Eabc\u202C',
  'a NUL character': 'a\0b',
  'lone surrogates': '\uD800 \uDC00\uD800',
  'line separators': '\u2028\u2029\r\n',
  'quotes and backslashes': `'"\\ $1 ?1 %s`,
}

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
  { describe, it, expect }: TestRunner,
  name: string,
  open: () => Promise<OpenedStore<Context>>,
): void {
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

  describe(`${name}: difficult data`, () => {
    for (const [title, text] of Object.entries(DIFFICULT_TEXTS)) {
      test(`keeps ${title} in texts and ids`, async (store, ada) => {
        await store.saveThread(sampleThread(`thr_${text}`, { title: text, metadata: { [text]: text } }), ada)
        await store.addThreadItem(`thr_${text}`, sampleAnswer(`msg_${text}`, `thr_${text}`, text), ada)
        await store.saveAttachment({ ...sampleAttachment(text), name: text }, ada)

        const thread = sampleThread(`thr_${text}`, { title: text, metadata: { [text]: text } })
        expect(await store.loadThread(thread.id, ada)).toEqual(thread)
        expect(await store.loadItem(thread.id, `msg_${text}`, ada)).toEqual(
          sampleAnswer(`msg_${text}`, thread.id, text),
        )
        expect((await store.loadAttachment(text, ada)).name).toEqual(text)
        expect(idsOf(await store.loadThreads({ limit: 9, order: 'asc', after: thread.id }, ada))).toEqual([])
      })
    }

    test('takes ids that differ only in a lone surrogate, in case, or behind 5,000 characters for different ones', async (store, ada) => {
      const ids = ['\uD800', '\uD801', '\uFFFD', 'a', 'A', `${'x'.repeat(5000)}1`, `${'x'.repeat(5000)}2`]

      for (const id of ids) await store.saveThread(sampleThread(id), ada)

      expect(idsOf(await store.loadThreads({ limit: 99, order: 'asc' }, ada))).toEqual(ids)
    })

    test('keeps an item of one megabyte', async (store, ada) => {
      const item = sampleAnswer('msg_1', 'thr_1', 'Grüße 👋 '.repeat(100_000))
      await store.saveThread(sampleThread('thr_1'), ada)

      await store.addThreadItem('thr_1', item, ada)

      expect(await store.loadItem('thr_1', 'msg_1', ada)).toEqual(item)
    })

    test('takes 1,000 calls at once', async (store, ada, ben) => {
      await store.saveThread(sampleThread('thr_1'), ada)
      await store.saveThread(sampleThread('thr_1'), ben)
      const ids = Array.from({ length: 500 }, (_, index) => `msg_${index}`)

      await Promise.all(
        ids.flatMap((id) => [ada, ben].map((user) => store.addThreadItem('thr_1', sampleAnswer(id, 'thr_1'), user))),
      )

      for (const user of [ada, ben]) {
        const walked = await walk('asc', 99, (page) => store.loadThreadItems('thr_1', page, user))
        expect(walked.toSorted()).toEqual(ids.toSorted())
      }
    })
  })
}

async function withStore<Context>(open: () => Promise<OpenedStore<Context>>, body: StoreTest<Context>): Promise<void> {
  const { store, contextFor, close } = await open()
  try {
    await body(store, contextFor('ada'), contextFor('ben'))
  } finally {
    await close()
  }
}

function idsOf(page: Page<{ id: string }>): string[] {
  return page.data.map(({ id }) => id)
}

/** Reads a list to its end, page by page. */
async function walk(
  order: Order,
  limit: number,
  load: (page: PageQuery) => Promise<Page<{ id: string }>>,
): Promise<string[]> {
  const ids: string[] = []
  let after: string | undefined
  do {
    const page = await load({ order, limit, after })
    ids.push(...idsOf(page))
    after = page.has_more ? page.after : undefined
  } while (after !== undefined)
  return ids
}
