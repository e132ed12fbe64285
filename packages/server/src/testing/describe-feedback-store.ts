import type { FeedbackRecord } from '../storage/feedback-store.js'
import { sampleThread } from './samples.js'
import { type OpenStore, storeTest } from './store-test.js'
import { failureOf, type TestRunner } from './test-runner.js'

const ada = { workspaceId: 'shop', userId: 'ada', appId: 'support' }
const ben = { ...ada, userId: 'ben' }
const cleo = { ...ada, userId: 'c'.repeat(300), appId: 'sales' }
const dora = { ...ada, workspaceId: 'bank' }

const sample = (subject_id: string, fields: Partial<FeedbackRecord> = {}): FeedbackRecord => ({
  id: `about ${subject_id}`,
  thread_id: 'thr_1',
  subject_id,
  kind: 'positive',
  created_at: '2026-11-20T12:00:00.000Z',
  updated_at: '2026-11-20T12:00:00.000Z',
  ...fields,
})

/** Declares the tests every `FeedbackStore` has to pass. */
export function describeFeedbackStore({ describe, it, expect }: TestRunner, name: string, open: OpenStore): void {
  const test = storeTest({ it }, async () => {
    const { store, close } = await open()
    for (const owner of [ada, ben, cleo, dora]) await store.saveThread(sampleThread('thr_1'), owner)
    return { store, close }
  })

  describe(`${name}: feedback`, () => {
    test('is one opinion of each answer, the last', async ({ feedback }) => {
      await feedback.save(sample('msg_1'), ada)
      await feedback.save(sample('odd \0 id'), ada)
      const changed = sample('msg_1', { kind: 'negative', content: 'Wrong.' })
      await feedback.save(changed, ada)

      expect(await feedback.load('thr_1', 'msg_1', ada)).toEqual(changed)
      expect(await feedback.listOfThread('thr_1', ada)).toEqual([changed, sample('odd \0 id')])
    })

    test('is its owner’s alone', async ({ feedback }) => {
      await feedback.save(sample('msg_1'), ada)

      for (const other of [ben, cleo, dora]) {
        expect(await feedback.load('thr_1', 'msg_1', other)).toEqual(null)
        expect(await feedback.listOfThread('thr_1', other)).toEqual([])
        expect(await feedback.delete('thr_1', 'msg_1', other)).toEqual(false)
      }
      expect(await failureOf(feedback.save(sample('msg_1', { thread_id: 'thr_2' }), ada))).toEqual('thread_not_found')
      expect(await feedback.delete('thr_1', 'msg_1', ada)).toEqual(true)
      expect(await feedback.load('thr_1', 'msg_1', ada)).toEqual(null)
    })

    test('goes with its thread', async (store) => {
      await store.feedback.save(sample('msg_1'), ada)
      await store.deleteThread('thr_1', ada)
      await store.saveThread(sampleThread('thr_1'), ada)

      expect(await store.feedback.load('thr_1', 'msg_1', ada)).toEqual(null)
    })

    test('is listed for its workspace, with whose it is, page by page', async ({ feedback, workspaces }) => {
      await feedback.save(sample('one'), ada)
      await feedback.save(sample('two'), ben)
      await feedback.save(sample('three'), cleo)
      await feedback.save(sample('four'), dora)

      const first = await workspaces.listFeedback({ limit: 2, order: 'desc' }, { workspaceId: 'shop' })
      const rest = await workspaces.listFeedback(
        { limit: 2, order: 'desc', after: first.after ?? '' },
        { workspaceId: 'shop' },
      )

      expect(first.data).toEqual([
        { feedback: sample('three'), owner: cleo },
        { feedback: sample('two'), owner: ben },
      ])
      expect(rest).toEqual({ data: [{ feedback: sample('one'), owner: ada }], has_more: false })
      const ofApp = await workspaces.listFeedback({ limit: 9, order: 'asc' }, { workspaceId: 'shop', appId: 'sales' })
      expect(ofApp.data.map(({ feedback: { subject_id } }) => subject_id)).toEqual(['three'])
      const unknown = workspaces.listFeedback({ limit: 9, order: 'asc', after: 'about four' }, { workspaceId: 'shop' })
      expect(await failureOf(unknown)).toEqual('invalid_cursor')
    })
  })
}
