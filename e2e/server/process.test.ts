import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { createTestDatabase } from '../../packages/server/src/storage/postgres/test-database.fixture.js'
import { assistantText, chatAt, eventsOf } from '../support/chat.js'
import { type ModelHost, startModelHost } from '../support/model-host.js'
import { type ParleyProcess, startParley } from '../support/parley-process.js'

const SECRET = 'a-secret-that-only-these-tests-know-of'
const started: ParleyProcess[] = []
const hosts: ModelHost[] = []
const folders: string[] = []

afterEach(async () => {
  for (const server of started.splice(0)) if (server.process.exitCode === null) await server.kill()
  for (const host of hosts.splice(0)) await host.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'parley-process-'))
  folders.push(folder)
  return folder
}

async function start(env: Record<string, string> = {}, args: string[] = []) {
  const server = await startParley({ PARLEY_DATA: newFolder(), ...env }, args)
  started.push(server)
  return server
}

async function hello(url: string, headers: Record<string, string> = {}) {
  const chat = chatAt(url, headers)
  const events = []
  for await (const event of eventsOf(await chat.create('Hello'))) events.push(event)
  return events
}

const tokenFor = (user: string) =>
  new SignJWT({ sub: user })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(SECRET))

describe('the parley command', () => {
  it('answers with nothing but Node: offline, embedded database, honest about what it is', async () => {
    const server = await start()

    expect(server.output()).toMatch(/DEVELOPMENT/)
    expect(server.output()).toMatch(/offline model/)
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
    const done = (await hello(server.url)).filter((event) => event.type === 'thread.item.done')
    expect(assistantText(done.map(({ item }) => item))).toMatch(/not a language model/i)
  })

  it('serves the script, the frame and a page, each with a policy that lets nothing foreign in', async () => {
    const { url } = await start()

    const script = await fetch(`${url}/chatkit.js`)
    expect(script.headers.get('content-type')).toContain('text/javascript')
    expect(await script.text()).toContain('openai-chatkit')
    for (const path of ['/', '/chatkit/frame/']) {
      const page = await fetch(url + path)
      expect(page.status).toBe(200)
      expect(page.headers.get('content-security-policy')).toMatch(
        /default-src 'none'.*script-src 'self'.*trusted-types 'none'/,
      )
    }
  })

  it('keeps threads over a clean restart, and SIGTERM ends it with 0', async () => {
    const folder = newFolder()
    const first = await start({ PARLEY_DATA: folder })
    await hello(first.url)
    expect(await first.stop()).toBe(0)

    const second = await start({ PARLEY_DATA: folder })
    expect((await chatAt(second.url).threads()).data).toHaveLength(1)
  })

  it('on SIGTERM lets a running answer end', async () => {
    let release: () => void = () => undefined
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    const host = await startModelHost(async function* () {
      yield 'first '
      await released
      yield 'last'
    })
    hosts.push(host)
    const server = await start({ OPENAI_BASE_URL: host.url, PARLEY_MODEL: 'test-model' })
    const done: string[] = []
    for await (const event of eventsOf(await chatAt(server.url).create('Hello'))) {
      if (event.type === 'thread.item.updated' && 'delta' in event.update && event.update.delta === 'first ') {
        server.process.kill('SIGTERM')
        release()
      }
      if (event.type === 'thread.item.done') done.push(assistantText([event.item]))
    }

    expect(done.at(-1)).toBe('first last')
  })

  it('refuses a data folder that another process uses, in one line', async () => {
    const folder = newFolder()
    await start({ PARLEY_DATA: folder })

    await expect(startParley({ PARLEY_DATA: folder })).rejects.toThrow(/in use by another Parley process/)
  })

  it.each([
    [{ DATABASE_POOL_SIZE: 'x' }, [], /DATABASE_POOL_SIZE/],
    [{ HOST: '0.0.0.0' }, [], /PARLEY_JWT_SECRET/],
    [{ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/x' }, [], /127\.0\.0\.1:1/],
    [{}, ['--prot', '1'], /--help/],
  ])('does not start with %j %j and says what to do', async (env: Record<string, string>, args, sentence) => {
    await expect(startParley({ PARLEY_DATA: newFolder(), ...env }, args)).rejects.toThrow(sentence)
  })

  it('A11: talks to any OpenAI-compatible host, and finds its model when none is named', async () => {
    const host = await startModelHost(async function* () {
      yield 'Hello '
      yield 'there'
    })
    hosts.push(host)
    const server = await start({ OPENAI_BASE_URL: host.url })
    const done = (await hello(server.url)).filter((event) => event.type === 'thread.item.done')

    expect(assistantText(done.map(({ item }) => item))).toBe('Hello there')
    expect(host.requests.at(-1)?.model).toBe('test-model')
  })

  it('A22: says which host it could not reach', async () => {
    const server = await start({
      OPENAI_BASE_URL: 'http://127.0.0.1:1/v1',
      PARLEY_MODEL: 'x',
      OPENAI_API_KEY: 'sk-hidden',
    })
    const error = (await hello(server.url)).find((event) => event.type === 'error')

    expect(error).toMatchObject({
      message: expect.stringMatching(/127\.0\.0\.1:1.*OPENAI_BASE_URL/),
      allow_retry: true,
    })
    expect(server.output()).not.toContain('sk-hidden')
  })
})

describe('A6: production mode', () => {
  const production = { ENVIRONMENT: 'production', PARLEY_JWT_SECRET: SECRET }

  it('asks for a token, and keeps users apart', async () => {
    const { url, output } = await start(production)
    const as = async (user: string) => chatAt(url, { authorization: `Bearer ${await tokenFor(user)}` })

    expect(output()).toMatch(/production/)
    expect((await chatAt(url).create('Hello')).status).toBe(401)
    expect((await chatAt(url, { authorization: 'Bearer x' }).create('Hello')).status).toBe(401)
    const ada = await as('ada')
    for await (const event of eventsOf(await ada.create('Hello'))) void event
    const [thread] = (await ada.threads()).data
    const ben = await as('ben')
    expect((await ben.threads()).data).toEqual([])
    const asked = await ben.post({ type: 'threads.get_by_id', params: { thread_id: thread?.id } })
    const missing = await ben.post({ type: 'threads.get_by_id', params: { thread_id: 'thr_missing' } })
    expect(asked.status).toBe(404)
    expect((await asked.text()).replaceAll(thread?.id ?? '', 'ID')).toBe(
      (await missing.text()).replaceAll('thr_missing', 'ID'),
    )
  })
})

describe('A19: PostgreSQL', () => {
  it('keeps threads in the database that DATABASE_URL names', async () => {
    const database = await createTestDatabase()
    onTestFinished(() => database.drop())
    const first = await start({ DATABASE_URL: database.connectionString })
    await hello(first.url)
    expect(await first.stop()).toBe(0)
    const second = await start({ DATABASE_URL: database.connectionString })
    expect((await chatAt(second.url).threads()).data).toHaveLength(1)
    await second.stop()
  })
})
