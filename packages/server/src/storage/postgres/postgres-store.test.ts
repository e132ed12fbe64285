import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeRunStore } from '../../testing/describe-run-store.js'
import { describeStore } from '../../testing/describe-store.js'
import type { DurableStore, Scope } from '../store.js'
import { postgresStore } from './postgres-store.js'
import { createTestDatabase, type TestDatabase } from './test-database.fixture.js'

const runner = { describe, it, expect }
const mine: Scope = { workspaceId: 'workspace', userId: 'user', appId: 'app' }

/** The three borders of a scope, each of which alone must keep two people apart. */
const borders: Record<string, (name: string) => Scope> = {
  users: (name) => ({ ...mine, userId: name }),
  workspaces: (name) => ({ ...mine, workspaceId: name }),
  apps: (name) => ({ ...mine, appId: name }),
}

let database: TestDatabase
let store: DurableStore<Scope>
beforeAll(async () => {
  database = await createTestDatabase()
  store = await postgresStore(database)
})
afterAll(async () => {
  await store.close()
  await database.drop()
})

for (const [border, contextFor] of Object.entries(borders)) {
  const emptied = async () => {
    await database.query('truncate threads, items, attachments, runs')
    return { store, contextFor, close: async () => undefined }
  }
  describeStore(runner, `PostgreSQL, two ${border}`, emptied)
  describeRunStore(runner, `PostgreSQL, two ${border}`, emptied)
}
