import { idsOf, type OpenedStore, type StoreTest, walk, withStore } from './opened-store.js'
import { sampleAnswer, sampleAttachment, sampleThread } from './samples.js'
import type { TestRunner } from './test-runner.js'

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

/** The part of `describeStore` about what databases stumble over: odd characters, long ids, size and many calls. */
export function describeDifficultData<Context>(
  { describe, it, expect }: TestRunner,
  name: string,
  open: () => Promise<OpenedStore<Context>>,
): void {
  const test = (title: string, body: StoreTest<Context>) => it(title, () => withStore(open, body))

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
