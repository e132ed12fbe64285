import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { UserExportLine } from '@parley/protocol/admin'
import { describe, expect, it, onTestFinished } from 'vitest'
import { adminServer } from '../dialects/admin/admin.fixture.js'
import type { Runnable } from '../runnable/runnable.js'
import { type BackupEngine, TABLES } from '../storage/backup/backup-database.js'
import { cachedItems } from '../storage/cached-items.js'
import { diskFiles } from '../storage/files/disk-files.js'
import { postgresBackup } from '../storage/postgres/postgres-backup.js'
import { postgresStore } from '../storage/postgres/postgres-store.js'
import { createTestDatabase } from '../storage/postgres/test-database.fixture.js'
import { sqliteBackup } from '../storage/sqlite/sqlite-backup.js'
import { sqliteStore } from '../storage/sqlite/sqlite-store.js'
import type { ServerStore } from '../storage/workspace-store.js'
import { userText } from '../testing/user-text.js'

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'parley-user-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return made
}

const ENGINES: Record<string, () => Promise<{ store: ServerStore; engine: BackupEngine }>> = {
  async SQLite() {
    const path = join(folder(), 'parley.db')
    const store = cachedItems(sqliteStore(path), (scope: object) => JSON.stringify(scope))
    return { store, engine: sqliteBackup(path) }
  },
  async PostgreSQL() {
    const database = await createTestDatabase()
    onTestFinished(() => database.drop())
    return { store: await postgresStore(database), engine: postgresBackup(database.connectionString) }
  },
}

/** Says one word and goes on until it is stopped. */
const endless: Runnable<unknown> = {
  async *run({ thread, generateId, signal }) {
    const id = generateId('message')
    const item = { id, thread_id: thread.id, created_at: new Date().toISOString(), type: 'assistant_message' as const }
    yield { type: 'thread.item.added', item: { ...item, content: [] } }
    const part = { type: 'output_text' as const, text: 'Once upon a time', annotations: [] }
    yield {
      type: 'thread.item.updated',
      item_id: id,
      update: { type: 'assistant_message.content_part.added', content_index: 0, content: part },
    }
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
  },
}

/** Somebody with an id of any length: a long one stands in a table of its own. */
const ADA = `ada-${'a'.repeat(250)}`

async function start(open: (typeof ENGINES)[string]) {
  const { store, engine } = await open()
  const place = folder()
  const parley = adminServer({
    store,
    apps: { demo: endless, sales: endless },
    uploads: { files: diskFiles(place), key: new Uint8Array(32) },
  })
  onTestFinished(() => parley.close())

  async function upload(as: string, text: string): Promise<string> {
    const form = new FormData()
    form.append('file', new File([text], 'notes.txt', { type: 'text/plain' }))
    const response = await parley.fetch('/api/chatkit/files', form, { as })
    return JSON.parse(await response.text()).id
  }
  /** Everything that belongs to somebody: chats in two apps, one of them being answered, files sent and not, a session. */
  async function fill(user: string) {
    const file = await upload(user, `sent by ${user}`)
    await upload(user, `kept back by ${user}`)
    const session = await parley.fetch(
      '/v1/chatkit/sessions',
      { user, workflow: { id: 'demo', state_variables: { plan: user } } },
      { as: null, headers: { authorization: 'Bearer the-admin-key-of-these-tests' } },
    )
    const { client_secret: secret } = JSON.parse(await session.text())
    const bodies: Promise<string>[] = []
    for (const [path, input] of [
      ['/api/chatkit', { ...userText(`Hello from ${user}`), attachments: [file] }],
      ['/api/chatkit/sales', userText(`Prices for ${user}?`)],
    ] as const) {
      const stream = await parley.fetch(path, { type: 'threads.create', params: { input } }, { as: user, ours: true })
      const reader = stream.body?.getReader()
      await reader?.read()
      const rest = async (text = ''): Promise<string> => {
        const next = await reader?.read()
        return next?.done === false ? rest(text + new TextDecoder().decode(next.value)) : text
      }
      bodies.push(rest())
    }
    return { secret, bodies }
  }
  /** Every row of every table, and every file. */
  async function dump() {
    const source = await engine.openSource()
    const tables: Record<string, unknown[]> = {}
    for (const table of TABLES) {
      const rows: unknown[] = []
      // What of an unfinished answer has been kept is a matter of the moment.
      for await (const { partial_items: _, ...row } of source.rows(table)) rows.push(row)
      tables[table] = rows
    }
    await source.close()
    return { tables, files: readdirSync(place).sort() }
  }
  return { parley, fill, dump }
}

describe.each(Object.entries(ENGINES))('everything of one user, in %s', (_, open) => {
  it('is gone when it is deleted, as if it had never been there, and nothing of anybody else', async () => {
    const { parley, fill, dump } = await start(open)
    const ben = await fill('ben')
    await parley.admin('PATCH', '/workspace', { name: 'Shop' })
    await parley.fetch('/api/chatkit', { type: 'threads.list', params: {} }, { as: 'ben' })
    const before = await dump()
    const ada = await fill(ADA)
    expect(JSON.stringify(await dump())).toContain(ADA)

    const deleted = await parley.admin('DELETE', `/users/${ADA}`)

    expect(deleted).toEqual({
      status: 200,
      body: { id: ADA, object: 'user.deleted', deleted: true, counts: { threads: 2, attachments: 2, sessions: 1 } },
    })
    expect(await dump()).toEqual(before)
    // Her answers ended first, her readers heard of it, and her client secret is worth nothing.
    for (const body of ada.bodies) expect(await body).toContain('run.ended')
    const headers = { authorization: `Bearer ${ada.secret}` }
    const list = { type: 'threads.list', params: {} }
    expect((await parley.fetch('/v1/chatkit/conversation', list, { as: null, headers })).status).toBe(401)
    expect((await parley.admin('GET', `/users/${ADA}`)).status).toBe(404)
    expect((await parley.admin('DELETE', `/users/${ADA}`)).status).toBe(404)
    expect((await parley.admin('DELETE', '/users/ben')).status).toBe(200)
    await Promise.all(ben.bodies)
    expect(parley.reported).toEqual([])
  })

  it('is exported: threads with their items and runs, files with their bytes, sessions without their secrets', async () => {
    const { parley, fill } = await start(open)
    await fill('ben')
    const { secret } = await fill(ADA)

    const lines = await exported(parley, ADA)

    expect(lines[0]).toMatchObject({ type: 'export', format: 1, workspace: 'test', user: ADA })
    expect(lines.at(-1)).toEqual({
      type: 'end',
      counts: { threads: 2, items: 2, runs: 2, attachments: 2, sessions: 1 },
    })
    expect(lines.filter(({ type }) => type === 'thread')).toMatchObject([{ app: 'demo' }, { app: 'sales' }])
    const text = JSON.stringify(lines)
    expect(text).toContain(`Hello from ${ADA}`)
    expect(text).not.toContain('ben')
    expect(text).not.toContain(secret)
    const files = lines.flatMap((line) => (line.type === 'file' ? [atob(line.data)] : []))
    expect(files.sort()).toEqual([`kept back by ${ADA}`, `sent by ${ADA}`])
    await parley.admin('DELETE', `/users/${ADA}`)
    expect((await parley.admin('GET', `/users/${ADA}/export`)).status).toBe(404)
  })
})

async function exported(parley: ReturnType<typeof adminServer>, user: string): Promise<UserExportLine[]> {
  const headers = { authorization: 'Bearer the-admin-key-of-these-tests' }
  const response = await parley.fetch(`/api/admin/v1/users/${user}/export`, undefined, { headers, as: null })
  expect(response.headers.get('content-type')).toBe('application/x-ndjson')
  const text = await response.text()
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as UserExportLine)
}
