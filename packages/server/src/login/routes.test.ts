import { createHook } from 'node:async_hooks'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { AdminCall } from '../auth/admin-audit.js'
import { streamText } from '../chatkit-server/stream-text.js'
import { memoryRateLimiter } from '../http/rate-limits/memory-rate-limiter.js'
import { sqliteStore } from '../storage/sqlite/index.js'
import { testParley } from '../testing/test-parley.js'
import { createLogin } from './create-login.js'
import { loginRoutes } from './late-routes.js'
import { loginSession } from './signed-in.js'

const ROOT = '/api/admin/v1'
const PAGE = { origin: 'http://parley.test', 'sec-fetch-site': 'same-origin' }
const PASSWORD = 'correct horse'
/** Stands still: checking passwords takes its time. */
const THIS_MINUTE = Date.UTC(2026, 0, 1)

/** A server, and browsers that keep their cookies. */
async function start() {
  const store = sqliteStore(':memory:')
  const login = createLogin(store.logins, { secret: 'a secret of the tests that is long enough' })
  const calls: AdminCall[] = []
  const routes = loginRoutes({
    login,
    limiter: memoryRateLimiter(() => THIS_MINUTE),
    audit: (call) => calls.push(call),
  })
  const parley = testParley({
    respond: (thread) => streamText(thread, 'Hello'),
    store,
    login: loginSession(login),
    groups: [routes],
  })
  onTestFinished(() => parley.close())

  const browser = (cookie = '') => ({
    async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = PAGE) {
      const response = await parley.fetch(ROOT + path, body, { method, as: null, headers: { cookie, ...headers } })
      const text = await response.text()
      return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) }
    },
  })
  const memberOf = async (workspaceId: string, role: 'owner' | 'admin', name: string) => {
    const { token } = await login.createLink({ workspaceId, purpose: 'invite', role })
    const account = { token, name, email: `${name}@example.com`, password: PASSWORD }
    const { status, headers, body } = await browser().ask('POST', '/login/account', account)
    expect(status).toBe(201)
    return { ...browser(headers.getSetCookie()[0]?.split(';')[0]), person: body, cookie: headers.getSetCookie()[0] }
  }
  return { parley, login, browser, memberOf, calls }
}

describe('A6: signing in over HTTP', () => {
  it('opens the admin API to a browser with the cookie', async () => {
    const { memberOf, browser } = await start()
    const ada = await memberOf('shop', 'owner', 'ada')

    expect((await ada.ask('GET', '/keys')).status).toBe(200)
    expect((await ada.ask('POST', '/keys', { name: 'Mine' })).status).toBe(201)
    expect((await ada.ask('GET', '/login')).body).toEqual(ada.person)
    expect(await browser().ask('GET', '/login')).toMatchObject({
      status: 401,
      body: { error: { code: 'unauthorized' } },
    })
  })

  it('answers with a cookie that only this server reads, and that nobody keeps', async () => {
    const { memberOf, browser } = await start()
    await memberOf('shop', 'owner', 'ada')

    const { headers } = await browser().ask('POST', '/login', { email: 'ada@example.com', password: PASSWORD })

    const flags = headers.getSetCookie()[0]?.split('; ').slice(1)
    expect(flags).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Lax', 'Path=/']))
    expect(flags).not.toContain('Secure')
    expect(headers.get('cache-control')).toBe('no-store')
    const https = { ...PAGE, origin: 'https://parley.test', 'x-forwarded-proto': 'https' }
    const safe = await browser().ask('POST', '/login', { email: 'ada@example.com', password: PASSWORD }, https)
    expect(safe.headers.getSetCookie()[0]).toMatch(/^__Secure-parley\.session_token=.*; Secure/)
  })

  it('ends with signing out, also for who has kept the cookie', async () => {
    const { memberOf } = await start()
    const ada = await memberOf('shop', 'owner', 'ada')

    const { status, headers } = await ada.ask('DELETE', '/login')

    expect(status).toBe(204)
    expect(headers.getSetCookie()[0]).toMatch(/^parley\.session_token=;.*Max-Age=0/)
    expect((await ada.ask('GET', '/login')).status).toBe(401)
    expect((await ada.ask('GET', '/keys')).status).toBe(401)
  })

  it('is tried ten times a minute for one address', async () => {
    const { memberOf, browser } = await start()
    await memberOf('shop', 'owner', 'ada')
    const statuses: number[] = []
    for (let index = 0; index < 11; index += 1)
      statuses.push((await browser().ask('POST', '/login', { email: 'ADA@example.com', password: 'wrong' })).status)

    expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401))
    expect(statuses[10]).toBe(429)
    const late = await browser().ask('POST', '/login', { email: 'ada@example.com', password: PASSWORD })
    expect([late.status, late.headers.get('retry-after')]).toEqual([429, expect.any(String)])
  })

  it.each([
    ['no body at all', 'POST', '/login', {}, 'email'],
    ['no address', 'POST', '/login', { email: 'ada', password: 'x' }, 'email'],
    [
      'a short password',
      'POST',
      '/login/account',
      { token: 'x', name: 'A', email: 'a@b.co', password: 'short' },
      'password',
    ],
    ['a field nobody knows', 'POST', '/login', { email: 'a@b.co', password: 'x', admin: true }, ''],
  ])('names the field for %s', async (_, method, path, body, param) => {
    const { browser } = await start()

    const answer = await browser().ask(method, path, body)

    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } })
    expect(answer.body.error.param ?? '').toBe(param)
  })
})

describe('A6: what strangers learn', () => {
  it('costs the same work for an address nobody has as for a wrong password', async () => {
    const { memberOf, browser } = await start()
    await memberOf('shop', 'owner', 'ada')
    const hashesFor = async (email: string) => {
      const { count, stop } = countHashes()
      const { status } = await browser().ask('POST', '/login', { email, password: 'wrong horse' })
      stop()
      return { status, hashes: count() }
    }

    const known = await hashesFor('ada@example.com')

    expect(known).toEqual({ status: 401, hashes: 1 })
    expect(await hashesFor('nobody@example.com')).toEqual(known)
  })

  it('is not whose cookie it was: one that was planted before is not the one of who signs in', async () => {
    const { memberOf, browser } = await start()
    await memberOf('shop', 'owner', 'ada')
    const planted = 'parley.session_token=planted.c2lnbmF0dXJl'

    const { headers } = await browser(planted).ask('POST', '/login', { email: 'ada@example.com', password: PASSWORD })
    const again = await browser(headers.getSetCookie()[0]?.split(';')[0]).ask('POST', '/login', {
      email: 'ada@example.com',
      password: PASSWORD,
    })

    const [first, second] = [headers, again.headers].map((one) => one.getSetCookie()[0]?.split(';')[0])
    expect(new Set([planted, first, second]).size).toBe(3)
    expect((await browser(planted).ask('GET', '/keys')).status).toBe(401)
  })

  it('is noted without addresses, passwords and tokens', async () => {
    const { memberOf, browser, calls, login } = await start()
    const ada = await memberOf('shop', 'owner', 'ada')
    await browser().ask('POST', '/login', { email: 'ada@example.com', password: 'wrong horse' })
    await ada.ask('POST', '/login/password', { current_password: PASSWORD, new_password: 'battery staple' })
    const { token } = await login.createLink({ workspaceId: 'shop', purpose: 'owner', role: 'owner' })
    await browser().ask('POST', '/login/account', { token, name: 'B', email: 'b@example.com', password: PASSWORD })

    const principal = { kind: 'admin', workspaceId: 'shop', by: { type: 'login', personId: ada.person.id } }
    expect(calls).toMatchObject([
      { operation: 'createAccount', id: ada.person.id, principal },
      { operation: 'signIn', failed: 'unauthorized' },
      { operation: 'changePassword', principal },
      { operation: 'createAccount' },
    ])
    for (const secret of ['example.com', PASSWORD, 'wrong horse', 'battery', token])
      expect(JSON.stringify(calls)).not.toContain(secret)
  })
})

/** How many passwords are hashed meanwhile: that is nearly all of the time an answer takes. */
function countHashes() {
  let hashes = 0
  const hook = createHook({
    init(_, type) {
      if (type === 'SCRYPTREQUEST') hashes += 1
    },
  }).enable()
  return { count: () => hashes, stop: () => hook.disable() }
}

describe('A6: a page from elsewhere', () => {
  const FOREIGN = [
    ['of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['of a neighbour', { origin: 'http://evil.parley.test', 'sec-fetch-site': 'same-site' }],
    ['that hides where it is', { origin: 'null' }],
    ['under an origin that only looks alike', { origin: 'http://parley.test.evil.example' }],
  ] as const

  it.each(FOREIGN)('%s can do nothing with the cookie, and read nothing', async (_, headers) => {
    const { memberOf } = await start()
    const ada = await memberOf('shop', 'owner', 'ada')

    for (const [method, path, body] of [
      ['POST', '/keys', { name: 'Theirs' }],
      ['GET', '/keys', undefined],
      ['GET', '/login', undefined],
      ['DELETE', '/login', undefined],
      ['POST', '/login/password', { current_password: PASSWORD, new_password: 'battery staple' }],
      ['POST', '/people/invites', { role: 'owner' }],
      ['DELETE', `/people/${ada.person.id}`, undefined],
    ] as const)
      expect(await ada.ask(method, path, body, headers), `${method} ${path}`).toMatchObject({
        status: 403,
        body: { error: { code: 'forbidden' } },
      })

    expect((await ada.ask('GET', '/keys')).body.data).toEqual([])
  })

  it('signs nobody in, and neither does a request that says nothing of its page', async () => {
    const { memberOf, browser } = await start()
    await memberOf('shop', 'owner', 'ada')
    const body = { email: 'ada@example.com', password: PASSWORD }

    for (const headers of [{}, ...FOREIGN.map(([, one]) => one)])
      expect((await browser().ask('POST', '/login', body, headers)).status).toBe(403)
  })

  it('cannot send a form as JSON', async () => {
    const { browser } = await start()

    const answer = await browser().ask('POST', '/login', '{"email":"a@b.co","password":"x"}', {
      ...PAGE,
      'content-type': 'text/plain',
    })

    expect(answer.status).toBe(415)
  })
})

describe('A6: people of a workspace', () => {
  it('see each other, and nobody of another one', async () => {
    const { memberOf } = await start()
    const ada = await memberOf('shop', 'owner', 'ada')
    const eve = await memberOf('bank', 'owner', 'eve')
    const { body: key } = await ada.ask('POST', '/keys', { name: 'Mine' })

    expect((await eve.ask('GET', '/people')).body.data).toEqual([eve.person])
    expect((await eve.ask('GET', '/keys')).body.data).toEqual([])
    for (const id of [key.id, 'key_0000000000000000'])
      for (const [method, path] of [
        ['GET', `/keys/${id}`],
        ['DELETE', `/keys/${id}`],
        ['POST', `/keys/${id}/rotate`],
      ] as const)
        expect((await eve.ask(method, path, method === 'POST' ? {} : undefined)).status).toBe(404)
    const [hers, nobodys] = await Promise.all([ada.person.id, 'nobody'].map((id) => eve.ask('DELETE', `/people/${id}`)))
    expect([hers?.status, hers?.body]).toEqual([404, nobodys?.body])
    expect((await ada.ask('GET', '/login')).status).toBe(200)
  })

  it('are invited and taken away by owners alone', async () => {
    const { memberOf, browser } = await start()
    const owner = await memberOf('shop', 'owner', 'ada')
    const admin = await memberOf('shop', 'admin', 'bo')

    expect((await admin.ask('POST', '/people/invites', { role: 'owner' })).status).toBe(403)
    expect((await admin.ask('DELETE', `/people/${owner.person.id}`)).status).toBe(403)
    const invite = await owner.ask('POST', '/people/invites', {})
    expect(invite).toMatchObject({ status: 201, body: { purpose: 'invite', role: 'admin', workspace: 'shop' } })
    const { token, ...facts } = invite.body
    expect((await browser().ask('POST', '/login/link', { token })).body).toEqual(facts)
    expect((await owner.ask('DELETE', `/people/${admin.person.id}`)).status).toBe(204)
    expect((await admin.ask('GET', '/keys')).status).toBe(401)
  })

  it('are not reached with an API key', async () => {
    const { parley, browser } = await start()
    const { key } = await parley.apiKeys.create({ workspaceId: 'shop', name: 'All', scopes: ['admin'] })

    const answer = await browser().ask('GET', '/people', undefined, { authorization: `Bearer ${key}` })

    expect(answer.status).toBe(401)
  })
})
