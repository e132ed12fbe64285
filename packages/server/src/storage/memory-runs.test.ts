import type { ThreadItem } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { sampleAnswer, sampleRun, sampleThread } from '../testing/samples.js'
import { memoryRuns } from './memory-runs.js'
import { memoryStore } from './memory-store.js'
import type { Store } from './store.js'

describe('runs over a store of the user’s own', () => {
  it('keep working on a class instance whose methods need `this`', async () => {
    class Wrapping {
      #inner = memoryStore((user: string) => user)
      loadThread(id: string, user: string) {
        return this.#inner.loadThread(id, user)
      }
      saveThread(...args: Parameters<Store<string>['saveThread']>) {
        return this.#inner.saveThread(...args)
      }
    }
    const store = memoryRuns(new Wrapping() as unknown as Store<string>)

    await store.saveThread(sampleThread('thr_1'), 'ada')

    expect(await store.loadThread('thr_1', 'ada')).toEqual(sampleThread('thr_1'))
  })

  it('leave a run as it was when the store fails to write its end or its claim', async () => {
    const { store, breakDown, repair } = breakable()
    const run = sampleRun('run_1', 'thr_1')
    await store.startRun(run, { thread: sampleThread('thr_1') }, 'ada')
    const writes = { items: [sampleAnswer('msg_1', 'thr_1')] }

    breakDown()
    await expect(store.endRun({ ...run, status: 'waiting' }, writes, 'ada')).rejects.toThrow('disk full')
    expect(await store.loadRun('run_1', 'ada')).toEqual(run)
    repair()
    expect(await store.endRun({ ...run, status: 'waiting' }, writes, 'ada')).toBe(true)
    breakDown()
    await expect(store.claimRun('run_1', writes, 'ada')).rejects.toThrow('disk full')
    repair()

    expect(await store.claimRun('run_1', writes, 'ada')).toMatchObject({ status: 'running', attempt: 2 })
  })

  it('do not exist when their start could not be written, so that the same request may try again', async () => {
    const { store, breakDown, repair } = breakable()
    const run = sampleRun('run_1', 'thr_1', { request_id: 'req_1' })
    const writes = { thread: sampleThread('thr_1'), items: [sampleAnswer('msg_1', 'thr_1')] }

    breakDown()
    await expect(store.startRun(run, writes, 'ada')).rejects.toThrow('disk full')
    repair()

    expect(await store.startRun(run, writes, 'ada')).toEqual({ run, created: true })
  })

  it('remember ten thousand ended runs, and every one that has not ended', async () => {
    const store = memoryRuns(memoryStore((user: string) => user))
    await store.startRun(sampleRun('run_open', 'thr_1'), { thread: sampleThread('thr_1') }, 'ada')
    for (let count = 0; count < 10_001; count++) {
      const run = sampleRun(`run_${count}`, 'thr_1')
      await store.startRun(run, {}, 'ada')
      await store.endRun({ ...run, status: 'completed' }, {}, 'ada')
    }

    await expect(store.loadRun('run_0', 'ada')).rejects.toMatchObject({ code: 'run_not_found' })
    expect((await store.loadRun('run_open', 'ada')).status).toBe('running')
    expect((await store.loadRun('run_10000', 'ada')).status).toBe('completed')
  })
})

/** A store whose items cannot be written for a while. */
function breakable() {
  let broken = false
  const inner = memoryStore((user: string) => user)
  const store = memoryRuns({
    ...inner,
    async addThreadItem(threadId: string, item: ThreadItem, user: string) {
      if (broken) throw new RangeError('disk full')
      await inner.addThreadItem(threadId, item, user)
    },
  })
  return {
    store,
    breakDown() {
      broken = true
    },
    repair() {
      broken = false
    },
  }
}
