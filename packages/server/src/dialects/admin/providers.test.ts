import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { configuredAgents } from '../../agents/configured-agent.js'
import type { Caller } from '../../app/caller.js'
import { systemClock } from '../../base/clock.js'
import { consoleLog } from '../../base/log.js'
import { createVault } from '../../base/vault.js'
import { resolveModels } from '../../models/model-settings.js'
import { nodeGuardedFetch } from '../../node/guarded-fetch.js'
import { createProviders } from '../../providers/providers.js'
import { backup } from '../../storage/backup/backup.js'
import { diskFiles } from '../../storage/files/disk-files.js'
import { sqliteBackup } from '../../storage/sqlite/sqlite-backup.js'
import { sqliteStore } from '../../storage/sqlite/sqlite-store.js'
import { readEvents } from '../../testing/read-events.js'
import { userText } from '../../testing/user-text.js'
import { adminServer } from './admin.fixture.js'

const SECRET = 'sk-very-secret-of-the-shop-wxyz'
const key = (byte: number) => new Uint8Array(32).fill(byte)

/** A model host on this machine, which says what it was asked. */
async function startHost() {
  const asked: { path: string; authorization?: string; model?: string }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const { authorization, host } = request.headers
    const { model } = body === '' ? {} : JSON.parse(body)
    asked.push({ path: request.url ?? '', authorization, model })
    if (request.url?.startsWith('/moved')) {
      response.writeHead(307, { location: `http://${host}/v1/chat/completions` }).end()
      return
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const choice = { index: 0, delta: { content: 'Good day.' }, finish_reason: 'stop' }
    response.end(
      `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', choices: [choice] })}\n\ndata: [DONE]\n\n`,
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` } // it listens
}

async function start({ privateHosts = ['127.0.0.1'], store = sqliteStore(':memory:') } = {}) {
  const providers = createProviders({
    store: store.providers,
    vault: await createVault([key(1)]),
    guardedFetch: nodeGuardedFetch({ privateHosts }),
    clock: systemClock,
    log: consoleLog,
  })
  const appMaker = configuredAgents<Caller>(resolveModels({}), {}, providers.modelsOf)
  const parley = adminServer({ store, providers, appMaker })
  onTestFinished(() => parley.close())
  const message = { type: 'threads.create', params: { input: userText('Hello') } }
  return {
    parley,
    store,
    ask: async () => JSON.stringify(await readEvents(await parley.fetch('/api/chatkit/helper', message))),
  }
}

const agent = { provider: 'ours', model: 'qwen3' }

describe('model hosts of a workspace', () => {
  it('answer for the apps that name them, with their own key', async () => {
    const host = await startHost()
    const { parley, ask } = await start()
    const body = { id: 'ours', name: 'Our host', base_url: `${host.url}/v1`, api_key: SECRET }

    const made = await parley.admin('POST', '/providers', body)
    await parley.admin('POST', '/apps', { id: 'helper', name: 'Helper', agent })

    expect(await ask()).toContain('Good day.')
    expect(host.asked).toEqual([{ path: '/v1/chat/completions', authorization: `Bearer ${SECRET}`, model: 'qwen3' }])
    expect(made).toMatchObject({ status: 201, body: { id: 'ours', object: 'provider', masked: '…wxyz' } })

    await parley.admin('PATCH', '/providers/ours', { api_key: 'sk-the-next-key' })
    await ask()
    expect(host.asked.at(-1)?.authorization).toBe('Bearer sk-the-next-key')
    await parley.admin('PATCH', '/providers/ours', { api_key: null })
    await ask()
    expect(host.asked.at(-1)?.authorization).toBeUndefined()
  })

  it('never show their key: not in an answer, not in the database, not in a backup', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-providers-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const path = join(folder, 'parley.db')
    const { parley } = await start({ store: sqliteStore(path) })
    const body = { name: 'Our host', base_url: 'https://models.example.com/v1', api_key: SECRET }

    const answers = [
      await parley.admin('POST', '/providers', { ...body, id: 'ours' }),
      await parley.admin('GET', '/providers'),
      await parley.admin('GET', '/providers/ours'),
      await parley.admin('PATCH', '/providers/ours', { name: 'Renamed' }),
      await parley.admin('POST', '/providers', { ...body, id: 'ours' }),
    ]
    const file = join(folder, 'backup.gz')
    await backup(file, { engine: sqliteBackup(path), files: diskFiles(join(folder, 'files')) })

    expect(JSON.stringify(answers)).not.toContain('very-secret')
    expect(answers.at(-1)?.status).toBe(409)
    for (const name of [path, `${path}-wal`]) expect(readFileSync(name).includes('very-secret')).toBe(false)
    const kept = gunzipSync(readFileSync(file)).toString()
    expect(kept).toContain('Renamed')
    expect(kept).not.toContain('very-secret')
  })

  it('are encrypted anew with a new key, after which the old one can go', async () => {
    const store = sqliteStore(':memory:')
    const opened = async (...keys: [Uint8Array, ...Uint8Array[]]) => {
      const asked: (string | null)[] = []
      const providers = createProviders({
        store: store.providers,
        vault: await createVault(keys),
        guardedFetch: async (_, init) => {
          asked.push(new Headers(init?.headers).get('authorization'))
          return Response.json({ data: [{ id: 'first-model' }] })
        },
        clock: systemClock,
        log: { ...consoleLog, info: () => undefined },
      })
      return { providers, asked }
    }
    const first = await opened(key(1))
    await first.providers.create('shop', {
      id: 'ours',
      name: 'Ours',
      base_url: 'https://m.example.com/v1',
      api_key: SECRET,
    })

    expect(await (await opened(key(2), key(1))).providers.sealAnew()).toBe(1)

    const last = await opened(key(2))
    expect(await last.providers.modelsOf('shop', 'ours').describe()).toBe('first-model at m.example.com')
    expect(last.asked).toEqual([`Bearer ${SECRET}`])
    expect(await last.providers.sealAnew()).toBe(0)
    const without = await opened(key(1))
    await expect(without.providers.modelsOf('shop', 'ours').describe()).rejects.toThrow(/PARLEY_ENCRYPTION_KEY/)
  })

  it('in a private network are reached only when the operator says so, and no redirect is followed', async () => {
    const host = await startHost()
    const { parley, ask } = await start({ privateHosts: [] })
    await parley.admin('POST', '/providers', { id: 'ours', name: 'x', base_url: `${host.url}/v1`, api_key: SECRET })
    await parley.admin('POST', '/apps', { id: 'helper', name: 'Helper', agent })

    expect(await ask()).toContain('PARLEY_PRIVATE_HOSTS')
    expect(host.asked).toEqual([])

    const allowed = await start()
    const moved = { id: 'ours', name: 'x', base_url: `${host.url}/moved`, api_key: SECRET }
    await allowed.parley.admin('POST', '/providers', moved)
    await allowed.parley.admin('POST', '/apps', { id: 'helper', name: 'Helper', agent })
    expect(await allowed.ask()).not.toContain('Good day.')
    expect(host.asked.every(({ path }) => path.startsWith('/moved'))).toBe(true)
  })

  it.each<[string, unknown, string]>([
    ['no address', { name: 'x', base_url: 'models' }, 'base_url'],
    ['an address of another kind', { name: 'x', base_url: 'file:///etc/passwd' }, 'base_url'],
    ['a password in the address', { name: 'x', base_url: 'https://a:b@example.com' }, 'base_url'],
    ['a key that no header takes', { name: 'x', base_url: 'https://example.com', api_key: 'a b' }, 'api_key'],
  ])('are refused with %s', async (_, body, param) => {
    const { parley } = await start()

    expect(await parley.admin('POST', '/providers', body)).toMatchObject({ status: 400, body: { error: { param } } })
  })

  it('keep their key from a new address, and apps from naming one that is not there', async () => {
    const { parley, ask } = await start()
    await parley.admin('POST', '/providers', {
      id: 'ours',
      name: 'x',
      base_url: 'https://m.example.com',
      api_key: SECRET,
    })

    const moved = await parley.admin('PATCH', '/providers/ours', { base_url: 'https://evil.example.com' })
    const named = await parley.admin('POST', '/apps', { name: 'x', agent: { provider: 'theirs' } })
    await parley.admin('POST', '/apps', { id: 'helper', name: 'Helper', agent })
    expect((await parley.admin('DELETE', '/providers/ours')).status).toBe(204)

    expect(moved).toMatchObject({ status: 400, body: { error: { param: 'api_key' } } })
    expect(named).toMatchObject({ status: 400, body: { error: { param: 'agent.provider' } } })
    expect(await ask()).toContain('"type":"error"')
    expect((await parley.admin('GET', '/providers/ours')).status).toBe(404)
  })
})
