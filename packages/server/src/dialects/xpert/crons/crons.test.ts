import type { Client } from '@langchain/langgraph-sdk'
import { afterEach, describe, expect, it } from 'vitest'
import { scriptedClock } from '../../../base/scripted-clock.js'
import { echo, KEYS, langGraphParley } from '../testing.fixture.js'

const input = { messages: [{ role: 'user', content: 'hello' }] }

let parley: ReturnType<typeof langGraphParley>
afterEach(() => parley.close())

/** A server whose time a test moves. */
async function start() {
  const clock = scriptedClock(new Date('2026-01-01T08:59:00Z'))
  parley = langGraphParley({ apps: { demo: echo, sales: echo }, clock })
  await parley.start()
  return { clock, client: parley.client(), ben: parley.client({ headers: { 'x-principal-user-id': 'ben' } }) }
}

const runsOn = async (client: Client, threadId: string) =>
  (await client.runs.list(threadId)).map(({ status }) => status)

describe('C1: crons of @langchain/langgraph-sdk', () => {
  it('start runs on a thread, in the name of their maker, until they are deleted', async () => {
    const { clock, client, ben } = await start()
    const { thread_id } = await client.threads.create()

    const cron = await client.crons.createForThread(thread_id, 'demo', { schedule: '0 9 * * *', input })
    clock.advance(2 * 60_000)
    const runs = () => {
      clock.advance(5000) // the next look at what is due
      return runsOn(client, thread_id)
    }
    await expect.poll(runs).toEqual(['success'])
    expect(await ben.crons.search()).toEqual([])
    await expect(ben.crons.delete(cron.cron_id)).rejects.toMatchObject({ status: 404 })
    await client.crons.delete(cron.cron_id)
    clock.advance(24 * 3600_000)

    expect(cron).toMatchObject({ schedule: '0 9 * * *', next_run_date: '2026-01-01T09:00:00.000Z', thread_id })
    expect(await client.crons.count()).toBe(0)
    expect(await runsOn(client, thread_id)).toHaveLength(1)
    const { values } = await client.threads.getState(thread_id)
    expect(values).toMatchObject({ messages: [{ content: 'hello' }, { content: 'You said: hello' }] })
  })

  it('start runs on threads of their own, which may stay', async () => {
    const { clock, client } = await start()

    await client.crons.create('demo', { schedule: '* * * * *', input, onRunCompleted: 'keep' })
    clock.advance(2 * 60_000)

    const threads = async () => {
      clock.advance(5000) // the next look at what is due
      return (await client.threads.search()).length
    }
    await expect.poll(threads).toBeGreaterThan(0)
  })

  it('stop when their API key is revoked, and say so', async () => {
    const { clock, client } = await start()
    const { record, key } = await parley.apiKeys.create({ workspaceId: 'test', name: 'Leaving', scopes: ['chat'] })
    const leaving = parley.client({ apiKey: key, headers: { 'x-principal-user-id': 'ada' } })
    const thread = await leaving.threads.create()
    const { cron_id } = await leaving.crons.createForThread(thread.thread_id, 'demo', { schedule: '0 9 * * *', input })
    await parley.apiKeys.delete('test', record.id)
    clock.advance(2 * 60_000)

    const ada = parley.client({ headers: { 'x-principal-user-id': 'ada' } })
    const told = async () => {
      clock.advance(5000) // the next look at what is due
      return (await ada.crons.search())[0]
    }
    await expect.poll(told).toMatchObject({ cron_id, enabled: false, next_run_date: null })
    expect(await told()).toMatchObject({ stopped_reason: expect.stringContaining(record.id) })
    expect(await runsOn(ada, thread.thread_id)).toEqual([])
    expect(await client.crons.count()).toBe(0)
  })

  it('are found by assistant and thread, changed, paused and counted', async () => {
    const { client } = await start()
    const first = await client.crons.create('demo', { schedule: '@daily', input, metadata: { a: 1 } })
    await client.crons.create('sales', { schedule: '@hourly', input })

    expect(await client.crons.search({ assistantId: 'demo' })).toMatchObject([
      { cron_id: first.cron_id, metadata: { a: 1 } },
    ])
    expect(await client.crons.count({ assistantId: 'sales' })).toBe(1)
    const changed = await client.crons.update(first.cron_id, { schedule: '30 6 * * 1', enabled: false })
    expect(changed).toMatchObject({ schedule: '30 6 * * 1', enabled: false, next_run_date: null })
    const paused = await client.crons.create('demo', { schedule: '@daily', input, enabled: false })
    expect(paused).toMatchObject({ enabled: false, next_run_date: null })
    expect(await client.crons.search({ enabled: true })).toMatchObject([{ assistant_id: 'sales' }])
    expect(await client.crons.search({ enabled: false })).toHaveLength(2)
    await expect(client.crons.create('demo', { schedule: 'never', input, enabled: false })).rejects.toMatchObject({
      status: 400,
    })
  })

  it.each([
    ['a schedule that is none', { schedule: 'tomorrow', input }, 400],
    ['one that never comes', { schedule: '0 0 31 2 *', input }, 400],
    ['a run that could not start', { schedule: '@daily', input: { messages: [{ role: 'ai', content: 'x' }] } }, 400],
  ])('are refused for %s', async (_, payload, status) => {
    const { client } = await start()

    await expect(client.crons.create('demo', payload)).rejects.toMatchObject({ status })
  })

  it('of other apps are not there for a key of one app', async () => {
    const { client } = await start()
    const ada = parley.client({ headers: { 'x-principal-user-id': 'ada' } })
    const bound = parley.client({ apiKey: KEYS.bound, headers: { 'x-principal-user-id': 'ada' } })
    const sales = await ada.crons.create('sales', { schedule: '@daily', input })
    const demo = await ada.crons.create('demo', { schedule: '@daily', input })

    expect(await bound.crons.search()).toMatchObject([{ cron_id: demo.cron_id }])
    expect(await bound.crons.count()).toBe(1)
    await expect(bound.crons.update(sales.cron_id, { enabled: false })).rejects.toMatchObject({ status: 404 })
    await expect(bound.crons.delete(sales.cron_id)).rejects.toMatchObject({ status: 404 })
    expect(await client.crons.count()).toBe(0)
    expect(await ada.crons.search({ assistantId: 'sales' })).toMatchObject([{ enabled: true }])
  })

  it('are for servers, and for the apps their key reaches', async () => {
    const { client } = await start()
    const body = JSON.stringify({ assistant: { id: 'demo' }, user: 'ada' })
    const headers = { 'x-api-key': KEYS.shop, 'content-type': 'application/json' }
    const request = new Request('http://parley.test/api/ai/v1/chatkit/sessions', { method: 'POST', headers, body })
    const { client_secret = '' } = (await (await parley.handle(request)).json()) as { client_secret?: string }

    const page = parley.client({ apiKey: client_secret })
    await expect(page.crons.create('demo', { schedule: '@daily', input })).rejects.toMatchObject({ status: 403 })
    const bound = parley.client({ apiKey: KEYS.bound })
    await expect(bound.crons.create('sales', { schedule: '@daily', input })).rejects.toMatchObject({ status: 403 })
    expect(await client.crons.count()).toBe(0)
  })
})
