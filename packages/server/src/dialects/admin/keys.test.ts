import { describe, expect, it } from 'vitest'
import { scriptedClock } from '../../base/scripted-clock.js'
import { adminServer } from './admin.fixture.js'

describe('API keys through the admin API', () => {
  it('are created with a secret that is shown once and works at once', async () => {
    const parley = adminServer()

    const created = await parley.admin('POST', '/keys', { name: 'Website', scopes: ['chat'], app: 'demo' })

    expect(created.status).toBe(201)
    const { secret, ...key } = created.body
    expect(key).toEqual({
      id: expect.stringMatching(/^key_/),
      object: 'api_key',
      name: 'Website',
      masked: `app-…${secret.slice(-4)}`,
      scopes: ['chat'],
      app: 'demo',
      stream_language: null,
      created_at: expect.any(String),
      expires_at: null,
      last_used_at: null,
      previous: null,
    })
    expect(await parley.admin('GET', `/keys/${key.id}`)).toEqual({ status: 200, body: key })
    const session = await parley.fetch(
      '/v1/chatkit/sessions',
      { user: 'ada', workflow: { id: 'demo' } },
      { as: null, headers: { authorization: `Bearer ${secret}` } },
    )
    expect(session.status).toBe(200)
    expect((await parley.admin('GET', `/keys/${key.id}`)).body.last_used_at).not.toBeNull()
  })

  it('are listed page by page, the newest first', async () => {
    const parley = adminServer()
    for (const name of ['one', 'two', 'three']) await parley.admin('POST', '/keys', { name })

    const first = await parley.admin('GET', '/keys?limit=2')
    const names = ({ data }: { data: { name: string }[] }) => data.map(({ name }) => name)
    expect(names(first.body)).toEqual(['three', 'two'])
    expect(first.body).toMatchObject({ has_more: true, after: first.body.data[1].id })
    const second = await parley.admin('GET', `/keys?limit=2&after=${first.body.after}`)
    expect(names(second.body)).toEqual(['one'])
    expect(second.body.has_more).toBe(false)
    expect(names((await parley.admin('GET', '/keys?order=asc')).body)).toEqual(['one', 'two', 'three'])
  })

  it('say in which language their streams are, until they say so no longer', async () => {
    const parley = adminServer()
    const { body: made } = await parley.admin('POST', '/keys', { name: 'Website', stream_language: 'xpert' })
    const { id } = made
    const change = (fields: object) => parley.admin('PATCH', `/keys/${id}`, fields)

    expect(made.stream_language).toBe('xpert')
    expect(await change({ stream_language: 'langgraph' })).toMatchObject({
      status: 200,
      body: { id, name: 'Website', masked: made.masked, scopes: ['chat'], stream_language: 'langgraph' },
    })
    expect((await change({ name: 'Shop' })).body).toMatchObject({ name: 'Shop', stream_language: 'langgraph' })
    expect((await parley.admin('POST', `/keys/${id}/rotate`)).body.stream_language).toBe('langgraph')
    expect((await change({ stream_language: null })).body).toMatchObject({ name: 'Shop', stream_language: null })
    expect((await parley.admin('GET', `/keys/${id}`)).body.stream_language).toBeNull()
    expect((await parley.admin('PATCH', '/keys/key_nobody', { name: 'x' })).status).toBe(404)
  })

  it.each([
    ['a language nobody speaks', { stream_language: 'klingon' }, 'stream_language', /"xpert" or "langgraph"/],
    ['another scope', { scopes: ['admin'] }, undefined, /scopes/],
    ['no name', { name: ' ' }, 'name', /name/],
  ])('refuse to be changed to %s', async (_, change, param, why) => {
    const parley = adminServer()
    const { body: key } = await parley.admin('POST', '/keys', { name: 'Website' })

    const { status, body } = await parley.admin('PATCH', `/keys/${key.id}`, change)

    expect(status).toBe(400)
    expect(body.error.param).toBe(param)
    expect(body.error.message).toMatch(why)
    expect((await parley.admin('GET', `/keys/${key.id}`)).body.name).toBe('Website')
  })

  it('are rotated with an overlap in which both secrets work, and revoked for good', async () => {
    const clock = scriptedClock()
    const parley = adminServer({ clock })
    const { id, secret: old } = (await parley.admin('POST', '/keys', { name: 'Admin', scopes: ['admin'] })).body
    const statusWith = async (key: string) =>
      (await parley.fetch('/api/admin/v1/keys', undefined, { as: null, headers: { authorization: `Bearer ${key}` } }))
        .status

    const { status, body } = await parley.admin('POST', `/keys/${id}/rotate`, { overlap_seconds: 3600 })
    expect(status).toBe(200)
    expect(body.previous).toEqual({ masked: `sk-parley-…${old.slice(-4)}`, expires_at: '2026-01-01T01:00:00.000Z' })
    expect([await statusWith(old), await statusWith(body.secret)]).toEqual([200, 200])
    clock.advance(3600_000)
    expect([await statusWith(old), await statusWith(body.secret)]).toEqual([401, 200])
    expect((await parley.admin('GET', `/keys/${id}`)).body.previous).toBeNull()

    const rotatedAtOnce = await parley.admin('POST', `/keys/${id}/rotate`)
    expect(await statusWith(body.secret)).toBe(401)
    expect(await parley.admin('DELETE', `/keys/${id}`)).toEqual({ status: 204, body: null })
    expect(await statusWith(rotatedAtOnce.body.secret)).toBe(401)
    expect((await parley.admin('DELETE', `/keys/${id}`)).status).toBe(404)
  })

  it.each([
    ['no name', {}, 'name'],
    ['an unknown scope', { name: 'x', scopes: ['root'] }, 'scopes.0'],
    ['no scopes', { name: 'x', scopes: [] }, 'scopes'],
    ['an unknown app', { name: 'x', app: 'nothing' }, 'app'],
    ['an admin key for one app', { name: 'x', app: 'demo', scopes: ['admin'] }, 'app'],
    ['an end in the past', { name: 'x', expires_at: '2020-01-01T00:00:00Z' }, 'expires_at'],
    ['an end that is no time', { name: 'x', expires_at: 'tomorrow' }, 'expires_at'],
    ['a language nobody speaks', { name: 'x', stream_language: 'klingon' }, 'stream_language'],
  ])('refuse %s and name the field', async (_, body, param) => {
    const refused = await adminServer().admin('POST', '/keys', body)

    expect(refused).toMatchObject({ status: 400, body: { error: { code: 'invalid_request', param } } })
    expect(refused.body.error.message).toContain(param.split('.')[0])
  })

  it('refuse a field they do not know', async () => {
    const { status, body } = await adminServer().admin('POST', '/keys', { name: 'x', scope: ['chat'] })

    expect(status).toBe(400)
    expect(body.error.message).toContain('scope')
  })
})
