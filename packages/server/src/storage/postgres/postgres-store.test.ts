import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeActiveThreads } from '../../testing/describe-active-threads.js'
import { describeAppStore } from '../../testing/describe-app-store.js'
import { describeCollections } from '../../testing/describe-collections.js'
import { describeCronStore } from '../../testing/describe-cron-store.js'
import { describeFactStore } from '../../testing/describe-fact-store.js'
import { describeFeedbackStore } from '../../testing/describe-feedback-store.js'
import { describeKnowledgeStore } from '../../testing/describe-knowledge-store.js'
import { describeLoginStore } from '../../testing/describe-login-store.js'
import { describeRunEndStore } from '../../testing/describe-run-end-store.js'
import { describeRunStore } from '../../testing/describe-run-store.js'
import { describeStore } from '../../testing/describe-store.js'
import { describeTraceStore } from '../../testing/describe-trace-store.js'
import { describeUserStore } from '../../testing/describe-user-store.js'
import { describeValueStore } from '../../testing/describe-value-store.js'
import { describeWorkspaceStore } from '../../testing/describe-workspace-store.js'
import type { Scope } from '../store.js'
import type { ServerStore } from '../workspace-store.js'
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
let store: ServerStore
beforeAll(async () => {
  database = await createTestDatabase()
  store = await postgresStore(database)
})
afterAll(async () => {
  await store.close()
  await database.drop()
})

const emptied = async () => {
  await database.empty()
  return { store, close: async () => undefined }
}

describeWorkspaceStore(runner, 'PostgreSQL', emptied)
describeUserStore(runner, 'PostgreSQL', emptied)
describeActiveThreads(runner, 'PostgreSQL', emptied)
describeCollections(runner, 'PostgreSQL', emptied)
describeFeedbackStore(runner, 'PostgreSQL', emptied)
describeValueStore(runner, 'PostgreSQL', emptied)
describeCronStore(runner, 'PostgreSQL', emptied)
describeRunEndStore(runner, 'PostgreSQL', emptied)
describeAppStore(runner, 'PostgreSQL', emptied)
describeKnowledgeStore(runner, 'PostgreSQL', emptied)
describeLoginStore(runner, 'PostgreSQL', emptied)
describeTraceStore(runner, 'PostgreSQL', emptied)
describeFactStore(runner, 'PostgreSQL', emptied)

for (const [border, contextFor] of Object.entries(borders)) {
  const emptiedFor = async () => ({ ...(await emptied()), contextFor })
  describeStore(runner, `PostgreSQL, two ${border}`, emptiedFor)
  describeRunStore(runner, `PostgreSQL, two ${border}`, emptiedFor)
}
