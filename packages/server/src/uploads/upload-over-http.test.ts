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
/** Uploads that have begun, and the status of those that are over, whether or not their senders read it. */
let asked = 0
const answers: number[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'parley-files-'))
  parley = testParley({
    respond: (thread) => streamText(thread, 'Thanks'),
    uploads: { files: diskFiles(folder), key: new Uint8Array(32), maxBytes: MAX },
  })
  const answer = async (request: Request) => {
    asked += 1
    const response = await parley.handle(request)
    answers.push(response.status)
    return response
  }
  listener = await listen(answer, { port: 0, host: '127.0.0.1' })
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

  it('keeps nothing of an upload its sender has cancelled, and is not to blame for it', async () => {
    const before = readdirSync(folder)
    const url = new URL(await addressFor(1_000_000), listener.url)
    const [begun, answered] = [asked, answers.length]
    const sent = request(url, { method: 'PUT', agent: false }) // a connection of its own
    sent.on('error', () => undefined)
    sent.write(new Uint8Array(64 * 1024))
    await expect.poll(() => asked).toBe(begun + 1)

    sent.destroy()

    await expect.poll(() => answers.slice(answered)).toEqual([400])
    expect(readdirSync(folder)).toEqual(before)
    expect(parley.reported).toEqual([])
  })

  it('refuses a length beyond what was declared at once', async () => {
    const response = await fetch(new URL(await addressFor(10), listener.url), { method: 'PUT', body: 'x'.repeat(2000) })
    expect(response.status).toBe(413)
  })
})
