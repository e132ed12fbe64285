import { type Attachment, attachmentSchema } from '@parley/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { consoleLog } from '../base/log.js'
import { scriptedClock } from '../base/scripted-clock.js'
import { streamText } from '../chatkit-server/stream-text.js'
import { s3Files } from '../storage/files/s3-files.js'
import { type S3Server, startS3Server } from '../storage/files/s3-server.fixture.js'
import { postgresStore } from '../storage/postgres/index.js'
import { createTestDatabase } from '../storage/postgres/test-database.fixture.js'
import { sqliteStore } from '../storage/sqlite/index.js'
import type { ServerStore } from '../storage/workspace-store.js'
import { type TestParley, testParley } from '../testing/test-parley.js'
import { userText } from '../testing/user-text.js'
import { type UnsentFilesParts, unsentFiles } from './unsent-files.js'

const HOUR = 60 * 60 * 1000

const databases: Record<string, () => Promise<{ store: ServerStore; drop(): Promise<void> }>> = {
  SQLite: async () => ({ store: sqliteStore(':memory:'), drop: async () => undefined }),
  async PostgreSQL() {
    const database = await createTestDatabase()
    return { store: await postgresStore({ ...database, poolSize: 2 }), drop: () => database.drop() }
  },
}

describe.each(Object.entries(databases))('B8: files that are never sent, on %s and S3', (_, open) => {
  const clock = scriptedClock()
  let server: S3Server
  let parley: TestParley
  let parts: UnsentFilesParts
  let cleaner: ReturnType<typeof unsentFiles>
  let problems: string[]
  let drop: () => Promise<void>

  beforeEach(async () => {
    server = await startS3Server()
    const opened = await open()
    const { store } = opened
    drop = opened.drop
    problems = []
    const files = s3Files(server)
    const log = { ...consoleLog, error: (message: string) => void problems.push(message) }
    parts = { store, files, clock, log, keepMs: 24 * HOUR }
    cleaner = unsentFiles(parts)
    parley = testParley({
      respond: (thread) => streamText(thread, 'Thanks'),
      store,
      uploads: { files, key: new Uint8Array(32), maxBytes: 2048, clock },
    })
    await cleaner.sweep()
  })
  afterEach(async () => {
    await parley.close()
    await drop()
    await server.close()
  })

  const kept = () => [...server.objects.keys()].sort()

  async function create(file: { name: string; size: number; mime_type: string }): Promise<Attachment> {
    return attachmentSchema.parse(await (await parley.send('attachments.create', file, { ours: true })).json())
  }
  const put = (attachment: Attachment, body: string) =>
    parley.fetch(attachment.upload_descriptor?.url ?? '', body, { method: 'PUT', as: null })
  async function uploaded(): Promise<string> {
    const attachment = await create({ name: 'notes.txt', size: 5, mime_type: 'text/plain' })
    expect((await put(attachment, 'hello')).status).toBe(204)
    return attachment.id
  }
  async function send(...attachments: string[]): Promise<Response> {
    const response = await parley.send('threads.create', { input: userText('See', { attachments }) })
    return new Response(await response.text(), response)
  }
  /** Hours with a sweep at the end of each. */
  async function pass(hours: number): Promise<void> {
    for (let hour = 0; hour < hours; hour += 1) {
      clock.advance(HOUR)
      await cleaner.sweep()
    }
  }

  it('takes them away after a day, row and bytes, and leaves those that were sent', async () => {
    const [unsent, sent] = [await uploaded(), await uploaded()]
    await create({ name: 'announced.txt', size: 5, mime_type: 'text/plain' })
    await send(sent)

    await pass(24)
    expect(kept()).toEqual([unsent, sent].sort())
    await pass(2)

    expect(kept()).toEqual([sent])
    expect((await send(unsent)).status).toBe(404)
    expect((await send(sent)).status).toBe(200)
  })

  it('tries again when the bytes could not be deleted', async () => {
    await uploaded()
    await pass(25)
    expect(kept()).toHaveLength(1)
    server.failNext(503, 'SlowDown')
    await pass(1)
    expect(problems).toHaveLength(1)

    await pass(1)
    expect(kept()).toEqual([])
  })

  it('counts the day from the first look, not from a start', async () => {
    const unsent = await uploaded()
    await pass(23)
    expect(kept()).toEqual([unsent])
    expect((await send(unsent)).status).toBe(200)

    await pass(30)
    expect(kept()).toEqual([unsent])
  })

  it('are looked for at start and every hour until the end', async () => {
    const unsent = await uploaded()
    cleaner = unsentFiles({ ...parts, keepMs: 0 })
    await cleaner.start()
    expect(kept()).toEqual([unsent])

    clock.advance(HOUR)
    await expect.poll(kept).toEqual([])
    cleaner.stop()
  })

  it('leave with the messages that a retry removes', async () => {
    const [first, second] = [await uploaded(), await uploaded()]
    const thread = /thr_\w+/.exec(await (await send(first)).text())?.[0]
    const input = userText('And this', { attachments: [first, second] })
    const answer = await parley.send('threads.add_user_message', { thread_id: thread, input })
    await answer.text()
    const list = await parley.send('items.list', { thread_id: thread, order: 'asc' })
    const { data } = (await list.json()) as { data: { id: string }[] } // a page of items

    await (await parley.send('threads.retry_after_item', { thread_id: thread, item_id: data[0]?.id })).text()

    expect(kept()).toEqual([first])
  })

  it('never reach the bucket when their bytes are not what was said', async () => {
    const wrong = await create({ name: 'cat.png', size: 5, mime_type: 'image/png' })
    const short = await create({ name: 'a.txt', size: 9, mime_type: 'text/plain' })
    const long = await create({ name: 'a.txt', size: 2, mime_type: 'text/plain' })

    const answers = [await put(wrong, 'hello'), await put(short, 'hello'), await put(long, 'hello')]
    expect(answers.map(({ status }) => status)).toEqual([415, 400, 413])
    expect(kept()).toEqual([])
    expect(parley.reported).toEqual([])
  })
})
