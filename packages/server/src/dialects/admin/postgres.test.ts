import { afterAll, beforeAll, beforeEach } from 'vitest'
import { postgresStore } from '../../storage/postgres/postgres-store.js'
import { createTestDatabase, type TestDatabase } from '../../storage/postgres/test-database.fixture.js'
import type { ServerStore } from '../../storage/workspace-store.js'
import { setStoreOfTests } from './admin.fixture.js'

let database: TestDatabase
let store: ServerStore
beforeAll(async () => {
  database = await createTestDatabase()
  store = await postgresStore(database)
  setStoreOfTests(store)
})
beforeEach(() => database.empty())
afterAll(async () => {
  await store.close()
  await database.drop()
})

// Every test of the routes, once more.
await import('./apps.test.js')
await import('./keys.test.js')
await import('./people.test.js')
