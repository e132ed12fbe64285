import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { sqliteStore } from '../storage/sqlite/sqlite-store.js'
import type { ServerStore } from '../storage/workspace-store.js'
import { moveIn } from './move-in.js'
import { readDump } from './read-dump.js'
import { readHosted } from './read-hosted.js'

const KEY = 'sk-of-the-old-project'
const recorded = JSON.parse(readFileSync(new URL('fixtures/hosted.json', import.meta.url), 'utf8')) as Recorded

interface Recorded {
  threads: { id: string; user: string }[]
  items: { id: string; thread_id: string }[]
}

/** The hosted thread API with what was recorded of it: pages of two, a busy moment, and the client's own error shapes. */
async function startHosted(content: Recorded = recorded) {
  const asked: string[] = []
  let busy = true
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://hosted.test')
    asked.push(url.pathname)
    const answer = (status: number, body: unknown, headers = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body, null, 2))
    const error = (message: string) => ({ error: { message, type: 'invalid_request_error', param: null, code: null } })
    if (request.headers.authorization !== `Bearer ${KEY}` || request.headers['openai-beta'] !== 'chatkit_beta=v1')
      return answer(401, error(`Incorrect API key provided: ${request.headers.authorization}`))
    if (asked.length === 2 && busy) {
      busy = false
      return answer(429, error('Rate limit reached.'), { 'retry-after-ms': '1' })
    }
    const [, threadId] = /^\/v1\/chatkit\/threads\/([^/]+)\/items$/.exec(url.pathname) ?? []
    if (threadId === undefined && url.pathname !== '/v1/chatkit/threads') return answer(404, error('Invalid URL'))
    const rows =
      threadId === undefined ? content.threads : content.items.filter(({ thread_id }) => thread_id === threadId)
    const after = url.searchParams.get('after')
    const start = after === null ? 0 : rows.findIndex(({ id }) => id === after) + 1
    const data = rows.slice(start, start + 2)
    const ends = { first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null }
    answer(200, { object: 'list', data, ...ends, has_more: start + 2 < rows.length })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1` // it listens
  return { asked, source: { baseUrl, apiKey: KEY } }
}

function open() {
  const store = sqliteStore(':memory:')
  onTestFinished(() => store.close())
  return store
}

const into = (store: ServerStore) => ({ store, workspaceId: 'default', appId: 'demo' })
const ada = { workspaceId: 'default', userId: 'ada', appId: 'demo' }

async function everything(store: ServerStore) {
  const { data } = await store.workspaces.listThreads({ limit: 100, order: 'asc' }, { workspaceId: 'default' })
  const items = data.map(({ thread, owner }) => store.loadThreadItems(thread.id, { limit: 100, order: 'asc' }, owner))
  return { threads: data, items: (await Promise.all(items)).flatMap((page) => page.data) }
}

async function* pieces(text: string, size = 7) {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}

describe('moving in from hosted ChatKit', () => {
  it('keeps ids, owners, order, times and what was said', async () => {
    const store = open()
    const { source } = await startHosted()

    const report = await moveIn(readHosted(source), into(store))

    expect(report).toEqual({
      threads: { added: 3, present: 0 },
      items: { added: 8, present: 0 },
      users: 2,
      files: 1,
      unknown: { 'chatkit.hologram': 1, 'chatkit.widget': 1 },
      strays: 0,
    })
    const { threads, items } = await everything(store)
    expect(threads.map(({ thread, owner }) => [thread.id, owner.userId, thread.title])).toEqual([
      ['cthr_1', 'ada', 'Delivery'],
      ['cthr_2', 'ben', undefined],
      ['cthr_3', 'ada', undefined],
    ])
    expect(threads[0]?.thread.created_at).toBe('2024-04-05T19:33:20.000Z')
    expect(threads[1]?.thread.status).toEqual({ type: 'locked', reason: 'paid' })
    expect(items.map(({ id, type }) => [id, type])).toEqual([
      ['cthi_1', 'user_message'],
      ['cthi_2', 'client_tool_call'],
      ['cthi_3', 'workflow'],
      ['cthi_4', 'assistant_message'],
      ['cthi_5', 'widget'],
      ['cthi_6', 'hidden_context_item'],
      ['cthi_7', 'hidden_context_item'],
      ['cthi_8', 'task'],
    ])
    expect(items[0]).toMatchObject({
      content: [{ type: 'input_text', text: 'Where is my parcel?' }],
      quoted_text: 'nine days',
      attachments: [{ type: 'file', id: 'cfile_1', name: 'receipt.png', mime_type: 'image/png' }],
      inference_options: { model: 'gpt-4.1' },
    })
    expect(items[1]).toMatchObject({ status: 'completed', arguments: { order: 7 }, output: { late: true } })
    expect(items[2]).toMatchObject({
      workflow: { type: 'reasoning', tasks: [{ type: 'thought', content: 'It is late.' }] },
    })
    expect(items[3]).toMatchObject({
      created_at: '2024-04-05T19:33:24.000Z',
      content: [{ annotations: [{ source: { type: 'url', url: 'https://shop.example.com/late' } }] }],
    })
    expect(items[4]).toMatchObject({ widget: { type: 'Card' } })
    expect(items[6]).toMatchObject({ content: { type: 'chatkit.hologram', depth: 3 } })
  })

  it('adds only what is missing when it runs again, also after it broke off, and leaves what was written since', async () => {
    const store = open()
    const { source } = await startHosted()
    async function* cutOff() {
      let count = 0
      for await (const object of readHosted(source)) {
        count += 1
        if (count === 5) throw new TypeError('the line went dead')
        yield object
      }
    }
    await expect(moveIn(cutOff(), into(store))).rejects.toThrow('the line went dead')
    const own = { type: 'end_of_turn' as const, id: 'own', thread_id: 'cthr_1', created_at: '2026-01-01T00:00:00.000Z' }
    const seen: number[] = []

    const second = await moveIn(readHosted(source), {
      ...into(store),
      onProgress: ({ threads }) => seen.push(threads.added + threads.present),
    })
    await store.addThreadItem('cthr_1', own, ada)
    const third = await moveIn(readHosted(source), into(store))

    expect([second.threads, second.items]).toEqual([
      { added: 2, present: 1 },
      { added: 5, present: 3 },
    ])
    expect([third.threads.added, third.items.added, third.items.present]).toEqual([0, 0, 8])
    expect(seen).toEqual([1, 2, 3])
    const { data } = await store.loadThreadItems('cthr_1', { limit: 100, order: 'asc' }, ada)
    expect(data.map(({ id }) => id)).toEqual(['cthi_1', 'cthi_2', 'cthi_3', 'cthi_4', 'own'])
  })

  it.each<[string, (content: Recorded) => string]>([
    ['one object a line', ({ threads, items }) => [...threads, ...items].map((one) => JSON.stringify(one)).join('\n')],
    [
      'whole answers of the API, as they were printed',
      ({ threads, items }) =>
        [threads, items].map((data) => JSON.stringify({ object: 'list', data }, null, 2)).join('\n'),
    ],
    ['one array', ({ threads, items }) => JSON.stringify([...threads, ...items])],
  ])('reads a saved dump: %s', async (_, write) => {
    const [fromDump, fromHost] = [open(), open()]
    const { source } = await startHosted()
    await moveIn(readHosted(source), into(fromHost))

    await moveIn(readDump(pieces(write(recorded))), into(fromDump))

    expect(await everything(fromDump)).toEqual(await everything(fromHost))
  })

  it.each([
    ['is cut off', '{"object":"chatkit.thread","id":"cthr_1"', /cut off/],
    ['is of something else', '{"object":"chat.completion"}', /value 1 is neither a thread/],
    ['is no JSON', '{nonsense}', /no JSON/],
  ])('refuses a dump that %s', async (_, text, message) => {
    await expect(moveIn(readDump(pieces(text)), into(open()))).rejects.toThrow(message)
  })

  it('says what is wrong with the key or the address, and never the key', async () => {
    const { source } = await startHosted()
    const failure = async (wrong: object) =>
      String(await moveIn(readHosted({ ...source, ...wrong, wait: async () => undefined }), into(open())).catch(String))

    expect(await failure({ apiKey: 'sk-of-somebody-else' })).toMatch(/refuses the API key/)
    expect(await failure({ apiKey: 'sk-of-somebody-else' })).not.toContain('sk-of-somebody')
    expect(await failure({ baseUrl: source.baseUrl.replace('/v1', '') })).toMatch(/no thread API at this address/)
    expect(await failure({ baseUrl: 'http://127.0.0.1:1/v1' })).toMatch(/cannot be reached/)
  })
})
