import { describe, expect, it } from 'vitest'
import { memoryRateLimiter } from '../../http/rate-limits/memory-rate-limiter.js'
import { ADMIN_KEY, adminServer } from './admin.fixture.js'
import { ADMIN_REQUESTS_A_MINUTE } from './index.js'

const notes = (parley: ReturnType<typeof adminServer>) =>
  parley.noted.map(({ message, details: { requestId, ...details } = {} }) => {
    expect(requestId).toEqual(expect.any(String))
    return { message, ...details }
  })

describe('the log of the admin API', () => {
  it('has a line for every change: who, what and which id, and nothing of what is in it', async () => {
    const parley = adminServer()

    const { body } = await parley.admin('POST', '/keys', { name: 'Very private name', scopes: ['chat'] })
    const { body: rotated } = await parley.admin('POST', `/keys/${body.id}/rotate`, {})
    await parley.admin('DELETE', `/keys/${body.id}`)
    await parley.admin('DELETE', `/keys/${body.id}`)
    await parley.admin('PATCH', '/workspace', { rate_plan: 'gold' })

    const by = { message: 'admin', workspace: 'test', by: 'key_settings' }
    expect(notes(parley)).toEqual([
      { ...by, operation: 'createKey', id: body.id },
      { ...by, operation: 'rotateKey', id: body.id },
      { ...by, operation: 'revokeKey', id: body.id },
      { ...by, operation: 'revokeKey', id: body.id, failed: 'not_found' },
      { ...by, operation: 'updateWorkspace', failed: 'invalid_request' },
    ])
    const text = JSON.stringify(parley.noted)
    for (const secret of ['private', body.secret, rotated.secret, ADMIN_KEY]) expect(text).not.toContain(secret)
  })

  it('has a line for data that is taken out, and none for looking around', async () => {
    const parley = adminServer()
    const { body: session } = await parley.admin('POST', '/sessions', { user: 'ada', app: 'demo' })
    const before = notes(parley).length

    for (const path of ['/apps', '/keys', '/users', '/sessions', '/workspace']) await parley.admin('GET', path)
    await parley.fetch('/api/admin/v1/users/ada/export', undefined, {
      as: null,
      headers: { authorization: `Bearer ${ADMIN_KEY}` },
    })

    expect(session.user).toBe('ada')
    expect(notes(parley).slice(before)).toMatchObject([{ id: 'ada', by: 'key_settings' }])
  })
})

describe('the limit of the admin API', () => {
  it('stops a caller who asks too often, and nobody else', async () => {
    const thisMinute = Date.UTC(2026, 0, 1)
    const parley = adminServer({ rateLimits: { limiter: memoryRateLimiter(() => thisMinute), limits: {} } })
    const other = await parley.keyWith(['admin'])

    for (let asked = 0; asked < ADMIN_REQUESTS_A_MINUTE; asked += 1) await parley.admin('GET', '/keys?limit=1')
    const refused = await parley.fetch('/api/admin/v1/keys', undefined, {
      as: null,
      headers: { authorization: `Bearer ${ADMIN_KEY}` },
    })

    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    const headers = { authorization: `Bearer ${other}` }
    expect((await parley.fetch('/api/admin/v1/keys', undefined, { as: null, headers })).status).toBe(200)
  })
})
