import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { chatAt, eventsOf } from '../support/chat.js'
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

  const text = await (await fetch(`${url}/metrics`)).text()

  expect(text).toContain('request_count{method="POST",route="/api/chatkit",status="200"} 1')
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
  const env = {
    RATE_LIMIT_REQUESTS: '2',
    PARLEY_RATE_PLAN: '1000/minute,100000/day',
    REDIS_URL: process.env.REDIS_URL ?? 'redis://127.0.0.1:6379/9',
  }
  const servers = await Promise.all([start(env), start(env)])
  const statuses: number[] = []
  for (const { url } of [...servers, ...servers]) statuses.push((await chatAt(url).create('Hello')).status)

  expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(2)
  expect(statuses.at(-1)).toBe(429)
})
