import type { Client } from '@langchain/langgraph-sdk'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { echo, KEYS, langGraphParley } from '../testing.fixture.js'

let parley: ReturnType<typeof langGraphParley>
let client: Client
beforeEach(() => {
  parley = langGraphParley({ app: echo })
  client = parley.client()
})
afterEach(() => parley.close())

describe('C1: the store of @langchain/langgraph-sdk', () => {
  it('keeps, replaces, gets and deletes values', async () => {
    const { store } = client
    await store.putItem(['users', 'ada'], 'theme', { colour: 'blue' })
    const first = await store.getItem(['users', 'ada'], 'theme')
    await store.putItem(['users', 'ada'], 'theme', { colour: 'red' })

    expect(first).toMatchObject({ namespace: ['users', 'ada'], key: 'theme', value: { colour: 'blue' } })
    expect(await store.getItem(['users', 'ada'], 'theme')).toMatchObject({
      value: { colour: 'red' },
      createdAt: first?.createdAt,
    })
    await store.deleteItem(['users', 'ada'], 'theme')
    expect(await store.getItem(['users', 'ada'], 'theme')).toBeNull()
  })

  it('finds values and the namespaces that hold them', async () => {
    const { store } = client
    await store.putItem(['users', 'ada'], 'a', { colour: 'blue', text: 'Likes tea' })
    await store.putItem(['users', 'ben'], 'b', { colour: 'red', text: 'Likes coffee' })
    await store.putItem(['shops'], 'c', { colour: 'red' })
    const keys = async (...search: Parameters<typeof store.searchItems>) =>
      (await store.searchItems(...search)).items.map(({ key }) => key)

    expect(await keys([])).toEqual(['a', 'b', 'c'])
    expect(await keys(['users'])).toEqual(['a', 'b'])
    expect(await keys(['users'], { filter: { colour: 'red' } })).toEqual(['b'])
    expect(await keys([], { query: 'TEA likes' })).toEqual(['a'])
    expect(await keys([], { limit: 1, offset: 1 })).toEqual(['b'])
    const namespaces = async (options: Parameters<typeof store.listNamespaces>[0]) =>
      (await store.listNamespaces(options)).namespaces
    expect(await namespaces({})).toEqual([['users', 'ada'], ['users', 'ben'], ['shops']])
    expect(await namespaces({ prefix: ['users'], maxDepth: 1 })).toEqual([['users']])
    expect(await namespaces({ suffix: ['ben'] })).toEqual([['users', 'ben']])
  })

  it('compares what values hold, and looks for words where it is told to', async () => {
    const { store } = client
    await store.putItem(['a'], 'small', { size: 2, text: 'tea', note: 'coffee' }, { index: ['text'] })
    await store.putItem(
      ['a'],
      'large',
      { size: 9, text: 'coffee', notes: [{ text: 'cake' }] },
      { index: ['notes[*].text'] },
    )
    await store.putItem(['a'], 'hidden', { size: 5, text: 'tea and cake' }, { index: false })
    await store.putItem(['a'], 'whole', { size: 7, text: 'cake' }, { index: null })
    const keys = async (options: Parameters<typeof store.searchItems>[1]) =>
      (await store.searchItems(['a'], options)).items.map(({ key }) => key)

    expect(await keys({ filter: { size: { $gt: 2, $lte: 7 } } })).toEqual(['hidden', 'whole'])
    expect(await keys({ filter: { text: { $ne: 'tea' }, size: { $gte: 9 } } })).toEqual(['large'])
    expect(await keys({ query: 'tea' })).toEqual(['small'])
    expect(await keys({ query: 'coffee' })).toEqual([])
    expect(await keys({ query: 'cake' })).toEqual(['large', 'whole'])
    await expect(keys({ filter: { size: { $near: 2 } } })).rejects.toMatchObject({ status: 400 })
  })

  it('C2: is each user’s own', async () => {
    await client.store.putItem(['notes'], 'a', { mine: true })

    for (const other of [
      parley.client({ headers: { 'x-principal-user-id': 'ben' } }),
      parley.client({ apiKey: KEYS.bank }),
    ]) {
      expect(await other.store.getItem(['notes'], 'a')).toBeNull()
      expect((await other.store.searchItems([])).items).toEqual([])
      await other.store.deleteItem(['notes'], 'a')
    }
    expect(await client.store.getItem(['notes'], 'a')).toMatchObject({ value: { mine: true } })
  })
})
