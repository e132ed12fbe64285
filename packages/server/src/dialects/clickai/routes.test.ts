import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appFormSchema, ParleyError } from '@parley/protocol'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Caller } from '../../app/caller.js'
import { GuardedFetchError } from '../../base/guarded-fetch.js'
import { scriptedClock } from '../../base/scripted-clock.js'
import { streamText } from '../../chatkit-server/stream-text.js'
import type { Runnable } from '../../runnable/runnable.js'
import {
  createKnownRuns,
  echo,
  eventsIn,
  FORM,
  inFolder,
  keyOf,
  testClickAi,
  WORKSPACE_KEY,
} from './clickai.fixture.js'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})
const open: typeof testClickAi = (apps, options) => {
  const server = testClickAi(apps, options)
  cleanUps.push(() => server.close())
  return server
}

const ask = { query: 'Hi', user: 'ada' }

describe('D7: who may call', () => {
  const { json } = testClickAi({ chat: echo() })
  const call = async (authorization?: string) => {
    const server = open({ chat: echo() })
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization }
    const response = await server.fetch('/v1/chat-messages', ask, { as: null, headers })
    return { response, body: await response.json() }
  }

  it.each([
    ["Authorization header must be provided and start with 'Bearer'", undefined],
    ["Authorization header must be provided and start with 'Bearer'", keyOf('chat')],
    ["Authorization scheme must be 'Bearer'", `Basic ${keyOf('chat')}`],
    ['Access token is invalid', 'Bearer app-unknown'],
    ['Access token is invalid', `Bearer ${WORKSPACE_KEY}`],
  ])('is told: %s', async (message, authorization) => {
    const { response, body } = await call(authorization)

    expect(body).toEqual({ code: 'unauthorized', message, status: 401 })
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="api"')
  })

  it('writes the scheme as it likes', async () => {
    expect((await call(`bEARER   ${keyOf('chat')}`)).response.status).toBe(200)
  })

  it('learns that an app has gone, and which routes there are', async () => {
    expect(await json('POST', '/chat-messages', ask, keyOf('gone'))).toMatchObject({
      status: 403,
      data: { code: 'forbidden', message: 'The app no longer exists.', status: 403 },
    })
    expect(await json('GET', '/nothing')).toMatchObject({ status: 404, data: { code: 'not_found', status: 404 } })
    expect(await json('GET', '/chat-messages')).toMatchObject({ status: 405, data: { code: 'method_not_allowed' } })
    expect((await json('POST', '//chat-messages', ask)).status).toBe(200)
    expect((await json('GET', '/')).data).toMatchObject({ api_version: 'v1' })
  })

  it('is answered in OpenAI’s words below the same prefix when the key is not one of an app', async () => {
    expect((await json('GET', '/nothing', undefined, WORKSPACE_KEY)).data).toMatchObject({ error: {} })
    expect((await json('GET', '/chatkit/threads')).data).toMatchObject({ error: {} })
  })
})

describe('D7: what is wrong with a request', () => {
  const { json, fetch } = testClickAi({ chat: echo({ inputs: FORM }), writer: echo({ mode: 'completion' }) })
  const chat = (body: object) => json('POST', '/chat-messages', body)

  it.each<[string, object, object]>([
    ['no user', { query: 'Hi' }, { message: 'Arg user must be provided.', params: 'user' }],
    ['no query', { user: 'ada' }, { message: "The 'query' field is required" }],
    ['an empty query', { user: 'ada', query: '' }, { message: "The 'query' field is required" }],
    ['a query that is no text', { user: 'ada', query: 1 }, { params: 'query' }],
    ['inputs that are none', { ...ask, inputs: [] }, { params: 'inputs' }],
    ['a mode there is not', { ...ask, response_mode: 'fast' }, { params: 'response_mode' }],
    ['an id that is none', { ...ask, conversation_id: 'conv 1' }, { params: 'conversation_id' }],
    ['a missing input', ask, { message: 'city is required in input form', params: 'city' }],
    ['an input that is not offered', { ...ask, inputs: { city: 'Hue', tone: 'rude' } }, { params: 'tone' }],
    ['a file that is none', { ...ask, inputs: { city: 'Hue', map: 'x' } }, { params: 'map' }],
    ['a file of nowhere', { ...ask, files: [{ type: 'image', transfer_method: 'local_file' }] }, {}],
  ])('answers 400 to %s', async (_, body, data) => {
    expect(await chat(body)).toMatchObject({ status: 400, data: { code: 'invalid_param', status: 400, ...data } })
  })

  it('answers 400 to what is no JSON object, 404 to a conversation of somebody else', async () => {
    const raw = (text: string) =>
      fetch('/v1/chat-messages', text, { as: null, headers: { authorization: `Bearer ${keyOf('chat')}` } })

    for (const text of ['nope', '[]', '']) expect(await (await raw(text)).json()).toMatchObject({ code: 'bad_request' })
    const conversation_id = crypto.randomUUID()
    expect(await chat({ ...ask, conversation_id })).toMatchObject({
      status: 404,
      data: { code: 'not_found', message: 'Conversation Not Exists.' },
    })
    const { data } = await chat({ ...ask, inputs: { city: 'Hue' } })
    for (const [user, key] of [
      ['ben', undefined],
      ['ada', keyOf('writer')],
    ] as const)
      expect(
        (await json('GET', `/messages?user=${user}&conversation_id=${data.conversation_id}`, undefined, key)).status,
      ).not.toBe(200)
  })

  it('takes users that are numbers, and no NUL', async () => {
    const body = { query: 'a\u0000b', user: 7, inputs: { city: 'H\u0000ue' } }
    const { data } = await chat(body)

    expect(data.answer).toBe('Heard: ab')
    expect((await json('GET', '/conversations?user=7&last_id=&limit=')).data.data).toMatchObject([
      { id: data.conversation_id, inputs: { city: 'Hue', tone: 'kind', nights: null, map: null } },
    ])
  })

  it('tells apps apart by their kind', async () => {
    const wrong = await json('POST', '/chat-messages', ask, keyOf('writer'))
    expect(wrong).toMatchObject({ status: 400, data: { code: 'not_chat_app' } })
    expect((await json('POST', '/completion-messages', ask)).data).toMatchObject({ code: 'app_unavailable' })
    for (const path of ['/workflows/run/1', '/workflows/logs', '/workflow/1/events?user=ada'])
      expect((await json('GET', path)).data).toMatchObject({ code: 'not_workflow_app', status: 400 })
    expect((await json('GET', '/form/human_input/1')).status).toBe(404)
  })
})

describe('D3: an answer that ends early', () => {
  const read = async (response: Response, until: string) => {
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    while (reader && !text.includes(until)) text += (await reader.read()).value ?? ''
    return { text, reader }
  }

  it('is stopped by its user alone, ends with message_end, and is kept', async () => {
    const { send, json } = open({ chat: echo() })
    const response = await send('POST', '/chat-messages', { query: 'wait', user: 'ada', response_mode: 'streaming' })
    const { text, reader } = await read(response, 'Half')
    const [{ task_id, conversation_id }] = eventsIn(text)
    const stop = (user: string, id = task_id) => json('POST', `/chat-messages/${id}/stop`, { user })

    expect((await stop('ben')).data).toEqual({ result: 'success' })
    expect((await stop('ada', 'nothing')).data).toEqual({ result: 'success' })
    expect((await json('GET', `/messages?user=ada&conversation_id=${conversation_id}`)).data.data).toMatchObject([
      { answer: '' },
    ])
    expect((await stop('ada')).data).toEqual({ result: 'success' })
    let rest = ''
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) rest += next.value
    expect(eventsIn(rest)).toMatchObject([{ event: 'message_end', metadata: { usage: {} } }])
    expect((await json('GET', `/messages?user=ada&conversation_id=${conversation_id}`)).data.data).toMatchObject([
      { query: 'wait', answer: 'Half', status: 'normal' },
    ])
  })

  it('is kept when its reader leaves, and five hundred of them leave nothing running', async () => {
    const runs = createKnownRuns()
    const { send, json } = open({ chat: echo() }, { observer: runs.observer })
    const leave = async (index: number) => {
      const body = { query: 'wait', user: `user ${index % 5}`, response_mode: 'streaming' }
      const { reader } = await read(await send('POST', '/chat-messages', body), 'Half')
      await reader?.cancel()
    }
    for (let round = 0; round < 10; round++)
      await Promise.all(Array.from({ length: 50 }, (_, index) => leave(round * 50 + index)))
    await runs.settled(500)

    expect(runs.statuses()).toEqual({ cancelled: 500 })
    const [{ id }] = (await json('GET', '/conversations?user=user 1')).data.data
    expect((await json('GET', `/messages?user=user 1&conversation_id=${id}`)).data.data).toMatchObject([
      { query: 'wait', answer: 'Half' },
    ])
  })

  it('is kept alive by pings without data while nothing is said', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    cleanUps.push(() => vi.useRealTimers())
    const { send } = open({ chat: echo() })
    const response = await send('POST', '/chat-messages', { query: 'wait', user: 'ada', response_mode: 'streaming' })
    const { reader } = await read(response, 'Half')

    vi.advanceTimersByTime(20_000)

    expect(await reader?.read()).toMatchObject({ value: 'event: ping\n\n' })
    expect(await reader?.read()).toMatchObject({ value: 'event: ping\n\n' })
    await reader?.cancel()
  })

  it('answers 504 when somebody waits for all of it for too long', async () => {
    const still = scriptedClock()
    let markWaiting: () => void = () => undefined
    const isWaited = new Promise<void>((resolve) => {
      markWaiting = resolve
    })
    const clock = {
      ...still,
      after(ms: number, callback: () => void) {
        if (ms === 60_000) markWaiting()
        return still.after(ms, callback)
      },
    }
    const { json } = open({ chat: echo() }, { clock })
    const waiting = json('POST', '/chat-messages', { query: 'wait', user: 'ada' })
    await isWaited
    clock.advance(60_000)

    expect(await waiting).toMatchObject({ status: 504, data: { code: 'gateway_timeout', status: 504 } })
    expect((await json('GET', '/conversations?user=ada')).data.data).toHaveLength(1)
  })

  it('tells a failure after the stream has begun as an event, before that as a status', async () => {
    const broken = {
      run() {
        throw new TypeError('secret words')
      },
    }
    const { send, json } = open({ chat: broken })
    const streamed = eventsIn(
      await (await send('POST', '/chat-messages', { ...ask, response_mode: 'streaming' })).text(),
    )

    expect(streamed).toEqual([
      {
        event: 'error',
        conversation_id: expect.any(String),
        message_id: expect.any(String),
        created_at: expect.any(Number),
        code: 'internal_server_error',
        status: 500,
        message: 'Internal Server Error, please contact support.',
      },
    ])
    expect(await json('POST', '/chat-messages', ask)).toMatchObject({
      status: 500,
      data: { code: 'internal_server_error' },
    })
    const id = streamed[0].conversation_id
    expect((await json('GET', `/messages?user=ada&conversation_id=${id}`)).data.data).toMatchObject([
      { status: 'error', query: 'Hi' },
    ])
  })
})

describe('D7: what kind of failure ends a stream', () => {
  it.each([
    ['not_configured', 'provider_not_initialize'],
    ['model_failed', 'completion_request_error'],
    ['model_key_refused', 'provider_not_initialize'],
    ['model_unknown', 'model_currently_not_support'],
    ['model_out_of_credit', 'provider_quota_exceeded'],
    ['invalid_request', 'invalid_param'],
  ] as const)('%s is %s, as an event and as an answer', async (kind, code) => {
    const failing = {
      run() {
        throw new ParleyError(kind, 'Connect a model.')
      },
    }
    const { send, json } = open({ chat: failing })
    const wanted = { code, message: 'Connect a model.', status: 400 }

    const streamed = await (await send('POST', '/chat-messages', { ...ask, response_mode: 'streaming' })).text()
    expect(eventsIn(streamed)).toMatchObject([{ event: 'error', ...wanted }])
    expect(await json('POST', '/chat-messages', ask)).toMatchObject({ status: 400, data: wanted })
  })
})

describe('D3: an app without a form', () => {
  it.each([
    ['one value', { query: 'Hello' }, 'Heard: Hello'],
    ['several', { topic: 'Hue', nights: 3, more: { a: 1 }, none: null }, 'Heard: topic: Hue\nnights: 3\nmore: {"a":1}'],
  ])('is told what it is given: %s', async (_, inputs, answer) => {
    const { json } = open({ writer: echo({ mode: 'completion' }), flow: echo({ mode: 'workflow' }) })
    const given = { inputs, user: 'ada' }

    expect((await json('POST', '/completion-messages', given)).data).toMatchObject({ answer })
    const { data } = await json('POST', '/workflows/run', given, keyOf('flow'))
    expect(data).toMatchObject({ data: { outputs: { result: answer } } })
  })
})

describe('D3: what an answer cost', () => {
  it('is told where the models of the app have prices, and kept', async () => {
    const priced: Runnable<Caller> = {
      async *run({ run, trace, thread }) {
        trace.spent?.({ input: 0.001, output: 0.0002 })
        trace.spent?.({ input: 0, output: 0.00009 })
        yield* streamText(thread, 'Hi')
        const usage = { requests: 2, input_tokens: 7, output_tokens: 3, total_tokens: 10 }
        yield { type: 'run.usage', run_id: run.id, usage }
      },
    }
    const { json } = open({ chat: priced })

    const { data } = await json('POST', '/chat-messages', ask)
    expect(data.metadata.usage).toMatchObject({
      prompt_tokens: 7,
      prompt_unit_price: '142.8571429',
      prompt_price_unit: '0.000001',
      prompt_price: '0.0010000',
      completion_tokens: 3,
      completion_price: '0.0002900',
      total_tokens: 10,
      total_price: '0.0012900',
      currency: 'USD',
    })
    const path = `/messages?user=ada&conversation_id=${data.conversation_id}`
    expect((await json('GET', path)).data.data).toMatchObject([{ total_tokens: 10, total_price: '0.0012900' }])
  })
})

describe('D5: variables of a conversation', () => {
  it('are its inputs: ignored when it goes on, changed on their own', async () => {
    const { json } = open({ chat: echo({ inputs: FORM }) })
    const inputs = { city: 'Hue', nights: '3' }
    const { data } = await json('POST', '/chat-messages', { ...ask, inputs })
    const path = `/conversations/${data.conversation_id}/variables`
    const more = { ...ask, conversation_id: data.conversation_id, inputs: { city: 5 } }
    expect((await json('POST', '/chat-messages', more)).status).toBe(200)

    const page = (await json('GET', `${path}?user=ada&limit=2`)).data
    expect(page).toMatchObject({ limit: 2, has_more: true, data: [{ name: 'city', value: 'Hue' }, { name: 'tone' }] })
    const rest = (await json('GET', `${path}?user=ada&last_id=${page.data[1].id}`)).data
    expect(rest.data).toMatchObject([
      { name: 'nights', value: 3, value_type: 'number' },
      { name: 'map', value_type: 'file' },
    ])
    const [city] = page.data
    for (const method of ['PUT', 'PATCH'])
      expect((await json(method, `${path}/${city.id}`, { value: method, user: 'ada' })).data).toMatchObject({
        id: city.id,
        value: method,
      })
    expect((await json('PUT', `${path}/${city.id}`, { value: 1, user: 'ada' })).data).toEqual({
      code: 'bad_request',
      message: "Type mismatch: variable 'city' expects string, but got number type",
      status: 400,
    })
    expect((await json('PUT', `${path}/nothing`, { value: 'x', user: 'ada' })).status).toBe(404)
    expect((await json('PUT', `${path}/${city.id}`, { value: 'x', user: 'ben' })).status).toBe(404)
  })
})

describe('D6: files', () => {
  const withFiles = (inputs = FORM.filter(({ type }) => type === 'file')) => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-clickai-'))
    cleanUps.push(() => rmSync(folder, { recursive: true, force: true }))
    const guardedFetch = async (url: string | URL) => {
      if (String(url).includes('//10.')) throw new GuardedFetchError('forbidden_address', 'It is private.')
      return new Response('far away', { headers: { 'content-type': 'text/plain' } })
    }
    const app = echo({ inputs })
    return open({ chat: app, other: app }, { uploads: inFolder(folder), guardedFetch })
  }
  const form = (parts: [string, Blob | string, string?][]) => {
    const data = new FormData()
    for (const [name, value, file] of parts)
      if (typeof value === 'string') data.append(name, value)
      else data.append(name, value, file)
    return data
  }
  const text = new Blob(['hello'], { type: 'text/plain' })

  it('are refused in the words of this API', async () => {
    const { json } = withFiles()
    const upload = async (parts: [string, Blob | string, string?][]) =>
      (await json('POST', '/files/upload', form(parts))).data

    expect(await upload([['user', 'ada']])).toMatchObject({ code: 'no_file_uploaded', status: 400 })
    expect(
      await upload([
        ['file', text, 'a'],
        ['file', text, 'b'],
      ]),
    ).toMatchObject({ code: 'too_many_files' })
    expect(await upload([['file', text, 'a\\b.txt']])).toMatchObject({ code: 'invalid_param' })
    const large = new Blob([new Uint8Array(11 * 1024 * 1024)], { type: 'image/png' })
    expect(await upload([['file', large, 'a.png']])).toMatchObject({ code: 'file_too_large', status: 413 })
    const fake = await upload([['file', new Blob(['no picture'], { type: 'image/png' }), 'a.png']])
    expect(fake).toMatchObject({ mime_type: 'application/octet-stream', created_by: 'DEFAULT-USER' })
  })

  it('are shown once a message refers to them, to their app alone', async () => {
    const { json, send } = withFiles()
    const { data } = await json(
      'POST',
      '/files/upload',
      form([
        ['file', text, 'a.txt'],
        ['user', 'ada'],
      ]),
    )
    const preview = (key?: string) => send('GET', `/files/${data.id}/preview?as_attachment=true`, undefined, key)

    expect((await preview()).status).toBe(403)
    const file = { type: 'custom', transfer_method: 'local_file', upload_file_id: data.id }
    const sent = await json('POST', '/chat-messages', { ...ask, inputs: { map: file } })
    expect(sent.status).toBe(200)
    const shown = await preview()
    expect(await shown.text()).toBe('hello')
    expect(shown.headers.get('content-type')).toBe('text/plain')
    expect(shown.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''a.txt")
    expect(await (await preview(keyOf('other'))).json()).toMatchObject({ code: 'file_not_found', status: 404 })
    expect((await json('GET', '/conversations?user=ada')).data.data[0].inputs).toEqual({
      map: { id: data.id, name: 'a.txt' },
    })
  })

  it('fit the field they are for, and are ten at most', async () => {
    const picky = appFormSchema.parse([
      {
        type: 'file-list',
        variable: 'plans',
        allowed_file_types: ['image', 'custom'],
        allowed_file_extensions: ['.csv'],
        allowed_file_upload_methods: ['local_file'],
      },
    ])
    const { json } = withFiles(picky)
    const upload = async (name: string) => {
      const { data } = await json(
        'POST',
        '/files/upload',
        form([
          ['file', text, name],
          ['user', 'ada'],
        ]),
      )
      return { type: 'custom', transfer_method: 'local_file', upload_file_id: data.id }
    }
    const asked = (...plans: object[]) => json('POST', '/chat-messages', { ...ask, inputs: { plans } })

    expect((await asked(await upload('a.csv'))).status).toBe(200)
    expect((await asked(await upload('a.txt'))).data).toMatchObject({
      code: 'invalid_param',
      params: 'plans',
      message: 'plans in input form must be a file of the kind: image, .csv',
    })
    const remote = { type: 'image', transfer_method: 'remote_url', url: 'https://example.com/a.csv' }
    expect((await asked(remote)).data).toMatchObject({ code: 'invalid_param', params: 'plans' })
    const files = Array.from({ length: 11 }, () => remote)
    expect((await json('POST', '/chat-messages', { ...ask, files })).data).toMatchObject({ params: 'files' })
  })

  it('of other servers are fetched, but not from inside', async () => {
    const { json } = withFiles()
    const remote = (url: string) =>
      json('POST', '/chat-messages', { ...ask, files: [{ type: 'document', transfer_method: 'remote_url', url }] })

    expect(await remote('http://10.0.0.1/a')).toMatchObject({
      status: 400,
      data: { code: 'invalid_param', message: 'Invalid file url: It is private.' },
    })
    const { data } = await remote('https://example.com/far%20away.txt')
    const [message] = (await json('GET', `/messages?user=ada&conversation_id=${data.conversation_id}`)).data.data
    expect(message.message_files).toMatchObject([
      { filename: 'far away.txt', type: 'document', mime_type: 'text/plain' },
    ])
  })
})

describe('D6: feedback and users', () => {
  it('are listed for the app', async () => {
    const { json } = open({ chat: echo(), other: echo() })
    const { data } = await json('POST', '/chat-messages', ask)
    const path = `/messages/${data.id}`
    await json('POST', `${path}/feedbacks`, { user: 'ada', rating: 'like', content: 'Rất hữu ích!' })

    expect((await json('GET', '/app/feedbacks')).data.data).toMatchObject([
      { message_id: data.id, conversation_id: data.conversation_id, rating: 'like', content: 'Rất hữu ích!' },
    ])
    expect((await json('GET', '/app/feedbacks?page=2')).data).toEqual({ data: [] })
    expect((await json('GET', '/app/feedbacks', undefined, keyOf('other'))).data).toEqual({ data: [] })
    expect((await json('POST', `${path}/feedbacks`, { user: 'ada', rating: 5 })).status).toBe(400)
    expect((await json('GET', '/end-users/ada')).data).toMatchObject({ id: 'ada', session_id: 'ada', app_id: 'chat' })
    expect((await json('GET', '/end-users/ada', undefined, keyOf('other'))).data).toMatchObject({
      code: 'end_user_not_found',
    })
    const suggest = async (said: readonly { text: string }[]) => [`More of “${said.at(-1)?.text}”?`]
    const suggesting = open({ chat: echo({ suggest }) })
    const asked = (await suggesting.json('POST', '/chat-messages', ask)).data
    expect((await suggesting.json('GET', `/messages/${asked.id}/suggested?user=ada`)).data).toEqual({
      result: 'success',
      data: ['More of “Heard: Hi”?'],
    })
    expect((await json('GET', `${path}/suggested?user=ada`)).data).toMatchObject({ code: 'bad_request' })
    expect((await json('GET', `${path}/suggested?user=ben`)).status).toBe(404)
  })
})

describe('one thread, many clients', () => {
  it('a conversation of the chat is read and goes on here, and the other way round', async () => {
    const { json, fetch } = open({ chat: echo() })
    const say = (type: string, params: object) =>
      fetch(
        '/api/chatkit',
        { type, params: { input: { content: [{ type: 'input_text', text: 'Hello' }] }, ...params } },
        { as: 'ada' },
      )
    const started = eventsIn(await (await say('threads.create', {})).text())
    const { id } = started.find(({ type }) => type === 'thread.created').thread

    const { data } = await json('POST', '/chat-messages', { ...ask, conversation_id: id })
    expect(data).toMatchObject({ conversation_id: id, answer: 'Heard: Hi' })
    const told = (await json('GET', `/messages?user=ada&conversation_id=${id}`)).data.data
    expect(told.map(({ query }: { query: string }) => query)).toEqual(['Hello', 'Hi'])
    await (await say('threads.add_user_message', { thread_id: id })).text()
    expect((await json('GET', `/messages?user=ada&conversation_id=${id}`)).data.data).toHaveLength(3)
  })
})
