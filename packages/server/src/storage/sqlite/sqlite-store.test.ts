import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
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
import { sqliteStore } from './sqlite-store.js'

const runner = { describe, it, expect }
const mine: Scope = { workspaceId: 'workspace', userId: 'user', appId: 'app' }

/** The three borders of a scope, each of which alone must keep two people apart. */
const borders: Record<string, (name: string) => Scope> = {
  users: (name) => ({ ...mine, userId: name }),
  workspaces: (name) => ({ ...mine, workspaceId: name }),
  apps: (name) => ({ ...mine, appId: name }),
}

for (const [border, contextFor] of Object.entries(borders)) {
  const inMemory = async () => {
    const store = sqliteStore(':memory:')
    return { store, contextFor, close: () => store.close() }
  }
  describeStore(runner, `SQLite in memory, two ${border}`, inMemory)
  describeRunStore(runner, `SQLite in memory, two ${border}`, inMemory)
}

const inFile = async () => {
  const directory = mkdtempSync(join(tmpdir(), 'parley-sqlite-'))
  const store = sqliteStore(join(directory, 'parley.db'))
  return {
    store,
    contextFor: (name: string) => ({ ...mine, userId: name }),
    async close() {
      await store.close()
      rmSync(directory, { recursive: true })
    },
  }
}
describeStore(runner, 'SQLite file', inFile)
describeRunStore(runner, 'SQLite file', inFile)

const inMemoryAlone = async () => {
  const store = sqliteStore(':memory:')
  return { store, close: () => store.close() }
}
describeWorkspaceStore(runner, 'SQLite', inMemoryAlone)
describeUserStore(runner, 'SQLite', inMemoryAlone)
describeActiveThreads(runner, 'SQLite', inMemoryAlone)
describeCollections(runner, 'SQLite', inMemoryAlone)
describeFeedbackStore(runner, 'SQLite', inMemoryAlone)
describeValueStore(runner, 'SQLite', inMemoryAlone)
describeCronStore(runner, 'SQLite', inMemoryAlone)
describeRunEndStore(runner, 'SQLite', inMemoryAlone)
describeAppStore(runner, 'SQLite', inMemoryAlone)
describeKnowledgeStore(runner, 'SQLite', inMemoryAlone)
describeLoginStore(runner, 'SQLite', inMemoryAlone)
describeTraceStore(runner, 'SQLite', inMemoryAlone)
describeFactStore(runner, 'SQLite', inMemoryAlone)
