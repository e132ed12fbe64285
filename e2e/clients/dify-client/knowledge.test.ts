import { DifyClient, type RequestMethods } from 'dify-client'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DATASET_KEY, startKnowledgeServer } from '../knowledge-server.js'
import { type Recorder, recordExchanges } from '../record-exchanges.js'

let server: Awaited<ReturnType<typeof startKnowledgeServer>>
let recorder: Recorder
beforeAll(async () => {
  server = await startKnowledgeServer()
  recorder = await recordExchanges(server.url)
})
afterAll(async () => {
  await recorder?.close()
  await server?.close()
})

/** What a call answers that made something. */
interface Made {
  id: string
  batch: string
  document: { id: string }
  data: { id: string }
}

/** The published client has no calls for knowledge: its own way to send a request has the paths that Dify's newer clients use. */
function connect(base = `${server.url}/v1`) {
  const client = new DifyClient(DATASET_KEY, base)
  const call = async <Answer = Made>(
    method: RequestMethods,
    path: string,
    data?: unknown,
    params?: Record<string, unknown>,
  ): Promise<Answer> => (await client.sendRequest(method, path, data ?? null, params)).data
  const upload = async (path: string, form: FormData): Promise<Made> =>
    (await client.sendRequest('POST', path, form, {}, false, { 'Content-Type': 'multipart/form-data' })).data
  const indexed = async (dataset: string, batch: string) => {
    const path = `/datasets/${dataset}/documents/${batch}/indexing-status`
    const states = async () =>
      (await call<{ data: { indexing_status: string }[] }>('GET', path)).data
        .map(({ indexing_status }) => indexing_status)
        .join(' ')
    await expect.poll(states).toMatch(/^(completed|error)( completed| error)*$/)
  }
  return { client, call, upload, indexed }
}

const formOf = (name: string, bytes: Uint8Array | string, data?: object) => {
  const form = new FormData()
  if (data) form.append('data', JSON.stringify(data))
  form.append('file', new Blob([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)]), name)
  return form
}

const failureOf = (thrown: { response?: { data: unknown } }) => thrown.response?.data

const HIERARCHICAL = {
  doc_form: 'hierarchical_model',
  process_rule: {
    mode: 'hierarchical',
    rules: {
      segmentation: { separator: '\n\n', max_tokens: 500 },
      parent_mode: 'paragraph',
      subchunk_segmentation: { separator: '\n', max_tokens: 100 },
    },
  },
}

/** Written anew by `npx vitest run --config e2e/vitest.config.ts e2e/clients --update`; look at the difference before it is kept. */
it('D6, D8: what dify-client says and hears of knowledge stays what was recorded', async () => {
  const { call } = connect(`${recorder.url}/v1`)
  const { indexed } = connect() // how often it asks is chance
  const dataset = await call('POST', '/datasets', { name: 'Recorded', description: null, permission: 'only_me' })
  const path = `/datasets/${dataset.id}`

  const made = await call('POST', `${path}/document/create_by_text`, {
    name: 'Pets',
    text: 'A cat eats fish.\nIt sleeps all day.\n\nA dog eats meat.',
    indexing_technique: 'economy',
    ...HIERARCHICAL,
  })
  await indexed(dataset.id, made.batch)
  await call('GET', `${path}/documents/${made.batch}/indexing-status`)
  const document = `${path}/documents/${made.document.id}`
  const page = { page: 1, limit: 20, keyword: null }
  const segments = await call<{ data: [{ id: string }] }>('GET', `${document}/segments`, null, page)
  const children = `${document}/segments/${segments.data[0].id}/child_chunks`
  const child = await call('POST', children, { content: 'Kittens drink milk.' })
  await indexed(dataset.id, made.batch)
  await call('PATCH', `${children}/${child.data.id}`, { content: 'Kittens like milk.' })
  await indexed(dataset.id, made.batch)
  await call('GET', children, null, { page: 1, limit: 2 })
  await call('POST', `${path}/hit-testing`, {
    query: 'milk',
    retrieval_model: {
      search_method: 'keyword_search',
      reranking_enable: false,
      top_k: 2,
      score_threshold_enabled: false,
    },
  })
  await call('DELETE', `${children}/${child.data.id}`)
  await call('GET', `${path}/pipeline/datasource-plugins`, null, { is_published: true })
  await call('GET', document, null, { metadata: 'only' })
  await call('POST', `${path}/documents/download-zip`, { document_ids: [] }).catch(() => undefined)
  await call('DELETE', path)

  await expect(recorder.exchanges()).toMatchFileSnapshot('fixtures/knowledge-exchanges.txt')
})

describe('D6, D8: dify-client looks after knowledge', () => {
  it.each([
    ['policy.pdf', 'returns'],
    ['policy.docx', 'returns'],
    ['prices.xlsx', 'apple'],
    ['page.html', 'opening'],
  ])('takes %s, finds what it says, gives it back as it was, and forgets it', async (name, query) => {
    const { client, call, upload, indexed } = connect()
    const bytes = server.documents[name] ?? new Uint8Array()
    const dataset = await call('POST', '/datasets', { name: `${name} ${crypto.randomUUID().slice(0, 8)}` })
    const path = `/datasets/${dataset.id}`

    const data = { indexing_technique: 'high_quality', process_rule: { mode: 'automatic' } }
    const { document, batch } = await upload(`${path}/document/create_by_file`, formOf(name, bytes, data))
    await indexed(dataset.id, batch)

    const found = async () => (await call<{ records: unknown[] }>('POST', `${path}/retrieve`, { query })).records
    expect(await found()).toMatchObject([{ segment: { document: { id: document.id, name } } }])
    const { url } = await call<{ url: string }>('GET', `${path}/documents/${document.id}/download`)
    expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(Buffer.from(bytes))).toBe(true)
    const zipped = await client.sendRequest(
      'POST',
      `${path}/documents/download-zip`,
      { document_ids: [document.id] },
      {},
      true,
    )
    const parts: Buffer[] = []
    for await (const part of zipped.data) parts.push(part)
    expect(Object.keys(unzipSync(Buffer.concat(parts)))).toEqual([name])
    await call('PATCH', `${path}/documents/status/disable`, { document_ids: [document.id] })
    expect(await found()).toEqual([])
    await call('DELETE', `${path}/documents/${document.id}`)
    expect((await fetch(url)).status).toBe(404)
  })

  it.each([
    ['a program that calls itself a PDF', 'invoice.pdf', 'MZ\u0090\u0000', /damaged/],
    ['a packed file of nothing but nothing', 'bomb.docx', 'bomb', /unpacks to more than 64 MB/],
    ['a kind that is not read', 'virus.exe', 'MZ', /cannot be read/],
    ['an empty page', 'empty.html', '<script>alert(1)</script>', /holds no text/],
  ])('is told what is wrong with %s', async (_, name, text, problem) => {
    const { call, upload, indexed } = connect()
    const dataset = await call('POST', '/datasets', { name: `${name} ${crypto.randomUUID().slice(0, 8)}` })
    const path = `/datasets/${dataset.id}`

    const bytes = text === 'bomb' ? (server.documents[name] ?? '') : text
    const { batch } = await upload(`${path}/document/create-by-file`, formOf(name, bytes))
    await indexed(dataset.id, batch)

    const { data } = await call('GET', `${path}/documents`, null, { status: 'error' })
    expect(data).toMatchObject([{ name, indexing_status: 'error', error: expect.stringMatching(problem) }])
  })

  it('runs a pipeline from a file that was uploaded, as it answers and as it streams', async () => {
    const { client, call, upload } = connect()
    const dataset = await call('POST', '/datasets', { name: `Pipeline ${crypto.randomUUID().slice(0, 8)}` })
    const path = `/datasets/${dataset.id}/pipeline`
    const plugins = `${path}/datasource-plugins`
    const [node] = await call<[{ datasource_type: string; node_id: string }]>('GET', plugins, null, {
      is_published: true,
    })
    const run = async (response_mode: string) => ({
      inputs: {},
      datasource_type: node.datasource_type,
      datasource_info_list: [
        { reference: (await upload('/datasets/pipeline/file-upload', formOf('notes.txt', 'Soup is hot.'))).id },
      ],
      start_node_id: node.node_id,
      is_published: true,
      response_mode,
    })

    const answer = await call('POST', `${path}/run`, await run('blocking'))
    expect(answer).toMatchObject({ data: { status: 'succeeded' }, documents: [{ name: 'notes.txt' }] })
    const stream = await client.sendRequest('POST', `${path}/run`, await run('streaming'), {}, true)
    let text = ''
    for await (const part of stream.data) text += part
    expect(text).toMatch(/"event":"workflow_finished".*"status":"succeeded"/)
    const used = (await run('blocking')).datasource_info_list
    await call('POST', `${path}/run`, { ...(await run('blocking')), datasource_info_list: used })
    const again = await call('POST', `${path}/run`, { ...(await run('blocking')), datasource_info_list: used }).catch(
      failureOf,
    )
    expect(again).toMatchObject({ code: 'file_not_found', status: 404 })
  })
})
