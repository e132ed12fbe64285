import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeRunStore } from '../../testing/describe-run-store.js'
import { describeStore } from '../../testing/describe-store.js'
import type { Scope } from '../store.js'
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
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

for (const [border, contextFor] of Object.entries(borders)) {
  const open = async () => {
    const store = await postgresStore({ connectionString: database.connectionString })
    await database.query('truncate threads, items, attachments, runs')
    return { store, contextFor, close: () => store.close() }
  }
  describeStore(runner, `PostgreSQL, two ${border}`, open)
  describeRunStore(runner, `PostgreSQL, two ${border}`, open)
}
