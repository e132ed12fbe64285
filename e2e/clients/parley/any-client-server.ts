import {
  type ChatKitClient,
  ClickAI,
  Client,
  type ClientConfig,
  createChatKitClient,
  createServerClient,
} from '@parley/client'
import OpenAI from 'openai'
import { API_KEY_SCOPES } from '../../../packages/server/src/auth/api-keys.js'
import { sessionsOnly } from '../../../packages/server/src/auth/sessions-only.js'
import { systemClock } from '../../../packages/server/src/base/clock.js'
import { consoleLog } from '../../../packages/server/src/base/log.js'
import { createKnowledgeBases } from '../../../packages/server/src/knowledge/knowledge-bases.js'
import { sqliteStore } from '../../../packages/server/src/storage/sqlite/index.js'
import { startParley } from '../../browser/support/parley-server.js'
import { createTestApp } from '../../browser/support/test-app.js'

/** Two workspaces, and keys for one app alone. */
export const KEYS = {
  shop: 'sk-parley-of-the-shop-for-tests',
  app: 'app-of-the-shop-demo-for-tests',
  otherApp: 'app-of-the-shop-other-for-tests',
  bank: 'sk-parley-of-the-bank-for-tests',
}

/** A server that answers every API, and a client of each of them for a user. */
export async function startAnyClientServer() {
  const app = createTestApp()
  const scopes = [...API_KEY_SCOPES]
  const store = sqliteStore(':memory:')
  const running = await startParley(app, {
    store,
    knowledge: createKnowledgeBases({
      store: store.knowledge,
      clock: systemClock,
      log: consoleLog,
      readDocument: async ({ bytes }) => [{ text: new TextDecoder().decode(bytes) }],
    }),
    log: { ...consoleLog, info: () => undefined }, // whoever acts for somebody is noted there
    authenticate: sessionsOnly, // nobody comes in without a key, or a secret
    apiKeys: [
      { key: KEYS.shop, id: 'key_shop', workspaceId: 'shop', scopes },
      { key: KEYS.app, id: 'key_app', workspaceId: 'shop', scopes: ['chat'], appId: 'demo' },
      { key: KEYS.otherApp, id: 'key_other', workspaceId: 'shop', scopes: ['chat'], appId: 'other' },
      { key: KEYS.bank, id: 'key_bank', workspaceId: 'bank', scopes },
    ],
  })
  const base = `${running.url}/v1`
  const server = (apiKey: string = KEYS.shop) => createServerClient({ baseURL: base, apiKey, maxRetries: 0 })
  return {
    ...running,
    app,
    clickai: (apiKey: string = KEYS.app) => new ClickAI({ apiKey, baseURL: base, maxRetries: 0 }),
    xpert: (user: string, apiKey: string = KEYS.shop, more: Partial<ClientConfig> = {}) =>
      new Client({
        apiUrl: `${running.url}/api/ai`,
        apiKey,
        defaultHeaders: { 'x-principal-user-id': user },
        maxRetries: 0,
        ...more,
      }),
    server,
    openai: (apiKey: string = KEYS.shop) => new OpenAI({ apiKey, baseURL: base, maxRetries: 0 }),
    /** With a secret of a session, as a browser has it. */
    async chatkit(user: string, apiKey: string = KEYS.shop): Promise<ChatKitClient> {
      const session = await server(apiKey).chatkit.sessions.create({ user, workflow: { id: 'demo' } })
      return createChatKitClient({
        url: `${base}/chatkit/conversation`,
        headers: { authorization: `Bearer ${session.client_secret}` },
        maxRetries: 0,
      })
    },
  }
}

export type AnyClientServer = Awaited<ReturnType<typeof startAnyClientServer>>
