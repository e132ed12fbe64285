import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { API_KEY_SCOPES } from '../auth/api-keys.js'
import { streamText } from '../chatkit-server/stream-text.js'
import { diskFiles } from '../storage/files/disk-files.js'
import { readJson } from '../testing/read-json.js'
import { type TestParley, testParley } from '../testing/test-parley.js'
import { userText } from '../testing/user-text.js'

const KEY = 'sk-parley-key-of-these-tests'

let folder: string
let parley: TestParley
let heard: unknown[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-sessions-'))
  heard = []
  parley = testParley({
    respond(thread, _, { state, session }) {
      heard.push({ state, tracing: session?.rules.tracing })
      return streamText(thread, 'Hello')
    },
    uploads: { files: diskFiles(folder), key: new Uint8Array(32), maxBytes: 4 * 1024 * 1024 },
    apiKeys: [{ key: KEY, id: 'key_1', workspaceId: 'shop', scopes: [...API_KEY_SCOPES] }],
  })
})
afterEach(async () => {
  await parley.close()
  rmSync(folder, { recursive: true })
})

const as = (credential: string) => ({ as: null, headers: { authorization: `Bearer ${credential}` } })

async function secretOf(changes: object): Promise<string> {
  const body = { user: 'ada', workflow: { id: 'demo' }, ...changes }
  const session = await readJson(await parley.fetch('/v1/chatkit/sessions', body, as(KEY)))
  return Object(session).client_secret
}

const ask = (secret: string, type: string, params: object) =>
  parley.fetch('/v1/chatkit/conversation', { type, params }, as(secret))

function upload(secret: string, { name = 'notes.pdf', type = 'application/pdf', size = 5 } = {}) {
  const form = new FormData()
  form.append('file', new File([new Uint8Array(size)], name, { type }))
  return parley.fetch('/v1/chatkit/files', form, { ...as(secret), method: 'POST' })
}

const upTo = (max_file_size: number, max_files: number) =>
  secretOf({ chatkit_configuration: { file_upload: { enabled: true, max_file_size, max_files } } })

describe('what a session tells its app', () => {
  it('hands the state variables on, and whether the run may be traced', async () => {
    const workflow = { id: 'demo', state_variables: { plan: 'pro', seats: 4 }, tracing: { enabled: false } }
    const secret = await secretOf({ workflow })

    await (await ask(secret, 'threads.create', { input: userText('Hi') })).text()

    expect(heard).toEqual([{ state: { plan: 'pro', seats: 4 }, tracing: false }])
  })
})

describe('B4: the files of a session', () => {
  it('are refused unless it takes files, in one step and in two', async () => {
    const secret = await secretOf({})

    for (const refused of [
      await upload(secret),
      await ask(secret, 'attachments.create', { name: 'notes.pdf', size: 5, mime_type: 'application/pdf' }),
    ]) {
      expect(refused.status).toBe(400)
      expect(Object(await refused.json()).error.message).toContain('chatkit_configuration.file_upload.enabled')
    }
  })

  it('are answered in the shape of the hosted API', async () => {
    const response = await upload(await upTo(1, 5))

    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      type: 'file',
      id: expect.stringMatching(/^cfile_[0-9a-f]{48}$/),
      name: 'notes.pdf',
      mime_type: 'application/pdf',
      upload_url: null,
    })
  })

  it('may be as large as the session says, to the byte', async () => {
    const secret = await upTo(1, 5)

    expect((await upload(secret, { size: 1024 * 1024 })).status).toBe(200)
    expect((await upload(secret, { size: 1024 * 1024 + 1 })).status).toBe(413)
  })

  it('are of the types that the hosted API takes, in one step and in two', async () => {
    const secret = await upTo(1, 5)

    const inOne = await upload(secret, { name: 'a.txt', type: 'text/plain' })
    const inTwo = await ask(secret, 'attachments.create', { name: 'a.txt', size: 5, mime_type: 'text/plain' })

    expect([inOne.status, inTwo.status]).toEqual([400, 400])
    expect(Object(await inOne.json()).error).toMatchObject({
      code: 'chatkit.file_upload_type_rejected',
      message: expect.stringContaining('PARLEY_HOSTED_FILE_TYPES'),
    })
  })

  it('are as many as the session says, however they come', async () => {
    const secret = await upTo(1, 3)
    const declare = () => ask(secret, 'attachments.create', { name: 'a.pdf', size: 5, mime_type: 'application/pdf' })

    const answers = await Promise.all([upload(secret), declare(), upload(secret), declare(), upload(secret)])

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3)
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(2)
  })
})

describe('the history of a session', () => {
  it('cannot be searched beyond what it lists', async () => {
    const talker = await secretOf({})
    for (const text of ['red shoes', 'red hat'])
      await (await ask(talker, 'threads.create', { input: userText(text) })).text()
    const found = async (history: object) => {
      const secret = await secretOf({ chatkit_configuration: { history } })
      return Object(await (await ask(secret, 'threads.search', { query: 'red' })).json()).data.length
    }

    expect(await found({})).toBe(2)
    expect(await found({ recent_threads: 1 })).toBe(1)
    expect(await found({ enabled: false })).toBe(0)
  })

  it('is paged within what it lists', async () => {
    const talker = await secretOf({})
    for (const text of ['one', 'two', 'three'])
      await (await ask(talker, 'threads.create', { input: userText(text) })).text()
    const secret = await secretOf({ chatkit_configuration: { history: { recent_threads: 2 } } })
    const list = async (params: object) => Object(await (await ask(secret, 'threads.list', params)).json())

    const first = await list({ limit: 1 })
    const second = await list({ limit: 1, after: first.after })

    expect([first.has_more, second.has_more]).toEqual([true, false])
    expect(second.data[0].id).not.toBe(first.data[0].id)
  })
})
