import type { API_KEY_SCOPES } from '../../auth/api-keys.js'
import { streamText } from '../../chatkit-server/stream-text.js'
import type { ServerStore } from '../../storage/workspace-store.js'
import { type TestParley, type TestParleyOptions, testParley } from '../../testing/test-parley.js'

export type AdminServer = TestParley & {
  /** One request of somebody with an admin key. */
  admin(method: string, path: string, body?: unknown): Promise<{ status: number; body: Answer }>
  /** A key of this workspace, stored. */
  keyWith(scopes: (typeof API_KEY_SCOPES)[number][], appId?: string): Promise<string>
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever comes
type Answer = any

let storeOfTests: ServerStore | undefined

/** The database of the tests that follow; SQLite in memory, anew for each server, unless they say so. */
export function setStoreOfTests(store: ServerStore): void {
  storeOfTests = store
}

export const ADMIN_KEY = 'the-admin-key-of-these-tests'

/** A server with a key of the workspace `test`, and its requests. */
export function adminServer(options: Partial<TestParleyOptions> = {}): AdminServer {
  const given = {
    key: ADMIN_KEY,
    id: 'key_settings',
    workspaceId: 'test',
    scopes: ['chat', 'threads', 'admin'] as const,
  }
  const parley = testParley({
    respond: (thread) => streamText(thread, 'Hello'),
    apiKeys: [{ ...given, scopes: [...given.scopes] }],
    store: storeOfTests,
    ...options,
  })
  return {
    ...parley,
    async admin(method, path, body) {
      const headers = { authorization: `Bearer ${ADMIN_KEY}` }
      const response = await parley.fetch(`/api/admin/v1${path}`, body, { method, headers, as: null })
      const text = await response.text()
      return { status: response.status, body: text === '' ? null : JSON.parse(text) }
    },
    keyWith: async (scopes, appId) =>
      (await parley.apiKeys.create({ workspaceId: 'test', name: 'Test', scopes, appId })).key,
  }
}
