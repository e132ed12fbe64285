import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunEvent, ThreadItem, ThreadMetadata } from '@parley/protocol'
import fc from 'fast-check'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Caller } from '../../app/caller.js'
import { streamText } from '../../chatkit-server/stream-text.js'
import type { AttachmentStore } from '../../engine/attachment-store.js'
import { sqliteStore } from '../../storage/sqlite/index.js'
import { readEvents } from '../../testing/read-events.js'
import { readError } from '../../testing/read-json.js'
import { type TestParley, testParley } from '../../testing/test-parley.js'
import { userText } from '../../testing/user-text.js'
import { bodyCases, envelopeCases, fieldCases, missingCases, REQUESTS } from './malformed.fixture.js'

const folder = mkdtempSync(join(tmpdir(), 'parley-malformed-'))
const file = join(folder, 'parley.db')
const ids: Record<string, string> = {}
let parley: TestParley
let database: Database.Database

/** Everything that is stored, as text. */
function dump(): string {
  const tables = database.prepare("select name from sqlite_master where type = 'table' order by name").all()
  return JSON.stringify(tables.map((table) => [table, database.prepare(`select * from "${nameOf(table)}"`).all()]))
}

const nameOf = (row: unknown) => (row as { name: string }).name // the column just selected

/** The placeholders of a case become the ids of this run. */
function sent(body: object | string | Uint8Array): string | Uint8Array {
  if (typeof body === 'string' || body instanceof Uint8Array) return body
  return JSON.stringify(body).replaceAll(/"(OTHER_)?(THREAD|MESSAGE|ATTACHMENT)"/g, (name) =>
    JSON.stringify(ids[JSON.parse(name)]),
  )
}

async function refused(body: object | string | Uint8Array, headers?: Record<string, string>) {
  const before = dump()
  const response = await parley.fetch('/api/chatkit', sent(body), { headers })
  expect(response.headers.get('content-type')).toBe('application/json')
  const error = await readError(response)
  expect(error).toEqual({
    type: expect.any(String),
    code: expect.any(String),
    message: expect.stringMatching(/\S+ .*\.$/),
  })
  expect(dump() === before, 'nothing is written').toBe(true)
  expect(parley.reported).toEqual([])
  return { status: response.status, ...error }
}

async function* respond(thread: ThreadMetadata): AsyncGenerator<RunEvent> {
  const own = { thread_id: thread.id, created_at: '2026-11-20T12:00:00.000Z' }
  const items: ThreadItem[] = [
    { ...own, id: 'widget', type: 'widget', widget: { type: 'Card', children: [] } },
    { ...own, id: 'form', type: 'structured_input', status: 'answered', inputs: [] },
    {
      ...own,
      id: 'answer',
      type: 'assistant_message',
      content: [{ type: 'output_text', text: 'Hi', annotations: [] }],
    },
  ]
  for (const item of items) yield { type: 'thread.item.done', item }
}

const attachments: AttachmentStore<Caller> = {
  createAttachment: async ({ name, mime_type }, { userId }) => ({ id: `atc_${userId}`, type: 'file', name, mime_type }),
  deleteAttachment: () => Promise.resolve(),
}

beforeAll(async () => {
  parley = testParley({
    store: sqliteStore(file),
    attachments,
    respond,
    action: (thread) => streamText(thread, 'Done'),
    syncAction: async () => ({}),
    transcribe: async () => 'Hello',
  })
  for (const [as, prefix] of [
    ['alice', ''],
    ['bob', 'OTHER_'],
  ]) {
    const events = await readEvents(await parley.send('threads.create', { input: userText('Hi') }, { as }))
    for (const event of events) {
      if (event.type === 'thread.created') ids[`${prefix}THREAD`] = event.thread.id
      if (event.type === 'thread.item.done' && event.item.type === 'user_message')
        ids[`${prefix}MESSAGE`] = event.item.id
    }
    await parley.send('attachments.create', { name: 'a', size: 1, mime_type: 'text/plain' }, { as })
    ids[`${prefix}ATTACHMENT`] = `atc_${as}`
  }
  database = new Database(file, { readonly: true })
})

afterAll(async () => {
  database.close()
  await parley.close()
  rmSync(folder, { recursive: true })
})

it(`tries at least 300 requests (${fieldCases.length + envelopeCases.length + bodyCases.length + missingCases.length})`, () => {
  expect(fieldCases.length + envelopeCases.length + bodyCases.length + missingCases.length).toBeGreaterThan(300)
})

describe('A2: a request with a wrong field is refused with 400, names the field and writes nothing', () => {
  it.each([...fieldCases, ...envelopeCases])('$name', async ({ body, field }) => {
    const { status, code, message } = await refused(body)

    expect([status, code]).toEqual([400, 'invalid_request'])
    expect(message).toContain(field)
  })
})

describe('a body that is no request is refused with 400 and writes nothing', () => {
  it.each(bodyCases)('%s', async (_, body) => {
    expect((await refused(body)).status).toBe(400)
  })

  it('even when it is too large, compressed or of another type', async () => {
    expect((await refused(JSON.stringify({ type: 'x'.repeat(2_100_000) }))).status).toBe(413)
    expect((await refused('{}', { 'content-type': 'application/xml' })).status).toBe(415)
    expect((await refused('{}', { 'content-encoding': 'br' })).status).toBe(415)
    expect((await refused('{}', { 'idempotency-key': 'k'.repeat(257) })).status).toBe(400)
  })
})

describe("a request about what is not there, or is somebody else's, is refused and writes nothing", () => {
  it.each(missingCases)('%s', async (_, body, expected) => {
    expect((await refused(body)).status).toBe(expected)
  })
})

it('never answers 500, whatever JSON comes in the place of the parameters', async () => {
  const body = fc.record({ type: fc.constantFrom(...Object.keys(REQUESTS)), params: fc.jsonValue() })
  await fc.assert(
    fc.asyncProperty(body, async (request) => {
      const response = await parley.fetch('/api/chatkit', request)
      await response.text()
      expect(response.status).toBeLessThan(500)
    }),
    { numRuns: 300 },
  )
  expect(parley.reported).toEqual([])
})
