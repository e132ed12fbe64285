import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { attachmentSchema } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { streamText } from '../chatkit-server/stream-text.js'
import { keptKey } from '../cli/kept-key.js'
import { diskFiles } from '../storage/files/disk-files.js'
import { s3Files } from '../storage/files/s3-files.js'
import { startS3Server } from '../storage/files/s3-server.fixture.js'
import { postgresStore } from '../storage/postgres/index.js'
import { createTestDatabase } from '../storage/postgres/test-database.fixture.js'
import { describeAttachmentStore } from '../testing/describe-attachment-store.js'
import { testParley } from '../testing/test-parley.js'
import { createSigner } from './signed-urls.js'
import { uploadStore } from './upload-store.js'

const newFolder = () => mkdtempSync(join(tmpdir(), 'parley-files-'))
const remove = (folder: string) => rmSync(folder, { recursive: true, force: true })

describeAttachmentStore({ describe, it, expect }, 'files on disk', async () => {
  const folder = newFolder()
  return {
    store: uploadStore({ files: diskFiles(folder), signer: createSigner(new Uint8Array(32)) }),
    context: { workspaceId: 'w', userId: 'ada', appId: 'demo' },
    close: async () => remove(folder),
  }
})

describeAttachmentStore({ describe, it, expect }, 'files in an S3 bucket', async () => {
  const server = await startS3Server()
  return {
    store: uploadStore({ files: s3Files(server), signer: createSigner(new Uint8Array(32)) }),
    context: { workspaceId: 'w', userId: 'ada', appId: 'demo' },
    close: server.close,
  }
})

describe('B8: uploads on PostgreSQL', () => {
  it('keep the bytes on disk and everything else in the database', async () => {
    const folder = newFolder()
    const database = await createTestDatabase()
    const parley = testParley({
      respond: (thread) => streamText(thread, 'Thanks'),
      store: await postgresStore({ connectionString: database.connectionString, poolSize: 2 }),
      uploads: { files: diskFiles(folder), key: keptKey(folder, 'uploads.key') },
    })
    try {
      const declared = { name: 'notes.txt', size: 5, mime_type: 'text/plain' }
      const created = attachmentSchema.parse(
        await (await parley.send('attachments.create', declared, { ours: true })).json(),
      )
      const put = await parley.fetch(created.upload_descriptor?.url ?? '', 'hello', { method: 'PUT', as: null })
      expect(put.status).toBe(204)

      const input = { content: [], attachments: [created.id], inference_options: {} }
      const answer = await (await parley.send('threads.create', { input })).text()
      expect(answer).toContain('"name":"notes.txt"')
      expect(answer).not.toContain('upload_descriptor')
      expect((await parley.send('attachments.delete', { attachment_id: created.id }, { as: 'bob' })).status).toBe(404)
    } finally {
      await parley.close()
      await database.drop()
      remove(folder)
    }
  })
})

describe('B8: the key that signs addresses', () => {
  it('stays the same from start to start, is another for each server, and is for its owner’s eyes only', () => {
    const [one, other] = [newFolder(), newFolder()]
    const key = keptKey(one, 'uploads.key')

    expect(key.byteLength).toBe(32)
    expect(keptKey(one, 'uploads.key')).toEqual(key)
    expect(keptKey(other, 'uploads.key')).not.toEqual(key)
    expect(statSync(join(one, 'uploads.key')).mode & 0o777).toBe(0o600)
    remove(one)
    remove(other)
  })
})
