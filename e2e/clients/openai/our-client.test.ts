import { ClientError, createServerClient } from '@parley/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HostedServer, KEYS, message, readStream, startHostedServer } from './hosted-server.js'

let server: HostedServer
beforeAll(async () => {
  server = await startHostedServer()
})
afterAll(() => server?.close())

const clientOf = (apiKey = KEYS.shop) => createServerClient({ baseURL: `${server.url}/v1`, apiKey })
const sessions = (apiKey?: string) => clientOf(apiKey).chatkit.sessions
const workflows = (apiKey?: string) => clientOf(apiKey).agent_builder.workflows

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

describe('B3: workflows of the guide through our own client', () => {
  const guide = {
    name: 'Customer Support Agent',
    description: 'Handles customer inquiries',
    tools: ['web_search' as const, 'knowledge_base' as const],
    model: 'gpt-4o',
  }
  const failure = (call: Promise<unknown>) =>
    call.then(
      () => expect.unreachable('it was answered'),
      (thrown) => thrown,
    )

  it('creates one as the guide does, and a session of it answers', async () => {
    const workflow = await workflows().create({ ...guide, instructions: 'I am the support.' })
    const session = await sessions().create({ user: 'ada', workflow: { id: workflow.id, version: workflow.version } })

    const events = await readStream(await server.converse(session.client_secret, message('Hi')))

    expect(workflow).toEqual({
      id: expect.stringMatching(/^wf_[0-9a-f]{48}$/),
      object: 'workflow',
      name: guide.name,
      description: guide.description,
      version: '1',
      status: 'published',
      model: 'gpt-4o',
      instructions: 'I am the support.',
      temperature: null,
      tools: [{ type: 'web_search' }, { type: 'knowledge_base', documents: [] }],
      created_at: Math.floor(server.clock.now().getTime() / 1000),
    })
    expect(events.at(-1).item.content[0].text).toBe('I am the support.')
  })

  it('reads, lists, changes and deletes them', async () => {
    const { id } = await workflows().create({ ...guide, temperature: 0.7 })

    const changed = await workflows().update(id, { instructions: 'Be brief.', temperature: null })

    expect(changed).toMatchObject({ id, version: '2', instructions: 'Be brief.', temperature: null, model: 'gpt-4o' })
    expect(await workflows().retrieve(id)).toEqual(changed)
    expect((await workflows().list({ limit: 1 })).data).toEqual([changed])
    expect(await workflows().delete(id)).toEqual({ id, object: 'workflow.deleted', deleted: true })
    expect(await failure(workflows().retrieve(id))).toMatchObject({
      status: 404,
      message: `Workflow with id '${id}' not found.`,
    })
  })

  it('refuses what is no workflow and names the field, and keys that may not make one', async () => {
    const refused = failure(workflows().create({ ...guide, tools: ['telepathy' as 'web_search'] }))
    expect(await refused).toMatchObject({ status: 400, message: expect.stringContaining('tools') })
    expect(await failure(workflows(KEYS.door).create(guide))).toMatchObject({ status: 403 })
    expect(await failure(workflows().update('demo', { name: 'Mine' }))).toMatchObject({ status: 404 })
  })

  it('shows nobody those of another workspace', async () => {
    const { id } = await workflows().create(guide)

    const theirs = workflows(KEYS.bank)

    expect((await theirs.list()).data).toEqual([])
    const refusals = [theirs.retrieve(id), theirs.update(id, { name: 'Mine' }), theirs.delete(id)].map(failure)
    for (const refusal of await Promise.all(refusals))
      expect(refusal).toMatchObject({ status: 404, message: `Workflow with id '${id}' not found.` })
  })
})
