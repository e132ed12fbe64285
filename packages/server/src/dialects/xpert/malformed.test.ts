import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { echo, KEYS, langGraphParley } from './testing.fixture.js'

let parley: ReturnType<typeof langGraphParley>
let thread: string
let run: string
beforeAll(async () => {
  parley = langGraphParley({ app: echo })
  const client = parley.client()
  thread = (await client.threads.create()).thread_id
  await client.runs.wait(thread, 'demo', { input: { messages: [{ role: 'user', content: 'Hi' }] } })
  run = (await client.runs.list(thread))[0]?.run_id ?? ''
})
afterAll(() => parley.close())

const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  parley.fetch(`/api/ai${path}`, body, { as: null, method, headers: { 'x-api-key': KEYS.shop, ...headers } })

/** Every route that reads a body; what stands below a thread names one that is there. */
const routes = (): [string, string][] => [
  ['POST', '/assistants'],
  ['POST', '/assistants/search'],
  ['POST', '/assistants/count'],
  ['POST', '/assistants/demo/versions'],
  ['POST', '/assistants/demo/latest'],
  ['PATCH', '/assistants/demo'],
  ['POST', '/threads'],
  ['POST', '/threads/search'],
  ['POST', '/threads/count'],
  ['PATCH', `/threads/${thread}`],
  ['POST', `/threads/${thread}/state`],
  ['PATCH', `/threads/${thread}/state`],
  ['POST', `/threads/${thread}/state/checkpoint`],
  ['POST', `/threads/${thread}/history`],
  ['POST', `/threads/${thread}/runs`],
  ['POST', `/threads/${thread}/runs/wait`],
  ['POST', `/threads/${thread}/runs/stream`],
  ['POST', '/runs'],
  ['POST', '/runs/wait'],
  ['POST', '/runs/stream'],
  ['POST', '/runs/batch'],
  ['PUT', '/store/items'],
  ['DELETE', '/store/items'],
  ['POST', '/store/items/search'],
  ['POST', '/store/namespaces'],
]

/** Fields these routes know, with whatever in them. */
const NAMES = [
  ...['assistant_id', 'thread_id', 'graph_id', 'input', 'command', 'config', 'context', 'metadata', 'stream_mode'],
  ...['checkpoint', 'checkpoint_id', 'multitask_strategy', 'on_disconnect', 'if_not_exists', 'if_exists', 'values'],
  ...['limit', 'offset', 'select', 'sort_by', 'before', 'ids', 'status', 'namespace', 'key', 'value', 'filter'],
  ...['messages', 'supersteps', 'files', 'query', 'prefix', 'suffix', 'max_depth', 'namespace_prefix', 'version'],
]
const anything = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom('demo', 'values', 'reject', [], {}, null, -1, 1e21, { messages: [{ role: 'user' }] }, ['a']),
)
const body = fc.dictionary(fc.constantFrom(...NAMES), anything, { maxKeys: 6 })

describe('C1: whatever comes in', () => {
  it('is answered in words, never by a failure of the server', async () => {
    for (const [method, path] of routes())
      await fc.assert(
        fc.asyncProperty(fc.oneof(body, fc.jsonValue()), async (given) => {
          const response = await ask(method, path, JSON.stringify(given))
          await response.text()
          expect(response.status, `${method} ${path}`).toBeLessThan(500)
        }),
        { numRuns: 40 },
      )
    expect(parley.reported).toEqual([])
  })

  it('in a path, a query or a header neither', async () => {
    const odd = ['%00', '%F0%9F%92%A9', 'x'.repeat(3000), '..%2F..', '"', '%25']
    for (const text of odd)
      for (const path of [
        `/threads/${text}`,
        `/threads/${text}/state`,
        `/threads/${thread}/state/${text}`,
        `/threads/${thread}/runs/${text}/stream`,
        `/threads/${thread}/runs?limit=${text}&select=${text}&status=${text}`,
        `/threads/${thread}/runs/${run}/stream?stream_mode=${text}&cancel_on_disconnect=${text}`,
        `/assistants/${text}`,
        `/store/items?namespace=${text}&key=${text}`,
        `/runs/${text}/stream`,
      ]) {
        const response = await ask('GET', path)
        await response.text()
        expect(response.status, path).toBeLessThan(500)
      }
    for (const id of ['9'.repeat(400), '1-1-1', 'null', '-1', '0-99999'])
      expect(
        (await ask('GET', `/threads/${thread}/runs/${run}/stream`, undefined, { 'last-event-id': id })).status,
      ).toBe(200)
    expect(parley.reported).toEqual([])
  })
})
