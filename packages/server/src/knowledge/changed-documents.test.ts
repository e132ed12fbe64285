import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../base/clock.js'
import { consoleLog } from '../base/log.js'
import type { Embedder } from '../models/embeddings.js'
import { sqliteStore } from '../storage/sqlite/index.js'
import type { ServerStore } from '../storage/workspace-store.js'
import { createKnowledgeBases, type KnowledgeBases } from './knowledge-bases.js'
import type { SearchOptions } from './knowledge-search.js'

let store: ServerStore
beforeEach(() => {
  store = sqliteStore(':memory:')
})
afterEach(() => store.close())

/** Points to the animal a text is of. */
const asked: string[] = []
const animals: Embedder = {
  model: 'animals-1',
  async embed(texts) {
    asked.push(...texts)
    return texts.map((text) => Float32Array.from([/cat|kitten/i, /dog|puppy/i], (one) => (one.test(text) ? 1 : 0.01)))
  },
}
const open = (embedder?: Embedder) =>
  createKnowledgeBases({ store: store.knowledge, clock: systemClock, log: consoleLog, embedder })

async function withPets(knowledge: KnowledgeBases) {
  const base = await knowledge.create('shop', { name: 'Pets' })
  const add = async (title: string, text: string) => (await knowledge.addDocument('shop', base.id, { title, text })).id
  const cats = await add('Cats', '## Food\n\nA cat eats fish.\n\n## Sleep\n\nA cat sleeps all day.')
  const dogs = await add('Dogs', 'A dog eats meat.')
  await knowledge.idle()
  asked.length = 0
  return {
    base: base.id,
    cats,
    dogs,
    found: async (query: string, options: Partial<SearchOptions> = {}) => {
      await knowledge.idle()
      return (await knowledge.search('shop', [base.id], query, { limit: 9, ...options })).map(
        ({ passage }) => passage.text,
      )
    },
  }
}

describe('the passages of a document', () => {
  it('are changed, added and taken away, found at once, and only what is new is read by the model', async () => {
    const knowledge = open(animals)
    const { base, cats, found } = await withPets(knowledge)
    const [food, sleep] = await knowledge.listPassages('shop', base, cats)

    await knowledge.changePassages('shop', base, cats, (passages) => [
      ...passages.filter(({ id }) => id !== food?.id),
      { id: 'new', headings: [], text: 'A kitten drinks water.', keywords: ['milk'] },
    ])

    expect(await found('cat eats fish', { by: 'words' })).not.toContain('A cat eats fish.')
    expect(await found('milk', { by: 'words' })).toEqual(['A kitten drinks water.'])
    expect(asked.filter((text) => text.includes('kitten'))).toEqual(['A kitten drinks water.'])
    expect(asked).not.toContain('Sleep\nA cat sleeps all day.')
    expect(await knowledge.loadDocument('shop', base, cats)).toMatchObject({
      status: 'ready',
      passages: 2,
      embedded: 2,
    })
    const ids = (await knowledge.listPassages('shop', base, cats)).map(({ id }) => id)
    expect(ids).toEqual([sleep?.id, 'new'])
  })

  it('can be hidden one by one', async () => {
    const knowledge = open()
    const { base, cats, found } = await withPets(knowledge)

    await knowledge.changePassages('shop', base, cats, (passages) =>
      passages.map((passage, place) => (place === 0 ? { ...passage, hidden: true } : passage)),
    )

    expect(await found('cat')).toEqual(['A cat sleeps all day.'])
  })

  it('are nobody’s but its workspace’s', async () => {
    const knowledge = open()
    const { base, cats } = await withPets(knowledge)
    const nobody = { code: 'not_found' }

    await expect(knowledge.listPassages('bank', base, cats)).rejects.toMatchObject(nobody)
    await expect(knowledge.changePassages('bank', base, cats, () => [])).rejects.toMatchObject(nobody)
    await expect(knowledge.replaceDocument('bank', base, cats, { text: 'Mine.' })).rejects.toMatchObject(nobody)
    await expect(
      knowledge.changeDocument('bank', base, cats, (document) => ({ ...document, title: 'Mine' })),
    ).rejects.toMatchObject(nobody)
  })
})

describe('a document', () => {
  it('gets another text under the same id', async () => {
    const knowledge = open(animals)
    const { base, dogs, found } = await withPets(knowledge)

    await knowledge.replaceDocument('shop', base, dogs, { text: 'A puppy eats rice.' })

    expect(await found('eats meat', { by: 'words' })).not.toContain('A dog eats meat.')
    expect(await found('puppy', { by: 'words' })).toEqual(['A puppy eats rice.'])
    expect(await knowledge.loadDocument('shop', base, dogs)).toMatchObject({ title: 'Dogs', status: 'ready' })
  })

  it('keeps the last of two texts that come at once', async () => {
    const knowledge = open()
    const { base, dogs, found } = await withPets(knowledge)

    await Promise.all(
      ['First dog.', 'Second dog.'].map((text) => knowledge.replaceDocument('shop', base, dogs, { text })),
    )

    expect(await found('dog')).toEqual(['Second dog.'])
    expect(await knowledge.loadDocument('shop', base, dogs)).toMatchObject({ status: 'ready', passages: 1 })
  })

  it('is not found while it is disabled or archived', async () => {
    const knowledge = open()
    const { base, dogs, found } = await withPets(knowledge)
    const hide = (hidden?: 'disabled' | 'archived') =>
      knowledge.changeDocument('shop', base, dogs, ({ title }) => ({ title, hidden }))

    await hide('disabled')
    expect(await found('dog')).toEqual([])
    await hide()
    expect(await found('dog')).toEqual(['A dog eats meat.'])
  })
})

describe('a search', () => {
  it('goes by words, by meaning or by both', async () => {
    const { found } = await withPets(open(animals))

    expect(await found('puppy', { by: 'words' })).toEqual([])
    expect((await found('puppy', { by: 'meaning', limit: 1 }))[0]).toBe('A dog eats meat.')
    expect((await found('puppy eats meat'))[0]).toBe('A dog eats meat.')
  })

  it('leaves out what fits too little, and documents that are not meant', async () => {
    const { found, cats } = await withPets(open(animals))

    expect(await found('dog', { by: 'meaning', least: 0.9 })).toEqual(['A dog eats meat.'])
    expect(await found('eats', { of: ({ id }) => id === cats, by: 'words' })).toEqual(['A cat eats fish.'])
  })

  it('goes the way its base is set to where nobody says otherwise', async () => {
    const knowledge = open(animals)
    const { base, found } = await withPets(knowledge)

    await knowledge.update('shop', base, { search: { by: 'words', limit: 3 } })

    expect(await found('puppy')).toEqual([])
    expect(await knowledge.load('shop', base)).toMatchObject({ name: 'Pets', search: { by: 'words', limit: 3 } })
  })
})
