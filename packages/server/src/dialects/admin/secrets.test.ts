import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { configuredAgents } from '../../agents/configured-agent.js'
import { sourceOf } from '../../agents/testing.js'
import type { Caller } from '../../app/caller.js'
import { systemClock } from '../../base/clock.js'
import { toolSecrets } from '../../base/tool-secrets.js'
import { createVault } from '../../base/vault.js'
import { callTool, type ScriptedAnswer, say, scriptedModel } from '../../models/scripted.js'
import { nodeGuardedFetch } from '../../node/guarded-fetch.js'
import { createSecrets } from '../../secrets/secrets.js'
import { sqliteStore } from '../../storage/sqlite/sqlite-store.js'
import { readEvents } from '../../testing/read-events.js'
import { userText } from '../../testing/user-text.js'
import { adminServer } from './admin.fixture.js'

const VALUE = 'very-secret-orders-key-wxyz'
const key = (byte: number) => new Uint8Array(32).fill(byte)

/** A service on this machine, which says what it was asked. */
async function startService() {
  const asked: (string | undefined)[] = []
  const server = createServer((request, response) => {
    asked.push(request.headers['x-key']?.toString())
    response.setHeader('content-type', 'application/json').end('{"status":"sent"}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { asked, host: `127.0.0.1:${(server.address() as AddressInfo).port}` } // it listens
}

async function start(answers: ScriptedAnswer[] = [say('x')], { store = sqliteStore(':memory:'), given = '' } = {}) {
  const secrets = createSecrets({
    store: store.secrets,
    vault: await createVault([key(1)]),
    given: toolSecrets([given]),
    clock: systemClock,
  })
  const model = scriptedModel(...answers)
  const appMaker = configuredAgents<Caller>(sourceOf(model), {
    fetch: nodeGuardedFetch({ privateHosts: ['127.0.0.1'] }),
    secrets: secrets.of,
  })
  const parley = adminServer({ store, secrets, appMaker })
  onTestFinished(() => parley.close())
  return { parley, model }
}

describe('E4: secrets of a workspace', () => {
  it('are sent by its HTTP tools to their host, and nowhere else', async () => {
    const [service, other] = await Promise.all([startService(), startService()])
    const asks = [callTool('order', {}), say('Sent.'), callTool('order', {}), say('Sent.')]
    const { parley, model } = await start([...asks, callTool('elsewhere', {}), say('No.')], {
      given: `ORDERS_KEY@${service.host}=of-the-server`,
    })
    const headers = { 'x-key': '{{ORDERS_KEY}}' }
    const tool = (name: string, host: string) => ({ type: 'http', name, url: `http://${host}/orders`, headers })
    const tools = [tool('order', service.host), tool('elsewhere', other.host)]
    await parley.admin('POST', '/apps', { id: 'helper', name: 'Helper', agent: { tools } })
    const ask = () => parley.fetch('/api/chatkit/helper', { type: 'threads.create', params: { input: userText('Go') } })

    await readEvents(await ask())
    const made = await parley.admin('POST', '/secrets', { name: 'ORDERS_KEY', host: service.host, value: VALUE })
    await readEvents(await ask())
    await readEvents(await ask())

    expect(made).toMatchObject({ status: 201, body: { id: 'ORDERS_KEY', object: 'secret', masked: '…wxyz' } })
    expect(service.asked).toEqual(['of-the-server', VALUE])
    expect(other.asked).toEqual([])
    expect(JSON.stringify(model.requests.at(-1))).toContain('there is no secret ORDERS_KEY for')
    expect(JSON.stringify(model.requests)).not.toContain('very-secret')
  })

  it('are never shown: not in an answer, not in the database', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-secrets-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const path = join(folder, 'parley.db')
    const { parley } = await start([], { store: sqliteStore(path) })
    const body = { name: 'KEY', host: 'api.example.com', value: VALUE }

    const answers = [
      await parley.admin('POST', '/secrets', body),
      await parley.admin('GET', '/secrets'),
      await parley.admin('GET', '/secrets/KEY'),
      await parley.admin('PATCH', '/secrets/KEY', { value: `${VALUE}2` }),
      await parley.admin('PATCH', '/secrets/KEY', { host: 'evil.example.com' }),
      await parley.admin('POST', '/secrets', body),
      await parley.admin('DELETE', '/secrets/KEY'),
      await parley.admin('GET', '/secrets/KEY'),
    ]

    expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 200, 400, 409, 204, 404])
    expect(answers[4]?.body.error.param).toBe('value')
    expect(answers[5]?.body.error.param).toBe('name')
    expect(JSON.stringify(answers)).not.toContain('very-secret')
    for (const name of [path, `${path}-wal`]) expect(readFileSync(name).includes('very-secret')).toBe(false)
  })

  it('are encrypted anew with a new key', async () => {
    const { secrets: store } = sqliteStore(':memory:')
    const opened = async (...keys: [Uint8Array, ...Uint8Array[]]) =>
      createSecrets({ store, vault: await createVault(keys), clock: systemClock })
    await (await opened(key(1))).create('shop', { name: 'KEY', host: '*.example.com', value: VALUE })

    expect(await (await opened(key(2), key(1))).sealAnew()).toBe(1)

    const { of } = await opened(key(2))
    expect(await of('shop').find('KEY', 'api.example.com')).toBe(VALUE)
    expect(await of('shop').find('KEY', 'example.org')).toBeUndefined()
    expect(await of('bank').find('KEY', 'api.example.com')).toBeUndefined()
  })

  it.each<[string, unknown, string]>([
    ['a name no header can call', { name: 'my key', host: 'a.example', value: 'x' }, 'name'],
    ['an address for a host', { name: 'KEY', host: 'https://a.example/', value: 'x' }, 'host'],
    ['a value of two lines', { name: 'KEY', host: 'a.example', value: 'x\ny' }, 'value'],
  ])('are refused with %s', async (_, body, param) => {
    const { parley } = await start()

    expect(await parley.admin('POST', '/secrets', body)).toMatchObject({ status: 400, body: { error: { param } } })
  })
})
