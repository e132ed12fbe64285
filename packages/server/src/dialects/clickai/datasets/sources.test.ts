import { unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Answer, KEYS, openDatasets } from './datasets.fixture.js'

let server: ReturnType<typeof openDatasets>
beforeEach(() => {
  server = openDatasets()
})
afterEach(() => server.close())

const formWith = (name: string, text: string, fields: Record<string, string> = {}) => {
  const form = new FormData()
  form.set('file', new File([text], name, { type: 'text/plain' }))
  for (const [field, value] of Object.entries(fields)) form.set(field, value)
  return form
}

async function withFile(base: string, name: string, text: string): Promise<string> {
  const { body } = await server.send('POST', `/datasets/${base}/document/create-by-file`, formWith(name, text))
  await server.indexed(base, body.batch)
  return body.document.id
}

const open = (url: string) => server.parley.fetch(new URL(url).pathname + new URL(url).search, undefined, { as: null })

describe('D6: documents as they were brought', () => {
  it('are read at an address that needs no key, for a while', async () => {
    const base = await server.made()
    const document = await withFile(base, 'hours “new”.txt', 'Nine to five.')
    const path = `/datasets/${base}/documents/${document}`

    const { status, body } = await server.send('GET', `${path}/download`)
    expect(status).toBe(200)
    const file = await open(body.url)
    expect(await file.text()).toBe('Nine to five.')
    expect(file.headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''hours%20%E2%80%9Cnew%E2%80%9D.txt",
    )
    expect(file.headers.get('content-security-policy')).toContain('sandbox')
    expect((await open(`${body.url}x`)).status).toBe(404)
    expect((await open(body.url.replace(/token=.*/, ''))).status).toBe(404)
    expect((await server.send('GET', `${path}/download`, undefined, KEYS.bank)).status).toBe(404)
    expect((await server.send('GET', path)).body.data_source_info.upload_file).toMatchObject({
      name: 'hours “new”.txt',
      size: 13,
      extension: 'txt',
      mime_type: 'text/plain',
    })

    await server.send('DELETE', path)
    expect((await open(body.url)).status).toBe(404)
  })

  it('that came as text are files too, and follow the newest text', async () => {
    const base = await server.made()
    const document = await server.withText(base, 'Returns', 'Thirty days.')
    const path = `/datasets/${base}/documents/${document}`
    const first = (await server.send('GET', `${path}/download`)).body.url
    await server.send('POST', `${path}/update-by-text`, { text: 'Sixty days.' })
    await server.indexed(base, document)

    expect(await (await open((await server.send('GET', `${path}/download`)).body.url)).text()).toBe('Sixty days.')
    expect((await open(first)).status).toBe(404)
    await server.send('DELETE', `/datasets/${base}`)
    expect((await server.knowledge.sources?.load('shop', first)) ?? null).toBeNull()
  })

  it('come together in one archive, whatever they are called', async () => {
    const base = await server.made()
    const ids = [
      await withFile(base, 'a.txt', 'One.'),
      await withFile(base, 'A.txt', 'Two.'),
      await withFile(base, '../../etc/passwd', 'Three.'),
    ]
    const path = `/datasets/${base}/documents/download-zip`

    const response = await server.ask('POST', path, { document_ids: [...ids, ids[0]] })
    expect(response.headers.get('content-type')).toBe('application/zip')
    const files = unzipSync(new Uint8Array(await response.arrayBuffer()))
    expect(Object.entries(files).map(([name, bytes]) => [name, new TextDecoder().decode(bytes)])).toEqual([
      ['a.txt', 'One.'],
      ['A (1).txt', 'Two.'],
      ['__.._etc_passwd', 'Three.'],
    ])
    expect((await server.send('POST', path, { document_ids: [...ids, 'doc_nowhere'] })).status).toBe(404)
    expect((await server.send('POST', path, { document_ids: ids }, KEYS.bank)).status).toBe(404)
    expect((await server.send('POST', path, { document_ids: [] })).body).toMatchObject({ code: 'invalid_param' })
  })
})

describe('D6: a pipeline', () => {
  const upload = async (name: string, text: string, key?: string) =>
    (await server.send('POST', '/datasets/pipeline/file-upload', formWith(name, text), key)).body
  const run = (base: string, references: string[], fields: object = {}) => ({
    path: `/datasets/${base}/pipeline/run`,
    body: {
      inputs: {},
      datasource_type: 'local_file',
      datasource_info_list: references.map((reference) => ({ reference })),
      start_node_id: 'local_file',
      is_published: true,
      response_mode: 'blocking',
      ...fields,
    },
  })

  it('makes documents of uploaded files, and says when they are read', async () => {
    const base = await server.made()
    const uploaded = await server.send('POST', '/datasets/pipeline/file-upload', formWith('hours.txt', 'Nine to five.'))
    expect(uploaded).toMatchObject({
      status: 201,
      body: { name: 'hours.txt', size: 13, extension: 'txt', mime_type: 'text/plain', created_by: 'shop' },
    })
    const other = await upload('menu.txt', 'Soup.')
    const [node] = (await server.send('GET', `/datasets/${base}/pipeline/datasource-plugins?is_published=true`)).body
    expect(node).toMatchObject({ node_id: 'local_file', datasource_type: 'local_file', credentials: [] })

    const { path, body } = run(base, [uploaded.body.id, other.id], { start_node_id: node.node_id })
    const { status, body: made } = await server.send('POST', path, body)
    expect(status).toBe(200)
    expect(made).toMatchObject({
      batch: expect.any(String),
      dataset: { id: base },
      documents: [{ name: 'hours.txt', indexing_status: 'completed' }, { name: 'menu.txt' }],
      data: { status: 'succeeded', error: null },
    })
    const { data } = (await server.send('GET', `/datasets/${base}/documents/${made.batch}/indexing-status`)).body
    expect(data).toHaveLength(2)
    expect(await server.search(base, 'soup')).toEqual(['Soup.'])
    expect((await server.send('POST', path, body)).body).toMatchObject({ code: 'file_not_found', status: 404 })
  })

  it('tells of every document as it is read, where that is asked for', async () => {
    const base = await server.made()
    const [good, empty] = [await upload('a.txt', 'Soup.'), await upload('b.txt', ' ')]

    const { path, body } = run(base, [good.id, empty.id], { response_mode: 'streaming' })
    const response = await server.ask('POST', path, body)

    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
    const events: Answer[] = (await response.text())
      .split('\n\n')
      .filter(Boolean)
      .map((event) => JSON.parse(event.slice('data: '.length)))
    expect(events.map(({ event }) => event).join(' ')).toBe(
      'workflow_started node_started node_finished node_started node_finished workflow_finished',
    )
    expect(events[2].data).toMatchObject({ title: 'a.txt', status: 'succeeded', outputs: { name: 'a.txt' } })
    expect(events[4].data).toMatchObject({ status: 'failed', error: 'The document holds no text.' })
    expect(events[5].data).toMatchObject({
      status: 'partial-succeeded',
      outputs: { document_ids: [{}, {}].map(() => expect.any(String)) },
    })
  })

  it.each([
    ['website_crawl', { datasource_type: 'website_crawl' }, 'datasource_type'],
    ['another node', { start_node_id: '1719288585006' }, 'start_node_id'],
    ['no file', { datasource_info_list: [] }, 'datasource_info_list'],
    ['a file twice', { datasource_info_list: [{ reference: 'x' }, { related_id: 'x' }] }, 'datasource_info_list'],
  ])('says what is wrong with %s', async (_, fields, params) => {
    const { path, body } = run(await server.made(), ['x'], fields)
    expect((await server.send('POST', path, body)).body).toMatchObject({ code: 'invalid_param', status: 400, params })
  })

  it('takes files of its own workspace alone', async () => {
    const base = await server.made()
    const foreign = await upload('secret.txt', 'Swordfish.', KEYS.bank)

    const { path, body } = run(base, [foreign.id])
    expect((await server.send('POST', path, body)).body.code).toBe('file_not_found')
    expect((await server.send('GET', `/datasets/${base}/documents`)).body.total).toBe(0)
    for (const [method, place, sent] of [
      ['POST', 'run', body],
      ['GET', 'datasource-plugins', undefined],
      ['POST', 'datasource/nodes/local_file/run', {}],
    ] as const)
      expect((await server.send(method, `/datasets/${base}/pipeline/${place}`, sent, KEYS.bank)).status).toBe(404)
    const node = `/datasets/${base}/pipeline/datasource/nodes/local_file/run`
    expect((await server.send('POST', node, { inputs: {} })).body).toMatchObject({ code: 'invalid_param', status: 400 })
  })
})
