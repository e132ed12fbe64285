import { describe, expect, it, onTestFinished } from 'vitest'
import type { Caller } from '../../../app/caller.js'
import { scriptedClock } from '../../../base/scripted-clock.js'
import type { Runnable } from '../../../runnable/runnable.js'
import { KEYS, langGraphParley } from '../testing.fixture.js'

const MINUTE_MS = 60_000
const input = (content: string) => ({ input: { messages: [{ type: 'human', content }] } })

/** Says nothing; "wait" is answered until it is stopped. */
const silent: Runnable<Caller> = {
  async *run({ trigger, signal }) {
    if (JSON.stringify(trigger).includes('wait'))
      await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
  },
}

async function start() {
  const clock = scriptedClock()
  const parley = langGraphParley({ app: silent, clock })
  onTestFinished(() => parley.close())
  await parley.start()
  const client = parley.client()
  const pass = (minutes: number) => clock.advance(minutes * MINUTE_MS)
  return {
    ...parley,
    ...client,
    pass,
    inMinutes: (minutes: number) => new Date(clock.now().getTime() + minutes * MINUTE_MS).toISOString(),
    /** Waits until so many threads have gone by themselves since the start. */
    async gone(threads: number) {
      const count = () => {
        pass(1) // the next look at what is due
        const deleted = parley.noted.map(({ details }) => details?.threads)
        return deleted.reduce<number>((sum, one) => sum + (typeof one === 'number' ? one : 0), 0)
      }
      await expect.poll(count).toBe(threads)
    },
    ids: async () => (await client.threads.search()).map(({ thread_id }) => thread_id).toSorted(),
    send: (method: string, path: string, body: unknown) =>
      parley.fetch(`/api/ai${path}`, body, { method, as: null, headers: { 'x-api-key': KEYS.shop } }),
  }
}

describe('C1: threads of @langchain/langgraph-sdk with a ttl', () => {
  it('go when nothing has happened in them for so long, and never while they are answered', async () => {
    const { threads, runs, pass, inMinutes, gone, ids, reported } = await start()
    const expires_at = inMinutes(10_000)
    const quiet = await threads.create({ threadId: 'quiet', ttl: 10_000 })
    await threads.create({ threadId: 'talking', ttl: { ttl: 10_000, strategy: 'delete' } })
    await threads.create({ threadId: 'answering', ttl: 10_000 })
    const kept = await threads.create({ threadId: 'kept' })
    const { run_id } = await runs.create('answering', 'demo', input('wait'))

    pass(5000)
    await runs.wait('talking', 'demo', input('hello'))
    const talking = await threads.get('talking')
    expect(quiet).toMatchObject({ ttl: { strategy: 'delete', ttl_minutes: 10_000, expires_at } })
    expect(talking).toMatchObject({ ttl: { ttl_minutes: 10_000, expires_at: inMinutes(10_000) } })
    expect(kept).not.toHaveProperty('ttl')
    pass(5000)
    await gone(1)
    expect(await ids()).toEqual(['answering', 'kept', 'talking'])
    await expect(threads.get('quiet')).rejects.toMatchObject({ status: 404 })
    pass(5000)
    await gone(2)
    expect(await ids()).toEqual(['answering', 'kept'])
    await runs.cancel('answering', run_id, true)
    pass(9000)
    expect(await ids()).toEqual(['answering', 'kept'])
    pass(1000)
    await gone(3)
    expect(await ids()).toEqual(['kept'])
    expect(reported).toEqual([])
  })

  it('are given one, another one or none later, and count anew when they are changed', async () => {
    const { threads, pass, gone, ids, send } = await start()
    for (const threadId of ['given', 'noted', 'shorter', 'taken']) await threads.create({ threadId })
    await threads.update('given', { ttl: 10_000 })
    await threads.update('noted', { ttl: 10_000 })
    await threads.update('shorter', { ttl: 90_000 })
    await threads.update('taken', { ttl: 10_000 })
    const copy = await threads.copy('given')

    pass(5000)
    await threads.update('noted', { metadata: { solved: true } })
    await threads.update('shorter', { ttl: 5000 })
    const taken = await send('PATCH', '/threads/taken', { ttl: null })
    pass(5000)
    await gone(3)

    expect(copy).toMatchObject({ ttl: { ttl_minutes: 10_000 } })
    expect(await taken.json()).not.toHaveProperty('ttl')
    expect(await ids()).toEqual(['noted', 'taken'])
    pass(5000)
    await gone(4)
    expect(await ids()).toEqual(['taken'])
  })

  it.each([
    [-1, 'ttl.ttl must be 0.1 or more.'],
    [1e12, 'ttl.ttl must be 52704000 or less.'],
    ['soon', 'ttl must be an object.'],
    [{ ttl: 'soon' }, 'ttl.ttl must be a number.'],
    [{ strategy: 'delete' }, 'ttl.ttl is missing; it must be a number.'],
    [{ ttl: 5, strategy: 'keep_latest' }, 'ttl.strategy must be "delete".'],
  ])('are refused with %j', async (ttl, message) => {
    const { threads, send } = await start()
    await threads.create({ threadId: 'mine' })

    for (const [method, path] of [
      ['POST', '/threads'],
      ['PATCH', '/threads/mine'],
    ] as const) {
      const response = await send(method, path, { ttl })
      expect([response.status, JSON.parse(await response.text())]).toEqual([400, expect.objectContaining({ message })])
    }
  })
})
