import { afterEach, describe, expect, it } from 'vitest'
import { serverFigures } from '../../base/server-figures.js'
import { userText } from '../../testing/user-text.js'
import { type AdminServer, adminServer } from './admin.fixture.js'

let server: AdminServer
afterEach(() => server.close())

function start(workspaceId: string): AdminServer {
  const figures = serverFigures(new Date('2026-11-21T12:00:00Z'), () => 3)
  server = adminServer({ observer: figures, figures: { workspaceId, read: figures.read } })
  return server
}

describe('A20: what the server does', () => {
  it('is counted since its start', async () => {
    const { admin, send } = start('test')
    await (await send('threads.create', { input: userText('Hi') })).text()

    const { status, body } = await admin('GET', '/server')

    expect(status).toBe(200)
    expect(body).toMatchObject({
      since: '2026-11-21T12:00:00.000Z',
      request_count: 1,
      error_count: 0,
      active_connections: 3,
      tokens_used: { input: 0, output: 0 },
    })
    expect(body.avg_response_time).toBeGreaterThan(0)
  })

  it('is told to the workspace that the server belongs to, and no other', async () => {
    const { admin } = start('somebody-else')

    expect(await admin('GET', '/server')).toMatchObject({ status: 403, body: { error: { code: 'forbidden' } } })
  })
})
