import { describe, expect, it, onTestFinished } from 'vitest'
import { scriptedClock } from '../../../base/scripted-clock.js'
import { echo, KEYS, langGraphParley } from '../testing.fixture.js'

const MINUTE_MS = 60_000

async function start() {
  const clock = scriptedClock()
  const parley = langGraphParley({ app: echo, clock })
  onTestFinished(() => parley.close())
  await parley.start()
  const { store } = parley.client()
  return {
    ...parley,
    store,
    pass: (minutes: number) => clock.advance(minutes * MINUTE_MS),
    keys: async (options: Parameters<typeof store.searchItems>[1] = {}) =>
      (await store.searchItems([], options)).items.map(({ key }) => key),
    send: (body: Record<string, unknown>) =>
      parley.fetch('/api/ai/store/items', body, { method: 'PUT', as: null, headers: { 'x-api-key': KEYS.shop } }),
  }
}

describe('C1: values of @langchain/langgraph-sdk with a ttl', () => {
  it('are gone when their minutes are over: not read, not found, not listed', async () => {
    const { store, pass, keys } = await start()
    await store.putItem(['notes'], 'short', { text: 'tea' }, { ttl: 10 })
    await store.putItem(['other'], 'kept', { text: 'tea' }, { ttl: null })

    pass(9)
    expect(await store.getItem(['notes'], 'short', { refreshTtl: false })).toMatchObject({ value: { text: 'tea' } })
    expect(await keys({ refreshTtl: false })).toEqual(['short', 'kept'])
    pass(1)

    expect(await store.getItem(['notes'], 'short')).toBeNull()
    expect(await keys()).toEqual(['kept'])
    expect(await keys({ query: 'tea' })).toEqual(['kept'])
    expect(await store.listNamespaces()).toEqual({ namespaces: [['other']] })
  })

  it('are kept for longer by whoever reads or finds them, unless they say not to', async () => {
    const { store, pass } = await start()
    for (const key of ['read', 'found', 'seen', 'listed']) await store.putItem([key], key, {}, { ttl: 10 })

    pass(6)
    await store.getItem(['read'], 'read')
    await store.searchItems(['found'], { refreshTtl: true })
    await store.getItem(['seen'], 'seen', { refreshTtl: false })
    await store.searchItems(['seen'], { refreshTtl: false })
    await store.listNamespaces({ prefix: ['listed'] })
    pass(6)

    expect((await store.listNamespaces()).namespaces).toEqual([['read'], ['found']])
    await store.putItem(['read'], 'read', {})
    pass(100)
    expect((await store.listNamespaces()).namespaces).toEqual([['read']])
  })

  it('are deleted with the threads whose time is over', async () => {
    const parley = await start()
    await parley.store.putItem(['notes'], 'short', {}, { ttl: 10 })
    await parley.store.putItem(['notes'], 'kept', {})
    const deleted = () => {
      parley.pass(1) // the next look at what is due
      return parley.noted.reduce((sum, { details }) => sum + Number(details?.values ?? 0), 0)
    }

    parley.pass(9)

    await expect.poll(deleted).toBe(1)
    expect(await parley.keys()).toEqual(['kept'])
    expect(parley.reported).toEqual([])
  })

  it.each([
    [{ ttl: 0 }, 'ttl must be 0.1 or more.'],
    [{ ttl: -1 }, 'ttl must be 0.1 or more.'],
    [{ ttl: 1e12 }, 'ttl must be 52704000 or less.'],
    [{ ttl: 'soon' }, 'ttl must be a number.'],
    [{ index: 'text' }, 'index must be false or a list.'],
  ])('are refused with %j', async (options, message) => {
    const { send } = await start()

    const response = await send({ namespace: ['notes'], key: 'a', value: {}, ...options })

    expect([response.status, JSON.parse(await response.text())]).toEqual([400, expect.objectContaining({ message })])
  })
})
