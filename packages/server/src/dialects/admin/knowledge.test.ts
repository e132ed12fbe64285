import { afterEach, describe, expect, it } from 'vitest'
import { configuredAgents } from '../../agents/configured-agent.js'
import { systemClock } from '../../base/clock.js'
import { consoleLog } from '../../base/log.js'
import { createKnowledgeBases } from '../../knowledge/knowledge-bases.js'
import { callTool, say, scriptedModel } from '../../models/scripted.js'
import { sqliteStore } from '../../storage/sqlite/index.js'
import { ADMIN_KEY, type AdminServer, adminServer } from './admin.fixture.js'

let server: AdminServer
afterEach(() => server.close())

function start(options: Parameters<typeof adminServer>[0] = {}) {
  server = adminServer(options)
  return server.admin
}

async function upload(path: string, bytes: Uint8Array) {
  const headers = { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/octet-stream' }
  const response = await server.handle(
    new Request(`http://parley.test/api/admin/v1${path}`, { method: 'POST', headers, body: new Uint8Array(bytes) }),
  )
  const body = (await response.json()) as { id: string } // of a file that was taken
  return { status: response.status, body }
}

async function ready(admin: AdminServer['admin'], path: string): Promise<unknown> {
  await expect.poll(async () => (await admin('GET', path)).body.status).toMatch(/ready|failed/)
  return (await admin('GET', path)).body
}

describe('knowledge bases', () => {
  it('are made, changed, listed and deleted', async () => {
    const admin = start()
    const { status, body: base } = await admin('POST', '/knowledge', { name: 'Handbook' })
    expect(status).toBe(201)
    expect(base).toMatchObject({ object: 'knowledge_base', name: 'Handbook', description: null })

    const changed = await admin('PATCH', `/knowledge/${base.id}`, { description: 'How we work' })
    expect(changed.body).toMatchObject({ name: 'Handbook', description: 'How we work' })
    expect((await admin('PATCH', `/knowledge/${base.id}`, { description: null })).body.description).toBeNull()
    expect((await admin('GET', '/knowledge')).body.data).toHaveLength(1)
    expect((await admin('DELETE', `/knowledge/${base.id}`)).status).toBe(204)
    expect((await admin('GET', `/knowledge/${base.id}`)).body.error).toMatchObject({ code: 'not_found' })
  })

  it('take texts, say how far they are, and find them', async () => {
    const admin = start()
    const { body: base } = await admin('POST', '/knowledge', { name: 'Handbook' })
    const { status, body: added } = await admin('POST', `/knowledge/${base.id}/documents`, {
      title: 'Returns',
      text: '## How long\n\nThirty days.',
      url: 'https://shop.test/returns',
    })
    expect(status).toBe(201)

    expect(await ready(admin, `/knowledge/${base.id}/documents/${added.id}`)).toMatchObject({
      status: 'ready',
      passages: 1,
      embedded: 0,
      problem: null,
      url: 'https://shop.test/returns',
    })
    expect((await admin('GET', `/knowledge/${base.id}/search?query=days`)).body.data).toMatchObject([
      { title: 'Returns', headings: ['How long'], text: 'Thirty days.', page: null },
    ])
    expect((await admin('GET', `/knowledge/${base.id}/documents`)).body.data).toHaveLength(1)
    expect((await admin('POST', `/knowledge/${base.id}/reindex`)).status).toBe(204)
    expect((await admin('DELETE', `/knowledge/${base.id}/documents/${added.id}`)).status).toBe(204)
    expect((await admin('GET', `/knowledge/${base.id}/search?query=days`)).body.data).toEqual([])
  })

  it('take files up to the limit, and say what is wrong with one', async () => {
    const store = sqliteStore(':memory:')
    const knowledge = createKnowledgeBases({
      store: store.knowledge,
      clock: systemClock,
      log: consoleLog,
      readDocument: async ({ name, bytes }) => [{ page: 1, text: `${name} has ${bytes.length} bytes.` }],
    })
    const admin = start({ store, knowledge, maxDocumentBytes: 1000 })
    const { body: base } = await admin('POST', '/knowledge', { name: 'Files' })
    const path = `/knowledge/${base.id}/files`

    const { status, body } = await upload(`${path}?filename=a.pdf&title=Policy`, new Uint8Array(12))
    expect(status).toBe(201)
    expect(body).toMatchObject({ title: 'Policy', filename: 'a.pdf', bytes: 12 })
    await ready(admin, `/knowledge/${base.id}/documents/${body.id}`)
    expect((await admin('GET', `/knowledge/${base.id}/search?query=bytes`)).body.data[0]).toMatchObject({ page: 1 })

    const large = await upload(`${path}?filename=a.pdf`, new Uint8Array(1001))
    expect(large).toMatchObject({ status: 413, body: { error: { code: 'payload_too_large' } } })
    const nameless = await upload(path, new Uint8Array(1))
    expect(nameless).toMatchObject({ status: 400, body: { error: { param: 'filename' } } })
    const empty = await upload(`${path}?filename=a.pdf`, new Uint8Array(0))
    expect(empty).toMatchObject({ status: 400, body: { error: { message: expect.stringContaining('empty') } } })
    const homeless = await upload('/knowledge/kb_nobody/files?filename=a.pdf', new Uint8Array(1))
    expect(homeless.status).toBe(404)
  })
})

describe('an agent that names a knowledge base', () => {
  it('answers from it and cites the page it found', async () => {
    const store = sqliteStore(':memory:')
    const knowledge = createKnowledgeBases({
      store: store.knowledge,
      clock: systemClock,
      log: consoleLog,
      readDocument: async () => [{ page: 7, text: '## Returns\n\nThirty days.' }],
    })
    const model = scriptedModel(
      callTool('search_knowledge', { query: 'return days' }),
      say('You have thirty days [1].'),
    )
    const models = { kind: 'chat-completions' as const, describe: async () => 'scripted', model: async () => model }
    const admin = start({ store, knowledge, appMaker: configuredAgents(models, { knowledge }) })
    const { body: base } = await admin('POST', '/knowledge', { name: 'Handbook' })
    const { body: file } = await upload(
      `/knowledge/${base.id}/files?filename=policy.pdf&url=https%3A%2F%2Fshop.test%2Fpolicy.pdf`,
      new Uint8Array(9),
    )
    await ready(admin, `/knowledge/${base.id}/documents/${file.id}`)
    const tools = [{ type: 'knowledge_base', knowledge: [base.id, 'kb_of_somebody_else'] }]
    const { body: app } = await admin('POST', '/apps', { id: 'helper', name: 'Helper', agent: { tools } })
    expect(app.problems).toEqual([])

    const response = await server.fetch('/api/chatkit/helper', { type: 'message', content: 'How long?' })
    const events = await response.text()

    expect(JSON.stringify(model.requests[1]?.input)).toContain('policy.pdf › Returns (page 7)')
    expect(events).toContain('"url":"https://shop.test/policy.pdf#page=7"')
    expect(events).toContain('"title":"Returns","description":"policy.pdf, page 7"')
  })
})
