import { ParleyError } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { ADMIN_KEY, type AdminServer, adminServer } from './admin.fixture.js'

/** What either kind of answer may hold. */
interface Answer {
  data: unknown[]
  error: { message: string }
}

const ask = async (parley: AdminServer, headers: Record<string, string>) => {
  const response = await parley.fetch('/api/admin/v1/keys', undefined, { as: null, headers })
  return { status: response.status, body: (await response.json()) as Answer, headers: response.headers }
}

describe('the admin API is open to', () => {
  it('an API key of the scope "admin", in either header', async () => {
    const parley = adminServer()

    expect((await ask(parley, { authorization: `Bearer ${ADMIN_KEY}` })).status).toBe(200)
    const { status, headers } = await ask(parley, { 'x-api-key': ADMIN_KEY })
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('a person who has signed in, unless the request names a key', async () => {
    const parley = adminServer({
      async login({ headers }) {
        if (headers.get('cookie') !== 'session=good') return null
        if (headers.get('origin') === 'https://evil.example') throw new ParleyError('forbidden', 'Another site.')
        return { kind: 'admin', workspaceId: 'test', by: { type: 'login', personId: 'ada' } }
      },
    })
    await parley.keyWith(['chat'])

    const signedIn = await ask(parley, { cookie: 'session=good' })
    expect(signedIn.status).toBe(200)
    expect(signedIn.body.data).toHaveLength(1)
    expect((await ask(parley, { cookie: 'session=forged' })).status).toBe(401)
    expect((await ask(parley, { cookie: 'session=good', origin: 'https://evil.example' })).status).toBe(403)
    expect((await ask(parley, { cookie: 'session=good', authorization: 'Bearer forged' })).status).toBe(401)
  })

  it('whoever may call at all in development mode without keys, and nobody else without one', async () => {
    const development = adminServer({ keysAreOptional: true })

    expect((await development.fetch('/api/admin/v1/keys')).status).toBe(200)
    expect((await ask(development, {})).status).toBe(401)
    expect((await adminServer().fetch('/api/admin/v1/keys')).status).toBe(401)
  })

  it('nobody with a key that may do other things, or is bound to an app', async () => {
    const parley = adminServer()

    const without = await ask(parley, { authorization: `Bearer ${await parley.keyWith(['chat', 'threads'])}` })
    const bound = await ask(parley, { authorization: `Bearer ${await parley.keyWith(['admin'], 'demo')}` })

    expect(without).toMatchObject({ status: 403, body: { error: { code: 'forbidden' } } })
    expect(without.body.error.message).toContain('"admin"')
    expect(bound).toMatchObject({ status: 403, body: { error: { code: 'forbidden' } } })
  })

  it('nobody at an unknown address, in its own words', async () => {
    expect(await adminServer().admin('GET', '/nothing')).toMatchObject({
      status: 404,
      body: { error: { code: 'not_found' } },
    })
    expect(await adminServer().admin('PUT', '/keys', {})).toMatchObject({
      status: 405,
      body: { error: { code: 'method_not_allowed', message: expect.stringContaining('GET, POST') } },
    })
  })
})
