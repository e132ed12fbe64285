import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunEvent } from '@parley/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { assistantText, chatAt, eventsOf, userInput } from '../support/chat.js'
import { type ModelHost, startModelHost } from '../support/model-host.js'
import { type ParleyProcess, startParley } from '../support/parley-process.js'

const FIRST = 'The first half, '
const open: { end(): unknown }[] = []

afterEach(async () => {
  for (const part of open.splice(0).reverse()) await part.end()
})

/** A model that says the first half of each answer, and the second when it is let. */
async function halfway() {
  let release: () => void = () => undefined
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const host = await startModelHost(async function* () {
    yield FIRST
    await released
    yield 'and the second.'
  })
  open.push({ end: () => host.close() })
  return { host, release }
}

function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'parley-shutdown-'))
  open.push({ end: () => rmSync(folder, { recursive: true, force: true }) })
  return folder
}

async function start(host: ModelHost, env: Record<string, string>) {
  const server = await startParley({ OPENAI_BASE_URL: host.url, PARLEY_MODEL: 'test-model', ...env })
  const exited = once(server.process, 'exit').then(([code]) => code as number | null) // as Node's types have it
  open.push({ end: () => server.process.exitCode ?? server.process.signalCode ?? server.kill() })
  return { ...server, exited }
}

/** Reads a stream in the background; `begun` once its first half is there. */
function follow(response: Response) {
  const events: RunEvent[] = []
  let begin: () => void = () => undefined
  const begun = new Promise<void>((resolve) => {
    begin = resolve
  })
  const ended = (async () => {
    for await (const event of eventsOf(response)) {
      events.push(event)
      if (event.type === 'thread.item.updated' && 'delta' in event.update) begin()
    }
  })()
  const threadId = () => {
    const created = events.find((event) => event.type === 'thread.created')
    return created?.type === 'thread.created' ? created.thread.id : expect.unreachable('no thread was created')
  }
  return { events, begun, ended, threadId }
}

const answersIn = (events: RunEvent[]) =>
  events.flatMap((event) => (event.type === 'thread.item.done' ? [assistantText([event.item])] : [])).filter(Boolean)

async function openSocket(server: ParleyProcess) {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/chatkit/ws?events=chatkit`)
  open.push({ end: () => socket.terminate() })
  const messages: { type: string }[] = []
  socket.on('message', (data) => messages.push(JSON.parse(data.toString())))
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  await once(socket, 'open')
  return { socket, messages, closed }
}

describe('SIGTERM while answers are being written', () => {
  it('lets them end, sends everybody else away, and says so where it is asked', async () => {
    const { host, release } = await halfway()
    const server = await start(host, { PARLEY_DATA: newFolder(), PARLEY_SHUTDOWN_SECONDS: '60' })
    const chat = chatAt(server.url)
    const stream = follow(await chat.create('Hello'))
    const busy = await openSocket(server)
    busy.socket.send(JSON.stringify({ type: 'threads.create', params: { input: userInput('Hello') } }))
    const idle = await openSocket(server)
    await stream.begun
    await expect.poll(() => busy.messages.map(({ type }) => type)).toContain('thread.item.updated')

    server.process.kill('SIGTERM')
    await expect.poll(async () => (await fetch(`${server.url}/readyz`)).status).toBe(503)

    expect(await (await fetch(`${server.url}/readyz`)).json()).toEqual({ status: 'stopping' })
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
    const refused = await chat.create('One more')
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBe('2')
    expect(await refused.json()).toMatchObject({ error: { code: 'unavailable' } })
    expect((await chat.threads()).data).toHaveLength(2)
    expect(await idle.closed).toBe(1001)
    await expect(openSocket(server)).rejects.toThrow('503')

    release()
    await stream.ended
    expect(answersIn(stream.events)).toEqual([`${FIRST}and the second.`])
    expect(await busy.closed).toBe(1001)
    expect(busy.messages.at(-1)).toMatchObject({ type: 'thread.item.done' })
    expect(await server.exited).toBe(0)
  })

  it('ends what is not complete in time as interrupted: the text stays, readers hear it, and it can be tried again', async () => {
    const { host, release } = await halfway()
    const env = { PARLEY_DATA: newFolder(), PARLEY_SHUTDOWN_SECONDS: '0.2' }
    const server = await start(host, env)
    const foreign = follow(await chatAt(server.url).create('Hello'))
    const ours = follow(await chatAt(server.url, { 'parley-client': 'test' }).create('Hello'))
    const socket = await openSocket(server)
    socket.socket.send(JSON.stringify({ type: 'threads.create', params: { input: userInput('Hello') } }))
    await Promise.all([foreign.begun, ours.begun])
    await expect.poll(() => socket.messages.map(({ type }) => type)).toContain('thread.item.updated')

    server.process.kill('SIGTERM')
    await Promise.all([foreign.ended, ours.ended])

    const told = { type: 'error', message: expect.stringContaining('What was written is kept'), allow_retry: true }
    expect(foreign.events.at(-1)).toMatchObject(told)
    expect(answersIn(foreign.events)).toEqual([FIRST])
    expect(ours.events.slice(-2)).toMatchObject([told, { type: 'run.ended', status: 'interrupted' }])
    expect(await socket.closed).toBe(1001)
    expect(socket.messages.at(-1)).toMatchObject(told)
    expect(await server.exited).toBe(0)

    release()
    const next = await start(host, env)
    const chat = chatAt(next.url, { 'parley-client': 'test' })
    for (const threadId of [foreign.threadId(), ours.threadId()])
      expect(assistantText((await chat.items(threadId)).data)).toBe(FIRST)
    const thread = await chat.thread(ours.threadId())
    expect(thread.run).toMatchObject({ status: 'interrupted' })
    const [asked] = (await chat.items(thread.id)).data
    const retry = { type: 'threads.retry_after_item', params: { thread_id: thread.id, item_id: asked?.id } }
    const again = follow(await chat.post(retry))
    await again.ended
    expect(answersIn(again.events)).toEqual([`${FIRST}and the second.`])
  })

  it('ends at once at the second signal', async () => {
    const { host } = await halfway()
    const server = await start(host, { PARLEY_DATA: newFolder(), PARLEY_SHUTDOWN_SECONDS: '600' })
    const stream = follow(await chatAt(server.url).create('Hello'))
    stream.ended.catch(() => undefined) // it is cut off: that is what is asked for
    await stream.begun

    server.process.kill('SIGTERM')
    await expect.poll(async () => (await fetch(`${server.url}/readyz`)).status).toBe(503)
    server.process.kill('SIGINT')

    expect(await server.exited).toBe(1)
    expect(server.output()).toContain('Stopped at once')
  })
})

describe('GET /readyz of the command', () => {
  it('names every part, and what is lost: here the folder of the files', async () => {
    const { host } = await halfway()
    const folder = newFolder()
    const server = await start(host, { PARLEY_DATA: folder, REDIS_URL: 'redis://127.0.0.1:1' })
    const before = await fetch(`${server.url}/readyz`)

    expect(before.status).toBe(200)
    expect(await before.json()).toEqual({
      status: 'degraded',
      parts: { database: 'ok', files: 'ok', redis: expect.stringContaining('Redis does not answer.') },
    })
    rmSync(join(folder, 'files'), { recursive: true })
    writeFileSync(join(folder, 'files'), 'not a folder')
    const after = await fetch(`${server.url}/readyz`)

    expect(after.status).toBe(503)
    expect(await after.json()).toMatchObject({ status: 'unavailable', parts: { database: 'ok' } })
  })
})
