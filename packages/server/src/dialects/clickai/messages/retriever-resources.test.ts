import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { configuredAgents } from '../../../agents/configured-agent.js'
import { systemClock } from '../../../base/clock.js'
import { consoleLog } from '../../../base/log.js'
import { createKnowledgeBases, type KnowledgeBases } from '../../../knowledge/knowledge-bases.js'
import { callTool, say, scriptedModel } from '../../../models/scripted.js'
import { sqliteStore } from '../../../storage/sqlite/index.js'
import { readJson } from '../../../testing/read-json.js'
import { type AdminServer, adminServer } from '../../admin/admin.fixture.js'
import { eventsIn } from '../clickai.fixture.js'

let server: AdminServer
let knowledge: KnowledgeBases
beforeEach(() => {
  const store = sqliteStore(':memory:')
  knowledge = createKnowledgeBases({ store: store.knowledge, clock: systemClock, log: consoleLog })
  const model = scriptedModel(callTool('search_knowledge', { query: 'return days' }), say('You have thirty days [1].'))
  const models = { kind: 'chat-completions' as const, describe: async () => 'scripted', model: async () => model }
  server = adminServer({ store, knowledge, appMaker: configuredAgents(models, { knowledge }) })
})
afterEach(() => server.close())

/** A base, an app that searches it besides a text of its own, and calls with a key of that app. */
async function start() {
  const base = await knowledge.create('test', { name: 'Handbook' })
  const text = '## Fees\n\nNone.\n\n## Returns\n\nThirty days.'
  const document = await knowledge.addDocument('test', base.id, { title: 'Policy', text })
  await knowledge.idle()
  const documents = [{ title: 'Notes', text: 'Return what you like.' }]
  const agent = { tools: [{ type: 'knowledge_base', knowledge: [base.id], documents }] }
  await server.admin('POST', '/apps', { id: 'helper', name: 'Helper', agent })
  const key = await server.keyWith(['chat'], 'helper')
  const send = (method: string, path: string, body?: unknown) =>
    server.fetch(`/v1${path}`, body, { method, as: null, headers: { authorization: `Bearer ${key}` } })
  return { base, document, send }
}

const QUESTION = { query: 'How long?', user: 'ada', inputs: {} }

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

describe('D3, D6: what an answer rests on', () => {
  it('is told with its end and with its message, down to the passage', async () => {
    const { base, document, send } = await start()
    await knowledge.search('test', [base.id], 'days', { limit: 1 })

    const events = eventsIn(
      await (await send('POST', '/chat-messages', { ...QUESTION, response_mode: 'streaming' })).text(),
    )
    const { metadata, message_id, conversation_id } = events.at(-1)

    const passage = {
      dataset_id: base.id,
      dataset_name: 'Handbook',
      document_id: document.id,
      document_name: 'Policy',
      data_source_type: 'upload_file',
      segment_id: expect.stringMatching(UUID),
      segment_position: 2,
      score: expect.any(Number),
      hit_count: 2,
      word_count: 12,
      index_node_hash: null,
      content: 'Thirty days.',
      summary: null,
      created_at: expect.any(Number),
    }
    const resources = metadata.retriever_resources
    expect(resources.find(({ dataset_id }: { dataset_id: string }) => dataset_id === base.id)).toMatchObject(passage)
    expect(resources.find(({ dataset_id }: { dataset_id: string }) => dataset_id === '')).toMatchObject({
      document_name: 'Notes',
      content: 'Return what you like.',
    })
    expect(resources.map(({ position }: { position: number }) => position)).toEqual([1, 2])
    const path = `/messages?user=ada&conversation_id=${conversation_id}`
    const { data } = await readJson<{ data: { retriever_resources: unknown }[] }>(await send('GET', path))
    expect(data[0]?.retriever_resources).toEqual(
      resources.map((resource: { position: number }) => ({
        ...resource,
        id: `${message_id}:${resource.position}`,
        message_id,
      })),
    )
  })

  it('is not for those who only chat', async () => {
    await start()

    const chat = await server.fetch('/api/chatkit/helper', { type: 'message', content: 'How long?' })

    expect(await chat.text()).not.toContain('base_id')
  })
})
