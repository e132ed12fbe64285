import type { StreamLanguage } from '@parley/protocol/admin'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ScriptedClock, scriptedClock } from '../../base/scripted-clock.js'
import { liveCatalog } from '../../catalog/catalog.js'
import type { RunStream } from '../../engine/engine.js'
import { encodeStream } from './runs/encode-stream.js'
import { encodeThreadStream } from './runs/encode-thread-stream.js'
import { all, echo, KEYS, langGraphParley } from './testing.fixture.js'

/** What each kind of client sends. */
const ASKED = {
  langgraph: { messages: [{ role: 'user', content: 'hello' }] },
  xpert: { action: 'send', message: { input: { input: 'hello' } } },
}
const LANGUAGES = ['langgraph', 'xpert'] as const
const OTHER = { langgraph: 'xpert', xpert: 'langgraph' } as const

let parley: ReturnType<typeof langGraphParley>
let clock: ScriptedClock
/** What is said of the app "demo". */
let ofApp: StreamLanguage | undefined

beforeEach(async () => {
  ofApp = undefined
  clock = scriptedClock(new Date('2026-01-01T08:59:00Z'))
  const apps = () => ['demo', 'other'].map((id) => ({ id, app: echo, aliases: [], streamLanguage: ofApp }))
  parley = langGraphParley({ catalog: liveCatalog(apps, 'demo'), clock })
  await parley.start()
})
afterEach(() => parley.close())

/** LangGraph's own client with a new key, of which this language is said. */
async function clientOf(streamLanguage?: StreamLanguage) {
  const { key } = await parley.apiKeys.create({
    workspaceId: 'test',
    name: 'A server',
    scopes: ['chat'],
    ...(streamLanguage && { streamLanguage }),
  })
  return parley.client({ apiKey: key, headers: { 'x-principal-user-id': 'ada' } })
}

type Chunk = { event: string; data: unknown }

/** The language that a stream is in, from its first event to its last; both, where it is mixed. */
function languagesOf(chunks: Chunk[]): StreamLanguage[] {
  const found = chunks.map(({ event }) => (event === '' || event === 'complete' ? 'xpert' : 'langgraph'))
  return [...new Set(found)]
}

const textOf = (chunks: Chunk[]) =>
  chunks
    .map(({ data }) => data as { type?: string; data?: { type?: string; text?: string } })
    .flatMap(({ type, data }) => (type === 'message' && data?.type === 'text' ? [data.text] : []))
    .join('')

describe.each(LANGUAGES)('a key of which "%s" is said', (language) => {
  const input = ASKED[OTHER[language]]

  it('is told streams in it, whatever a request looks like', async () => {
    const client = await clientOf(language)
    const { thread_id } = await client.threads.create()

    const onThread = await all(client.runs.stream(thread_id, 'demo', { input }))
    const without = await all(client.runs.stream(null, 'demo', { input }))

    expect(languagesOf(onThread)).toEqual([language])
    expect(languagesOf(without)).toEqual([language])
    if (language === 'xpert') expect(textOf(onThread)).toBe('You said: hello')
    else
      expect(onThread.at(-1)).toMatchObject({
        event: 'values',
        data: { messages: [{}, { content: 'You said: hello' }] },
      })
  })

  it('joins runs in it that somebody else has started, and reads on behind an event', async () => {
    const nobody = await clientOf()
    const client = await clientOf(language)
    const { thread_id } = await nobody.threads.create()
    const { run_id } = await nobody.runs.create(thread_id, 'demo', { input })
    await nobody.runs.join(thread_id, run_id)

    const joined = await all(client.runs.joinStream(thread_id, run_id))
    const [first, ...rest] = joined
    const behind = await all(client.runs.joinStream(thread_id, run_id, { lastEventId: first?.id ?? '' }))

    expect(languagesOf(await all(nobody.runs.joinStream(thread_id, run_id)))).toEqual([OTHER[language]])
    expect(languagesOf(joined)).toEqual([language])
    expect(joined.length).toBeGreaterThan(2)
    expect(behind).toEqual(rest)
  })

  it('waits for the same object, which both kinds of clients read', async () => {
    const client = await clientOf(language)
    const { thread_id } = await client.threads.create()

    const values = await client.runs.wait(thread_id, 'demo', { input })
    const [run] = await client.runs.list(thread_id)

    expect(values).toMatchObject({
      role: 'ai',
      content: 'You said: hello',
      messages: [{ content: 'hello' }, { content: 'You said: hello' }],
    })
    expect(await client.runs.join(thread_id, run?.run_id ?? '')).toEqual(values)
    await expect(client.runs.wait(thread_id, 'demo', { input: { ...input, ...failing(input) } })).rejects.toThrow(
      'The model is out to lunch.',
    )
  })

  it('starts runs that others read in it: by themselves, in the background, and several at once', async () => {
    const nobody = await clientOf()
    const client = await clientOf(language)
    const { thread_id } = await client.threads.create()

    const cron = await client.crons.createForThread(thread_id, 'demo', { schedule: '0 9 * * *', input })
    clock.advance(2 * 60_000)
    const started = async () => {
      clock.advance(5000) // the next look at what is due
      return nobody.runs.list(thread_id)
    }
    await expect.poll(started).toMatchObject([{ status: 'success' }])
    await client.crons.delete(cron.cron_id)
    await client.runs.wait(thread_id, 'demo', { input })
    const batch = await client.runs.createBatch([
      { assistantId: 'demo', input },
      { assistantId: 'demo', input, onCompletion: 'continue' },
    ])

    for (const { run_id } of await nobody.runs.list(thread_id))
      expect(languagesOf(await all(nobody.runs.joinStream(thread_id, run_id)))).toEqual([language])
    expect(batch).toMatchObject([{ kwargs: { language } }, { kwargs: { language } }])
    for (const { run_id } of batch)
      expect(languagesOf(await all(nobody.runs.joinStream(null, run_id)))).toEqual([language])
  })

  it('goes on after a question in it', async () => {
    const client = await clientOf(language)
    const { thread_id } = await client.threads.create()

    const asked = await all(client.runs.stream(thread_id, 'demo', { input: { ...input, ...saying(input, 'where') } }))
    const answered = await all(client.runs.stream(thread_id, 'demo', { command: { resume: 'home' } }))

    expect(languagesOf([...asked, ...answered])).toEqual([language])
    expect(JSON.stringify(asked)).toContain(language === 'xpert' ? 'on_interrupt' : '__interrupt__')
    expect(JSON.stringify(answered)).toContain('page')
  })

  it('is obeyed by the client secrets that it makes', async () => {
    const { key } = await parley.apiKeys.create({
      workspaceId: 'test',
      name: 'A website',
      scopes: ['chat'],
      streamLanguage: language,
    })
    const secrets = await Promise.all(
      [
        ['/api/ai/v1/chatkit/sessions', { assistant: { id: 'demo' } }],
        ['/v1/chatkit/sessions', { user: 'ada', workflow: { id: 'demo' } }],
      ].map(async ([path, body]) => {
        const answer = await parley.fetch(String(path), body, { as: null, headers: { 'x-api-key': key } })
        return ((await answer.json()) as { client_secret: string }).client_secret
      }),
    )

    for (const apiKey of secrets) {
      const page = parley.client({ apiKey })
      const { thread_id } = await page.threads.create()
      expect(languagesOf(await all(page.runs.stream(thread_id, 'demo', { input })))).toEqual([language])
    }
  })

  it('is obeyed by direct chat, and by a conversation that was begun there', async () => {
    const client = await clientOf(language)
    const { key } = await parley.apiKeys.create({
      workspaceId: 'test',
      name: 'A server',
      scopes: ['chat'],
      streamLanguage: language,
    })
    const chat = async (request: unknown) => {
      const headers = { 'x-api-key': key, 'x-principal-user-id': 'ada' }
      const answer = await parley.fetch(
        '/api/ai/v1/chat',
        { request, options: { xpertId: 'demo' } },
        { as: null, headers },
      )
      return answer.text()
    }

    const first = await chat(ASKED.xpert)
    const [thread] = await client.threads.search()
    const second = await chat({ ...ASKED.xpert, conversationId: thread?.thread_id })

    for (const text of [first, second]) {
      expect(text.includes('event: metadata')).toBe(language === 'langgraph')
      expect(text.includes('on_conversation_start')).toBe(language === 'xpert')
    }
  })

  it('watches a thread in it, whatever its runs were started in', async () => {
    const nobody = await clientOf()
    const client = await clientOf(language)
    const { thread_id } = await nobody.threads.create()

    const seen = await watched(client, thread_id, nobody)

    expect(languagesOf(seen)).toEqual([language])
  })
})

/** What a reader of a thread sees of two runs, each started in another language. */
async function watched(
  reader: Awaited<ReturnType<typeof clientOf>>,
  threadId: string,
  writer: Awaited<ReturnType<typeof clientOf>>,
): Promise<Chunk[]> {
  const leaving = new AbortController()
  const seen: Chunk[] = []
  await writer.runs.create(threadId, 'demo', { input: saying(ASKED.xpert, 'wait') })
  for await (const chunk of reader.threads.joinStream(threadId, { signal: leaving.signal }) as AsyncIterable<Chunk>) {
    const isFirst = seen.length === 0
    seen.push(chunk)
    const input = saying(ASKED.langgraph, 'second')
    if (isFirst) await writer.runs.create(threadId, 'demo', { input, multitaskStrategy: 'interrupt' })
    if (JSON.stringify(chunk).includes('second')) leaving.abort()
  }
  return seen
}

/** The same input with other words. */
const saying = (input: object, words: string) =>
  JSON.parse(JSON.stringify(input).replace('"hello"', JSON.stringify(words)))
const failing = (input: object) => saying(input, 'fail')

describe('what is said of an app', () => {
  it('holds for whoever says nothing, until it is taken back', async () => {
    const client = await clientOf()
    const spoken = async (input: Record<string, unknown>) =>
      languagesOf(await all(client.runs.stream(null, 'demo', { input })))

    ofApp = 'xpert'
    expect(await spoken(ASKED.langgraph)).toEqual(['xpert'])
    ofApp = 'langgraph'
    expect(await spoken(ASKED.xpert)).toEqual(['langgraph'])
    ofApp = undefined
    expect(await spoken(ASKED.langgraph)).toEqual(['langgraph'])
    expect(await spoken(ASKED.xpert)).toEqual(['xpert'])
  })

  it('gives way to what is said of a key', async () => {
    ofApp = 'xpert'
    const client = await clientOf('langgraph')

    expect(languagesOf(await all(client.runs.stream(null, 'demo', { input: ASKED.xpert })))).toEqual(['langgraph'])
  })

  it('holds for whoever joins a run that was started before', async () => {
    const client = await clientOf()
    const { thread_id } = await client.threads.create()
    await client.runs.wait(thread_id, 'demo', { input: ASKED.langgraph })
    const [run] = await client.runs.list(thread_id)

    ofApp = 'xpert'

    expect(languagesOf(await all(client.runs.joinStream(thread_id, run?.run_id ?? '')))).toEqual(['xpert'])
  })
})

describe('where nothing is said', () => {
  it('direct chat speaks Xpert’s language, whose clients alone call it', async () => {
    const headers = { 'x-api-key': KEYS.shop }
    const body = { request: ASKED.langgraph, options: { xpertId: 'demo' } }

    const text = await (await parley.fetch('/api/ai/v1/chat', body, { as: null, headers })).text()

    expect(text).toContain('on_conversation_start')
    expect(text).not.toContain('event: metadata')
  })

  it('a reader of a thread gets one language: that of the first run', async () => {
    const client = await clientOf()
    const { thread_id } = await client.threads.create()

    expect(languagesOf(await watched(client, thread_id, client))).toEqual(['xpert'])
  })

  it('a reader of a thread who was told of a change in LangGraph’s language gets its runs in it', async () => {
    const client = await clientOf()
    const { thread_id } = await client.threads.create()
    const address = `http://parley.test/api/ai/threads/${thread_id}/stream?stream_mode=run_modes&stream_mode=state_update`
    const headers = { 'x-api-key': KEYS.shop, 'x-principal-user-id': 'ada' }
    const watching = (await parley.handle(new Request(address, { headers }))).body?.getReader()

    await client.threads.updateState(thread_id, { values: { colour: 'blue' } })
    let text = ''
    const readUntil = async (words: string) => {
      while (!text.includes(words)) {
        const { done, value } = (await watching?.read()) ?? { done: true }
        if (done) throw new Error(`The stream has ended:\n${text}`)
        text += new TextDecoder().decode(value)
      }
    }
    await readUntil('state_update')
    await client.runs.wait(thread_id, 'demo', { input: ASKED.xpert })
    await readUntil('You') // in pieces, or whole
    await readUntil('hello')
    await watching?.cancel()

    expect(text).toContain('event: values')
    expect(text).not.toContain('on_conversation_start')
  })

  it('an answer that was held goes on, whatever its run was started in', async () => {
    const client = await clientOf('langgraph')
    const { thread_id } = await client.threads.create()
    const { run_id } = await client.runs.create(thread_id, 'demo', { input: saying(ASKED.xpert, 'wait') })
    const send = async (path: string, body?: unknown) => {
      const headers = { 'x-api-key': KEYS.shop, 'x-principal-user-id': 'ada', 'content-type': 'application/json' }
      const init = { method: 'POST', headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
      return parley.handle(new Request(`http://parley.test/api/ai/threads/${thread_id}/runs/${run_id}/${path}`, init))
    }

    const paused = (await (await send('pause')).json()) as { pauseId: string }
    const resumed = await send('resume', { pauseId: paused.pauseId })

    expect(await resumed.json()).toMatchObject({ executionId: run_id, state: 'running' })
  })
})

describe('a stream that breaks off', () => {
  it.each([
    ['langgraph', /^event: error\ndata: \{"error":"internal","message":"The stream broke/],
    ['xpert', /^data: \{"type":"event","event":"on_error","data":\{"error":"The stream broke/],
  ] as const)('says so in the language of its reader: %s', async (language, words) => {
    const entries: RunStream['entries'] = {
      [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('The disk is gone.')) }),
    }
    const run = { id: 'r1', threadId: 't1', attempt: 1, request: { language } }
    const stream = { run, entries, leave: () => undefined }
    const reader = { encode: () => [], canReturn: false, report: () => undefined }
    const thread = { parts: runsOf([stream]), leave: () => undefined }
    const texts: string[][] = [[], []]
    const sinkOf = (written: string[] = []) => ({
      write: (text: string) => void written.push(text),
      signal: new AbortController().signal,
    })

    await encodeStream(stream, { ...reader, language })(sinkOf(texts[0]))
    const watching = {
      ...reader,
      threadId: 't1',
      modes: new Set(['run_modes'] as const),
      language: undefined,
      languageOf: async () => language,
      encoderOf: async () => () => [],
      readState: () => Promise.reject(new Error('Nobody asks for it.')),
    }
    await encodeThreadStream(thread, watching)(sinkOf(texts[1]))

    for (const written of texts) expect(written.join('')).toMatch(words)
  })
})

async function* runsOf(streams: RunStream[]) {
  yield* streams
}

describe('a request that clients of either might have written', () => {
  const input = { colour: 'blue' }

  it.each([
    ['langgraph', undefined, /input\.messages is missing/],
    ['xpert', 'xpert', /input is empty/],
  ] as const)('is read in the language that is said: %s', async (_, said, why) => {
    const client = await clientOf(said)

    await expect(all(client.runs.stream(null, 'demo', { input }))).rejects.toThrow(why)
  })
})
