import type {
  Attachment,
  Page,
  Thread,
  ThreadItem,
  ThreadMatchPage,
  ThreadMetadata,
  ThreadWithRun,
} from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import type { Caller } from '../../app/caller.js'
import { streamText } from '../../chatkit-server/stream-text.js'
import type { AttachmentStore } from '../../engine/attachment-store.js'
import { readEvents } from '../../testing/read-events.js'
import { readError, readJson } from '../../testing/read-json.js'
import { type TestParley, type TestRequest, testParley } from '../../testing/test-parley.js'
import { userText } from '../../testing/user-text.js'

const respond = (thread: ThreadMetadata) => streamText(thread, 'Hello')

async function newThread(parley: TestParley, request?: TestRequest): Promise<string> {
  const [created] = await readEvents(await parley.send('threads.create', { input: userText('Hi') }, request))
  return created?.type === 'thread.created' ? created.thread.id : expect.unreachable('a thread was created')
}

const listed = async (parley: TestParley, params: object, request?: TestRequest) =>
  readJson<Page<Thread>>(await parley.send('threads.list', params, request))

describe('threads.list', () => {
  it('walks through all threads by pages, newest first, each once', async () => {
    const parley = testParley({ respond })
    const made = [await newThread(parley), await newThread(parley), await newThread(parley)]

    const first = await listed(parley, { limit: 2 })
    const second = await listed(parley, { limit: 2, after: first.after })

    expect(first).toMatchObject({ has_more: true, after: made[1] })
    expect(second).toEqual({ data: [expect.objectContaining({ id: made[0] })], has_more: false })
    expect(first.data.map(({ id }) => id)).toEqual([made[2], made[1]])
    expect(first.data[0]).toMatchObject({ metadata: {}, items: { data: [], has_more: false } })
  })

  it('takes the 9999 of the real client, and 0 and null as "as many as usual"', async () => {
    const parley = testParley({ respond })
    await newThread(parley)

    for (const limit of [9999, 0, null]) {
      expect((await listed(parley, { limit, order: 'desc', after: null })).data).toHaveLength(1)
    }
  })

  it('refuses a cursor that is no thread', async () => {
    const response = await testParley({ respond }).send('threads.list', { after: 'thr_nobody' })

    expect(response.status).toBe(400)
    expect((await readError(response)).code).toBe('invalid_cursor')
  })

  it('shows each user their own', async () => {
    const parley = testParley({ respond })
    await newThread(parley, { as: 'alice' })

    expect((await listed(parley, {}, { as: 'bob' })).data).toEqual([])
  })
})

describe('threads.get_by_id', () => {
  it('answers the oldest items, and to our own client also what the run is doing', async () => {
    const parley = testParley({ respond })
    const thread_id = await newThread(parley)

    const foreign = await readJson<ThreadWithRun>(await parley.send('threads.get_by_id', { thread_id }))
    const ours = await readJson<ThreadWithRun>(await parley.send('threads.get_by_id', { thread_id }, { ours: true }))

    expect(foreign.items.data.map(({ type }) => type)).toEqual(['user_message', 'assistant_message'])
    expect(foreign).not.toHaveProperty('run')
    expect(ours.run).toMatchObject({ id: expect.any(String), status: 'completed' })
  })
})

describe('threads.update and threads.delete', () => {
  it('set a title, also an empty one, and remove the thread with its items', async () => {
    const parley = testParley({ respond })
    const thread_id = await newThread(parley)

    expect(await readJson(await parley.send('threads.update', { thread_id, title: 'Holiday' }))).toMatchObject({
      id: thread_id,
      title: 'Holiday',
      items: { data: [] },
    })
    expect(await readJson(await parley.send('threads.update', { thread_id, title: '' }))).toMatchObject({ title: '' })
    expect(await readJson(await parley.send('threads.delete', { thread_id }))).toEqual({})
    expect((await parley.send('items.list', { thread_id })).status).toBe(404)
  })
})

describe('items.list', () => {
  it('pages through visible items in both directions', async () => {
    const parley = testParley({ respond })
    const thread_id = await newThread(parley)
    const page = async (params: object) =>
      readJson<Page<ThreadItem>>(await parley.send('items.list', { thread_id, limit: 1, ...params }))

    const newest = await page({})
    const older = await page({ after: newest.after })

    expect(newest).toMatchObject({ data: [{ type: 'assistant_message' }], has_more: true })
    expect(older).toMatchObject({ data: [{ type: 'user_message' }], has_more: false })
    expect(older).not.toHaveProperty('after')
    expect((await page({ order: 'asc' })).data).toMatchObject([{ type: 'user_message' }])
  })
})

describe('items.feedback', () => {
  it('reaches the app', async () => {
    const seen: unknown[] = []
    const parley = testParley({ respond, addFeedback: async (...feedback) => void seen.push(feedback.slice(0, 3)) })
    const thread_id = await newThread(parley)

    const response = await parley.send('items.feedback', { thread_id, item_ids: ['msg_1'], kind: 'negative' })

    expect(await readJson(response)).toEqual({})
    expect(seen).toEqual([[thread_id, ['msg_1'], 'negative']])
  })
})

describe('attachments', () => {
  function uploads(): AttachmentStore<Caller> & { deleted: string[] } {
    const deleted: string[] = []
    return {
      deleted,
      async createAttachment({ name, mime_type }) {
        const upload_descriptor = { url: 'https://files.test/1', method: 'PUT' as const, headers: {} }
        return { id: 'atc_1', type: 'file', name, mime_type, upload_descriptor, metadata: { path: 'secret' } }
      },
      deleteAttachment: async (id) => void deleted.push(id),
    }
  }
  const file = { name: 'a.txt', size: 3, mime_type: 'text/plain' }

  it('are created, sent with a message, and deleted; what the server notes on them stays there', async () => {
    const attachments = uploads()
    const parley = testParley({ respond, attachments })

    const created = await readJson<Attachment>(await parley.send('attachments.create', file))
    const sent = await (
      await parley.send('threads.create', { input: userText('See', { attachments: [created.id] }) })
    ).text()
    const deleted = await parley.send('attachments.delete', { attachment_id: created.id })

    expect(created).toMatchObject({ id: 'atc_1', upload_descriptor: { method: 'PUT', headers: {} } })
    expect(JSON.stringify(created) + sent).not.toContain('secret')
    expect(sent).toContain('"attachments":[{"id":"atc_1"')
    expect(await readJson(deleted)).toEqual({})
    expect(attachments.deleted).toEqual(['atc_1'])
  })

  it('that are unknown or of somebody else leave no thread behind', async () => {
    const parley = testParley({ respond, attachments: uploads() })
    await parley.send('attachments.create', file, { as: 'bob' })

    const response = await parley.send('threads.create', { input: userText('See', { attachments: ['atc_1'] }) })

    expect(response.status).toBe(404)
    expect((await readError(response)).code).toBe('attachment_not_found')
    expect((await listed(parley, {})).data).toEqual([])
  })
})

describe('threads.search', () => {
  const search = async (parley: TestParley, params: object, as?: string) =>
    readJson<ThreadMatchPage>(await parley.send('threads.search', params, { ...(as && { as }) }))

  it('finds chats by what was said in them and shows where, for nobody else', async () => {
    const parley = testParley({ respond })
    const before = 'word '.repeat(60)
    await (await parley.send('threads.create', { input: userText(`${before}the Grüne lamp ${before}`) })).text()
    await (await parley.send('threads.create', { input: userText('Something else') })).text()

    const page = await search(parley, { query: '  LAMP grune ' })

    expect(page.data).toHaveLength(1)
    const [match] = page.data
    expect(match?.thread).toMatchObject({ metadata: {}, items: { data: [], has_more: false } })
    const { text = '', marks = [] } = match?.excerpt ?? {}
    expect(text).toMatch(/^…(word )+the Grüne lamp (word )+.*…$/)
    expect(marks.map(([from, to]) => text.slice(from, to))).toEqual(['Grüne', 'lamp'])
    expect(await search(parley, { query: 'lamp' }, 'bob')).toEqual({ data: [], has_more: false })
    expect(await search(parley, { query: ' ' })).toEqual({ data: [], has_more: false })
  })

  it('shows words, not the marks of Markdown, unless the word is in one', async () => {
    const parley = testParley({ respond })
    const said = '## Returns\n\nSend **unopened** items [back](https://shop.example/terms).'
    await (await parley.send('threads.create', { input: userText(said) })).text()
    const excerpt = async (query: string) => (await search(parley, { query })).data[0]?.excerpt?.text

    expect(await excerpt('unopened')).toBe('Returns Send unopened items back.')
    expect(await excerpt('terms')).toContain('https://shop.example/terms')
  })
})

describe('what a server was not built for', () => {
  it.each([
    ['attachments.create', { name: 'a', size: 1, mime_type: 'text/plain' }],
    ['attachments.delete', { attachment_id: 'atc_1' }],
    ['input.transcribe', { audio_base64: 'AAAA', mime_type: 'audio/webm;codecs=opus' }],
  ])('is said with 501: %s', async (type, params) => {
    const response = await testParley({ respond }).send(type, params)

    expect(response.status).toBe(501)
    expect(await readError(response)).toMatchObject({ type: 'not_configured_error', code: 'not_configured' })
  })
})

describe('input.transcribe', () => {
  it('hands the app the sound and its type', async () => {
    const parley = testParley({
      respond,
      transcribe: async ({ data, mediaType, mimeType }) => `${data.byteLength} bytes of ${mediaType} (${mimeType})`,
    })

    const response = await parley.send('input.transcribe', {
      audio_base64: 'AP+A',
      mime_type: 'audio/webm;codecs=opus',
    })

    expect(await readJson(response)).toEqual({ text: '3 bytes of audio/webm (audio/webm;codecs=opus)' })
  })
})
