import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { streamText } from '../chatkit-server/stream-text.js'
import { type Listener, listen } from '../node/listen.js'
import { diskFiles } from '../storage/files/disk-files.js'
import { type TestParley, testParley } from '../testing/test-parley.js'

const MAX = 8 * 1024 * 1024

let folder: string
let parley: TestParley
let listener: Listener

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-files-'))
  parley = testParley({
    respond: (thread) => streamText(thread, 'Thanks'),
    uploads: { files: diskFiles(folder), key: new Uint8Array(32), maxBytes: MAX },
  })
  listener = await listen((request) => parley.handle(request), { port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  await listener.close()
  await parley.close()
  rmSync(folder, { recursive: true, force: true })
})

async function addressFor(size: number): Promise<string> {
  const declared = { name: 'a.bin', size, mime_type: 'application/octet-stream' }
  const attachment = (await (await parley.send('attachments.create', declared, { ours: true })).json()) as {
    upload_descriptor: { url: string }
  }
  return attachment.upload_descriptor.url
}

/** Sends chunks without saying how many there will be, and gives the answer's status; `null` when the line was cut. */
const sendChunks = (path: string, chunks: number, chunk: Uint8Array) =>
  new Promise<number | null>((resolve) => {
    const sent = request(new URL(path, listener.url), { method: 'PUT' }, (response) => {
      response.resume()
      resolve(response.statusCode ?? null)
    })
    sent.on('error', () => resolve(null))
    for (let count = 0; count < chunks; count++) sent.write(chunk)
    sent.end()
  })

describe('B8: bytes over a real connection', () => {
  it('stores a file that comes in pieces of unknown number, byte for byte', async () => {
    const chunk = new Uint8Array(64 * 1024).fill(5)
    const url = await addressFor(chunk.byteLength * 100)

    expect(await sendChunks(url, 100, chunk)).toBe(204)
    const id = /atc_\w+/.exec(url)?.[0] ?? ''
    expect((await diskFiles(folder).read(id))?.size).toBe(chunk.byteLength * 100)
  })

  it('stops an upload that goes on beyond what was declared, and keeps nothing of it', async () => {
    const before = readdirSync(folder)
    const chunk = new Uint8Array(64 * 1024)

    expect([413, null]).toContain(await sendChunks(await addressFor(1000), 50, chunk))
    expect(readdirSync(folder)).toEqual(before)
  })

  it('refuses a length beyond what was declared at once', async () => {
    const response = await fetch(new URL(await addressFor(10), listener.url), { method: 'PUT', body: 'x'.repeat(2000) })
    expect(response.status).toBe(413)
  })
})
