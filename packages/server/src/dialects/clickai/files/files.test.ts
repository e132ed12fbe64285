import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appFormSchema } from '@parley/protocol'
import { describe, expect, it, onTestFinished } from 'vitest'
import { echo, inFolder, keyOf, testClickAi } from '../clickai.fixture.js'

const INPUTS = appFormSchema.parse([
  { type: 'text-input', variable: 'city', required: true },
  { type: 'file', variable: 'map' },
  { type: 'file-list', variable: 'plans', max_length: 2 },
  { type: 'number', variable: 'nights' },
  { type: 'file-list', variable: 'photos' },
])

/** `fetched`: the addresses of other servers that were read. */
function start() {
  const folder = mkdtempSync(join(tmpdir(), 'parley-clickai-'))
  const fetched: string[] = []
  const guardedFetch = async (url: string | URL) => {
    fetched.push(String(url))
    return new Response('far away', { headers: { 'content-type': 'text/plain' } })
  }
  const server = testClickAi(
    { chat: echo(), form: echo({ inputs: INPUTS }) },
    { uploads: inFolder(folder), guardedFetch },
  )
  onTestFinished(async () => {
    await server.close()
    rmSync(folder, { recursive: true })
  })
  const asked = (inputs: object) =>
    server.json('POST', '/chat-messages', { query: 'Hi', user: 'ada', inputs }, keyOf('form'))
  return { ...server, fetched, asked }
}
const remote = (name: string, rest: object = {}) => ({
  type: 'document',
  transfer_method: 'remote_url',
  url: `https://example.com/${name}`,
  ...rest,
})
const many = (count: number) => Array.from({ length: count }, (_, index) => remote(`${index}.txt`))

describe('D5: inputs with files', () => {
  it.each([
    ['a field in front of it is missing', { map: remote('a.txt') }, 'city'],
    ['there are more than its field takes', { city: 'Hue', plans: many(3) }, 'plans'],
    ['there are more than any field takes', { city: 'Hue', photos: many(11) }, 'photos'],
  ])('fetch nothing when %s', async (_, inputs, params) => {
    const { asked, fetched } = start()

    expect(await asked(inputs)).toMatchObject({ status: 400, data: { code: 'invalid_param', params } })
    expect(fetched).toEqual([])
  })

  it('are checked in the order of the form', async () => {
    const { asked } = start()

    expect((await asked({ nights: 'many', map: 'no file' })).data).toMatchObject({ params: 'city' })
    expect((await asked({ city: 'Hue', nights: 'many', map: 'no file' })).data).toMatchObject({ params: 'map' })
    expect((await asked({ city: 'Hue', nights: 'many', photos: 'none' })).data).toMatchObject({ params: 'nights' })
  })

  it('say of what kind they are, or nothing, but no kind there is not', async () => {
    const { asked } = start()

    expect((await asked({ city: 'Hue', map: remote('a.txt', { type: null, upload_file_id: '' }) })).status).toBe(200)
    expect((await asked({ city: 'Hue', map: remote('a.txt', { type: 'banana' }) })).data).toMatchObject({
      params: 'map',
    })
  })
})

describe('D6: an upload', () => {
  const disposition = (rest: string) => `Content-Disposition: form-data; ${rest}\r\n`
  const TYPE = 'Content-Type: text/plain\r\n'
  /** A form as it goes over the wire. */
  const sent = (...heads: string[]) => ({
    type: 'multipart/form-data; boundary=B',
    body: `${heads.map((head) => `--B\r\n${head}\r\nhello\r\n`).join('')}--B--\r\n`,
  })

  it.each([
    ['no form', { type: 'application/json', body: '{"user":"ada"}' }, 'no_file_uploaded', 400],
    ['a file in another field', sent(disposition('name="upload"; filename="a.txt"') + TYPE), 'no_file_uploaded', 400],
    ['a field without the name of a file', sent(disposition('name="file"') + TYPE), 'no_file_uploaded', 400],
    [
      'two files, whatever their fields',
      sent(disposition('name="file"; filename="a.txt"') + TYPE, disposition('name="more"; filename="b.txt"') + TYPE),
      'too_many_files',
      400,
    ],
    [
      'a file that does not say what it is',
      sent(disposition('name="file"; filename="a.txt"')),
      'unsupported_file_type',
      415,
    ],
    ['an empty name', sent(disposition('name="file"; filename=""') + TYPE), 'filename_not_exists_error', 400],
    ['a folder in its name', sent(disposition('name="file"; filename="a/b.txt"') + TYPE), 'invalid_param', 400],
  ])('is refused: %s', async (_, { type, body }, code, status) => {
    const { fetch } = start()
    const headers = { authorization: `Bearer ${keyOf('chat')}`, 'content-type': type }

    const response = await fetch('/v1/files/upload', body, { as: null, headers })

    expect(await response.json()).toMatchObject({ code, status })
    expect(response.status).toBe(status)
  })

  it('is taken as .NET writes it', async () => {
    const { fetch } = start()
    const { type, body } = sent(disposition("name=file; filename=a.txt; filename*=utf-8''%E1%BA%A3nh.txt") + TYPE)
    const headers = { authorization: `Bearer ${keyOf('chat')}`, 'content-type': type }

    const response = await fetch('/v1/files/upload', body, { as: null, headers })

    expect(response.status).toBe(201)
    expect(await response.json()).toMatchObject({ name: 'ảnh.txt', size: 5, mime_type: 'text/plain' })
  })

  it('is saved by browsers when its reader says so, in whatever letters', async () => {
    const { json, send } = start()
    const form = new FormData()
    form.append('file', new Blob(['hello'], { type: 'text/plain' }), 'a.txt')
    form.append('user', 'ada')
    const { id } = (await json('POST', '/files/upload', form)).data
    const file = { type: 'document', transfer_method: 'local_file', upload_file_id: id }
    await json('POST', '/chat-messages', { query: 'Read', user: 'ada', files: [file] })
    const shownAs = async (query: string) =>
      (await send('GET', `/files/${id}/preview${query}`)).headers.get('content-disposition')?.split(';')[0]

    expect(await Promise.all(['', '?as_attachment=false', '?as_attachment='].map(shownAs))).toEqual(
      Array(3).fill('inline'),
    )
    expect(await Promise.all(['?as_attachment=true', '?as_attachment=True', '?as_attachment=1'].map(shownAs))).toEqual(
      Array(3).fill('attachment'),
    )
  })

  it('is read where the answers say, by people without a key, and is as long as it was', async () => {
    const { json, handle } = start()
    const form = new FormData()
    form.append('file', new Blob(['hello'], { type: 'text/plain' }), 'a.txt')
    form.append('user', 'ada')
    const { id, source_url } = (await json('POST', '/files/upload', form)).data
    const file = { type: 'document', transfer_method: 'local_file', upload_file_id: id }
    const { conversation_id } = (await json('POST', '/chat-messages', { query: 'Read', user: 'ada', files: [file] }))
      .data

    const [message] = (await json('GET', `/messages?user=ada&conversation_id=${conversation_id}`)).data.data

    expect(message.message_files).toMatchObject([{ id, filename: 'a.txt', size: 5, belongs_to: 'user' }])
    for (const url of [source_url, message.message_files[0].url])
      expect(await (await handle(new Request(url))).text()).toBe('hello')
  })
})
