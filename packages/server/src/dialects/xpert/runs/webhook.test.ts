import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished, vi } from 'vitest'
import { nodeGuardedFetch } from '../../../node/guarded-fetch.js'
import { echo, KEYS, langGraphParley } from '../testing.fixture.js'

const say = (content: string) => ({ messages: [{ role: 'user', content }] })

/** Another server, and what it was told. */
async function listener(status = 200) {
  const told: unknown[] = []
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    told.push({ method: request.method, type: request.headers['content-type'], ...JSON.parse(text) })
    response.writeHead(status).end('thanks')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, told } // it listens on a port
}

function start(privateHosts: string[]) {
  const logged: unknown[][] = []
  const note = (...words: unknown[]) => void logged.push(words)
  const log = { debug: () => undefined, info: () => undefined, warn: note, error: note }
  const parley = langGraphParley({ app: echo, guardedFetch: nodeGuardedFetch({ privateHosts }), log })
  onTestFinished(() => parley.close())
  return { parley, client: parley.client(), logged }
}

it('C1: a webhook is told how a run ended, with its values, whatever the end', async () => {
  const { url, told } = await listener()
  const { client } = start(['127.0.0.1'])
  const { thread_id } = await client.threads.create()

  await client.runs.wait(thread_id, 'demo', { input: say('hello'), webhook: url, metadata: { order: 7 } })
  await vi.waitFor(() => expect(told).toHaveLength(1))
  await client.runs.wait(thread_id, 'demo', { input: say('really'), webhook: url })
  await vi.waitFor(() => expect(told).toHaveLength(2))
  await client.runs.wait(thread_id, 'demo', { input: say('fail'), webhook: url, raiseError: false })
  await vi.waitFor(() => expect(told).toHaveLength(3))
  await client.runs.wait(null, 'demo', { input: say('hello'), webhook: url })
  await vi.waitFor(() => expect(told).toHaveLength(4))

  expect(told).toMatchObject([
    {
      method: 'POST',
      type: 'application/json',
      thread_id,
      status: 'success',
      metadata: { order: 7 },
      values: { messages: [{ content: 'hello' }, { content: 'You said: hello' }] },
    },
    { status: 'interrupted', values: { __interrupt__: [{ value: { type: 'question' } }] } },
    { status: 'error', error: { message: expect.stringContaining('out to lunch') } },
    { status: 'success', values: null },
  ])
})

it('SEC: a webhook reaches no private address that the operator has not allowed, and the run is none the worse', async () => {
  const { url, told } = await listener()
  const { client, logged } = start([])
  const { thread_id } = await client.threads.create()

  const result = await client.runs.wait(thread_id, 'demo', { input: say('hello'), webhook: url })

  expect(result).toMatchObject({ content: 'You said: hello' })
  await vi.waitFor(() => expect(logged).toHaveLength(1))
  expect(JSON.stringify(logged, (_, value) => (value instanceof Error ? value.message : value))).toContain(
    'is not on the public internet',
  )
  expect(told).toEqual([])
})

it('a webhook is for API keys, and for addresses that are whole', async () => {
  const { parley, client } = start([])
  const { thread_id } = await client.threads.create()
  const body = JSON.stringify({ assistant: { id: 'demo' }, user: 'ada' })
  const headers = { 'x-api-key': KEYS.shop, 'content-type': 'application/json' }
  const request = new Request('http://parley.test/api/ai/v1/chatkit/sessions', { method: 'POST', headers, body })
  const { client_secret = '' } = (await (await parley.handle(request)).json()) as { client_secret?: string }
  const run = { input: say('hi'), webhook: 'https://example.com/hook' }

  const page = parley.client({ apiKey: client_secret })
  await expect(page.runs.create(null, 'demo', run)).rejects.toMatchObject({ status: 403 })
  for (const webhook of ['/runs', 'ftp://example.com', 'https://user:pass@example.com', 'example.com'])
    await expect(client.runs.create(thread_id, 'demo', { ...run, webhook })).rejects.toMatchObject({ status: 400 })
})
