import { describe, expect, it } from 'vitest'
import { userText } from '../../testing/user-text.js'
import { type AdminServer, adminServer } from './admin.fixture.js'

async function write(parley: AdminServer, as: string) {
  const message = { type: 'threads.create', params: { input: userText('Hi') } }
  return (await parley.fetch('/api/chatkit', message, { as })).text()
}

async function openSession(parley: AdminServer, user: string) {
  const headers = { authorization: `Bearer ${await parley.keyWith(['chat'])}` }
  const body = { user, workflow: { id: 'demo', state_variables: { plan: 'pro' } } }
  return JSON.parse(await (await parley.fetch('/v1/chatkit/sessions', body, { as: null, headers })).text())
}

describe('users through the admin API', () => {
  it('are whoever wrote something, with counts', async () => {
    const parley = adminServer()
    await write(parley, 'ada')
    await write(parley, 'ada')
    await write(parley, 'zoe/ö')

    const { body } = await parley.admin('GET', '/users?limit=1')
    expect(body).toMatchObject({ data: [{ id: 'ada', object: 'user', threads: 2 }], has_more: true, after: 'ada' })
    const rest = await parley.admin('GET', '/users?limit=5&after=ada')
    expect(rest.body).toMatchObject({ data: [{ id: 'zoe/ö' }], has_more: false })
    expect((await parley.admin('GET', '/users?search=ZOE')).body.data).toHaveLength(1)
    expect((await parley.admin('GET', '/users?search=nobody')).body.data).toEqual([])
    expect((await parley.admin('GET', `/users/${encodeURIComponent('zoe/ö')}`)).body).toMatchObject({
      id: 'zoe/ö',
      first_seen_at: expect.any(String),
      last_active_at: expect.any(String),
      counts: { threads: 1, items: 2, runs: 1, files: 0, sessions: 0 },
    })
    expect((await parley.admin('GET', '/users/nobody')).status).toBe(404)
  })
})

describe('sessions through the admin API', () => {
  it('are listed, read and cancelled, and never show their secret', async () => {
    const parley = adminServer()
    const made = await openSession(parley, 'ada')
    await openSession(parley, 'ben')

    const list = await parley.admin('GET', '/sessions?user=ada')
    expect(list.body.data).toMatchObject([
      { id: made.id, user: 'ada', app: 'demo', status: 'active', state_variables: { plan: 'pro' } },
    ])
    expect(JSON.stringify(list.body)).not.toContain(made.client_secret)
    expect((await parley.admin('GET', '/sessions?status=active&app=demo')).body.data).toHaveLength(2)
    expect((await parley.admin('POST', `/sessions/${made.id}/cancel`)).body).toMatchObject({
      status: 'cancelled',
      cancelled_at: expect.any(String),
    })
    expect((await parley.admin('GET', `/sessions/${made.id}`)).body.status).toBe('cancelled')
    const headers = { authorization: `Bearer ${made.client_secret}` }
    const refused = await parley.fetch(
      '/v1/chatkit/conversation',
      { type: 'threads.list', params: {} },
      { as: null, headers },
    )
    expect(refused.status).toBe(401)
    expect((await parley.admin('GET', '/sessions/cksess_nothing')).status).toBe(404)
    expect((await parley.admin('GET', '/sessions?status=sleeping')).body.error.param).toBe('status')
  })
})

describe('a session that is made to try an app', () => {
  it('reaches that app for that user, and no other', async () => {
    const parley = adminServer()

    const { status, body } = await parley.admin('POST', '/sessions', { user: 'studio:ada', app: 'demo' })

    expect(status).toBe(201)
    expect(body).toMatchObject({ user: 'studio:ada', app: 'demo', status: 'active', client_secret: expect.any(String) })
    const headers = { authorization: `Bearer ${body.client_secret}` }
    const message = { type: 'threads.create', params: { input: userText('Hi') } }
    const answer = await parley.fetch('/v1/chatkit/conversation', message, { as: null, headers })
    expect(await answer.text()).toContain('Hello')
    expect((await parley.admin('GET', '/users')).body.data).toMatchObject([{ id: 'studio:ada', threads: 1 }])
  })

  it('needs an app that is there', async () => {
    const refused = await adminServer().admin('POST', '/sessions', { user: 'ada', app: 'nothing' })

    expect(refused).toMatchObject({ status: 400, body: { error: { param: 'app' } } })
  })
})

describe('the workspace through the admin API', () => {
  it('has the plan of the server until it gets one of its own, which counts at once', async () => {
    const parley = adminServer({ rateLimits: undefined })
    const before = await parley.admin('GET', '/workspace')
    expect(before.body).toEqual({
      id: 'test',
      object: 'workspace',
      name: 'test',
      default_app: 'demo',
      rate_plan: { name: 'unlimited', source: 'server', requests_per_minute: null, requests_per_day: null },
      retention: { days: null, source: 'server' },
      user_limits: { source: 'server', requests_per_minute: null, requests_per_day: null },
      key_limits: { source: 'server', requests_per_minute: null, requests_per_day: null },
    })

    const plan = { requests_per_minute: 2, requests_per_day: 100 }
    const changed = await parley.admin('PATCH', '/workspace', { name: 'Test shop', rate_plan: plan })
    expect(changed.body).toMatchObject({
      name: 'Test shop',
      rate_plan: { name: 'custom', source: 'workspace', ...plan },
    })
    await write(parley, 'ada')
    await write(parley, 'ben')
    expect(await write(parley, 'cleo')).toContain('rate_limited')

    const team = await parley.admin('PATCH', '/workspace', { rate_plan: 'team' })
    expect(team.body).toMatchObject({ name: 'Test shop', rate_plan: { name: 'team', requests_per_minute: 1000 } })
    expect(await write(parley, 'cleo')).toContain('thread.created')
    expect((await parley.admin('PATCH', '/workspace', { rate_plan: null })).body.rate_plan.source).toBe('server')
  })

  it('keeps threads as long as the server says, as it says itself, or for ever', async () => {
    const parley = adminServer()
    const keep = async (retention_days: number | null) =>
      (await parley.admin('PATCH', '/workspace', { retention_days })).body.retention

    expect(await keep(30)).toEqual({ days: 30, source: 'workspace' })
    await parley.admin('PATCH', '/workspace', { name: 'Shop' })
    expect((await parley.admin('GET', '/workspace')).body.retention.days).toBe(30)
    expect(await keep(0)).toEqual({ days: null, source: 'workspace' })
    expect(await keep(null)).toEqual({ days: null, source: 'server' })
    const refused = await parley.admin('PATCH', '/workspace', { retention_days: -1 })
    expect(refused).toMatchObject({ status: 400, body: { error: { param: 'retention_days' } } })
  })

  it.each([
    [{ rate_plan: 'gold' }],
    [{ rate_plan: { requests_per_minute: 0, requests_per_day: 5 } }],
    [{ rate_plan: { requests_per_minute: 5 } }],
  ])('refuses the plan %j', async (body) => {
    const refused = await adminServer().admin('PATCH', '/workspace', body)

    expect(refused).toMatchObject({ status: 400, body: { error: { param: expect.stringMatching(/^rate_plan/) } } })
  })
})
