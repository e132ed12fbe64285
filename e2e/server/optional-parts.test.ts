import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { chatAt, eventsOf } from '../support/chat.js'
import { startModelHost } from '../support/model-host.js'
import { startParley } from '../support/parley-process.js'

// What the command loads only when somebody asks for it has to be in the command.

async function start(env: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-parts-'))
  const server = await startParley({ PARLEY_DATA: folder, ...env })
  onTestFinished(async () => {
    await server.kill()
    rmSync(folder, { recursive: true, force: true })
  })
  return server
}

it('A20: the built command tells its metrics', async () => {
  const { url } = await start()
  for await (const _ of eventsOf(await chatAt(url).create('Hello')));

  const metrics = async () => (await fetch(`${url}/metrics`)).text()
  await expect.poll(metrics).toContain('request_count{method="POST",route="/api/chatkit",status="200"} 1')
})

it('A13: the built command speaks WebSocket', async () => {
  const { url } = await start()
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/chatkit/ws`)
  onTestFinished(() => socket.terminate())
  socket.on('open', () => socket.send(JSON.stringify({ type: 'threads.list', params: {} })))

  const message = await new Promise((resolve) => socket.once('message', (data) => resolve(JSON.parse(data.toString()))))

  expect(message).toMatchObject({ type: 'result', result: { data: [] } })
})

it('A14: two of the built command on one Redis, each with a database of its own, share a limit', async () => {
  const redis = new URL(process.env.REDIS_URL ?? 'redis://127.0.0.1:6379')
  redis.searchParams.set('keyPrefix', `${randomUUID()}:`) // nobody else's counts
  const env = {
    RATE_LIMIT_REQUESTS: '2',
    PARLEY_RATE_PLAN: '1000/minute,100000/day',
    REDIS_URL: redis.href,
  }
  const servers = await Promise.all([start(env), start(env)])
  const statuses: number[] = []
  for (const { url } of [...servers, ...servers]) statuses.push((await chatAt(url).create('Hello')).status)

  expect(statuses).toEqual([200, 200, 429, 429])
})

it('E4: the built command runs code of a model, and tells it what came of it', async () => {
  const programs = [
    { language: 'javascript', code: 'console.log(readText("none.csv"))' },
    { language: 'javascript', code: 'writeFile("result.txt", "42"); 6 * 7' },
  ]
  const host = await startModelHost(async function* ({ messages }) {
    const program = programs[messages.filter(({ role }) => role === 'tool').length]
    yield program ? { tool: 'code_interpreter', arguments: program } : 'It is 42.'
  })
  onTestFinished(() => host.close())
  const { url } = await start({ OPENAI_BASE_URL: host.url, PARLEY_MODEL: 'test-model' })
  const app = { id: 'analyst', name: 'Analyst', agent: { tools: ['code_interpreter'] } }
  const headers = { 'content-type': 'application/json' }
  const made = await fetch(`${url}/api/admin/v1/apps`, { method: 'POST', headers, body: JSON.stringify(app) })
  expect(await made.json()).toMatchObject({ problems: [] })

  const input = { content: [{ type: 'input_text', text: '6 × 7?' }], attachments: [], inference_options: {} }
  const body = JSON.stringify({ type: 'threads.create', params: { input } })
  const shown: string[] = []
  for await (const event of eventsOf(await fetch(`${url}/api/chatkit/analyst`, { method: 'POST', headers, body })))
    if (event.type === 'thread.item.done') shown.push(JSON.stringify(event.item))

  const told = host.requests.at(-1)?.messages.flatMap(({ role, content }) => (role === 'tool' ? [String(content)] : []))
  expect(told?.[0]).toContain('There is no file "none.csv"')
  expect(told?.[1]).toContain('Result:\n42')
  const [address = ''] = /http[^)"]+\/files\/[^)"]+/.exec(shown.join()) ?? []
  expect(await (await fetch(address)).text()).toBe('42')
})
