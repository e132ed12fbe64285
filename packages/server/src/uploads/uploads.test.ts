import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Attachment,
  attachmentSchema,
  imageAttachmentSchema,
  pageSchema,
  threadItemSchema,
  threadSchema,
} from '@parley/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { scriptedClock } from '../base/scripted-clock.js'
import { streamText } from '../chatkit-server/stream-text.js'
import { diskFiles } from '../storage/files/disk-files.js'
import { type TestParley, testParley } from '../testing/test-parley.js'

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 73, 72, 68, 82, 1, 2])
const bytes = (text: string) => new TextEncoder().encode(text)

let folder: string
let parley: TestParley
const clock = scriptedClock()

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-files-'))
  parley = testParley({
    respond: (thread) => streamText(thread, 'Thanks'),
    uploads: { files: diskFiles(folder), key: new Uint8Array(32).fill(7), maxBytes: 2048, clock },
  })
})
afterEach(async () => {
  await parley.close()
  rmSync(folder, { recursive: true, force: true })
})

const kept = () => readdirSync(folder)
const pathOf = (url: string) => url.replace(/^https?:\/\/[^/]+/, '')

async function create(file: Partial<{ name: string; size: number; mime_type: string }> = {}, as = 'alice') {
  const declared = { name: 'notes.txt', size: 5, mime_type: 'text/plain', ...file }
  return parley.send('attachments.create', declared, { as })
}
async function created(file?: Parameters<typeof create>[0], as?: string): Promise<Attachment> {
  return attachmentSchema.parse(await (await create(file, as)).json())
}
/** Sends the bytes as a browser does: nothing but the address says who it is. */
const put = (attachment: Attachment, body: Uint8Array | string, url = attachment.upload_descriptor!.url) =>
  parley.fetch(pathOf(url), body, { method: 'PUT', as: null, headers: { ...attachment.upload_descriptor?.headers } })
const get = (url: string) => parley.fetch(pathOf(url), undefined, { as: null })
const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) })
const errorOf = async (response: Response) => errorSchema.parse(await response.json()).error

async function uploadedImage(): Promise<Extract<Attachment, { type: 'image' }>> {
  const image = await created({ name: 'cat.png', size: PNG.byteLength, mime_type: 'image/png' })
  expect((await put(image, PNG)).status).toBe(204)
  return image as Extract<Attachment, { type: 'image' }>
}

const send = (attachments: string[], as = 'alice') =>
  parley.send(
    'threads.create',
    { input: { content: [{ type: 'input_text', text: 'See this' }], attachments, inference_options: {} } },
    { as },
  )

describe('A16: behind the proxy of an app', () => {
  it.each([
    [{ 'x-forwarded-host': 'app.test', 'x-forwarded-proto': 'https' }, 'https://app.test'],
    [{ 'x-forwarded-host': 'app.test:3000, inner', 'x-forwarded-proto': 'http' }, 'http://app.test:3000'],
    [{ 'x-forwarded-host': 'evil.test/path?' }, 'http://parley.test'],
  ])('files are sent to the address the browser knows: %o', async (headers, origin) => {
    const declared = { name: 'notes.txt', size: 5, mime_type: 'text/plain' }

    const attachment = attachmentSchema.parse(
      await (await parley.send('attachments.create', declared, { as: 'alice', headers })).json(),
    )

    expect(new URL(attachment.upload_descriptor?.url ?? '').origin).toBe(origin)
  })
})

describe('B8: an upload in two phases', () => {
  it('answers where to put the bytes, with a whole address for foreign clients and no login needed', async () => {
    const attachment = await created()

    expect(attachment).toMatchObject({ type: 'file', name: 'notes.txt', mime_type: 'text/plain' })
    expect(attachment.upload_descriptor).toMatchObject({ method: 'PUT', headers: { 'content-type': 'text/plain' } })
    expect(attachment.upload_descriptor?.url).toMatch(/^http:\/\/parley\.test\/api\/chatkit\/files\/atc_\w+\?token=/)
    expect(attachment).not.toHaveProperty('metadata')
    expect((await put(attachment, 'hello')).status).toBe(204)
    expect(kept()).toEqual([attachment.id])
  })

  it('says the limit in plain words before any byte is sent', async () => {
    const refused = await create({ name: 'film.mov', size: 5000 })

    expect(refused.status).toBe(413)
    expect((await errorOf(refused)).message).toBe('“film.mov” is too large. Files up to 2 KB are accepted here.')
  })

  it('takes no byte more than was declared, however the length is hidden', async () => {
    const attachment = await created()
    const chunked = new ReadableStream({
      start(controller) {
        for (let part = 0; part < 3; part++) controller.enqueue(bytes('hello'))
        controller.close()
      },
    })
    const hidden = await parley.fetch(
      pathOf(attachment.upload_descriptor!.url),
      new Uint8Array(await new Response(chunked).arrayBuffer()),
      {
        method: 'PUT',
        as: null,
      },
    )

    expect(hidden.status).toBe(413)
    expect(kept()).toEqual([])
  })

  it('keeps nothing of an upload that was cut off, and takes it again', async () => {
    const attachment = await created()

    expect((await put(attachment, 'hel')).status).toBe(400)
    expect(kept()).toEqual([])
    expect((await put(attachment, 'hello')).status).toBe(204)
  })

  it('takes the bytes once', async () => {
    const attachment = await created()
    await put(attachment, 'hello')

    expect((await put(attachment, 'other')).status).toBe(409)
  })

  it('believes the bytes of a picture, not its name or type', async () => {
    const page = '<script>alert(1)</script>'
    const attachment = await created({ name: 'cat.png', size: page.length, mime_type: 'image/png' })

    const refused = await put(attachment, page)
    expect(refused.status).toBe(415)
    expect(kept()).toEqual([])
  })

  it.each([
    ['a folder', '../../etc/passwd', 'passwd'],
    ['a Windows folder', 'C:\\Users\\ada\\notes.txt', 'notes.txt'],
    ['nothing but dots', '..', 'file'],
    ['an ending turned around', 'invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['line breaks', 'a\r\nset-cookie: x=1.txt', 'aset-cookie: x=1.txt'],
    ['an endless name', `${'n'.repeat(250)}.txt`, `${'n'.repeat(196)}.txt`],
  ])('cleans a name with %s', async (_, name, clean) => {
    const attachment = await created({ name })
    await put(attachment, 'hello')

    expect(attachment.name).toBe(clean)
    expect(kept()).toEqual([attachment.id])
  })
})

describe('B8: signed addresses', () => {
  it('end after ten minutes', async () => {
    const attachment = await created()
    const image = await uploadedImage()
    clock.advance(10 * 60 * 1000)

    expect((await put(attachment, 'hello')).status).toBe(404)
    expect((await get(image.preview_url)).status).toBe(404)
  })

  it('work for one purpose, one file and one signature only, and look missing otherwise', async () => {
    const attachment = await created()
    const other = await uploadedImage()
    const url = attachment.upload_descriptor!.url
    const wrong = [
      url.replace(/\?token=.*/, ''),
      url.replace(/.$/, (last) => (last === 'A' ? 'E' : 'A')),
      url.replace(/token=[^.]*/, `token=${btoa('["upload","x","test","alice","demo",9e15]').replaceAll('=', '')}`),
      url.replace(attachment.id, other.id),
      url.replace(attachment.id, '..%2F..%2Fuploads.key'),
      url.replace(attachment.id, `%00${attachment.id}`),
      other.preview_url,
    ]
    for (const address of wrong) {
      expect((await put(attachment, 'hello', address)).status, address).toBe(404)
      expect((await get(address === other.preview_url ? url : address)).status, address).toBe(404)
    }
    expect(kept()).toEqual([other.id])
  })
})

describe('B8: what is served', () => {
  it('shows pictures, and lets nothing run', async () => {
    const image = await uploadedImage()
    const response = await get(image.preview_url)

    expect(new Uint8Array(await response.arrayBuffer())).toEqual(PNG)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': "inline; filename*=UTF-8''cat.png",
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, max-age=600, immutable',
    })
  })

  it('gives an SVG and a page no address at all', async () => {
    const svg = await created({ name: 'x.svg', mime_type: 'image/svg+xml' })
    const page = await created({ name: 'x.html', mime_type: 'text/html' })

    expect([svg.type, page.type]).toEqual(['file', 'file'])
  })

  it('shows a picture of an older message again, at a new address', async () => {
    const image = await uploadedImage()
    const text = await (await send([image.id])).text()
    const threadId = /thr_\w+/.exec(text)?.[0]
    clock.advance(60 * 60 * 1000)
    expect((await get(image.preview_url)).status).toBe(404)

    const list = await parley.send('items.list', { thread_id: threadId }, { ours: true })
    const thread = await parley.send('threads.get_by_id', { thread_id: threadId }, { ours: true })
    const { data: items } = pageSchema(threadItemSchema).parse(await list.json())
    for (const shownItems of [items, threadSchema.parse(await thread.json()).items.data]) {
      const [shown] = shownItems.flatMap((item) => (item.type === 'user_message' ? item.attachments : []))
      const url = shown?.type === 'image' ? shown.preview_url : ''
      expect(shown).not.toHaveProperty('upload_descriptor')
      expect(url).toMatch(/^\/api\/chatkit\/files\//) // relative for Parley's own chat
      expect((await get(url)).status).toBe(200)
    }
  })
})

describe('B8: whose file it is', () => {
  it('makes a foreign file look missing, in messages and when it is deleted', async () => {
    const image = await uploadedImage()

    const sent = await send([image.id], 'mallory')
    const deleted = await parley.send('attachments.delete', { attachment_id: image.id }, { as: 'mallory' })
    expect([sent.status, (await errorOf(sent)).code]).toEqual([404, 'attachment_not_found'])
    expect(deleted.status).toBe(404)
    expect(kept()).toEqual([image.id])
  })

  it('deletes the bytes with the attachment', async () => {
    const image = await uploadedImage()
    expect((await parley.send('attachments.delete', { attachment_id: image.id })).status).toBe(200)

    expect(kept()).toEqual([])
    expect((await get(image.preview_url)).status).toBe(404)
  })
})

describe('B8: a deleted chat', () => {
  it('takes its files along, but not those that were sent again elsewhere', async () => {
    const [first, second] = [await uploadedImage(), await uploadedImage()]
    const threadId = /thr_\w+/.exec(await (await send([first.id, second.id])).text())?.[0]
    await (await send([second.id])).text()

    expect((await parley.send('threads.delete', { thread_id: threadId })).status).toBe(200)

    expect(kept()).toEqual([second.id])
    expect((await get(first.preview_url)).status).toBe(404)
    expect((await get(second.preview_url)).status).toBe(200)
  })
})

describe('B8: an upload in one step', () => {
  const form = (content: Uint8Array<ArrayBuffer> | string, name: string, type: string) => {
    const data = new FormData()
    data.append('file', new File([content], name, { type }))
    return data
  }

  it('answers the attachment, ready to be sent', async () => {
    const response = await parley.fetch('/api/chatkit/files', form(PNG, '../cat.png', 'image/png'))
    const image = imageAttachmentSchema.parse(await response.json())

    expect(image).toMatchObject({ type: 'image', name: 'cat.png' })
    expect(image).not.toHaveProperty('upload_descriptor')
    expect((await get(image.preview_url)).status).toBe(200)
    expect((await send([image.id])).status).toBe(200)
  })

  it('needs a login, a file, a true type and a size within the limit', async () => {
    const statuses = [
      await parley.fetch('/api/chatkit/files', form('hello', 'a.txt', 'text/plain'), { as: null }),
      await parley.fetch('/api/chatkit/files', new FormData()),
      await parley.fetch('/api/chatkit/files', 'hello'),
      await parley.fetch('/api/chatkit/files', form('<svg/>', 'a.png', 'image/png')),
      await parley.fetch('/api/chatkit/files', form('x'.repeat(3000), 'a.txt', 'text/plain')),
      await parley.fetch('/api/chatkit/files', form('x'.repeat(100_000), 'a.txt', 'text/plain')),
      await parley.fetch('/api/chatkit/files', '--x\r\nrubbish', {
        headers: { 'content-type': 'multipart/form-data; boundary=x' },
      }),
    ].map(({ status }) => status)

    expect(statuses).toEqual([401, 400, 415, 415, 413, 413, 400])
    expect(parley.reported).toEqual([])
    expect(kept()).toEqual([])
  })
})
