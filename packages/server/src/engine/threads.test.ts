import { describe, expect, it } from 'vitest'
import {
  ALICE,
  answer,
  BOB,
  callTo,
  done,
  hiddenNote,
  message,
  readEvents,
  readUntil,
  testEngine,
  textOf,
  userText,
} from '../testing/engine-fixture.js'

/** A thread with `count` answers, each followed by a hidden note. */
async function threadOf(count: number) {
  const test = testEngine()
  const call = callTo(async function* (context) {
    context.thread.metadata.secret = 1
    for (let number = 1; number <= count; number += 1) {
      yield done(message(context, `msg_${number}`, `${number}`))
      yield done(hiddenNote(context, `hidden_${number}`))
    }
  })
  const stream = await test.engine.startThread(call, userText('0'))
  await readEvents(stream)
  return { ...test, call, threadId: stream.run.threadId }
}

describe('getThread', () => {
  it('shows the oldest 20 visible items, a full page, and what the latest run does', async () => {
    const { engine, call, threadId } = await threadOf(30)

    const { thread, run } = await engine.getThread(call, threadId)

    expect(thread.items.data.map(textOf)).toEqual(Array.from({ length: 20 }, (_, number) => `${number}`))
    expect(thread.items).toMatchObject({ has_more: true, after: 'msg_19' })
    expect(thread.metadata).toEqual({})
    expect(run).toMatchObject({ status: 'completed' })
  })

  it('says that a run is going on', async () => {
    const { engine } = testEngine()
    const call = callTo(async function* () {
      yield { type: 'progress_update', text: 'working' }
      await new Promise(() => undefined)
    })
    const stream = await engine.startThread(call, userText('Hi'))
    await readUntil(stream, 'progress_update')

    expect((await engine.getThread(call, stream.run.threadId)).run).toEqual({ id: stream.run.id, status: 'running' })
    await engine.close()
  })

  it('finds no thread of somebody else', async () => {
    const { engine, call, threadId } = await threadOf(1)

    await expect(engine.getThread({ ...call, context: BOB }, threadId)).rejects.toMatchObject({
      code: 'thread_not_found',
    })
  })
})

describe('listItems', () => {
  it('gives full pages of visible items from either end, each row once', async () => {
    const { engine, call, threadId } = await threadOf(50)
    for (const order of ['asc', 'desc'] as const) {
      const seen: (string | undefined)[] = []
      let after: string | undefined
      do {
        const page = await engine.listItems(call, threadId, { limit: 10, order, after })
        if (page.has_more) expect(page.data).toHaveLength(10)
        seen.push(...page.data.map(textOf))
        after = page.after
      } while (after)
      const numbers = Array.from({ length: 51 }, (_, number) => `${number}`)
      expect(seen).toEqual(order === 'asc' ? numbers : numbers.reverse())
    }
  })

  it.each([
    [0, 20],
    [null, 20],
    [undefined, 20],
    [9999, 100],
  ])('takes a limit of %s for %i', async (limit, length) => {
    const { engine, call, threadId } = await threadOf(120)

    expect((await engine.listItems(call, threadId, { limit })).data).toHaveLength(length)
  })

  it('promises no more when only hidden items are left', async () => {
    const { engine, call, threadId } = await threadOf(3)

    expect(await engine.listItems(call, threadId, { limit: 4, order: 'asc' })).toMatchObject({ has_more: false })
  })
})

describe('listThreads', () => {
  it('lists the caller’s own threads without items and metadata, newest first', async () => {
    const { engine, clock } = testEngine()
    const ids: string[] = []
    for (const text of ['1', '2', '3']) {
      const stream = await engine.startThread(answer('x'), userText(text))
      await readEvents(stream)
      ids.push(stream.run.threadId)
      clock.advance(1000)
    }
    await readEvents(await engine.startThread({ ...answer('x'), context: BOB }, userText('mine')))

    const page = await engine.listThreads(answer(''), { limit: 2 })

    expect(page.data.map(({ id }) => id)).toEqual([ids[2], ids[1]])
    expect(page).toMatchObject({ has_more: true, after: ids[1] })
    expect(page.data[0]).toMatchObject({ metadata: {}, items: { data: [], has_more: false } })
  })
})

describe('updateThread', () => {
  it('sets the title and answers the thread without items', async () => {
    const { engine, call, store, threadId } = await threadOf(1)

    expect(await engine.updateThread(call, threadId, { title: '' })).toMatchObject({ title: '', items: { data: [] } })
    expect(await store.loadThread(threadId, ALICE)).toMatchObject({ title: '', metadata: { secret: 1 } })
  })
})

describe('deleteThread', () => {
  it('stops what runs on the thread and removes it', async () => {
    const { engine } = testEngine()
    const call = callTo(async function* () {
      yield { type: 'progress_update', text: 'working' }
      await new Promise(() => undefined)
    })
    const stream = await engine.startThread(call, userText('Hi'))
    const reading = readEvents(stream)

    await engine.deleteThread(call, stream.run.threadId)

    expect((await reading).at(-1)).toMatchObject({ status: 'cancelled' })
    await expect(engine.getThread(call, stream.run.threadId)).rejects.toMatchObject({ code: 'thread_not_found' })
  })

  it('finds no thread of somebody else', async () => {
    const { engine, call, threadId } = await threadOf(1)

    await expect(engine.deleteThread({ ...call, context: BOB }, threadId)).rejects.toMatchObject({
      code: 'thread_not_found',
    })
    await engine.getThread(call, threadId)
  })
})

describe('addFeedback', () => {
  it('reaches the app, for threads of the caller alone', async () => {
    const { engine, call, threadId } = await threadOf(1)
    const heard: unknown[] = []
    const listening = {
      ...call,
      app: { ...call.app, addFeedback: async (feedback: unknown) => void heard.push(feedback) },
    }
    const feedback = { threadId, itemIds: ['msg_1'], kind: 'positive' as const }

    await engine.addFeedback(listening, feedback)
    await engine.addFeedback(call, feedback) // an app without the hook is fine

    expect(heard).toEqual([feedback])
    await expect(engine.addFeedback({ ...listening, context: BOB }, feedback)).rejects.toMatchObject({
      code: 'thread_not_found',
    })
  })
})

describe('transcribe', () => {
  it('hands the app the sound and its media type', async () => {
    const { engine } = testEngine()
    const call = callTo(answer('').app.run, {
      transcribe: async ({ data, mediaType }) => `${data.length} bytes of ${mediaType}`,
    })

    expect(await engine.transcribe(call, { data: new Uint8Array(3), mimeType: 'audio/webm;codecs=opus' })).toEqual({
      text: '3 bytes of audio/webm',
    })
  })

  it('says so when the app takes no dictation', async () => {
    const audio = { data: new Uint8Array(3), mimeType: 'audio/webm' }

    await expect(testEngine().engine.transcribe(answer(''), audio)).rejects.toMatchObject({ code: 'not_configured' })
  })
})

describe('attachments', () => {
  const file = { name: 'a.txt', size: 3, mime_type: 'text/plain' }

  it('are made in the file store, stored, and shown without the server’s notes', async () => {
    const deleted: string[] = []
    const { engine, store } = testEngine({
      attachments: {
        createAttachment: async ({ name, mime_type }) => ({
          type: 'file',
          id: 'atc_1',
          name,
          mime_type,
          metadata: { path: '/x' },
        }),
        deleteAttachment: async (id) => void deleted.push(id),
      },
    })

    expect(await engine.createAttachment(answer(''), file)).toEqual({
      type: 'file',
      id: 'atc_1',
      name: 'a.txt',
      mime_type: 'text/plain',
    })
    expect(await store.loadAttachment('atc_1', ALICE)).toMatchObject({ metadata: { path: '/x' } })

    await engine.deleteAttachment(answer(''), 'atc_1')
    expect(deleted).toEqual(['atc_1'])
    await expect(engine.deleteAttachment(answer(''), 'atc_1')).rejects.toMatchObject({ code: 'attachment_not_found' })
  })

  it('are refused when there is no place for files', async () => {
    const { engine } = testEngine()

    await expect(engine.createAttachment(answer(''), file)).rejects.toMatchObject({ code: 'not_configured' })
    await expect(engine.deleteAttachment(answer(''), 'atc_1')).rejects.toMatchObject({ code: 'not_configured' })
  })
})
