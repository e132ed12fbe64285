import { afterEach, describe, expect, it, vi } from 'vitest'
import { createAnnotations } from '../../../annotations/annotations.js'
import type { Caller } from '../../../app/caller.js'
import { createWorkspaces } from '../../../auth/workspaces.js'
import { systemClock } from '../../../base/clock.js'
import { consoleLog } from '../../../base/log.js'
import { streamText } from '../../../chatkit-server/stream-text.js'
import { createKnowledgeBases } from '../../../knowledge/knowledge-bases.js'
import type { Embedder } from '../../../models/embeddings.js'
import type { RunContext } from '../../../runnable/runnable.js'
import { sqliteStore } from '../../../storage/sqlite/index.js'
import { type TestParley, testParley } from '../../../testing/test-parley.js'

let parley: TestParley
afterEach(() => parley.close())

/** A key that the server was started with has no name of its own. */
const AUTHOR = { id: 'key_shop', name: 'From the settings of the server' }
const KEYS = { shop: 'app-shop', sales: 'app-sales', bank: 'app-bank' }

/** An app that answers with its own words, and counts how often it had to. */
function start(embedder?: Embedder) {
  const own = vi.fn()
  const store = sqliteStore(':memory:')
  const given = (key: keyof typeof KEYS, workspaceId: string, appId: string) => ({
    key: KEYS[key],
    id: `key_${key}`,
    workspaceId,
    scopes: ['chat' as const],
    appId,
  })
  const app = {
    run: (context: RunContext<Caller>) => {
      own()
      return streamText(context.thread, 'From the model.')
    },
  }
  parley = testParley({
    store,
    knowledge: createKnowledgeBases({ store: store.knowledge, clock: systemClock, log: consoleLog, embedder }),
    apps: { shop: app, sales: app, writer: { ...app, mode: 'completion' as const } },
    apiKeys: [given('shop', 'test', 'shop'), given('sales', 'test', 'sales'), given('bank', 'two', 'shop')],
  })
  return own
}

/** What is read of answers: each has some of it. */
interface Answer {
  id: string
  answer: string
  job_id: string
  total: number
  data: { hit_count: number }[]
  annotation_reply: unknown
  metadata: { annotation_reply: unknown }
}

async function send(method: string, path: string, body?: unknown, key = KEYS.shop) {
  const headers = { authorization: `Bearer ${key}` }
  const response = await parley.fetch(`/v1${path}`, body, { method, headers, as: null })
  const text = await response.text()
  return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as Answer }
}

const ask = async (query: string, key = KEYS.shop) =>
  (await send('POST', '/chat-messages', { query, user: 'u1', inputs: {} }, key)).body.answer
const write = async (question: string, answer: string) =>
  (await send('POST', '/apps/annotations', { question, answer })).body
const turn = (action: string, score_threshold = 0.9) =>
  send('POST', `/apps/annotation-reply/${action}`, {
    score_threshold,
    embedding_provider_name: 'openai',
    embedding_model_name: 'text-embedding-3-small',
  })

describe('D6: annotations', () => {
  it('are written, listed page by page, changed and deleted', async () => {
    start()
    const made = await send('POST', '/apps/annotations', { question: 'When do you open?', answer: 'At nine.' })
    expect(made).toEqual({
      status: 201,
      body: {
        id: expect.any(String),
        question: 'When do you open?',
        answer: 'At nine.',
        hit_count: 0,
        created_at: expect.any(Number),
      },
    })
    await write('Where are you?', 'In Hue.')

    expect((await send('GET', '/apps/annotations?page=1&limit=1')).body).toMatchObject({
      data: [{ question: 'Where are you?' }],
      has_more: true,
      limit: 1,
      total: 2,
      page: 1,
    })
    expect((await send('GET', '/apps/annotations?keyword=NINE')).body.total).toBe(1)
    const path = `/apps/annotations/${made.body.id}`
    expect((await send('PUT', path, { question: 'Hours?', answer: 'Nine to five.' })).body).toMatchObject({
      id: made.body.id,
      answer: 'Nine to five.',
    })
    expect((await send('DELETE', path)).status).toBe(204)
    expect((await send('DELETE', path)).body).toMatchObject({ code: 'not_found', message: 'Annotation not found' })
    expect((await send('POST', '/apps/annotations', { question: 'x' })).body).toMatchObject({ params: 'answer' })
  })

  it('answer once they are turned on, and are counted', async () => {
    const own = start()
    const written = await write('When do you open?', 'At nine.')
    expect(await ask('When do you open?')).toBe('From the model.')

    const { body: job } = await turn('enable')
    const path = `/apps/annotation-reply/enable/status/${job.job_id}`
    expect((await send('GET', path)).body).toEqual({ job_id: job.job_id, job_status: 'completed', error_msg: '' })
    expect((await send('GET', '/parameters')).body.annotation_reply).toEqual({ enabled: true })
    expect(await ask('  when do you OPEN?')).toBe('At nine.')
    expect(await ask('Do you deliver to islands?')).toBe('From the model.')
    expect(own).toHaveBeenCalledTimes(2)
    expect((await send('GET', '/apps/annotations')).body.data[0]?.hit_count).toBe(1)
    const said = async (query: string) =>
      (await send('POST', '/chat-messages', { query, user: 'u1', inputs: {} })).body.metadata.annotation_reply
    expect(await said('When do you open?')).toEqual({ id: written.id, account: AUTHOR })
    expect(await said('Do you deliver to islands?')).toBeUndefined()
    expect(await ask('When do you open?', KEYS.sales)).toBe('From the model.')

    await turn('disable')
    expect(await ask('When do you open?')).toBe('From the model.')
    expect((await send('GET', path)).body).toMatchObject({ code: 'invalid_param', status: 400 })
    expect((await turn('burn')).body).toMatchObject({ code: 'invalid_action', status: 400 })
  })

  it('answer in the chat of the same app as well', async () => {
    start()
    await write('When do you open?', 'At nine.')
    await turn('enable')

    const events = await (
      await parley.fetch('/api/chatkit/shop', { type: 'message', content: 'When do you open?' })
    ).text()

    expect(events).toContain('At nine.')
    expect(events).not.toContain('key_shop')
  })

  it('answer what shares most of its words, or means the same where a model says so', async () => {
    start()
    await write('When does the shop open on Sunday?', 'At ten.')
    await turn('enable', 0.6)
    expect(await ask('When does your shop open on a Sunday?')).toBe('At ten.')
    expect(await ask('When does the shop close?')).toBe('From the model.')
    await parley.close()

    start({
      model: 'meaning-1',
      embed: async (texts) => texts.map((text) => Float32Array.from(/open|hours/i.test(text) ? [1, 0] : [0, 1])),
    })
    await write('When do you open?', 'At nine.')
    await turn('enable', 0.9)
    expect(await ask('What are your hours?')).toBe('At nine.')
    expect(await ask('What is fresh?')).toBe('From the model.')
  })

  it('belong to one app of one workspace', async () => {
    start()
    const { id } = await write('A secret?', 'Swordfish.')

    for (const key of [KEYS.sales, KEYS.bank]) {
      expect((await send('GET', '/apps/annotations', undefined, key)).body.total).toBe(0)
      const body = { question: 'Mine?', answer: 'Yes.' }
      expect((await send('PUT', `/apps/annotations/${id}`, body, key)).status).toBe(404)
      expect((await send('DELETE', `/apps/annotations/${id}`, undefined, key)).status).toBe(404)
    }
    expect((await send('GET', '/apps/annotations')).body.data).toMatchObject([{ answer: 'Swordfish.' }])
  })

  it('go with their app: another of the same id begins with none', async () => {
    const store = sqliteStore(':memory:')
    const workspaces = createWorkspaces(store.workspaces, systemClock)
    const annotations = createAnnotations({
      store: store.annotations,
      workspaces,
      embedder: undefined,
      clock: systemClock,
      log: consoleLog,
    })
    parley = testParley({ store, respond: (thread) => streamText(thread, 'Hello') })
    const [shop, sales] = [
      { workspaceId: 'one', appId: 'shop' },
      { workspaceId: 'one', appId: 'sales' },
    ]
    for (const place of [shop, sales]) {
      await annotations.create(place, { question: 'Open?', answer: 'Yes.' }, AUTHOR)
      await annotations.setReply(place, { enabled: true, threshold: 0.9 })
    }

    await annotations.forgetApp(shop)

    expect(await annotations.list(shop)).toEqual([])
    expect(await annotations.answerTo(shop, 'Open?')).toBeUndefined()
    expect(await annotations.answerTo(sales, 'Open?')).toMatchObject({ answer: 'Yes.' })
  })
})
