import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { describe, expect, it, onTestFinished } from 'vitest'
import { sampleThread } from '../../testing/samples.js'
import { sampleApiKey, sampleSession } from '../../testing/workspace-samples.js'
import { postgresStore } from '../postgres/postgres-store.js'
import { createTestDatabase } from '../postgres/test-database.fixture.js'
import { sqliteStore } from '../sqlite/sqlite-store.js'
import { toSqlite } from '../sqlite/to-sqlite.js'
import type { ServerStore } from '../workspace-store.js'
import { MIGRATIONS } from './migrations.js'

/** A database that statements can be run on before a store opens it. */
interface OldDatabase {
  run(statement: string): Promise<unknown>
  open(): Promise<ServerStore>
}

const ENGINES: Record<string, () => Promise<OldDatabase>> = {
  async SQLite() {
    const folder = mkdtempSync(join(tmpdir(), 'parley-upgrade-'))
    const path = join(folder, 'parley.db')
    const database = new Database(path)
    onTestFinished(() => rmSync(folder, { recursive: true }))
    return {
      run: async (statement) => database.exec(toSqlite(statement)),
      async open() {
        database.close()
        return sqliteStore(path)
      },
    }
  },
  async PostgreSQL() {
    const database = await createTestDatabase()
    onTestFinished(() => database.drop())
    return { run: (statement) => database.query(statement), open: () => postgresStore(database) }
  },
}

describe.each(Object.entries(ENGINES))('upgrading %s', (_, make) => {
  it('takes schema 4, without keys and sessions, to the newest with its threads in it', async () => {
    const old = await make()
    await old.run('create table migrations (number integer primary key, name text not null, applied_at text not null)')
    for (const { number, name, statements } of MIGRATIONS.slice(0, 4)) {
      for (const statement of statements) await old.run(statement)
      await old.run(`insert into migrations (number, name, applied_at) values (${number}, '${name}', 'then')`)
    }
    const document = JSON.stringify(sampleThread('thr_1'))
    await old.run(
      `insert into threads (workspace_id, user_id, app_id, id, document) values ('shop', 'ada', 'app', 'thr_1', '${document}')`,
    )

    const store = await old.open()

    const owner = { workspaceId: 'shop', userId: 'ada', appId: 'app' }
    expect(await store.loadThread('thr_1', owner)).toEqual(sampleThread('thr_1'))
    expect(await store.workspaces.findThread('thr_1', { workspaceId: 'shop' })).toMatchObject({ owner })
    await store.workspaces.addApiKey(sampleApiKey('key_1'), 'hash')
    await store.workspaces.addSession(sampleSession('cksess_1'), 'hash')
    expect(await store.workspaces.findSession('hash')).toEqual(sampleSession('cksess_1'))
    await store.close()
  })
})
