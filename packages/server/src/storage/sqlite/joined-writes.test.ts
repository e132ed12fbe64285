import { ParleyError } from '@parley/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { sampleThread } from '../../testing/samples.js'
import type { Scope } from '../store.js'
import type { ServerStore } from '../workspace-store.js'
import { sqliteStore } from './sqlite-store.js'

const ada: Scope = { workspaceId: 'workspace', userId: 'ada', appId: 'app' }
const message = (id: string, threadId: string) => ({
  type: 'user_message' as const,
  id,
  thread_id: threadId,
  created_at: '2026-01-01T00:00:00.000Z',
  content: [{ type: 'input_text' as const, text: 'Hi' }],
  attachments: [],
  inference_options: {},
})

let store: ServerStore
afterEach(() => store.close())

describe('writes to SQLite at the same moment', () => {
  it('fail each for itself', async () => {
    store = sqliteStore(':memory:')
    await store.saveThread(sampleThread('thr_1'), ada)

    const written = await Promise.allSettled([
      store.addThreadItem('thr_1', message('one', 'thr_1'), ada),
      store.addThreadItem('nowhere', message('lost', 'nowhere'), ada),
      store.addThreadItem('thr_1', message('two', 'thr_1'), ada),
    ])

    expect(written.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(written[1]).toMatchObject({ reason: { code: 'thread_not_found' } })
    const { data } = await store.loadThreadItems('thr_1', { limit: 10, order: 'asc' }, ada)
    expect(data.map(({ id }) => id)).toEqual(['one', 'two'])
  })

  it('are kept in the order of asking', async () => {
    store = sqliteStore(':memory:')

    await Promise.all([
      store.saveThread({ ...sampleThread('thr_1'), title: 'First' }, ada),
      store.addThreadItem('thr_1', message('one', 'thr_1'), ada),
      store.saveThread({ ...sampleThread('thr_1'), title: 'Second' }, ada),
    ])

    expect(await store.loadThread('thr_1', ada)).toMatchObject({ title: 'Second' })
    expect(await store.loadItem('thr_1', 'one', ada)).toMatchObject({ id: 'one' })
  })

  it('are kept when the store closes at once, and refused behind that', async () => {
    store = sqliteStore(':memory:')

    const saved = store.saveThread(sampleThread('thr_1'), ada)
    await store.close()

    await expect(saved).resolves.toBeUndefined()
    await expect(store.saveThread(sampleThread('thr_2'), ada)).rejects.toThrow(ParleyError)
  })
})
