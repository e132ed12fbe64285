import { afterEach, describe, expect, it } from 'vitest'
import { configuredAgents } from '../../../agents/configured-agent.js'
import { streamText } from '../../../chatkit-server/stream-text.js'
import { say, scriptedModel } from '../../../models/scripted.js'
import type { Runnable } from '../../../runnable/runnable.js'
import { type AdminServer, adminServer } from '../../admin/admin.fixture.js'

let server: AdminServer
afterEach(() => server.close())

/** What is read of answers: each has some of it. */
interface Answer {
  text_to_speech: unknown
  file_upload: unknown
  message_id: string
}

/** What is read of events. */
interface Told {
  event: string
  message_id: string
  task_id: string
  audio: string
}

/** Agents that are made here, by models that hear and speak. */
function start(apps: Record<string, Runnable<unknown>> = { plain }) {
  const models = {
    kind: 'chat-completions' as const,
    describe: async () => 'scripted',
    model: async () => scriptedModel(say('Hello')),
    transcribe: async ({ data, mediaType }: { data: Uint8Array; mediaType: string }) =>
      `${data.length} of ${mediaType}`,
    speak: async ({ text, voice = 'any' }: { text: string; voice?: string | undefined }) =>
      new TextEncoder().encode(`${voice}: ${text}`),
  }
  server = adminServer({
    appMaker: configuredAgents(models),
    apps,
  })
}
const plain: Runnable<unknown> = { run: ({ thread }) => streamText(thread, 'Hello') }

async function keyOf(app: string): Promise<string> {
  return server.keyWith(['chat'], app)
}

async function get(path: string, key: string) {
  const response = await server.fetch(path, undefined, { as: null, headers: { authorization: `Bearer ${key}` } })
  return { status: response.status, body: (await response.json()) as Answer }
}

const SHOP = {
  id: 'shop',
  name: 'Fruit shop',
  description: 'Sells fruit.',
  agent: {
    tools: [{ type: 'function', function: { name: 'open' } }],
    inputs: [
      { type: 'select', variable: 'city', label: 'City', required: true, options: ['Hanoi', 'Hue'] },
      { type: 'text-input', variable: 'note' },
      { type: 'number', variable: 'nights', default: 0 },
      { type: 'checkbox', variable: 'pets', default: false },
    ],
  },
  presentation: {
    opening_statement: 'Xin chào!',
    suggested_questions: ['What is fresh?'],
    icon: '🍎',
    disclaimer: 'Prices may change.',
    tags: ['food'],
  },
}

describe('D6: what an app is', () => {
  it('is told by its settings', async () => {
    start()
    await server.admin('POST', '/apps', SHOP)
    const key = await keyOf('shop')

    expect((await get('/v1/info', key)).body).toEqual({
      name: 'Fruit shop',
      description: 'Sells fruit.',
      tags: ['food'],
      mode: 'agent-chat',
      author_name: '',
    })
    expect((await get('/v1/parameters?user=u1', key)).body).toMatchObject({
      opening_statement: 'Xin chào!',
      suggested_questions: ['What is fresh?'],
      speech_to_text: { enabled: true },
      text_to_speech: { enabled: true },
      user_input_form: [
        { select: { variable: 'city', label: 'City', required: true, options: ['Hanoi', 'Hue'], default: '' } },
        { 'text-input': { variable: 'note', label: 'note', required: false, default: '' } },
        { number: { variable: 'nights', label: 'nights', required: false, default: 0 } },
        { checkbox: { variable: 'pets', label: 'pets', required: false, default: false } },
      ],
      system_parameters: { file_size_limit: 0 },
    })
    expect((await get('/v1/meta', key)).body).toEqual({ tool_icons: {} })
    expect((await get('/v1/site', key)).body).toMatchObject({
      title: 'Fruit shop',
      icon: '🍎',
      custom_disclaimer: 'Prices may change.',
      privacy_policy: null,
    })
  })

  it('says of an app with a graph how files are sent, too', async () => {
    start({ flow: { ...plain, mode: 'workflow' } })

    const { body } = await get('/v1/parameters', await keyOf('flow'))

    expect(body.file_upload).toMatchObject({ fileUploadConfig: { batch_count_limit: 10, file_size_limit: 0 } })
  })

  it('changes at once, field by field', async () => {
    start()
    await server.admin('POST', '/apps', SHOP)

    const { body } = await server.admin('PATCH', '/apps/shop', {
      presentation: { icon: null, opening_statement: 'Welcome!' },
    })

    expect(body.presentation).toMatchObject({ opening_statement: 'Welcome!', tags: ['food'] })
    expect(body.presentation.icon).toBeUndefined()
    expect(body.version).toBe('1')
    const wrong = await server.admin('PATCH', '/apps/shop', { presentation: { color: 'red' } })
    expect(wrong.body.error).toMatchObject({ param: 'presentation.color' })
  })

  it('is told of apps in code too, and of none that has gone', async () => {
    start()
    const key = await keyOf('plain')
    expect((await get('/v1/info', key)).body).toMatchObject({ name: 'plain', mode: 'chat' })
    expect((await get('/v1/parameters', key)).body).toMatchObject({ speech_to_text: { enabled: false } })
    await server.admin('POST', '/apps', { ...SHOP, id: 'gone' })
    const late = await keyOf('gone')
    await server.admin('DELETE', '/apps/gone')

    expect(await get('/v1/info', late)).toMatchObject({ status: 403, body: { message: 'The app no longer exists.' } })
    expect((await get('/v1/info', 'app-nobodys')).status).toBe(401)
  })
})

describe('D2: my assistants', () => {
  it('are listed page by page, and by their mode, with a key of the workspace', async () => {
    start()
    await server.admin('POST', '/apps', SHOP)
    await server.admin('POST', '/apps', { id: 'writer', name: 'Writer', agent: { mode: 'completion' } })
    const key = await server.keyWith(['chat'])
    const list = (query: string) => get(`/assistant/api/assistant/my-assistants${query}`, key)

    expect((await list('')).body).toEqual({
      page: 1,
      page_size: 10,
      total: 3,
      data: [
        { id: 'writer', name: 'Writer', mode: 'completion', description: '', created_at: expect.any(Number) },
        {
          id: 'shop',
          name: 'Fruit shop',
          mode: 'agent-chat',
          description: 'Sells fruit.',
          created_at: expect.any(Number),
        },
        { id: 'plain', name: 'plain', mode: 'chat', description: '', created_at: null },
      ],
    })
    expect((await list('?page=1&page_size=10&mode=agent-chat&workspace_id=test')).body).toMatchObject({
      total: 1,
      data: [{ id: 'shop' }],
    })
    expect((await list('?page=2&page_size=2')).body).toMatchObject({ total: 3, data: [{ id: 'plain' }] })
    expect((await list('?page=9')).body).toMatchObject({ total: 3, data: [] })
  })

  it('are refused to keys of another kind, and say what is wrong with a query', async () => {
    start()
    const path = '/assistant/api/assistant/my-assistants'
    const key = await server.keyWith(['chat'])

    expect((await get(path, await keyOf('plain'))).body).toMatchObject({ code: 'unauthorized', status: 401 })
    expect((await get(path, await server.keyWith(['knowledge']))).status).toBe(401)
    for (const query of ['page=0', 'page_size=101', 'mode=magic'])
      expect((await get(`${path}?${query}`, key)).body, query).toMatchObject({ code: 'invalid_param', status: 400 })
    expect((await get(`${path}?workspace_id=bank`, key)).body).toMatchObject({ code: 'forbidden', status: 403 })
    expect((await get('/assistant/api/nothing', key)).body).toMatchObject({ code: 'not_found', status: 404 })
  })
})

describe('D6: audio', () => {
  const post = (path: string, body: unknown, key: string) =>
    server.fetch(path, body, { as: null, headers: { authorization: `Bearer ${key}` }, method: 'POST' })
  const recording = (type: string, size = 5) => {
    const form = new FormData()
    form.set('file', new File([new Uint8Array(size)], 'speech', { type }))
    form.set('user', 'u1')
    return form
  }

  it('is turned into text, whatever its kind is called', async () => {
    start()
    await server.admin('POST', '/apps', SHOP)
    const key = await keyOf('shop')

    for (const type of ['audio/mp3', 'audio/mpeg', 'audio/mpga'])
      expect(await (await post('/v1/audio-to-text', recording(type), key)).json()).toEqual({ text: '5 of audio/mpeg' })
    const codes = async (body: unknown) => (await (await post('/v1/audio-to-text', body, key)).json()) as unknown
    expect(await codes(recording('text/plain'))).toMatchObject({ code: 'unsupported_audio_type', status: 415 })
    expect(await codes(new FormData())).toMatchObject({ code: 'no_audio_uploaded', status: 400 })
    expect(await codes({ file: 'x' })).toMatchObject({ code: 'no_audio_uploaded', status: 400 })
    const deaf = await post('/v1/audio-to-text', recording('audio/mp3'), await keyOf('plain'))
    expect(await deaf.json()).toMatchObject({ code: 'speech_to_text_disabled', status: 400 })
  })

  it('follows an answer by itself where the app is set to, in whole pieces', async () => {
    start()
    await server.admin('POST', '/apps', { ...SHOP, presentation: { speech: { auto_play: true, voice: 'nova' } } })
    const key = await keyOf('shop')
    const asked = { query: 'Hi', inputs: { city: 'Hue' }, user: 'u1', response_mode: 'streaming' }

    const text = await (await post('/v1/chat-messages', asked, key)).text()

    const events = text
      .split('\n\n')
      .filter(Boolean)
      .map((event) => JSON.parse(event.slice('data: '.length)) as Told)
    const [end, spoken, last] = events.slice(-3)
    expect([end?.event, spoken?.event, last?.event]).toEqual(['message_end', 'tts_message', 'tts_message_end'])
    expect(spoken).toMatchObject({ message_id: end?.message_id, task_id: end?.task_id })
    expect(atob(spoken?.audio ?? '')).toBe('nova: Hello')
    expect((await get('/v1/parameters', key)).body.text_to_speech).toMatchObject({ autoPlay: 'enabled', voice: 'nova' })
  })

  it('is made of a text', async () => {
    start()
    await server.admin('POST', '/apps', SHOP)
    const key = await keyOf('shop')

    const response = await post('/v1/text-to-audio', { text: 'Hello', user: 'u1', voice: 'nova' }, key)

    expect(response.headers.get('content-type')).toBe('audio/mpeg')
    expect(await response.text()).toBe('nova: Hello')
    const asked = { query: 'Hi', inputs: { city: 'Hue' }, user: 'u1' }
    const { message_id } = (await (await post('/v1/chat-messages', asked, key)).json()) as Answer
    const answer = await post('/v1/text-to-audio', { message_id, text: 'Not this', user: 'u1' }, key)
    expect(await answer.text()).toBe('any: Hello')
    const foreign = await post('/v1/text-to-audio', { message_id, user: 'u2' }, key)
    expect(await foreign.json()).toMatchObject({ code: 'not_found', status: 404 })
    const silent = await post('/v1/text-to-audio', { text: '', user: 'u1' }, key)
    expect(await silent.json()).toMatchObject({ code: 'invalid_param', params: 'text' })
  })
})
