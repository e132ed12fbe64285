import { beforeEach, describe, expect, it } from 'vitest'
import { createScriptedTransport, type Script } from '../testing/scripted-transport.js'
import type { ChatOptions } from './options.js'
import { type ChatSession, createChatSession, type FileRequest } from './session.js'

const file = (name = 'notes.txt') => new File(['hello'], name, { type: 'text/plain' })
const json = (value: unknown) => Response.json(value)

let sent: FileRequest[]
let emitted: string[]
beforeEach(() => {
  sent = []
  emitted = []
})

const SERVER: Script = {
  'attachments.create': ({ params }) =>
    json({
      type: 'file',
      id: `atc_${params.name}`,
      name: params.name,
      mime_type: params.mime_type,
      upload_descriptor: { url: '/put', method: 'PUT', headers: { 'x-signed': 'yes' } },
    }),
  'attachments.delete': () => json({}),
}

/** A chat whose files are answered by `receive`. */
function chat(
  receive: (request: FileRequest) => Response | Promise<Response> = () => new Response(null, { status: 204 }),
  options: ChatOptions = {},
  script: Script = SERVER,
) {
  const transport = createScriptedTransport(script)
  const session = createChatSession({
    transport,
    options,
    host: {
      emit: (name) => emitted.push(name),
      callFunction: async () => undefined,
    },
    sendFile: async (request) => {
      sent.push(request)
      return receive(request)
    },
  })
  return { session, transport }
}

const uploads = (session: ChatSession) => session.getState().composer.uploads

describe('B8: files of the composer', () => {
  it('are announced, then sent to where the server wants them', async () => {
    const { session, transport } = chat()
    await session.addFiles([file()])

    expect(transport.requests).toMatchObject([
      { type: 'attachments.create', params: { name: 'notes.txt', size: 5, mime_type: 'text/plain' } },
    ])
    expect(sent).toMatchObject([{ url: '/put', method: 'PUT', headers: { 'x-signed': 'yes' }, asForm: false }])
    expect(uploads(session)).toMatchObject([{ name: 'notes.txt', phase: 'done', attachment: { id: 'atc_notes.txt' } }])
    expect(uploads(session)[0]?.attachment).not.toHaveProperty('upload_descriptor')
  })

  it('are sent as a form where the page says so', async () => {
    const api = { url: '/chat', uploadStrategy: { type: 'direct', uploadUrl: '/files' } } as const
    const answer = { type: 'file', id: 'atc_1', name: 'notes.txt', mime_type: 'text/plain' }
    const { session, transport } = chat(() => json(answer), { api })
    await session.addFiles([file()])

    expect(transport.requests).toEqual([])
    expect(sent).toMatchObject([{ url: '/files', method: 'POST', asForm: true }])
    expect(uploads(session)).toMatchObject([{ phase: 'done', attachment: answer }])
  })

  it('tell how far they are', async () => {
    const seen: (number | null | undefined)[] = []
    const { session } = chat(({ onProgress }) => {
      for (const share of [0.25, 0.75]) {
        onProgress(share)
        seen.push(uploads(session)[0]?.progress)
      }
      return new Response(null, { status: 204 })
    })
    await session.addFiles([file()])

    expect(seen).toEqual([0.25, 0.75])
  })

  it('keep the server’s words when they fail, tell the page, and can be sent again', async () => {
    let isDown = true
    const { session, transport } = chat(() =>
      isDown
        ? Response.json({ error: { code: 'unsupported_media_type', message: 'This is no picture.' } }, { status: 415 })
        : new Response(null, { status: 204 }),
    )
    await session.addFiles([file()])
    expect(uploads(session)).toMatchObject([{ phase: 'failed', problem: 'This is no picture.' }])
    expect(emitted).toContain('chatkit.error')

    isDown = false
    await session.retryUpload(uploads(session)[0]?.id ?? '')
    expect(uploads(session)).toMatchObject([{ phase: 'done', problem: undefined }])
    expect(transport.requests.map(({ type }) => type)).toEqual([
      'attachments.create',
      'attachments.delete',
      'attachments.create',
    ])
  })

  it('stop when they are taken away on their way, and leave nothing on the server', async () => {
    let reached: () => void = () => undefined
    const isOnItsWay = new Promise<void>((resolve) => {
      reached = resolve
    })
    const { session, transport } = chat(
      ({ signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason))
          reached()
        }),
    )
    const adding = session.addFiles([file()])
    await isOnItsWay
    await session.removeUpload(uploads(session)[0]?.id ?? '')
    await adding

    expect(uploads(session)).toEqual([])
    expect(transport.requests.at(-1)).toMatchObject({
      type: 'attachments.delete',
      params: { attachment_id: 'atc_notes.txt' },
    })
    expect(emitted).not.toContain('chatkit.error')
  })

  it('say which one was not taken, also when a good one comes after it', async () => {
    const options = { composer: { attachments: { enabled: true, accept: { 'text/plain': ['.txt'] } } } }
    const { session } = chat(undefined, options)
    await session.addFiles([file('bad.exe'), file()])

    expect(session.getState().composer.refusals).toEqual([{ code: 'wrong_type', name: 'bad.exe', limit: '.txt' }])
    expect(uploads(session)).toMatchObject([{ name: 'notes.txt', phase: 'done' }])
    await session.addFiles([file('more.txt')])
    expect(session.getState().composer.refusals).toEqual([])
  })

  it('say of each one why it was not taken, and once that there were too many', async () => {
    const attachments = { enabled: true, maxCount: 1, maxSize: 10, accept: { 'text/plain': ['.txt'] } }
    const { session } = chat(undefined, { composer: { attachments } })
    const large = new File(['x'.repeat(11)], 'large.txt', { type: 'text/plain' })
    await session.addFiles([file('bad.exe'), large, file(), file('second.txt'), file('third.txt')])

    expect(session.getState().composer.refusals).toEqual([
      { code: 'wrong_type', name: 'bad.exe', limit: '.txt' },
      { code: 'too_large', name: 'large.txt', limit: '10 bytes' },
      { code: 'too_many', limit: '1' },
    ])
    expect(uploads(session)).toMatchObject([{ name: 'notes.txt' }])
  })

  it('go with the message, after those the page placed there', async () => {
    const placed = { type: 'file', id: 'atc_placed', name: 'placed.txt', mime_type: 'text/plain' } as const
    const { session, transport } = chat()
    await session.setComposerValue({ text: 'Read', attachments: [placed], files: [file()] })
    await session.submitComposer()

    const message = transport.requests.find(({ type }) => type === 'threads.create')
    expect(message?.params.input).toMatchObject({ attachments: ['atc_placed', 'atc_notes.txt'] })
    expect(uploads(session)).toEqual([])
  })
})
