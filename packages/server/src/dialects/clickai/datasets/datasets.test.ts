import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Answer, KEYS, openDatasets } from './datasets.fixture.js'

let server: ReturnType<typeof openDatasets>
beforeEach(() => {
  server = openDatasets()
})
afterEach(() => server.close())

const send: typeof server.send = (...request) => server.send(...request)
const made: typeof server.made = (...fields) => server.made(...fields)
const indexed: typeof server.indexed = (...batch) => server.indexed(...batch)
const withText: typeof server.withText = (...text) => server.withText(...text)
const search: typeof server.search = (...query) => server.search(...query)

describe('D6: datasets', () => {
  it('are made, listed page by page, changed and deleted', async () => {
    const { status, body } = await send('POST', '/datasets', {
      name: 'Handbook',
      permission: 'only_me',
      embedding_model: null,
      retrieval_model: { search_method: 'keyword_search', top_k: 2, reranking_enable: false },
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      name: 'Handbook',
      provider: 'vendor',
      permission: 'all_team_members',
      indexing_technique: 'economy',
      document_count: 0,
      created_at: expect.any(Number),
      retrieval_model_dict: { search_method: 'keyword_search', top_k: 2, score_threshold_enabled: false },
    })
    await made({ name: 'Menu' })

    expect((await send('POST', '/datasets', { name: 'Menu' })).body).toMatchObject({
      code: 'dataset_name_duplicate',
      status: 409,
    })
    const listed = await send('GET', '/datasets?page=2&limit=1&keyword=')
    expect(listed.body).toMatchObject({ has_more: false, limit: 1, total: 2, page: 2, data: [{ id: body.id }] })
    expect((await send('GET', '/datasets?keyword=men')).body).toMatchObject({ total: 1, data: [{ name: 'Menu' }] })
    const changed = await send('PATCH', `/datasets/${body.id}`, { name: 'Guide', description: 'Ours' })
    expect(changed.body).toMatchObject({ id: body.id, name: 'Guide', description: 'Ours' })
    expect(await send('DELETE', `/datasets/${body.id}`)).toEqual({ status: 204, body: null })
    expect((await send('GET', `/datasets/${body.id}`)).body).toMatchObject({ code: 'not_found', status: 404 })
  })

  it.each([
    ['/datasets', { name: 'x'.repeat(41) }, 'name'],
    ['/datasets', { name: 'x', provider: 'external' }, 'provider'],
    ['/datasets', {}, 'name'],
  ])('say what is wrong with a body: %s %j', async (path, body, params) => {
    expect((await send('POST', path, body)).body).toMatchObject({ code: 'invalid_param', status: 400, params })
  })

  it.each(['page=0', 'limit=0', 'limit=x'])('say what is wrong with a query: %s', async (query) => {
    expect((await send('GET', `/datasets?${query}`)).body).toMatchObject({ code: 'invalid_param', status: 400 })
  })

  it('open to keys of their own kind alone, and belong to the workspace of the key', async () => {
    const id = await made()
    const document = await withText(id, 'Secret', 'The word is swordfish.')

    for (const key of [KEYS.app, KEYS.admin, 'dataset-of-nobody'])
      expect(await send('GET', '/datasets', undefined, key)).toMatchObject({
        status: 401,
        body: { code: 'unauthorized', message: 'Access token is invalid' },
      })
    expect((await send('POST', '/chat-messages', { query: 'x', user: 'u' })).status).toBe(401)
    expect((await send('GET', '/datasets', undefined, KEYS.bank)).body.total).toBe(0)
    const places = [`/datasets/${id}`, `/datasets/${id}/documents`, `/datasets/${id}/documents/${document}/segments`]
    for (const path of places) {
      const foreign = await send('GET', path, undefined, KEYS.bank)
      expect(foreign).toMatchObject({ status: 404, body: { code: 'not_found' } })
      const nowhere = await send('GET', path.replace(id, 'kb_nowhere'), undefined, KEYS.bank)
      expect(JSON.stringify(foreign).replaceAll(id, '')).toBe(JSON.stringify(nowhere).replaceAll('kb_nowhere', ''))
    }
  })
})

describe('D6: documents', () => {
  it('come as text, say how far they are, and are found', async () => {
    const id = await made()
    const { status, body } = await send('POST', `/datasets/${id}/document/create_by_text`, {
      name: 'Returns',
      text: '## How long\n\nThirty days.',
      doc_form: 'text_model',
      doc_language: 'English',
      process_rule: { mode: 'custom', rules: {} },
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      batch: expect.any(String),
      document: { name: 'Returns', indexing_status: 'parsing', doc_language: 'English' },
    })

    expect(await indexed(id, body.batch)).toMatchObject({ completed_segments: 1, total_segments: 1, error: null })
    const found = await send('POST', `/datasets/${id}/hit-testing`, { query: 'days' })
    expect(found.body).toMatchObject({
      query: { content: 'days' },
      records: [
        { segment: { content: 'Thirty days.', position: 1, document: { id: body.document.id, name: 'Returns' } } },
      ],
    })
    expect(found.body.records[0].score).toBeGreaterThan(0)
    expect((await send('GET', `/datasets/${id}/documents`)).body).toMatchObject({
      total: 1,
      data: [{ id: body.document.id, display_status: 'available', word_count: 12, enabled: true }],
    })
    expect((await send('GET', `/datasets/${id}`)).body).toMatchObject({
      document_count: 1,
      word_count: 12,
      embedding_available: true,
    })
    const wrong = { name: 'Returns', text: 'Any.', indexing_technique: 'magic' }
    expect((await send('POST', `/datasets/${id}/document/create-by-text`, wrong)).body).toMatchObject({
      code: 'invalid_param',
      params: 'indexing_technique',
    })
  })

  it('say by themselves where they stand, and how they were cut', async () => {
    const id = await made()
    await withText(id, 'First', 'One.')
    const segmentation = { separator: '---', max_tokens: 100, chunk_overlap: 10 }
    const pre_processing_rules = [
      { id: 'remove_extra_spaces', enabled: true },
      { id: 'remove_urls_emails', enabled: false },
    ]
    const process_rule = { mode: 'custom', rules: { pre_processing_rules, segmentation } }
    const second = await withText(id, 'Second', 'Two.', { process_rule })

    expect((await send('GET', `/datasets/${id}/documents/${second}`)).body).toMatchObject({
      position: 2,
      completed_at: expect.any(Number),
      document_process_rule: {
        mode: 'custom',
        rules: { pre_processing_rules, segmentation, parent_mode: null, subchunk_segmentation: null },
      },
    })
  })

  it('come as files', async () => {
    const id = await made()
    const form = new FormData()
    form.set('data', JSON.stringify({ indexing_technique: 'high_quality', process_rule: { mode: 'automatic' } }))
    form.set('file', new File(['Opening hours: nine to five.'], 'hours.txt', { type: 'text/plain' }))

    const { body } = await send('POST', `/datasets/${id}/document/create-by-file`, form)
    await indexed(id, body.batch)

    expect(body.document).toMatchObject({ name: 'hours.txt', data_source_type: 'upload_file' })
    expect(await search(id, 'opening')).toEqual(['Opening hours: nine to five.'])
    const replaced = new FormData()
    replaced.set('file', new File(['Closed.'], 'closed.txt', { type: 'text/plain' }))
    const path = `/datasets/${id}/documents/${body.document.id}`
    expect((await send('POST', `${path}/update_by_file`, replaced)).body.document).toMatchObject({
      id: body.document.id,
      name: 'closed.txt',
    })
    await indexed(id, body.document.id)
    expect(await search(id, 'opening closed')).toEqual(['Closed.'])
  })

  it('say what is wrong with a file', async () => {
    const id = await made()
    const path = `/datasets/${id}/document/create-by-file`
    const form = (...files: File[]) => {
      const data = new FormData()
      data.set('data', '{}')
      for (const file of files) data.append('file', file)
      return data
    }
    const code = async (data: FormData) => (await send('POST', path, data)).body.code

    expect(await code(form())).toBe('no_file_uploaded')
    expect(await code(form(new File(['a'], 'a.txt'), new File(['b'], 'b.txt')))).toBe('too_many_files')
    expect(await code(form(new File(['x'.repeat(200_000)], 'a.txt')))).toBe('file_too_large')
    const broken = form(new File(['a'], 'a.txt'))
    broken.set('data', '{')
    expect(await code(broken)).toBe('invalid_param')
  })

  it('get a new text, a new name, and are hidden, archived and deleted', async () => {
    const id = await made()
    const document = await withText(id, 'Returns', 'Thirty days.')
    const path = `/datasets/${id}/documents/${document}`
    const act = (action: string) =>
      send('PATCH', `/datasets/${id}/documents/status/${action}`, { document_ids: [document] })

    await send('POST', `${path}/update-by-text`, { name: 'Refunds', text: 'Sixty days.' })
    await indexed(id, document)
    expect(await search(id, 'days')).toEqual(['Sixty days.'])
    expect((await send('PATCH', path, { name: 'Money back' })).body.document.name).toBe('Money back')

    expect((await act('disable')).body).toEqual({ result: 'success' })
    expect(await search(id, 'days')).toEqual([])
    expect((await send('GET', path)).body).toMatchObject({ enabled: false, display_status: 'disabled' })
    await act('enable')
    expect(await search(id, 'days')).toEqual(['Sixty days.'])
    await act('archive')
    expect((await send('POST', `${path}/update-by-text`, { text: 'x' })).body).toMatchObject({
      code: 'archived_document_immutable',
      status: 403,
    })
    await act('un_archive')
    expect((await act('burn')).body).toMatchObject({ code: 'invalid_action', status: 400 })
    expect((await send('DELETE', path)).status).toBe(204)
    expect((await send('DELETE', path)).status).toBe(404)
  })
})

describe('D6: segments', () => {
  it('are listed, added, changed, hidden and deleted one by one', async () => {
    const id = await made()
    const document = await withText(id, 'Pets', '## Cats\n\nCats eat fish.\n\n## Dogs\n\nDogs eat meat.')
    const path = `/datasets/${id}/documents/${document}/segments`

    const added = await send('POST', path, { segments: [{ content: 'Parrots talk.', keywords: ['bird'], answer: '' }] })
    expect(added.body).toMatchObject({ doc_form: 'text_model', data: [{ content: 'Parrots talk.', position: 3 }] })
    await indexed(id, document)
    expect(await search(id, 'bird')).toEqual(['Parrots talk.'])

    const { body } = await send('GET', `${path}?limit=2`)
    expect(body).toMatchObject({ total: 3, has_more: true, data: [{ content: 'Cats eat fish.' }, {}] })
    const [cats, dogs] = body.data
    await send('POST', `${path}/${cats.id}`, { segment: { content: 'Cats drink milk.' } })
    await send('POST', `${path}/${dogs.id}`, { segment: { enabled: false } })
    await indexed(id, document)
    expect(await search(id, 'dogs fish milk')).toEqual(['Cats drink milk.'])
    expect((await send('GET', `${path}/${dogs.id}`)).body.data).toMatchObject({ enabled: false })
    expect((await send('DELETE', `${path}/${cats.id}`)).status).toBe(204)
    expect((await send('GET', `${path}?keyword=milk`)).body.total).toBe(0)
    expect((await send('GET', `${path}/${cats.id}`)).status).toBe(404)
  })
})

it('D6: datasets, documents and segments are named by UUIDs, which clients may insist on', async () => {
  const id = await made()
  const document = await withText(id, 'Returns', 'You may return.')
  const { body } = await send('GET', `/datasets/${id}/documents/${document}/segments`)

  for (const one of [id, document, body.data[0].id])
    expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

describe('D6: tags and metadata', () => {
  it('sort datasets, which are listed by them', async () => {
    const [food, pets] = [await made({ name: 'Food' }), await made({ name: 'Pets' })]
    const { body: tag } = await send('POST', '/datasets/tags', { name: 'public' })

    expect((await send('POST', '/datasets/tags/binding', { tag_ids: [tag.id], target_id: pets })).status).toBe(204)

    expect((await send('GET', `/datasets?tag_ids=${tag.id}`)).body.data.map(({ id }: Answer) => id)).toEqual([pets])
    expect((await send('GET', '/datasets/tags')).body).toEqual([
      { id: tag.id, name: 'public', type: 'knowledge', binding_count: '1' },
    ])
    expect((await send('POST', '/datasets/tags', { name: 'public' })).body).toEqual({
      code: 'invalid_param',
      message: 'Tag name already exists.',
      status: 400,
      params: 'name',
    })
    const { body: other } = await send('POST', '/datasets/tags', { name: 'secret' })
    expect((await send('PATCH', '/datasets/tags', { tag_id: other.id, name: 'public' })).status).toBe(400)
    expect((await send('PATCH', '/datasets/tags', { tag_id: other.id, name: 'secret' })).status).toBe(200)
    expect((await send('PATCH', '/datasets/tags', { tag_id: tag.id, name: 'open' })).body.name).toBe('open')
    expect((await send('GET', `/datasets/${pets}/tags`)).body).toEqual({
      data: [{ id: tag.id, name: 'open' }],
      total: 1,
    })
    expect((await send('GET', '/datasets/tags', undefined, KEYS.bank)).body).toEqual([])
    expect((await send('DELETE', '/datasets/tags', { tag_id: tag.id }, KEYS.bank)).status).toBe(404)
    await send('POST', '/datasets/tags/unbinding', { tag_id: tag.id, target_id: pets })
    expect((await send('GET', `/datasets/${pets}/tags`)).body.total).toBe(0)
    expect((await send('DELETE', '/datasets/tags', { tag_id: tag.id })).status).toBe(204)
    expect((await send('GET', `/datasets/${food}/tags`)).body.total).toBe(0)
  })

  it('tell documents apart, in a search too', async () => {
    const id = await made()
    const [old, recent] = [await withText(id, 'Old', 'A price list.'), await withText(id, 'New', 'A price list, too.')]
    const { status, body: year } = await send('POST', `/datasets/${id}/metadata`, { type: 'number', name: 'year' })
    expect(status).toBe(201)
    const value = (document_id: string, number: number | string) => ({
      document_id,
      metadata_list: [{ id: year.id, name: 'year', value: number }],
    })

    const path = `/datasets/${id}/documents/metadata`
    expect((await send('POST', path, { operation_data: [value(old, 'x')] })).body.code).toBe('invalid_param')
    await send('POST', path, { operation_data: [value(old, 2020), value(recent, 2026)] })

    const since = (comparison_operator: string, asked: unknown, name = 'year') =>
      search(id, 'price list', {
        search_method: 'keyword_search',
        metadata_filtering_conditions: { conditions: [{ name, comparison_operator, value: asked }] },
      })
    expect(await since('>', 2021)).toEqual(['A price list, too.'])
    expect(await since('=', '2020')).toEqual(['A price list.'])
    expect(await since('is', 'Old', 'document_name')).toEqual([])
    await send('POST', `/datasets/${id}/metadata/built-in/enable`)
    expect(await since('is', 'Old', 'document_name')).toEqual(['A price list.'])
    expect((await send('GET', `/datasets/${id}/metadata`)).body).toEqual({
      doc_metadata: [{ id: year.id, name: 'year', type: 'number', count: 2 }],
      built_in_field_enabled: true,
    })
    expect((await send('POST', `/datasets/${id}/metadata`, { type: 'string', name: 'year' })).body).toMatchObject({
      code: 'invalid_metadata',
    })
    expect((await send('PATCH', `/datasets/${id}/metadata/${year.id}`, { name: 'since' })).body.name).toBe('since')
    expect((await send('DELETE', `/datasets/${id}/metadata/${year.id}`)).status).toBe(204)
    expect((await send('DELETE', `/datasets/${id}/metadata/${year.id}`)).status).toBe(404)
  })
})

describe('D6: models', () => {
  it('are those that knowledge can be made with', async () => {
    expect((await send('GET', '/workspaces/current/models/model-types/text-embedding')).body).toEqual({ data: [] })
    expect((await send('GET', '/workspaces/current/models/model-types/magic')).body.code).toBe('invalid_param')
  })
})
