import { ClientError, createServerClient } from '@parley/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HostedServer, KEYS, startHostedServer } from './hosted-server.js'

let server: HostedServer
beforeAll(async () => {
  server = await startHostedServer()
})
afterAll(() => server?.close())

const sessions = (apiKey = KEYS.shop) => createServerClient({ baseURL: `${server.url}/v1`, apiKey }).chatkit.sessions

describe('B3: sessions of the guide through our own client', () => {
  it('creates one from nothing but the workflow, and reads it again without its secret', async () => {
    const session = await sessions().create({ workflow_id: 'demo' })

    const again = await sessions().retrieve(session.id)

    expect(again).toEqual({ ...session, client_secret: expect.stringMatching(/^ek_\*+$/) })
    expect(again).toMatchObject({ status: 'active', user: expect.stringMatching(/^anon_/) })
  })

  it('lists them page by page, by user and status', async () => {
    const made = []
    for (const user of ['gil', 'gil', 'hal']) made.push(await sessions().create({ user, workflow: { id: 'demo' } }))
    const [first, second] = made
    await sessions().cancel(first?.id ?? '')

    const page = await sessions().list({ user: 'gil', limit: 1 })
    const rest = await sessions().list({ user: 'gil', limit: 1, after: page.last_id ?? '' })

    expect([page.data[0]?.id, page.has_more]).toEqual([second?.id, true])
    expect([rest.data[0]?.id, rest.has_more]).toEqual([first?.id, false])
    expect((await sessions().list({ user: 'gil', status: 'cancelled' })).data.map(({ id }) => id)).toEqual([first?.id])
  })

  it('says what went wrong', async () => {
    const failure = await sessions(KEYS.bank)
      .retrieve('cksess_missing')
      .catch((thrown: unknown) => thrown)

    expect(failure).toBeInstanceOf(ClientError)
    expect(failure).toMatchObject({ status: 404, message: "Chatkit Session with id 'cksess_missing' not found." })
  })
})
