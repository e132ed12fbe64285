import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../../app/caller.js'
import { systemClock } from '../../base/clock.js'
import { consoleLog } from '../../base/log.js'
import { createKnowledgeBases } from '../../knowledge/knowledge-bases.js'
import type { Runnable } from '../../runnable/runnable.js'
import { diskFiles } from '../../storage/files/disk-files.js'
import { sqliteStore } from '../../storage/sqlite/sqlite-store.js'
import { KEYS, langGraphParley } from './testing.fixture.js'

/** Says what it was told, and what is in the files it was sent. */
const reader: Runnable<Caller> = {
  async *run({ thread, trigger, generateId, readAttachment }) {
    if (trigger.type !== 'user_message' && trigger.type !== 'retry') return
    const words = trigger.item.content.map(({ text }) => text)
    for (const { id } of trigger.item.attachments) {
      const file = await readAttachment(id, 1000)
      words.push(file ? new TextDecoder().decode(file.data) : 'nothing')
    }
    yield {
      type: 'thread.item.done',
      item: {
        id: generateId('message'),
        thread_id: thread.id,
        created_at: new Date().toISOString(),
        type: 'assistant_message',
        content: [{ type: 'output_text', text: words.join(': '), annotations: [] }],
      },
    }
  },
}

const folder = mkdtempSync(join(tmpdir(), 'parley-xpert-'))
let parley: ReturnType<typeof langGraphParley>
beforeAll(() => {
  const store = sqliteStore(':memory:')
  parley = langGraphParley({
    store,
    apps: { demo: reader, sales: reader },
    knowledge: createKnowledgeBases({
      store: store.knowledge,
      clock: systemClock,
      log: consoleLog,
      readDocument: async ({ bytes }) => [{ text: new TextDecoder().decode(bytes) }],
    }),
    uploads: { files: diskFiles(folder), key: new Uint8Array(32) },
  })
})
afterAll(async () => {
  await parley.close()
  rmSync(folder, { recursive: true })
})

type Json = Record<string, unknown> & { items: Record<string, unknown>[] }

/** One request of a server that holds a key, in the name of a user. */
async function send(method: string, path: string, body?: unknown, { user = 'ada', key = KEYS.shop } = {}) {
  const isForm = body instanceof FormData
  const response = await parley.handle(
    new Request(`http://parley.test${path}`, {
      method,
      headers: {
        'x-api-key': key,
        'x-principal-user-id': user,
        ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    }),
  )
  const text = await response.text()
  return {
    status: response.status,
    text,
    json: (/^([{[]|null$)/.test(text) ? JSON.parse(text) : {}) as Json,
  }
}

const ask = async (threadId: unknown, input: unknown, who = {}) =>
  (await send('POST', `/api/ai/threads/${threadId}/runs/wait`, { assistant_id: 'demo', input }, who)).json

async function converse(words: string) {
  const { json } = await send('POST', '/api/ai/conversations', { title: `About ${words}`, xpertId: 'demo' })
  await ask(json.id, { input: words })
  return String(json.id)
}

describe('C1: conversations', () => {
  it('are made, found by title and assistant, renamed and deleted', async () => {
    const made = await send('POST', '/api/ai/conversations', { title: 'Test marker-1', xpertId: 'sales' })
    const { id } = made.json
    const found = await send('POST', '/api/ai/conversations/search', {
      search: 'MARKER-1',
      order: { createdAt: 'DESC' },
    })
    const ofSales = await send('POST', '/api/ai/conversations/search', { where: { xpertId: 'sales' }, limit: 10 })
    const renamed = await send('PATCH', `/api/ai/conversations/${id}`, {
      title: 'Updated',
      options: { knowledge: [1] },
    })
    const gone = await send('DELETE', `/api/ai/conversations/${id}`)

    expect(made).toMatchObject({
      status: 201,
      json: { threadId: id, status: 'idle', xpertId: 'sales', fromEndUserId: 'ada' },
    })
    expect(found.json).toMatchObject({ total: 1, items: [{ id }] })
    expect(ofSales.json.items).toMatchObject([{ id }])
    expect(renamed.json).toMatchObject({ id, title: 'Updated', options: { knowledge: [1] } })
    expect(gone).toMatchObject({ status: 202, text: '' })
    expect((await send('GET', `/api/ai/conversations/${id}`)).status).toBe(404)
  })

  it('are threads: one that is there is taken, as Xpert’s chat does it', async () => {
    const thread = await send('POST', '/api/ai/threads', { metadata: {}, assistant_id: 'demo' })
    const { id } = thread.json.metadata as { id: string }

    const taken = await send('POST', '/api/ai/conversations', { id, threadId: id, xpertId: 'demo', title: 'Taken' })

    expect(taken).toMatchObject({ status: 200, json: { id, threadId: id, title: 'Taken' } })
    expect(await send('POST', '/api/ai/conversations', { id, threadId: 'other' })).toMatchObject({ status: 400 })
    expect(await send('POST', '/api/ai/conversations', { id, xpertId: 'sales' })).toMatchObject({ status: 200 })
  })

  it('say whose they are, to whomever asks for that person', async () => {
    const session = { assistant: { id: 'demo' }, user: 'ada' }
    const { client_secret } = (await send('POST', '/api/ai/v1/chatkit/sessions', session)).json
    const who = { key: String(client_secret) }
    const { json } = await send('POST', '/api/ai/conversations', { title: 'Mine' }, who)

    for (const caller of [who, {}])
      expect((await send('GET', `/api/ai/conversations/${json.id}`, undefined, caller)).json).toMatchObject({
        fromEndUserId: 'ada',
      })
  })

  it('keep what they are for', async () => {
    const id = await converse('goals')
    const path = `/api/ai/conversations/${id}/goal`

    expect(await send('GET', path)).toMatchObject({ status: 200, json: null })
    expect((await send('PATCH', path, { status: 'paused' })).status).toBe(404)
    expect((await send('PUT', path, { objective: ' ' })).status).toBe(400)
    const goal = { id, conversationId: id, threadId: id, objective: 'Rome', status: 'active' }
    expect(await send('PUT', path, { objective: 'Rome', mine: 1 })).toMatchObject({ status: 200, json: goal })
    expect((await send('PATCH', path, { status: 'complete' })).status).toBe(400)
    const paused = (await send('PATCH', path, { status: 'paused' })).json
    expect(paused).toMatchObject({ ...goal, status: 'paused', mine: 1 })
    expect((await send('GET', path)).json).toEqual(paused)
    expect((await send('PUT', path, { objective: 'Paris' })).json).toMatchObject({
      objective: 'Paris',
      status: 'active',
    })
    expect((await send('DELETE', path)).json).toMatchObject({ objective: 'Paris' })
    expect((await send('DELETE', path)).json).toBeNull()
    expect((await send('GET', path)).json).toBeNull()
  })
})

describe('C1: what a conversation has come to', () => {
  it('is told at a glance, and list by list', async () => {
    const file = await upload('Xpert speaks.')
    const { json } = await send('POST', '/api/ai/conversations', { xpertId: 'demo' })
    const path = `/api/ai/conversations/${json.id}`
    await send('PUT', `${path}/goal`, { objective: 'Rome' })
    await ask(json.id, {
      input: { input: 'Read it', files: [file.json], references: [{ type: 'quote', text: 'as you said' }] },
    })

    const summary = await send('GET', `${path}/task-summary`)
    const sources = await send('GET', `${path}/task-summary/sources?limit=1&offset=1`)

    expect(summary.json).toMatchObject({
      version: 1,
      conversationId: json.id,
      threadId: json.id,
      task: { goal: { objective: 'Rome' } },
      outputs: { items: [], total: 0 },
      sources: { total: 2, items: [{ kind: 'quote', title: 'as you said' }, { kind: 'attachment' }] },
      agents: { items: [], total: 0 },
      pending: { items: [], total: 0 },
    })
    expect(sources.json).toMatchObject({
      section: 'sources',
      items: [{ kind: 'attachment', title: 'knowledge-file.md' }],
      total: 2,
      offset: 1,
      limit: 1,
    })
    expect((await send('GET', `${path}/task-summary/secrets`)).json).toMatchObject({
      statusCode: 400,
      message: expect.stringContaining('outputs, sources, agents, pending'),
    })
    expect((await send('GET', '/api/ai/conversations/nothing/task-summary')).status).toBe(406)
  })

  it('names its only thread, which is never shown paused', async () => {
    const id = await converse('threads')

    expect((await send('GET', `/api/ai/conversations/${id}/threads`)).json).toMatchObject({
      items: [{ thread_id: id, status: 'idle' }],
      total: 1,
    })
    expect((await send('DELETE', `/api/ai/threads/${id}/display-pause/p1`)).status).toBe(204)
    expect((await send('DELETE', `/api/ai/threads/${crypto.randomUUID()}/display-pause/p1`)).status).toBe(404)
  })
})

describe('C1: a thread copied by Xpert’s chat', () => {
  it('ends before the message that is edited', async () => {
    const id = await converse('first')
    await ask(id, { input: 'second' })
    const { items } = (await send('GET', `/api/ai/conversations/${id}/messages`)).json
    const copyOf = (body?: unknown) => send('POST', `/api/ai/threads/${id}/copy`, body)

    const copy = (await copyOf({ beforeMessageId: items[2]?.id, requestId: 'edit-1' })).json
    const whole = (await copyOf()).json

    expect((copy.values as Json).messages).toMatchObject([{ content: 'first' }, { content: 'first' }])
    expect((whole.values as Json).messages).toHaveLength(4)
    expect((await copyOf({ beforeMessageId: crypto.randomUUID() })).status).toBe(404)
  })
})

describe('C1: messages of a conversation', () => {
  it('are what people wrote and whole answers, under the id of their run', async () => {
    const id = await converse('hello')
    const runs = (await send('GET', `/api/ai/threads/${id}/runs`)).json as unknown as { run_id: string }[]

    const { json } = await send('GET', `/api/ai/conversations/${id}/messages?limit=20&offset=0`)
    const last = await send('POST', `/api/ai/conversations/${id}/messages/search`, {
      where: { role: 'ai', threadId: id },
      order: { createdAt: 'DESC' },
      limit: 1,
      offset: 0,
    })

    expect(json).toMatchObject({
      total: 2,
      items: [
        { role: 'human', content: 'hello', conversationId: id },
        { role: 'ai', content: 'hello', status: 'success', id: runs[0]?.run_id, executionId: runs[0]?.run_id },
      ],
    })
    expect(last.json.items).toMatchObject([{ id: runs[0]?.run_id }])
  })

  it('are added, changed and taken away; what a run wrote stays', async () => {
    const id = await converse('hi')
    const path = `/api/ai/conversations/${id}/messages`
    const added = await send('POST', path, { role: 'user', content: 'by hand' })
    const one = `${path}/${added.json.id}`

    expect(added).toMatchObject({ status: 201, json: { role: 'human', conversationId: id } })
    expect((await send('GET', path)).json.total).toBe(3)
    expect((await send('PATCH', one, { content: 'otherwise' })).json).toMatchObject({ content: 'otherwise' })
    expect(await send('DELETE', one)).toMatchObject({ status: 202, text: '' })
    expect((await send('GET', one)).status).toBe(404)
    const { items } = (await send('GET', path)).json
    expect(await send('DELETE', `${path}/${items[1]?.id}`)).toMatchObject({ status: 409 })
    expect(await send('POST', path, { role: 'judge', content: 'x' })).toMatchObject({ status: 400 })
  })

  it('are thought of, once each', async () => {
    const id = await converse('rate me')
    const { items } = (await send('GET', `/api/ai/conversations/${id}/messages`)).json
    const path = `/api/ai/conversations/${id}/messages/${items[1]?.id}/feedbacks`

    const liked = await send('POST', path, { rating: 'like', content: 'good' })
    const one = `${path}/${liked.json.id}`

    expect(liked).toMatchObject({ status: 201, json: { messageId: items[1]?.id, rating: 'like', content: 'good' } })
    expect((await send('PATCH', one, { content: 'updated' })).json).toMatchObject({
      rating: 'like',
      content: 'updated',
    })
    expect((await send('POST', path, { rating: 'dislike' })).json).toMatchObject({
      id: liked.json.id,
      rating: 'dislike',
    })
    expect((await send('POST', `${path}/search`, { where: { id: liked.json.id } })).json.total).toBe(1)
    expect((await send('GET', path)).json.total).toBe(1)
    expect(await send('DELETE', one)).toMatchObject({ status: 202 })
    expect((await send('GET', one)).status).toBe(404)
  })

  it('are missing with 404, and with 406 where the id could be none', async () => {
    const id = await converse('lost')
    const nobody = crypto.randomUUID()
    const messages = `/api/ai/conversations/${id}/messages`
    const { items } = (await send('GET', messages)).json

    for (const path of ['', '/messages', '/goal', '/files'])
      expect([path, (await send('GET', `/api/ai/conversations/nothing${path}`)).status]).toEqual([path, 406])
    expect((await send('GET', `/api/ai/conversations/${nobody}`)).status).toBe(404)
    expect((await send('PATCH', '/api/ai/conversations/nothing', { title: 'x' })).json).toMatchObject({
      statusCode: 406,
      error: 'Not Acceptable',
      message: expect.stringContaining('valid uuid is expected'),
    })
    expect((await send('GET', `${messages}/nothing`)).status).toBe(406)
    expect((await send('GET', `${messages}/${nobody}`)).status).toBe(404)
    expect((await send('POST', `${messages}/nothing/feedbacks`, {})).status).toBe(406)
    expect((await send('GET', `${messages}/${items[1]?.id}/feedbacks/nothing`)).status).toBe(406)
    expect((await send('GET', `${messages}/${items[1]?.id}/feedbacks/${nobody}`)).status).toBe(404)
  })

  it('of a thread that has an id of its own are found by it', async () => {
    await send('POST', '/api/ai/threads', { thread_id: 'my-thread', assistant_id: 'demo' })

    expect((await send('GET', '/api/ai/conversations/my-thread')).json).toMatchObject({ id: 'my-thread' })
    expect((await send('GET', '/api/ai/conversations/my-thread/goal')).json).toBeNull()
  })
})

async function upload(words: string, path = '/api/ai/contexts/file', who = {}) {
  const form = new FormData()
  form.append('file', new File([words], 'knowledge-file.md', { type: 'text/markdown' }))
  form.append('purpose', 'chat_attachment')
  form.append('parseMode', 'auto')
  return send('POST', path, form, who)
}

describe('C4: files', () => {
  it('are uploaded first, named in a run, and read by the agent', async () => {
    const file = await upload('Xpert speaks.')
    const thread = await send('POST', '/api/ai/threads', {})

    const answer = await ask(thread.json.thread_id, { input: 'What is in it?', files: [file.json] })

    expect(file).toMatchObject({
      status: 201,
      json: { originalName: 'knowledge-file.md', size: 13, mimeType: 'text/markdown', status: 'ready' },
    })
    expect(file.json.fileId).toBe(file.json.id)
    expect(answer).toMatchObject({ role: 'ai', content: 'What is in it?: Xpert speaks.' })
    const sent = await send('GET', `/api/ai/conversations/${thread.json.thread_id}/files`)
    expect(sent.json).toMatchObject([{ id: file.json.id }])
    expect((await send('DELETE', `/api/ai/files/${file.json.id}`)).status).toBe(409)
  })

  it('come beside the input too, by any of their ids, and in every form', async () => {
    const [first, second] = [await upload('one'), await upload('two', '/api/ai/v1/file')]
    const { json } = await send('POST', '/api/ai/threads', {})

    const body = { assistant_id: 'demo', input: { input: 'beside' }, files: [{ storageFileId: first.json.id }] }
    expect((await send('POST', `/api/ai/threads/${json.thread_id}/runs/wait`, body)).json.content).toBe('beside: one')
    const message = { input: { input: 'inside', files: [{ fileId: second.json.id }] } }
    expect((await ask(json.thread_id, { action: 'send', message })).content).toBe('inside: two')
  })

  it('tell how far they are, and go when nobody needs them', async () => {
    const { json } = await upload('draft')

    expect((await send('GET', `/api/ai/files/${json.id}/status`)).json).toMatchObject({
      fileId: json.id,
      status: 'ready',
    })
    expect(new URL(String((await send('GET', `/api/ai/files/${json.id}`)).json.url)).pathname).toContain(
      String(json.id),
    )
    expect((await send('DELETE', `/api/ai/contexts/file/${json.id}`)).status).toBe(204)
    expect((await send('GET', `/api/ai/files/${json.id}`)).status).toBe(404)
  })

  it('are searched, read piece by piece, and previewed', async () => {
    const words = '# Office\n\n## Hours\n\nIt opens at nine.\n\n## Address\n\nIt stands in Rome.'
    const path = `/api/ai/files/${(await upload(words)).json.id}`

    const found = await send('POST', `${path}/search`, { query: 'Where is the address?', limit: 1 })
    const all = await send('POST', `${path}/search`, {})
    const preview = await send('GET', `${path}/preview`)

    expect(found.json).toMatchObject([{ content: 'It stands in Rome.', metadata: { headings: ['Address'] } }])
    expect(all.json).toMatchObject([
      { orderNo: 0, content: 'It opens at nine.' },
      { orderNo: 1, content: 'It stands in Rome.' },
    ])
    const [{ id }] = found.json as unknown as [{ id: string }]
    expect((await send('POST', `${path}/read`, { chunkId: id })).json).toMatchObject({ orderNo: 1 })
    expect((await send('POST', `${path}/read`, { orderNo: 1 })).json).toMatchObject({ id })
    expect((await send('POST', `${path}/read`, {})).json).toMatchObject({ orderNo: 0, content: 'It opens at nine.' })
    expect((await send('POST', `${path}/read`, { orderNo: 2 })).status).toBe(404)
    expect(preview.json).toMatchObject({
      file: { originalName: 'knowledge-file.md', status: 'ready', capabilities: ['preview', 'search', 'read'] },
      chunks: [{ orderNo: 0 }, { orderNo: 1, chunkId: id }],
    })
    expect((await send('POST', `${path}/parse/retry`)).json).toMatchObject({ status: 'ready' })
  })

  it('of somebody else are missing', async () => {
    const { json } = await upload('secret')
    const thread = await send('POST', '/api/ai/threads', {}, { user: 'ben' })
    const ben = { user: 'ben' }

    expect((await send('GET', `/api/ai/files/${json.id}`, undefined, ben)).status).toBe(404)
    expect((await send('DELETE', `/api/ai/files/${json.id}`, undefined, ben)).status).toBe(404)
    expect((await send('GET', `/api/ai/files/${json.id}/preview`, undefined, ben)).status).toBe(404)
    for (const deed of ['search', 'read', 'parse/retry'])
      expect((await send('POST', `/api/ai/files/${json.id}/${deed}`, {}, ben)).status).toBe(404)
    expect(await ask(thread.json.thread_id, { input: 'read', files: [{ id: json.id }] }, ben)).toMatchObject({
      statusCode: 404,
    })
  })

  it.each([
    ['no file', new FormData(), 400],
    ['no form', { file: 'x' }, 415],
  ])('refuse %s', async (_, body, status) => {
    expect((await send('POST', '/api/ai/contexts/file', body)).status).toBe(status)
  })
})

describe.each(['/api/ai/knowledges', '/api/ai/v1/kb'])('C1: knowledge at %s', (path) => {
  it('is for API keys: a good client secret is refused, one that is over is to be renewed', async () => {
    const { client_secret } = (await send('POST', '/api/ai/v1/chatkit/sessions', {})).json
    const asked = (key: unknown) => send('POST', path, { name: 'Mine' }, { key: String(key) })

    expect(await asked(client_secret)).toMatchObject({
      status: 403,
      json: { error: 'Forbidden', message: expect.stringContaining('API key not found') },
    })
    expect(await asked(`cs-x-${'0'.repeat(64)}`)).toMatchObject({ status: 401, json: { error: 'Unauthorized' } })
  })

  it('is made, filled with uploads and texts, searched and deleted', async () => {
    const base = await send('POST', path, {
      workspaceId: 'w1',
      name: 'KB',
      description: 'd',
      recall: { topK: 5, score: 0 },
    })
    const file = await upload('Parley opens at nine in the morning.')
    const added = await send('POST', `${path}/${base.json.id}/bulk`, [
      { storageFileId: file.json.id, sourceType: 'file', name: 'hours.md' },
      { name: 'Address', text: 'The office stands in Rome.' },
    ])
    const ids = (added.json as unknown as { id: string }[]).map(({ id }) => id)
    const processed = await send('POST', `${path}/${base.json.id}/process`, ids)
    const status = async () => (await send('GET', `${path}/${base.json.id}/status?ids=${ids.join()}`)).json

    expect(base).toMatchObject({
      status: 201,
      json: { name: 'KB', status: 'ready', recall: { topK: 5, score: 0 }, documentNum: 0, chunkNum: 0 },
    })
    expect(processed.json).toMatchObject(ids.map((id) => ({ id, knowledgebaseId: base.json.id })))
    await expect.poll(async () => JSON.stringify(await status())).toMatch(/finish.*finish/)
    const hits = await send('POST', `${path}/${base.json.id}/retrieve`, { query: 'office Rome', k: 1 })
    expect(hits.json).toMatchObject([{ pageContent: 'The office stands in Rome.', metadata: { source: 'Address' } }])
    expect((await send('GET', `${path}/${base.json.id}/documents`)).json.total).toBe(2)
    expect((await send('GET', `${path}/${base.json.id}`)).json).toMatchObject({ documentNum: 2, chunkNum: 2 })
    expect((await send('POST', `${path}/${base.json.id}/bulk`, [{ fileUrl: file.json.fileUrl }])).status).toBe(201)
    expect((await send('POST', `${path}/${base.json.id}/bulk`, [{ fileUrl: 'https://x.test/a' }])).status).toBe(400)
    expect((await send('PUT', `${path}/${base.json.id}`, { name: 'Other' })).json.name).toBe('Other')
    expect((await send('DELETE', `${path}/${base.json.id}`)).json).toEqual({ id: base.json.id })
    expect((await send('GET', `${path}/${base.json.id}`)).status).toBe(404)
  })

  it('is for keys of the workspace', async () => {
    expect(await send('POST', path, { name: 'x' }, { key: KEYS.bound })).toMatchObject({ status: 403 })
    const base = await send('POST', path, { name: 'ours' })
    expect((await send('GET', `${path}/${base.json.id}`, undefined, { key: KEYS.bank })).status).toBe(404)
    expect(await send('POST', path, { name: '' })).toMatchObject({ status: 400 })
  })
})

describe('C1: a chat without a thread made first', () => {
  it('names its conversation, and goes on in it', async () => {
    const message = (words: string) => ({ action: 'send', message: { input: { input: words } } })
    const first = await send('POST', '/api/ai/v1/chat', { request: message('one'), options: { xpertId: 'demo' } })
    const id = /"on_conversation_start","data":\{"id":"([^"]+)"/.exec(first.text)?.[1]
    await send('POST', '/api/ai/v1/chat', {
      request: { ...message('two'), conversationId: id },
      options: { xpertId: 'demo' },
    })

    expect(first.text).toContain('"text":"one"')
    expect(first.text.endsWith('event: complete\ndata: {"type":"complete"}\n\n')).toBe(true)
    const { items } = (await send('GET', `/api/ai/conversations/${id}/messages`)).json
    expect(items.map(({ content }) => content)).toEqual(['one', 'one', 'two', 'two'])
  })

  it('tells what a thread has used, and of a fresh one nothing', async () => {
    const { json } = await send('POST', '/api/ai/threads', {})
    const fresh = await send('GET', `/api/ai/threads/${json.thread_id}/context-usage`)
    const used = await send('GET', `/api/ai/threads/${await converse('count')}/context-usage?agentKey=demo`)

    expect(fresh.json).toMatchObject({
      thread_id: json.thread_id,
      run_id: null,
      usage: { total_tokens: 0, currency: null },
    })
    expect(used.json).toMatchObject({ agent_key: 'demo', run_id: expect.any(String) })
  })

  it('knows what may be chosen, and that no services run', async () => {
    const id = await converse('services')

    expect((await send('GET', '/api/ai/assistants/demo/runtime-capabilities?isDraft=true')).json).toEqual({
      skills: [],
      plugins: [],
      subAgents: [],
    })
    expect((await send('GET', '/api/ai/assistants/none/runtime-capabilities')).status).toBe(404)
    expect((await send('GET', `/api/sandbox/threads/${id}/services?organizationId=o`)).text).toBe('[]')
    const services = `/api/sandbox/threads/${id}/services`
    for (const [method, path] of [
      ['POST', `${services}/start`],
      ['GET', `${services}/s1`],
      ['GET', `${services}/s1/logs?tail=3`],
      ['POST', `${services}/s1/stop`],
    ] as const)
      expect((await send(method, path)).json).toMatchObject({
        statusCode: 404,
        message: expect.stringContaining('no services'),
      })
    expect((await send('GET', `/api/sandbox/conversations/${id}/services`, undefined, { user: 'ben' })).status).toBe(
      404,
    )
  })
})

describe('what is somebody else’s is missing', () => {
  it.each([
    ['another user', { user: 'ben' }],
    ['another workspace', { key: KEYS.bank }],
  ])('%s', async (_, who) => {
    const id = await converse('private')
    const { items } = (await send('GET', `/api/ai/conversations/${id}/messages`)).json
    const message = `/api/ai/conversations/${id}/messages/${items[1]?.id}`

    for (const [method, path, body] of [
      ['GET', `/api/ai/conversations/${id}`],
      ['PATCH', `/api/ai/conversations/${id}`, { title: 'Mine' }],
      ['DELETE', `/api/ai/conversations/${id}`],
      ['GET', `/api/ai/conversations/${id}/messages`],
      ['POST', `/api/ai/conversations/${id}/messages`, { role: 'user', content: 'x' }],
      ['GET', message],
      ['DELETE', message],
      ['POST', `${message}/feedbacks`, { rating: 'like' }],
      ['GET', `${message}/feedbacks`],
      ['PUT', `/api/ai/conversations/${id}/goal`, { mine: true }],
      ['GET', `/api/ai/conversations/${id}/files`],
      [
        'POST',
        '/api/ai/v1/chat',
        {
          request: { action: 'send', conversationId: id, message: { input: { input: 'x' } } },
          options: { xpertId: 'demo' },
        },
      ],
    ] as const)
      expect(`${path} ${(await send(method, path, body, who)).status}`).toBe(`${path} 404`)
    expect((await send('POST', '/api/ai/conversations/search', { where: { id } }, who)).json.total).toBe(0)
  })
})

describe('C1: a body of which every field may be left out', () => {
  it.each([
    ['/assistants/search', 200],
    ['/assistants/count', 200],
    ['/assistants/demo/versions', 200],
    ['/threads', 200],
    ['/threads/search', 200],
    ['/threads/count', 200],
    ['/threads/:id/history', 200],
    ['/conversations', 201],
    ['/conversations/search', 200],
    ['/conversations/:id/messages/search', 200],
    ['/store/namespaces', 200],
    ['/runs/crons/search', 200],
    ['/runs/crons/count', 200],
  ])('may itself be left out: POST %s', async (path, status) => {
    const { id } = (await send('POST', '/api/ai/conversations', { xpertId: 'demo' })).json
    const address = `/api/ai${path.replace(':id', String(id))}`

    expect((await send('POST', address)).status).toBe(status)
    expect((await send('POST', address, {})).status).toBe(status)
  })
})
