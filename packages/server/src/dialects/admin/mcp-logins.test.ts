import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../../base/clock.js'
import { consoleLog } from '../../base/log.js'
import { scriptedClock } from '../../base/scripted-clock.js'
import { toolSecrets } from '../../base/tool-secrets.js'
import { createVault } from '../../base/vault.js'
import { createMcpServers } from '../../mcp-servers/mcp-servers.js'
import { nodeGuardedFetch } from '../../node/guarded-fetch.js'
import { sqliteStore } from '../../storage/sqlite/sqlite-store.js'
import type { ServerStore } from '../../storage/workspace-store.js'
import { type OAuthMcpServer, startOAuthMcpServer } from '../../testing/oauth-mcp-server.js'
import { type AdminServer, adminServer } from './admin.fixture.js'

const CALLBACK = 'http://parley.test/api/admin/v1/mcp_callback'

let remote: OAuthMcpServer
beforeAll(async () => {
  remote = await startOAuthMcpServer()
})
afterAll(() => remote.close())
beforeEach(() => remote.setLifetime(3600))

async function start({
  store = sqliteStore(':memory:'),
  clock = systemClock,
}: {
  store?: ServerStore
  clock?: typeof systemClock
} = {}) {
  const mcpServers = createMcpServers({
    store: store.mcpServers,
    takeLease: store.workspaces.takeLease,
    vault: await createVault([new Uint8Array(32)]),
    secretsOf: () => toolSecrets([]),
    guardedFetch: nodeGuardedFetch({ privateHosts: ['127.0.0.1'] }),
    clock,
    log: consoleLog,
  })
  const parley = adminServer({ store, mcpServers })
  onTestFinished(() => parley.close())
  return parley
}

/** Goes where the server sends a person, as their browser does. @returns what is in the address they come back to */
async function signIn(parley: AdminServer): Promise<Record<string, string>> {
  const { body } = await parley.admin('POST', '/mcp_servers/private/connect')
  const answer = await fetch(body.authorization_url, { redirect: 'manual' })
  const back = new URL(answer.headers.get('location') ?? '')
  expect(back.origin + back.pathname).toBe(CALLBACK)
  return Object.fromEntries(back.searchParams)
}

const finish = (parley: AdminServer, back: object) => parley.admin('POST', '/mcp_connects', back)
const test = async (parley: AdminServer) => (await parley.admin('POST', '/mcp_servers/private/test')).body
const OFFER = { tools: [expect.objectContaining({ name: 'whoami' })], problem: null }

async function connected(options: Parameters<typeof start>[0] = {}) {
  const parley = await start(options)
  await parley.admin('POST', '/mcp_servers', { id: 'private', name: 'Private', url: remote.url })
  const done = await finish(parley, await signIn(parley))
  return { parley, done }
}

describe('A10: signing in at an MCP server', () => {
  it('is asked for, done once for the workspace, and given back', async () => {
    const parley = await start()
    await parley.admin('POST', '/mcp_servers', { id: 'private', name: 'Private', url: remote.url })
    expect((await test(parley)).problem).toContain('It asks for a login')

    const done = await finish(parley, await signIn(parley))

    expect(done).toMatchObject({ status: 200, body: { id: 'private', oauth: { connected_at: expect.any(String) } } })
    expect(await test(parley)).toEqual(OFFER)

    const ended = await parley.admin('POST', '/mcp_servers/private/disconnect')
    expect(ended).toMatchObject({ status: 200, body: { oauth: { connected_at: null } } })
    expect(remote.asked.revoked).toHaveLength(1)
    expect((await test(parley)).problem).toContain('It asks for a login')
  })

  it('is kept sealed: no answer and no file holds a token', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-logins-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const path = join(folder, 'parley.db')
    const { parley, done } = await connected({ store: sqliteStore(path) })

    const answers = [done, await parley.admin('GET', '/mcp_servers'), await parley.admin('GET', '/mcp_servers/private')]

    expect(JSON.stringify(answers)).not.toMatch(/access-|refresh-|client-/)
    for (const name of [path, `${path}-wal`]) expect(readFileSync(name, 'latin1')).not.toMatch(/access-|refresh-/)
  })

  it('is renewed when it ends, or is refused, once for all who ask', async () => {
    const clock = scriptedClock(new Date())
    const { parley } = await connected({ clock })
    remote.asked.grants.splice(0)

    clock.advance(3600_000)
    expect(await Promise.all([test(parley), test(parley)])).toEqual([OFFER, OFFER])
    expect(remote.asked.grants).toEqual(['refresh_token'])
    remote.endAccess()
    expect(await test(parley)).toEqual(OFFER)
    expect(remote.asked.grants).toEqual(['refresh_token', 'refresh_token'])

    remote.endAll()
    expect((await test(parley)).problem).toBe('The login at Private has ended. Connect it again.')
    await finish(parley, await signIn(parley))
    expect(await test(parley)).toEqual(OFFER)
  })

  it('is shared by several servers on one database', async () => {
    const store = sqliteStore(':memory:')
    const clock = scriptedClock(new Date())
    const { parley } = await connected({ store, clock })
    const other = await start({ store, clock })
    remote.asked.grants.splice(0)

    expect(await test(other)).toEqual(OFFER)
    clock.advance(3600_000)
    expect(await Promise.all([test(parley), test(other)])).toEqual([OFFER, OFFER])
  })

  it('ends with a state that was made for it, once, and in time', async () => {
    const clock = scriptedClock(new Date())
    const { parley } = await connected({ clock })
    const used = await signIn(parley)
    await finish(parley, used)
    const late = await signIn(parley)
    const [nonce] = String(late.state).split('.')
    const refused = { status: 400, body: { error: { param: 'state' } } }

    expect(await finish(parley, used)).toMatchObject(refused)
    expect(await finish(parley, { ...late, state: `${nonce}.other` })).toMatchObject(refused)
    expect(await finish(parley, { ...late, state: `${'0'.repeat(64)}.private` })).toMatchObject(refused)
    clock.advance(10 * 60_000 + 1)
    expect(await finish(parley, late)).toMatchObject(refused)
    const wrong = await finish(parley, { ...(await signIn(parley)), code: 'made-up' })
    expect(wrong).toMatchObject({
      status: 502,
      body: { error: { message: expect.stringContaining('The sign-in failed') } },
    })
  })

  it('is not good for another address', async () => {
    const { parley } = await connected()

    const moved = await parley.admin('PATCH', '/mcp_servers/private', { url: `${remote.url}?moved` })

    expect(moved.body.oauth).toEqual({ client_id: null, scope: null, connected_at: null })
    expect((await test(parley)).problem).toContain('It asks for a login')
  })

  it('brings people back into the studio, and nowhere else', async () => {
    const parley = await start()

    const answer = await parley.fetch('/api/admin/v1/mcp_callback?code=a&state=b//evil.example', undefined, {
      as: null,
    })

    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toBe('http://parley.test/studio#/mcp/code%3Da%26state%3Db%2F%2Fevil.example')
  })

  it('says what is wrong where nobody lets people in', async () => {
    const parley = await start()
    await parley.admin('POST', '/mcp_servers', { id: 'private', name: 'x', url: 'http://127.0.0.1:9/mcp' })

    expect(await parley.admin('POST', '/mcp_servers/private/connect')).toMatchObject({
      status: 502,
      body: { error: { message: expect.stringContaining('could not be reached') } },
    })
  })
})
