import { beforeEach, describe, expect, it } from 'vitest'
import { scriptedClock } from '../base/scripted-clock.js'
import { sqliteStore } from '../storage/sqlite/index.js'
import { createLogin } from './create-login.js'

const SECRET = 'a secret of the tests that is long enough'
const ADA = { name: 'Ada', email: 'Ada@example.com', password: 'correct horse' }
const HOUR_MS = 3_600_000

let store: ReturnType<typeof sqliteStore>
let clock: ReturnType<typeof scriptedClock>
let login: ReturnType<typeof createLogin>
beforeEach(() => {
  store = sqliteStore(':memory:')
  clock = scriptedClock(new Date())
  login = createLogin(store.logins, { secret: SECRET, clock })
})

const browser = (cookies: string[] = []) =>
  new Request('http://parley.test/', { headers: { cookie: cookies.map((one) => one.split(';')[0]).join('; ') } })
const first = { workspaceId: 'shop', purpose: 'first', role: 'owner' } as const
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (thrown: unknown) => Object(thrown).code,
  )
const setUp = async () => login.useLink(browser(), (await login.createLink(first)).token, ADA)

describe('A6: people who sign in', () => {
  it('make their account with a link and are signed in', async () => {
    const { person, cookies } = await setUp()

    expect(person).toMatchObject({ workspaceId: 'shop', role: 'owner', name: 'Ada', email: 'ada@example.com' })
    expect(await login.personOf(browser(cookies))).toEqual(person)
  })

  it('sign in with their password, however the address is written', async () => {
    const { person } = await setUp()

    const again = await login.signIn(browser(), 'ADA@example.com', ADA.password)

    expect(await login.personOf(browser(again.cookies))).toEqual(person)
  })

  it('get a cookie that scripts, other sites and plain connections do not see', async () => {
    const { token } = await login.createLink(first)
    const https = new Request('http://parley.test/', { headers: { 'x-forwarded-proto': 'https' } })

    const { cookies } = await login.useLink(https, token, ADA)

    expect(cookies).toHaveLength(1)
    expect(cookies[0]).toMatch(/^__Secure-parley\.session_token=/)
    for (const flag of ['HttpOnly', 'SameSite=Lax', 'Secure', 'Path=/', 'Max-Age=604800'])
      expect(cookies[0]?.split('; ')).toContain(flag)
  })

  it('are told the same of a wrong password and of an address nobody has', async () => {
    await setUp()

    const told = await Promise.all(
      [ADA.email, 'nobody@example.com'].map((email) =>
        login.signIn(browser(), email, 'wrong horse').catch(({ code, message }) => ({ code, message })),
      ),
    )

    expect(told[0]).toEqual({ code: 'unauthorized', message: 'The email address or the password is not right.' })
    expect(told[1]).toEqual(told[0])
  })

  it('are signed out for good', async () => {
    const { cookies } = await setUp()

    await login.signOut(browser(cookies))

    expect(await login.personOf(browser(cookies))).toBeNull()
  })

  it('are signed out everywhere else by a new password', async () => {
    const { cookies: here } = await setUp()
    const { cookies: there } = await login.signIn(browser(), ADA.email, ADA.password)

    expect(await failure(login.changePassword(browser(here), 'wrong horse', 'battery staple'))).toBe('invalid_request')
    const changed = await login.changePassword(browser(here), ADA.password, 'battery staple')

    expect(await login.personOf(browser(there))).toBeNull()
    expect(await login.personOf(browser(changed.cookies))).toMatchObject({ name: 'Ada' })
    expect(await failure(login.signIn(browser(), ADA.email, ADA.password))).toBe('unauthorized')
  })

  it('are nobody with a cookie that was made up, or taken from the database', async () => {
    const { person, cookies } = await setUp()
    const [row] = await store.logins.findRows('login_sessions', { user_id: person.id })
    const forged = [
      (cookies[0] ?? '').replace(/=[^.]+/, `=${row?.token}`),
      `parley.session_token=${row?.token}`,
      'parley.session_token=x.y',
    ]

    expect(JSON.stringify(row)).not.toContain(decodeURIComponent(cookies[0] ?? '').split(/[=.]/)[2])
    for (const cookie of forged) expect(await login.personOf(browser([cookie]))).toBeNull()
  })

  it('can be taken away, but not the last owner', async () => {
    const { person: ada, cookies } = await setUp()
    const invite = await login.createLink({ workspaceId: 'shop', purpose: 'invite', role: 'owner' })
    const bo = await login.useLink(browser(), invite.token, { ...ADA, name: 'Bo', email: 'bo@example.com' })
    expect(await failure(login.removePerson('bank', ada.id))).toBe('not_found')

    await login.removePerson('shop', ada.id)

    expect(await login.personOf(browser(cookies))).toBeNull()
    expect(await login.listPeople('shop')).toEqual([bo.person])
    expect(await failure(login.removePerson('shop', bo.person.id))).toBe('conflict')
  })
})

describe('A6: links', () => {
  it('let one person in, once', async () => {
    const { token } = await login.createLink({ workspaceId: 'shop', purpose: 'invite', role: 'admin' })
    const asked = ['bo', 'cy', 'di'].map((name) =>
      login.useLink(browser(), token, { ...ADA, name, email: `${name}@example.com` }),
    )

    const results = await Promise.allSettled(asked)

    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await login.listPeople('shop')).toHaveLength(1)
    expect(await failure(login.checkLink(token))).toBe('not_found')
  })

  it.each([
    ['first', 24],
    ['owner', 1],
    ['invite', 7 * 24],
  ] as const)('are over in time: %s after %d hours', async (purpose, hours) => {
    const { token } = await login.createLink({ workspaceId: 'shop', purpose, role: 'owner' })
    clock.advance(hours * HOUR_MS - 1)
    expect(await login.checkLink(token)).toMatchObject({ purpose })

    clock.advance(2)

    expect(await failure(login.checkLink(token))).toBe('not_found')
    expect(await failure(login.useLink(browser(), token, ADA))).toBe('not_found')
  })

  it('of the first start are worth nothing once somebody is there', async () => {
    const early = await login.createLink(first)
    await setUp()

    expect(await failure(login.checkLink(early.token))).toBe('not_found')
    expect(await failure(login.useLink(browser(), early.token, { ...ADA, email: 'eve@example.com' }))).toBe('not_found')
  })

  it('of the command line give somebody who is locked out a new password', async () => {
    const { person, cookies } = await setUp()
    const { token } = await login.createLink({ workspaceId: 'shop', purpose: 'owner', role: 'owner' })

    const back = await login.useLink(browser(), token, { ...ADA, password: 'battery staple' })

    expect(back.person).toEqual(person)
    expect(await login.personOf(browser(cookies))).toBeNull()
    expect(await failure(login.signIn(browser(), ADA.email, ADA.password))).toBe('unauthorized')
  })

  it('change nobody’s password otherwise, and stay good when the address is taken', async () => {
    await setUp()
    const elsewhere = await login.createLink({ workspaceId: 'bank', purpose: 'owner', role: 'owner' })
    const invite = await login.createLink({ workspaceId: 'shop', purpose: 'invite', role: 'admin' })

    for (const { token } of [elsewhere, invite]) {
      expect(await failure(login.useLink(browser(), token, { ...ADA, password: 'battery staple' }))).toBe('conflict')
      expect(await login.checkLink(token)).toMatchObject({ role: expect.any(String) })
    }

    expect(await login.signIn(browser(), ADA.email, ADA.password)).toMatchObject({ person: { name: 'Ada' } })
  })
})
