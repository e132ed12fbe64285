import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { StoredApp } from '../app-store.js'
import { diskFiles } from '../files/disk-files.js'
import { postgresBackup } from '../postgres/postgres-backup.js'
import { postgresStore } from '../postgres/postgres-store.js'
import { createTestDatabase } from '../postgres/test-database.fixture.js'
import { sqliteBackup } from '../sqlite/sqlite-backup.js'
import { sqliteStore } from '../sqlite/sqlite-store.js'
import type { Scope } from '../store.js'
import type { ServerStore } from '../workspace-store.js'
import { backup, restore } from './backup.js'
import type { BackupEngine } from './backup-database.js'

const ada: Scope = { workspaceId: 'default', userId: 'ada', appId: 'demo' }
const at = '2026-11-21T10:00:00.000Z'

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'parley-backup-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return made
}

interface Opened {
  engine: BackupEngine
  store(): Promise<ServerStore>
}

const ENGINES: Record<string, () => Promise<Opened>> = {
  async SQLite() {
    const path = join(folder(), 'parley.db')
    return { engine: sqliteBackup(path), store: async () => sqliteStore(path) }
  },
  async PostgreSQL() {
    const database = await createTestDatabase()
    onTestFinished(() => database.drop())
    return { engine: postgresBackup(database.connectionString), store: () => postgresStore(database) }
  },
}

const LOGIN = { id: 'login', user_id: 'ada', created_at: at, updated_at: at }
const PERSON = {
  ...{ id: 'ada', workspace_id: 'default', role: 'owner', name: 'Ada', email: 'ada@example.com', email_verified: 0 },
  ...{ created_at: at, updated_at: at },
}

const KNOWLEDGE_FILE = { id: 'file-1', workspace_id: 'default', name: 'a.pdf', size: 3, created_at: at }
const DOCUMENT = {
  ...{ id: 'doc_1', base_id: 'kb_1', workspace_id: 'default', title: 'Returns', status: 'ready' as const },
  ...{ bytes: 1, passages: 0, embedded: 0, created_at: at, updated_at: at },
}
const HITS = { document_id: 'doc_1', passage_id: 'one', hits: 2 }

const app: StoredApp = {
  app: {
    id: 'support',
    workspace_id: 'default',
    name: 'Support',
    aliases: ['wf_1'],
    on_disconnect: 'cancel',
    version: 1,
    created_at: at,
    updated_at: at,
  },
  agent: { instructions: 'Help.', tools: [{ type: 'web_search' }] },
}

const LEFT = {
  item: { type: 'hidden_context_item' as const, id: 'itm_left', thread_id: 'thr_1', created_at: at, content: 'left' },
  follows: 'itm_1',
}

/** A thread with more items than are read at once, a run, a key, an app, and a file that is sent. */
async function fill(store: ServerStore) {
  const thread = {
    id: 'thr_1',
    title: 'Räder & „mehr“ \u0000 😀',
    created_at: at,
    status: { type: 'active' as const },
    metadata: { a: 1 },
  }
  await store.saveThread(thread, ada)
  for (let index = 0; index < 603; index += 1)
    await store.addThreadItem(
      'thr_1',
      { type: 'hidden_context_item', id: `itm_${index}`, thread_id: 'thr_1', created_at: at, content: index },
      ada,
    )
  await store.changeThread('thr_1', { leftItems: [LEFT] }, ada)
  await store.values.put(
    { namespace: ['a'], key: 'b', value: { c: 1 }, created_at: at, updated_at: at, ttl_minutes: 5 },
    ada,
  )
  await store.saveAttachment(
    { type: 'file', id: 'atc_1', name: 'a.txt', mime_type: 'text/plain', thread_id: 'thr_1' },
    ada,
  )
  await store.workspaces.addApiKey(
    { id: 'key_1', workspace_id: 'default', name: 'first', scopes: ['chat'], ending: 'abcd', created_at: at },
    'hash',
  )
  await store.apps.addApp(app)
  await store.knowledgeFiles.add(KNOWLEDGE_FILE)
  await store.knowledge.addBase({
    id: 'kb_1',
    workspace_id: 'default',
    name: 'Handbook',
    created_at: at,
    updated_at: at,
  })
  await store.knowledge.addDocument(DOCUMENT)
  await store.knowledge.countHits('default', 'kb_1', [HITS])
  await store.logins.addRow('people', PERSON)
  await store.logins.addRow('logins', { ...LOGIN, provider_id: 'credential', account_id: 'ada', password: 'hash' })
}

const everything = async (store: ServerStore) => ({
  threads: await store.loadThreads({ limit: 10, order: 'asc' }, ada),
  items: await store.loadThreadItems('thr_1', { limit: 2_000, order: 'asc' }, ada),
  left: await store.loadLeftItems?.('thr_1', ada),
  value: await store.values.load({ namespace: ['a'], key: 'b' }, ada, at),
  attachment: await store.loadAttachment('atc_1', ada),
  key: await store.workspaces.findApiKey('hash'),
  app: await store.apps.findApp('default', 'wf_1'),
  file: await store.knowledgeFiles.load('default', 'file-1'),
  hits: await store.knowledge.loadHits('default', 'kb_1'),
  people: await store.logins.findRows('people', { workspace_id: 'default' }),
  logins: await store.logins.findRows('logins', { user_id: 'ada' }),
})

const pairs = Object.keys(ENGINES).flatMap((from) => Object.keys(ENGINES).map((to) => [from, to] as const))

describe.each(pairs)('a backup of %s, restored into %s', (from, to) => {
  it('holds everything, taken while the server runs, and new rows go on behind the old', async () => {
    const [source, target] = [await ENGINES[from]?.(), await ENGINES[to]?.()]
    if (!source || !target) throw new Error('no such engine')
    const [filesThere, filesHere] = [diskFiles(folder()), diskFiles(folder())]
    const path = join(folder(), 'backup.gz')
    const running = await source.store()
    await fill(running)
    await filesThere.write('atc_1', new Blob(['hello']).stream(), 5)
    await filesThere.write('file-1', new Blob(['pdf']).stream(), 3)

    const written = await backup(path, { engine: source.engine, files: filesThere })
    const read = await restore(path, { engine: target.engine, files: filesHere })

    expect(written).toEqual({ rows: 618, files: 2 })
    expect(read).toEqual(written)
    const restored = await target.store()
    expect(await everything(restored)).toEqual(await everything(running))
    expect(await new Response((await filesHere.read('atc_1'))?.bytes).text()).toBe('hello')
    expect(await new Response((await filesHere.read('file-1'))?.bytes).text()).toBe('pdf')
    await restored.addThreadItem(
      'thr_1',
      { type: 'end_of_turn', id: 'itm_last', thread_id: 'thr_1', created_at: at },
      ada,
    )
    const { data } = await restored.loadThreadItems('thr_1', { limit: 1, order: 'desc' }, ada)
    expect(data[0]?.id).toBe('itm_last')
    await Promise.all([running.close(), restored.close()])
  })
})

describe.each(Object.entries(ENGINES))('restoring into %s', (_, open) => {
  const files = () => diskFiles(folder())

  it('refuses a database that has been used, and leaves it as it is', async () => {
    const path = join(folder(), 'backup.gz')
    const used = await open()
    const store = await used.store()
    await fill(store)
    const before = await everything(store)
    await store.close()
    await backup(path, { engine: used.engine, files: files() })

    await expect(restore(path, { engine: used.engine, files: files() })).rejects.toThrow(/in use already/)

    const again = await used.store()
    expect(await everything(again)).toEqual(before)
    await again.close()
  })

  it.each([
    ['no backup', async (path: string) => writeFileSync(path, 'hello')],
    [
      'a backup that was cut off',
      async (path: string) => {
        const source = await open()
        const store = await source.store()
        await fill(store)
        await store.close()
        await backup(path, { engine: source.engine, files: files() })
        const whole = readFileSync(path)
        writeFileSync(path, whole.subarray(0, whole.byteLength / 2))
      },
    ],
  ])('refuses %s, and leaves the database empty', async (_name, make) => {
    const path = join(folder(), 'backup.gz')
    await make(path)
    const target = await open()

    await expect(restore(path, { engine: target.engine, files: files() })).rejects.toThrow(/Nothing was changed/)

    const store = await target.store()
    expect((await store.loadThreads({ limit: 1, order: 'asc' }, ada)).data).toEqual([])
    await store.close()
  })
})
