import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { systemClock } from '../../packages/server/src/base/clock.js'
import { consoleLog } from '../../packages/server/src/base/log.js'
import { documentReader } from '../../packages/server/src/knowledge/documents/document-reader.js'
import {
  pdfDocument,
  wordDocument,
  workbook,
  zipBomb,
} from '../../packages/server/src/knowledge/documents/documents.fixture.js'
import { createKnowledgeBases } from '../../packages/server/src/knowledge/knowledge-bases.js'
import { diskFiles } from '../../packages/server/src/storage/files/disk-files.js'
import { sqliteStore } from '../../packages/server/src/storage/sqlite/index.js'
import { startParley } from '../browser/support/parley-server.js'
import { createTestApp } from '../browser/support/test-app.js'

export const DATASET_KEY = 'dataset-of-the-shop-for-tests'

const READER = fileURLToPath(new URL('../../packages/server/dist/cli/read-document.cjs', import.meta.url))

/** Documents of each kind, by their names, and one that is none. */
const DOCUMENTS: Record<string, Uint8Array> = {
  'policy.pdf': pdfDocument([[['Returns take thirty days.', 12]]]),
  'policy.docx': wordDocument(['# Returns', 'You have thirty days.']),
  'prices.xlsx': workbook('Fruit', [
    ['Name', 'Price'],
    ['Apple', 3],
  ]),
  'page.html': new TextEncoder().encode('<h2>Opening</h2><p>Nine to five.</p><script>alert(1)</script>'),
  'bomb.docx': zipBomb(100),
}

/** A server that reads documents as `npm start` does, each by the built program in a process of its own. */
export async function startKnowledgeServer() {
  const folder = mkdtempSync(join(tmpdir(), 'parley-knowledge-'))
  const files = diskFiles(folder)
  const store = sqliteStore(':memory:')
  const running = await startParley(createTestApp(), {
    store,
    knowledge: createKnowledgeBases({
      store: store.knowledge,
      sources: { files, records: store.knowledgeFiles },
      readDocument: documentReader({ program: READER }),
      clock: systemClock,
      log: consoleLog,
    }),
    uploads: { files, key: new Uint8Array(32) },
    apiKeys: [{ key: DATASET_KEY, id: 'key_knowledge', workspaceId: 'shop', scopes: ['knowledge'] }],
  })
  return {
    ...running,
    documents: DOCUMENTS,
    async close() {
      await running.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
