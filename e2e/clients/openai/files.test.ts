import type OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CLIENTS, type HostedServer, KEYS, readStream, startHostedServer } from './hosted-server.js'

/** The smallest picture there is. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==',
  'base64',
)

let server: HostedServer
beforeAll(async () => {
  server = await startHostedServer()
})
afterAll(() => server?.close())

interface Uploaded {
  id: string
  preview_url?: string
}

/** As `uploadFile` of `openai` 6.2 sends it; newer ones have no name for it any more. */
function upload(client: OpenAI, name: string, bytes: Buffer | string, type = '') {
  const body = new FormData()
  body.append('file', new File([new Uint8Array(Buffer.from(bytes))], name, { type }))
  return client.post<Uploaded>('/chatkit/files', { body, headers: { 'OpenAI-Beta': 'chatkit_beta=v1' } })
}

const withFiles = (...attachments: string[]) => ({
  type: 'threads.create',
  params: { input: { content: [{ type: 'input_text', text: 'Look' }], attachments, inference_options: {} } },
})

describe.each(CLIENTS)('B3: POST /chatkit/files by API key, with %s', (_, Client) => {
  const client = (key?: string) => server.clientOf(Client, key)
  const secretOf = async (user: string, key?: string) =>
    (await client(key).beta.chatkit.sessions.create({ user, workflow: { id: 'demo' } })).client_secret
  const send = async (secret: string, ...files: string[]) => server.converse(secret, withFiles(...files))

  it('keeps the file, and answers in the shape of the hosted API', async () => {
    const file = await upload(client(), 'report.pdf', '%PDF-1.7', 'application/pdf')
    const image = await upload(client(), 'dot.png', PNG, 'image/png')

    const id = expect.stringMatching(/^cfile_[0-9a-f]{48}$/)
    expect(file).toEqual({ id, type: 'file', name: 'report.pdf', mime_type: 'application/pdf', upload_url: null })
    expect(image).toEqual({
      id,
      type: 'image',
      name: 'dot.png',
      mime_type: 'image/png',
      preview_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/.*token=/),
      upload_url: null,
    })
    const shown = await fetch(image.preview_url ?? '')
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(PNG)
  })

  it('takes the type of a file that says none from its name, and refuses others in the words of the hosted API', async () => {
    expect(await upload(client(), 'Report.PDF', '%PDF-1.7')).toMatchObject({ mime_type: 'application/pdf' })
    await expect(upload(client(), 'run.sh', 'rm -r /', 'text/x-sh')).rejects.toMatchObject({
      status: 400,
      type: 'invalid_request_error',
      code: 'chatkit.file_upload_type_rejected',
      param: 'file',
    })
    await expect(upload(client(), 'not.png', 'rm -r /', 'image/png')).rejects.toMatchObject({ status: 415 })
    await expect(upload(client('sk-forged'), 'report.pdf', '%PDF')).rejects.toMatchObject({ status: 401 })
  })

  it('gives it to the first who sends it, and to nobody else', async () => {
    const { id } = await upload(client(), 'dot.png', PNG, 'image/png')
    const foreign = await send(await secretOf('ada', KEYS.bank), id)
    const first = await send(await secretOf('ada'), id)
    const second = await send(await secretOf('ben'), id)
    const missing = await send(await secretOf('ben'), `cfile_${'0'.repeat(48)}`)

    expect([foreign.status, first.status, second.status, missing.status]).toEqual([404, 200, 404, 404])
    expect(await second.json()).toEqual(await missing.json())
    await first.text()
  })

  it('shows it in a message in both serialisations', async () => {
    const { id } = await upload(client(), 'dot.png', PNG, 'image/png')
    const events = await readStream(await send(await secretOf('cleo'), id))
    const {
      data: [item],
    } = await client().beta.chatkit.threads.listItems(events[0].thread.id, { order: 'asc' })

    expect(events[1].item).toMatchObject({
      type: 'user_message',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      attachments: [{ type: 'image', id, name: 'dot.png', mime_type: 'image/png', preview_url: expect.any(String) }],
    })
    expect(item).toMatchObject({
      type: 'chatkit.user_message',
      created_at: expect.any(Number),
      attachments: [
        { type: 'image', id, name: 'dot.png', mime_type: 'image/png', preview_url: expect.stringMatching(/^http:/) },
      ],
    })
    expect(Object.keys(Object(item).attachments[0]).sort()).toEqual(['id', 'mime_type', 'name', 'preview_url', 'type'])
    expect((await fetch(Object(item).attachments[0].preview_url)).status).toBe(200)
  })
})
