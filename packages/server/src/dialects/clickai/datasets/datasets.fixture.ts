import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { systemClock } from '../../../base/clock.js'
import { consoleLog } from '../../../base/log.js'
import { streamText } from '../../../chatkit-server/stream-text.js'
import { createKnowledgeBases } from '../../../knowledge/knowledge-bases.js'
import type { KnowledgeParts } from '../../../knowledge/knowledge-parts.js'
import { diskFiles } from '../../../storage/files/disk-files.js'
import { sqliteStore } from '../../../storage/sqlite/index.js'
import { testParley } from '../../../testing/test-parley.js'

export const KEYS = {
  shop: 'dataset-of-the-shop',
  bank: 'dataset-of-the-bank',
  app: 'app-of-the-shop',
  admin: 'sk-parley-shop',
}

const given = (key: keyof typeof KEYS, scope: 'knowledge' | 'chat' | 'admin', workspaceId: string, appId?: string) => ({
  key: KEYS[key],
  id: `key_${key}`,
  workspaceId,
  scopes: [scope],
  ...(appId && { appId }),
})

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever comes
export type Answer = any

/** A server with knowledge, and clients of it. Files are read as the texts they are. */
export function openDatasets({
  embedder,
  reranker,
  makeQuestions,
}: Pick<KnowledgeParts, 'embedder' | 'reranker' | 'makeQuestions'> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-datasets-'))
  const store = sqliteStore(':memory:')
  const files = diskFiles(folder)
  const knowledge = createKnowledgeBases({
    store: store.knowledge,
    embedder,
    reranker,
    makeQuestions,
    sources: { files, records: store.knowledgeFiles },
    clock: systemClock,
    log: consoleLog,
    readDocument: async ({ bytes }) => [{ text: new TextDecoder().decode(bytes) }],
  })
  const parley = testParley({
    respond: (thread) => streamText(thread, 'Hello'),
    store,
    knowledge,
    uploads: { files, key: new Uint8Array(32) },
    maxDocumentBytes: 1000,
    appMaker: { make: () => ({ run: ({ thread }) => streamText(thread, 'Hello') }), problemsOf: () => [] },
    apiKeys: [
      given('shop', 'knowledge', 'shop'),
      given('bank', 'knowledge', 'bank'),
      given('app', 'chat', 'shop', 'demo'),
      given('admin', 'admin', 'shop'),
    ],
  })

  const ask = (method: string, path: string, body?: unknown, key: string = KEYS.shop) =>
    parley.fetch(`/v1${path}`, body, { method, headers: { authorization: `Bearer ${key}` }, as: null })

  async function send(method: string, path: string, body?: unknown, key?: string) {
    const response = await ask(method, path, body, key)
    const text = await response.text()
    return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as Answer }
  }

  /** Waits as clients do: by asking how far the batch is. */
  async function indexed(id: string, batch: string): Promise<Answer> {
    const progress = async () => (await send('GET', `/datasets/${id}/documents/${batch}/indexing-status`)).body.data
    const states = async () => (await progress()).map(({ indexing_status }: Answer) => indexing_status).join(' ')
    await expect.poll(states).toMatch(/^(completed|error)( completed| error)*$/)
    return (await progress())[0]
  }

  return {
    parley,
    knowledge,
    ask,
    send,
    indexed,
    made: async (fields: object = {}): Promise<string> =>
      (await send('POST', '/datasets', { name: 'Handbook', ...fields })).body.id,
    async withText(id: string, name: string, text: string, fields: object = {}): Promise<string> {
      const { body } = await send('POST', `/datasets/${id}/document/create-by-text`, {
        name,
        text,
        indexing_technique: 'high_quality',
        process_rule: { mode: 'automatic' },
        ...fields,
      })
      await indexed(id, body.batch)
      return body.document.id
    },
    async search(id: string, query: string, retrieval_model: object = { search_method: 'hybrid_search' }) {
      const { body } = await send('POST', `/datasets/${id}/retrieve`, { query, retrieval_model })
      return body.records.map(({ segment }: Answer) => segment.content) as string[]
    },
    async close() {
      await parley.close()
      rmSync(folder, { recursive: true })
    },
  }
}
