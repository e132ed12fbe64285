import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AnyClientServer, KEYS, startAnyClientServer } from '../../parley/any-client-server.js'

/*
 * Xpert's own chat, which its frames are made of, is in no package registry. What it asks of a server, in which order and
 * with which bodies, is read in its public source; here it is said as it says it.
 */

let server: AnyClientServer
beforeAll(async () => {
  server = await startAnyClientServer()
})
afterAll(() => server?.close())

type Json = Record<string, unknown> & { id: string; items: Json[] }
interface Frame {
  type: string
  event?: string
  data: Record<string, unknown> & { id: string; executionId: string }
}

async function newSecret(expires_after = 600): Promise<string> {
  const response = await fetch(`${server.url}/api/ai/v1/chatkit/sessions`, {
    method: 'POST',
    headers: { 'x-api-key': KEYS.shop, 'x-principal-user-id': crypto.randomUUID() },
    body: JSON.stringify({ expires_after }),
  })
  return Object(await response.json()).client_secret
}

/** The chat's way to its server: one secret in both headers, asked for once more when it is refused. */
async function openChat(first?: string) {
  let secret = first ?? (await newSecret())
  let renewed = 0

  async function request(method: string, path: string, body?: unknown): Promise<Response> {
    const send = () =>
      fetch(server.url + path, {
        method,
        headers: {
          authorization: `Bearer ${secret}`,
          'x-api-key': secret,
          language: 'en-US',
          'accept-language': 'en-US',
          ...(body !== undefined && !(body instanceof FormData) && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: body instanceof FormData ? body : JSON.stringify(body) }),
      })
    const response = await send()
    if (response.status !== 401) return response
    renewed += 1
    secret = await newSecret()
    return send()
  }
  const ai = async (method: string, path: string, body?: unknown) => {
    const response = await request(method, `/api/ai${path}`, body)
    const text = await response.text()
    const hasBody = response.status !== 202 && response.status !== 204
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return (hasBody ? JSON.parse(text) : undefined) as Json
  }
  /** What its reader makes of a stream: everything in `data`, whatever the event is called. */
  const stream = async (path: string, body?: unknown) => {
    const response = await request(body === undefined ? 'GET' : 'POST', `/api/ai${path}`, body)
    const frames: Frame[] = (await response.text())
      .split('\n')
      .flatMap((line) => (line.startsWith('data: ') ? [JSON.parse(line.slice(6))] : []))
    return { frames, place: response.headers.get('content-location') }
  }
  /** As its first message does. */
  const begin = async (input: Record<string, unknown> = {}) => {
    const thread = await ai('POST', '/threads', { metadata: {}, assistant_id: 'demo' })
    const threadId = String(thread.thread_id)
    const { id } = Object(thread.metadata) as { id: string }
    const conversation = await ai('POST', '/conversations', { id, threadId, xpertId: 'demo', ...input })
    return { threadId, conversation }
  }
  const run = (threadId: string, input: unknown, more: object = {}) =>
    stream(`/threads/${threadId}/runs/stream`, { input, assistant_id: 'demo', on_disconnect: 'continue', ...more })
  const say = (threadId: string, text: string) =>
    run(threadId, { input: { input: text }, state: { human: { input: text } } })
  return { ai, stream, request, begin, run, say, renewals: () => renewed }
}

const found = (frames: Frame[], event: string) => frames.find((frame) => frame.event === event)?.data
const SELECTION = { mode: 'allowlist', inheritUnselected: true, skills: { ids: [] }, plugins: { nodeKeys: [] } }

describe('C1, C5: what Xpert’s chat asks of its server', () => {
  it('renews its secret once, and goes on', async () => {
    const chat = await openChat(`cs-x-${'0'.repeat(64)}`)

    expect(await chat.ai('GET', '/assistants/demo')).toMatchObject({ assistant_id: 'demo' })
    expect(chat.renewals()).toBe(1)
  })

  it('opens: the assistant, what may be chosen, the history', async () => {
    const { ai } = await openChat()
    const history = { where: { xpertId: 'demo' }, limit: 50, order: { updatedAt: 'DESC', id: 'DESC' }, offset: 0 }

    expect(await ai('GET', '/assistants/demo')).toMatchObject({ metadata: { slug: 'demo' } })
    for (const draft of ['', '?isDraft=true'])
      expect(await ai('GET', `/assistants/demo/runtime-capabilities${draft}`)).toMatchObject({
        skills: [],
        plugins: [],
      })
    expect(await ai('POST', '/conversations/search', { ...history, search: '' })).toEqual({ items: [], total: 0 })
  })

  it('sends a first message and reads what became of it', async () => {
    const { ai, begin, run } = await openChat()
    const { threadId, conversation } = await begin({ options: { runtimeCapabilities: SELECTION } })
    const references = [{ type: 'quote', text: 'as you said', messageId: 'm', source: 'chat' }]
    const commandSource = { type: 'slash_command', name: 'hi', source: 'host', executionType: 'submit_prompt' }
    const message = { input: 'Hello', references, planMode: true, runtimeCapabilities: SELECTION, commandSource }

    const { frames, place } = await run(
      threadId,
      { input: message, state: { human: message }, projectSelection: { mode: 'none' } },
      { context: { env: { TOKEN: 'x' }, page: 'cart' }, config: { tags: ['shop'] }, stream_mode: ['values'] },
    )

    const start = found(frames, 'on_message_start')
    expect(frames[0]).toMatchObject({ event: 'on_conversation_start', data: { id: conversation.id } })
    expect(frames.at(-1)).toEqual({ type: 'complete' })
    expect(place).toContain(`/runs/${start?.executionId}`)
    expect(await ai('GET', `/conversations/${conversation.id}`)).toMatchObject({ status: 'idle', threadId })
    const newest = { where: { role: 'ai', threadId }, order: { createdAt: 'DESC' }, limit: 1, offset: 0 }
    expect(await ai('POST', `/conversations/${conversation.id}/messages/search`, newest)).toMatchObject({
      items: [{ id: start?.id, content: 'You said: Hello', executionId: start?.executionId, status: 'success' }],
    })
    expect(await ai('GET', `/threads/${threadId}`)).toMatchObject({ status: 'idle', metadata: { id: conversation.id } })
    const where = { threadId, xpertId: 'demo' }
    expect(await ai('POST', '/conversations/search', { where, limit: 1 })).toMatchObject({ total: 1 })
  })

  it('opens a thread whose answer is being written, reads on, and stops it', async () => {
    const { ai, begin, stream, request } = await openChat()
    const { threadId, conversation } = await begin()
    const input = { input: { input: 'hold' } }
    const started = await ai('POST', `/threads/${threadId}/runs`, { input, assistant_id: 'demo' })
    const path = `/threads/${threadId}/runs/${started.run_id}`

    expect(await ai('GET', `/threads/${threadId}`)).toMatchObject({ status: 'busy' })
    const [run] = (await ai('GET', `/threads/${threadId}/runs?limit=100&offset=0`)) as unknown as Json[]
    expect(run).toMatchObject({ run_id: started.run_id })
    const joined = stream(`${path}/stream?cancel_on_disconnect=0`)
    const stopped = await request('POST', `/api/ai${path}/cancel?wait=0&action=interrupt`)

    expect(stopped.status).toBe(202)
    expect((await joined).frames.at(-1)).toEqual({ type: 'complete' })
    expect(await ai('GET', `/conversations/${conversation.id}`)).not.toMatchObject({ status: 'busy' })
    expect(await (await request('GET', `/api/sandbox/threads/${threadId}/services`)).json()).toEqual([])
  })

  it('pauses an answer and lets it go on', async () => {
    const { ai, begin, request } = await openChat()
    const { threadId } = await begin()
    const started = await ai('POST', `/threads/${threadId}/runs`, {
      input: { input: { input: 'hold' } },
      assistant_id: 'demo',
    })
    const path = `/threads/${threadId}/runs/${started.run_id}`

    const paused = await ai('POST', `${path}/pause`)
    await expect.poll(async () => (await ai('GET', `/threads/${threadId}`)).status).toBe('paused')
    expect(await ai('GET', `/threads/${threadId}`)).toMatchObject({ runControl: { pauseId: paused.pauseId } })
    const shown = await request('DELETE', `/api/ai/threads/${threadId}/display-pause/${paused.pauseId}`)
    expect(shown.status).toBe(204)
    await ai('POST', `${path}/resume`, { pauseId: paused.pauseId })
    await ai('POST', `${path}/cancel?wait=1&action=interrupt`)
  })

  it('runs a tool of the page and sends its message', async () => {
    const { ai, begin, say, run } = await openChat()
    const { threadId, conversation } = await begin()

    const asked = (await say(threadId, 'tool')).frames
    const executionId = found(asked, 'on_message_start')?.executionId
    expect(found(asked, 'on_interrupt')?.tasks).toMatchObject([
      { interrupts: [{ value: { clientToolCalls: [{ id: 'call_1', name: 'read_page' }] } }] },
    ])
    expect(await ai('GET', `/conversations/${conversation.id}`)).toMatchObject({ status: 'interrupted' })
    expect(await ai('GET', `/conversations/${conversation.id}/task-summary`)).toMatchObject({ pending: { total: 1 } })
    const message = { tool_call_id: 'call_1', name: 'read_page', content: 'A page', status: 'success', artifact: {} }
    const { frames } = await run(threadId, { input: {}, command: { resume: { toolMessages: [message] } }, executionId })

    expect(found(frames, 'on_conversation_end')).toMatchObject({ status: 'idle' })
    expect(JSON.stringify(frames)).toContain('The page says')
  })

  it('uploads a file, watches it become ready, and names it in a message', async () => {
    const { ai, begin, run } = await openChat()
    const { threadId, conversation } = await begin()
    const form = new FormData()
    form.append('file', new Blob(['Our office opens at nine.'], { type: 'text/plain' }), 'notes.txt')
    for (const [name, value] of Object.entries({
      purpose: 'chat_attachment',
      parseMode: 'auto',
      xpertId: 'demo',
      threadId,
    }))
      form.append(name, value)

    const file = await ai('POST', '/contexts/file', form)
    expect(await ai('GET', `/files/${file.fileId}/status`)).toMatchObject({ status: 'ready' })
    await run(threadId, { input: { input: 'Read it', files: [file] } })

    const all = await ai('GET', `/conversations/${conversation.id}/messages?limit=20&offset=0`)
    expect(all.items[0]).toMatchObject({ role: 'human', fileAssets: [{ id: file.id, originalName: 'notes.txt' }] })
    expect(await ai('GET', `/conversations/${conversation.id}/task-summary/sources?offset=0&limit=50`)).toMatchObject({
      items: [{ kind: 'attachment', title: 'notes.txt' }],
    })
  })

  it('sets a goal for a conversation that it makes for it, holds it and takes it away', async () => {
    const { ai, begin } = await openChat()
    const { conversation, threadId } = await begin()
    const path = `/conversations/${conversation.id}/goal`

    expect(await ai('GET', path)).toBeNull()
    expect(await ai('PUT', path, { objective: 'Find a flight' })).toMatchObject({
      threadId,
      objective: 'Find a flight',
      status: 'active',
    })
    expect(await ai('PATCH', path, { status: 'paused' })).toMatchObject({ status: 'paused' })
    expect(await ai('GET', `/conversations/${conversation.id}/task-summary`)).toMatchObject({
      task: { goal: { status: 'paused' } },
    })
    expect(await ai('DELETE', path)).toMatchObject({ objective: 'Find a flight' })
    expect(await ai('GET', path)).toBeNull()
  })

  it('renames, branches, rates and deletes a conversation', async () => {
    const { ai, begin, say, request } = await openChat()
    const { threadId, conversation } = await begin()
    await say(threadId, 'one')
    await say(threadId, 'two')
    const path = `/conversations/${conversation.id}`
    const { items } = await ai('GET', `${path}/messages?limit=20&offset=0`)

    expect(await ai('PATCH', path, { title: 'Mine' })).toMatchObject({ title: 'Mine' })
    const copy = await ai('POST', `/threads/${threadId}/copy`, { beforeMessageId: items[2]?.id, requestId: 'r1' })
    expect(await ai('GET', `/conversations/${copy.thread_id}/messages`)).toMatchObject({ total: 2 })
    const feedback = await ai('POST', `${path}/messages/${items[1]?.id}/feedbacks`, { rating: 'like' })
    expect(
      await ai('PATCH', `${path}/messages/${items[1]?.id}/feedbacks/${feedback.id}`, { rating: 'dislike' }),
    ).toMatchObject({ rating: 'dislike' })
    expect(await ai('GET', `/threads/${threadId}/context-usage`)).toMatchObject({ thread_id: threadId })
    expect((await request('DELETE', `/api/ai${path}`)).status).toBe(202)
    expect((await request('GET', `/api/ai/threads/${threadId}`)).status).toBe(404)
  })
})
