import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sampleAnswer, sampleAttachment, sampleRun, sampleThread } from '../../testing/samples.js'
import { migrate } from '../sql/migrate.js'
import { MIGRATIONS } from '../sql/migrations.js'
import { runNow } from './sqlite-driver.js'
import { sqliteStore } from './sqlite-store.js'

const ada = { workspaceId: 'workspace', userId: 'ada', appId: 'app' }

let directory: string
let path: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'parley-open-'))
  path = join(directory, 'parley.db')
})
afterEach(() => rmSync(directory, { recursive: true }))

describe('opening a SQLite file', () => {
  it('makes the file with its directories and keeps what is written', async () => {
    const deep = join(directory, 'a', 'b', 'parley.db')
    const store = sqliteStore({ path: deep, synchronous: 'full' })
    await store.saveThread(sampleThread('thr_1'), ada)
    await store.close()

    const reopened = sqliteStore(deep)

    expect(await reopened.loadThread('thr_1', ada)).toEqual(sampleThread('thr_1'))
    await reopened.close()
  })

  it('refuses a file that is in use, by any path to it, in one line', async () => {
    const store = sqliteStore(path)
    mkdirSync(join(directory, 'links'))
    symlinkSync(directory, join(directory, 'links', 'same'))

    for (const second of [path, join(directory, 'links', 'same', 'parley.db')]) {
      expect(() => sqliteStore(second)).toThrow(
        `The database ${path} is in use by another Parley process: stop that one first, or choose another data directory with PARLEY_DATA.`,
      )
    }

    await store.close()
    await sqliteStore(path).close()
  })

  it('refuses calls behind its end, and may be closed twice', async () => {
    const store = sqliteStore(path)
    await store.saveThread(sampleThread('thr_1'), ada)

    await store.close()
    await store.close()

    await expect(store.loadThread('thr_1', ada)).rejects.toMatchObject({ code: 'unavailable' })
    await expect(store.sweepRuns('2026-01-01')).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('lets other programs read while it is in use, for backups', async () => {
    const store = sqliteStore(path)
    await store.saveThread(sampleThread('thr_1'), ada)

    const backup = new Database(path)
    const [row] = backup.prepare('select count(*) as threads from threads').all()
    backup.close()

    expect(row).toEqual({ threads: 1 })
    await store.close()
  })

  it('refuses what is not a database, says why, and lets go of the file', async () => {
    writeFileSync(path, 'not a database'.repeat(100))

    expect(() => sqliteStore(path)).toThrow(/^Cannot open the database .*parley\.db: .*not a database.*permissions\.$/)

    rmSync(path)
    await sqliteStore(path).close()
  })

  it('refuses a database of a newer release and leaves it alone', async () => {
    await sqliteStore(path).close()
    const database = new Database(path)
    database.exec("insert into migrations values (99, 'from the future', '2030-01-01')")
    database.close()

    expect(() => sqliteStore(path)).toThrow(
      /^The database has schema 99, this release of Parley knows \d+: start the newer/,
    )
  })
})

describe('upgrading a database', () => {
  it('takes schema 1 to the newest, with everything in it', async () => {
    const old = new Database(path)
    old.exec(readFileSync(join(import.meta.dirname, '../sql/fixtures/schema-1.sql'), 'utf8'))
    old.close()

    const store = sqliteStore(path)

    expect(await store.loadThread('thr_1', ada)).toEqual(sampleThread('thr_1'))
    expect(await store.loadItem('thr_1', 'msg_1', ada)).toEqual(sampleAnswer('msg_1', 'thr_1'))
    await store.startRun(sampleRun('run_1', 'thr_1'), { items: [sampleAnswer('msg_2', 'thr_1')] }, ada)
    const { data } = await store.loadThreadItems('thr_1', { limit: 9, order: 'asc' }, ada)
    expect(data.map(({ id }) => id)).toEqual(['msg_1', 'msg_2'])
    const found = await store.searchThreads({ words: ['msg_1'], limit: 9 }, ada)
    expect(found.data.map(({ item }) => item?.id)).toEqual(['msg_1'])
    await store.close()
  })

  it('gives files that no message had yet a day from the first start', async () => {
    const old = new Database(path)
    old.exec(readFileSync(join(import.meta.dirname, '../sql/fixtures/schema-1.sql'), 'utf8'))
    const insert = old.prepare("insert into attachments values ('workspace', 'ada', 'app', ?, ?)")
    const unsent = { ...sampleAttachment('atc_unsent'), name: '"thread_id":"thr_1"' }
    for (const file of [unsent, { ...sampleAttachment('atc_sent'), thread_id: 'thr_1' }])
      insert.run(file.id, JSON.stringify(file))
    old.close()
    const store = sqliteStore(path)
    const removed: string[] = []
    const sweep = (now: string, before: string) =>
      store.sweepAttachments?.({ now, before, remove: async (id) => void removed.push(id) })

    expect(await sweep('2026-11-21T12:00:00.000Z', '2026-11-20T12:00:00.000Z')).toBe(0)
    expect(await sweep('2026-11-22T13:00:00.000Z', '2026-11-21T13:00:00.000Z')).toBe(1)

    expect(removed).toEqual(['atc_unsent'])
    expect(await store.loadAttachment('atc_sent', ada)).toMatchObject({ thread_id: 'thr_1' })
    await store.close()
  })

  it('records each step once and does nothing at the next start', async () => {
    const database = new Database(':memory:')

    runNow(database, migrate('2026-01-01'))
    runNow(database, migrate('2026-01-02'))

    const rows = database.prepare('select number, applied_at from migrations order by number').all()
    expect(rows).toEqual(MIGRATIONS.map(({ number }) => ({ number, applied_at: '2026-01-01' })))
  })

  it('changes nothing when a step fails', () => {
    const database = new Database(':memory:')
    const broken = { number: 2, name: 'broken', statements: ['create table half (id text)', 'no such command'] }

    expect(() => runNow(database, migrate('2026-01-01', [...MIGRATIONS.slice(0, 1), broken]))).toThrow()

    expect(database.prepare("select name from sqlite_master where type = 'table'").all()).toEqual([])
  })
})
