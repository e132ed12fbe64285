import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Embedder } from '../../../models/embeddings.js'
import { type Answer, KEYS, openDatasets } from './datasets.fixture.js'

/** Points to the animal a text is of, and remembers what it read. */
const read: string[] = []
const animals: Embedder = {
  model: 'animals-1',
  async embed(texts) {
    read.push(...texts)
    return texts.map((text) => Float32Array.from([/cat|kitten/i, /dog|puppy/i], (one) => (one.test(text) ? 1 : 0.01)))
  },
}

let server: ReturnType<typeof openDatasets>
beforeEach(() => {
  read.length = 0
  server = openDatasets({ embedder: animals })
})
afterEach(() => server.close())

const HIERARCHICAL = {
  doc_form: 'hierarchical_model',
  process_rule: {
    mode: 'hierarchical',
    rules: {
      pre_processing_rules: [{ id: 'remove_extra_spaces', enabled: true }],
      segmentation: { separator: '\\n\\n', max_tokens: 500 },
      parent_mode: 'paragraph',
      subchunk_segmentation: { separator: '\n', max_tokens: 200 },
    },
  },
}
const TEXT = 'A cat eats fish.\nIt sleeps all day.\n\nA dog eats meat.\nIt barks at night.'
const [CATS, DOGS] = TEXT.split('\n\n')

async function withPets() {
  const base = await server.made()
  const document = await server.withText(base, 'Pets', TEXT, HIERARCHICAL)
  const path = `/datasets/${base}/documents/${document}/segments`
  const segments: Answer[] = (await server.send('GET', path)).body.data
  const retrieve = async (query: string, search_method = 'keyword_search') =>
    (await server.send('POST', `/datasets/${base}/retrieve`, { query, retrieval_model: { search_method } })).body
      .records as Answer[]
  return { base, document, path, segments, retrieve }
}

describe('D6: a document of parents and children', () => {
  it('has parents for segments, each with the children it was cut into', async () => {
    const { base, document, path, segments } = await withPets()

    expect(segments.map(({ content, position }) => [position, content])).toEqual([
      [1, CATS],
      [2, DOGS],
    ])
    expect(segments[0].child_chunks).toMatchObject([
      { segment_id: segments[0].id, content: 'A cat eats fish.', position: 1, type: 'automatic', word_count: 16 },
      { content: 'It sleeps all day.', position: 2 },
    ])
    expect((await server.send('GET', `/datasets/${base}/documents/${document}`)).body).toMatchObject({
      doc_form: 'hierarchical_model',
      segment_count: 2,
      word_count: TEXT.length - 2,
    })
    expect((await server.send('GET', `/datasets/${base}`)).body.doc_form).toBe('hierarchical_model')
    expect((await server.send('GET', path)).body).toMatchObject({ doc_form: 'hierarchical_model', total: 2 })
  })

  it('is found by its children, and answers with their parents', async () => {
    const { segments, retrieve } = await withPets()

    expect(read.toSorted()).toEqual(TEXT.split(/\n+/).toSorted()) // the model reads children alone
    const [hit, ...others] = await retrieve('barks')
    expect(others).toEqual([])
    expect(hit).toMatchObject({
      segment: { id: segments[1].id, content: DOGS, position: 2 },
      child_chunks: [{ id: segments[1].child_chunks[1].id, content: 'It barks at night.', position: 2 }],
    })
    expect(hit.score).toBe(hit.child_chunks[0].score)
    for (const method of ['semantic_search', 'hybrid_search']) {
      const [best] = await retrieve('kitten', method)
      expect(best).toMatchObject({ segment: { content: CATS }, child_chunks: [{ content: 'A cat eats fish.' }, {}] })
    }
  })

  it('counts how often a parent was found', async () => {
    const { base, document, path, segments, retrieve } = await withPets()
    await retrieve('barks')
    await retrieve('meat night')

    expect((await retrieve('fish'))[0].segment.hit_count).toBe(1)
    expect((await server.send('GET', `${path}/${segments[1].id}`)).body.data.hit_count).toBe(2)
    expect((await server.send('GET', `/datasets/${base}/documents`)).body.data[0].hit_count).toBe(3)
    expect((await server.send('GET', `/datasets/${base}/documents/${document}`)).body.hit_count).toBe(3)
  })

  it('is one parent where that is asked for', async () => {
    const base = await server.made()
    const rules = { parent_mode: 'full-doc', subchunk_segmentation: { separator: '\n', max_tokens: 200 } }
    await server.withText(base, 'Pets', TEXT, { ...HIERARCHICAL, process_rule: { mode: 'hierarchical', rules } })

    expect(await server.search(base, 'barks')).toEqual([TEXT])
  })

  it('is cut into lines where nothing more is said, and into passages again by a text that says so', async () => {
    const base = await server.made()
    const document = await server.withText(base, 'Pets', TEXT, { doc_form: 'hierarchical_model' })
    const path = `/datasets/${base}/documents/${document}`
    expect((await server.send('GET', `${path}/segments`)).body.data[0].child_chunks).toHaveLength(4)

    await server.send('POST', `${path}/update_by_text`, { text: 'A puppy.' })
    await server.indexed(base, document)
    expect((await server.send('GET', `${path}/segments`)).body.data[0].child_chunks).toHaveLength(1)
    await server.send('POST', `${path}/update_by_text`, { text: 'A kitten.', doc_form: 'text_model' })
    await server.indexed(base, document)
    expect((await server.send('GET', `${path}/segments`)).body).toMatchObject({
      doc_form: 'text_model',
      data: [{ content: 'A kitten.', child_chunks: [] }],
    })
  })
})

describe('D6: child chunks', () => {
  it('are added, listed page by page, changed and deleted, and searches know at once', async () => {
    const { base, document, path, segments, retrieve } = await withPets()
    const children = `${path}/${segments[0].id}/child_chunks`
    read.length = 0

    const added = await server.send('POST', children, { content: 'A kitten drinks milk.' })
    expect(added).toMatchObject({
      status: 200,
      body: { data: { segment_id: segments[0].id, position: 3, type: 'customized', content: 'A kitten drinks milk.' } },
    })
    await server.indexed(base, document)
    expect(read).toEqual(['A kitten drinks milk.'])
    expect(await retrieve('milk')).toMatchObject([
      { segment: { content: CATS }, child_chunks: [{ id: added.body.data.id }] },
    ])
    expect((await server.send('GET', `${children}?limit=2&page=2`)).body).toMatchObject({
      data: [{ content: 'A kitten drinks milk.', position: 3 }],
      total: 3,
      total_pages: 2,
      page: 2,
      limit: 2,
    })
    expect((await server.send('GET', `${children}?keyword=SLEEPS`)).body).toMatchObject({ total: 1 })

    const [fish] = segments[0].child_chunks
    const changed = await server.send('PATCH', `${children}/${fish.id}`, { content: 'A cat eats cheese.' })
    expect(changed.body.data).toMatchObject({ id: fish.id, position: 1, type: 'customized' })
    await server.indexed(base, document)
    expect(await retrieve('fish')).toEqual([])
    expect(await retrieve('cheese')).toMatchObject([{ segment: { content: CATS } }])
    expect((await server.send('DELETE', `${children}/${fish.id}`)).status).toBe(204)
    expect((await server.send('DELETE', `${children}/${fish.id}`)).body).toMatchObject({
      code: 'not_found',
      message: 'Child chunk not found.',
    })
    expect(await retrieve('cheese')).toEqual([])
  })

  it('stay with their parent’s new text, or are made of it anew, and go with it', async () => {
    const { base, document, path, segments, retrieve } = await withPets()
    const [cats] = segments
    const say = (segment: object) => server.send('POST', `${path}/${cats.id}`, { segment })

    expect((await say({ content: 'Parrots talk.\nThey fly.' })).body.data.child_chunks).toHaveLength(2)
    await server.indexed(base, document)
    expect((await retrieve('fish'))[0].segment.content).toBe('Parrots talk.\nThey fly.')
    const { body } = await say({ content: 'Parrots talk.', regenerate_child_chunks: true })
    expect(body.data.child_chunks).toMatchObject([{ content: 'Parrots talk.', type: 'automatic' }])
    await server.indexed(base, document)
    expect(await retrieve('fish')).toEqual([])
    await say({ enabled: false })
    await server.indexed(base, document)
    expect(await retrieve('parrots')).toEqual([])
    expect((await server.send('DELETE', `${path}/${cats.id}`)).status).toBe(204)
    expect((await server.send('GET', `${path}/${cats.id}/child_chunks`)).body.message).toBe('Segment not found.')
  })

  it('come with new segments, and belong to one segment of one workspace', async () => {
    const { base, document, path, segments } = await withPets()
    const { body } = await server.send('POST', path, { segments: [{ content: 'Fish swim.\nFish eat.' }] })
    expect(body).toMatchObject({ doc_form: 'hierarchical_model', data: [{ position: 3, child_chunks: [{}, {}] }] })
    await server.indexed(base, document)

    const [child] = segments[0].child_chunks
    const other = `${path}/${segments[1].id}/child_chunks/${child.id}`
    expect((await server.send('PATCH', other, { content: 'x' })).status).toBe(404)
    expect((await server.send('DELETE', other)).status).toBe(404)
    const own = `${path}/${segments[0].id}/child_chunks`
    expect((await server.send('GET', own, undefined, KEYS.bank)).status).toBe(404)
    expect((await server.send('POST', own, { content: '' })).body).toMatchObject({ code: 'invalid_param' })
  })

  it('of a document that has none are another way to find a passage', async () => {
    const base = await server.made()
    const document = await server.withText(base, 'Pets', 'A dog eats meat.')
    const path = `/datasets/${base}/documents/${document}/segments`
    const [segment] = (await server.send('GET', path)).body.data

    await server.send('POST', `${path}/${segment.id}/child_chunks`, { content: 'What do hounds like?' })
    await server.indexed(base, document)

    expect(await server.search(base, 'hounds')).toEqual(['A dog eats meat.'])
    expect(await server.search(base, 'meat')).toEqual(['A dog eats meat.'])
  })
})
