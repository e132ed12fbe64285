import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createParley } from '../../app/create-parley.js'
import { API_KEY_SCOPES } from '../../auth/api-keys.js'
import { systemClock } from '../../base/clock.js'
import { staticCatalog } from '../../catalog/catalog.js'
import { type UserFacts, userFacts } from '../../facts/user-facts.js'
import { eventWriterOf } from '../../http/event-stream.js'
import { createKnowledgeBases } from '../../knowledge/knowledge-bases.js'
import { type Listener, listen } from '../../node/listen.js'
import { diskFiles } from '../../storage/files/disk-files.js'
import { sqliteStore } from '../../storage/sqlite/index.js'
import { readEvents } from '../../testing/read-events.js'
import { type AnswerCheck, checkOfAnswers } from './documented-answers.fixture.js'
import { runSnippets } from './run-snippets.fixture.js'
import { appForSamples } from './samples.fixture.js'
import { LANGUAGES, type Language } from './snippets.js'

const PICTURE = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
  (letter) => letter.charCodeAt(0),
)

const APIS = ['chatkit', 'openai-hosted', 'xpert', 'clickai']

/** More than a hundred programs, one after another. */
const RUNNING_MS = 240_000

const ignore = () => undefined
const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore }

let folder: string
let parley: ReturnType<typeof createParley>
let listener: Listener
let keys: Record<string, string>
let facts: UserFacts
let checks: AnswerCheck[]
/** Answers of which the documentation says something else. */
let others: Set<string>

/** Looks at every answer on its way out. */
async function answer(request: Request): Promise<Response> {
  const response = await parley.fetch(request)
  for (const check of eventWriterOf(response) ? [] : checks) {
    const problem = await check(request, response)
    if (problem !== undefined) others.add(problem)
  }
  return response
}

async function start() {
  checks = []
  others = new Set()
  folder = mkdtempSync(join(tmpdir(), 'parley-snippets-'))
  const apps = {
    home: appForSamples(),
    writer: { ...appForSamples(), mode: 'completion' as const },
    flow: { ...appForSamples(), mode: 'workflow' as const },
  }
  const store = sqliteStore(':memory:')
  const files = diskFiles(join(folder, 'files'))
  facts = userFacts(store.facts)
  parley = createParley({
    store,
    catalog: staticCatalog(apps),
    appMaker: { make: () => appForSamples(), problemsOf: () => [] },
    authenticate: async () => ({ workspaceId: 'test', userId: 'ada', method: 'jwt' }),
    uploads: { files, key: new Uint8Array(32) },
    knowledge: createKnowledgeBases({
      store: store.knowledge,
      sources: { files, records: store.knowledgeFiles },
      clock: systemClock,
      log: SILENT,
      readDocument: async ({ bytes }) => [{ text: new TextDecoder().decode(bytes) }],
    }),
    guardedFetch: async () => new Response(PICTURE),
    allowOrigin: () => true,
    log: SILENT,
  })
  await parley.start()
  const key = async (appId?: string) =>
    (
      await parley.apiKeys.create({
        workspaceId: 'test',
        name: 'Test',
        scopes: [...API_KEY_SCOPES],
        ...(appId && { appId }),
      })
    ).key
  keys = { all: await key(), desk: await key('desk'), writer: await key('writer'), flow: await key('flow') }
  listener = await listen(answer, { host: '127.0.0.1', port: 0 })
  await madeApp('desk')
  const documents = await Promise.all(APIS.map((api) => json(`/docs/desk/${api}/openapi.json`, undefined)))
  checks = documents.map(checkOfAnswers)
}

async function stop() {
  await listener?.close()
  await parley?.close(0)
  rmSync(folder, { recursive: true, force: true })
}

/** What a page shows: by operation, the code in each language. */
interface Shown {
  app: string
  api: string
  operation: string
  snippets: Map<Language, string>
  /** What the document says of a good answer. */
  status: string
}

const readText = (text: string) =>
  text
    .replace(/<\/?mark>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

async function readPage(app: string, api: string): Promise<Shown[]> {
  const page = await send(`/docs/${app}/${api}`, undefined, { authorization: `Bearer ${keys.all}` })
  const statuses = await documentedStatuses(app, api)
  const articles = (await page.text()).matchAll(/<article class="operation" id="([^"]+)".*?<\/article>/gs)
  return [...articles].map(([text, operation = '']) => ({
    app,
    api,
    operation,
    status: statuses.find(([id]) => operation === id || operation.startsWith(`${id}-`))?.[1] ?? '',
    snippets: new Map(
      [...text.matchAll(/<pre data-snippet="(\w+)"[^>]*><code>(.*?)<\/code><\/pre>/gs)].map(
        ([, language, code = '']) => [language as Language, readText(code)], // the page's own names
      ),
    ),
  }))
}

/** By operation, as the page names it; the longest names first. */
async function documentedStatuses(app: string, api: string): Promise<(readonly [string, string])[]> {
  const { paths } = await json(`/docs/${app}/${api}/openapi.json`, undefined)
  const operations: Answer[] = Object.values(paths).flatMap((path) => Object.values(path as object))
  return operations
    .map(({ operationId, responses }) => [operationId.toLowerCase(), Object.keys(responses)[0] ?? ''] as const)
    .sort(([a], [b]) => b.length - a.length)
}

const send = (
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
  method = body === undefined ? 'GET' : 'POST',
) =>
  fetch(`${listener.url}${path}`, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever comes
type Answer = any

const json = async (path: string, body: unknown, key = keys.all): Promise<Answer> =>
  (await send(path, body, { authorization: `Bearer ${key}` })).json()

/** An app like those that are made in the studio. */
const madeApp = async (id: string): Promise<string> =>
  (await json('/api/admin/v1/apps', { id, name: 'Desk', agent: {} })).id

/** A conversation with the app, begun by a word it knows. */
async function conversation(text: string, path = '/api/chatkit') {
  const events = await readEvents(await send(path, { type: 'message', content: text }))
  const items = events.flatMap((event) => (event.type === 'thread.item.done' ? [event.item] : []))
  return { thread: items[0]?.thread_id ?? '', asked: items[0]?.id ?? '', answer: items.at(-1)?.id ?? '' }
}

const clientSecret = async () =>
  (await json('/v1/chatkit/sessions', { user: 'ada', workflow: { id: 'desk' } })).client_secret ?? ''

/** Where an operation needs a conversation that has come to something. */
const BEGINNINGS: Record<string, string> = {
  'threads-add-client-tool-output': 'tool',
  'threads-add-structured-input': 'question',
  'threads-custom-action': 'widget',
  'threads-sync-custom-action': 'widget',
}

/** What stands for each placeholder of one operation: made anew, for many of them are gone afterwards. */
async function valuesFor({ api, app, operation }: Shown, code: string): Promise<Record<string, () => Promise<string>>> {
  if (api === 'chatkit') {
    const word = Object.entries(BEGINNINGS).find(([name]) => operation.endsWith(name))?.[1] ?? 'Hello'
    const { thread, asked, answer } = await conversation(word, `/api/chatkit/${app}`)
    const ofAnswer = word !== 'Hello' || operation.endsWith('feedback')
    return {
      THREAD_ID: async () => thread,
      ITEM_ID: async () => (ofAnswer ? answer : asked),
      FACT_ID: async () => (await facts.remember('Likes tea', { workspaceId: 'test', userId: 'ada', appId: app })).id,
      ATTACHMENT_ID: async () => (await upload(`/api/chatkit/files?app=${app}`)).id ?? '',
    }
  }
  if (api === 'openai-hosted')
    return {
      SESSION_ID: async () => (await json('/v1/chatkit/sessions', { user: 'ada', workflow: { id: 'desk' } })).id ?? '',
      THREAD_ID: async () => (await conversation('Hello')).thread,
      WORKFLOW_ID: async () => (await json('/v1/agent_builder/workflows', { name: 'Made', instructions: '' })).id ?? '',
    }
  if (api === 'xpert') return run(code, operation)
  const key = keys[app]
  if (isAboutKnowledge(code)) return knowledge()
  return app === 'flow' ? workflow(key) : message(key)
}

/** A run of a workflow that asks somebody, and all that belongs to it. */
async function workflow(key: string | undefined): Promise<Record<string, () => Promise<string>>> {
  const { workflow_run_id, data } = await json(
    '/v1/workflows/run',
    { inputs: { topic: 'question' }, user: 'user_123' },
    key,
  )
  return {
    WORKFLOW_RUN_ID: async () => workflow_run_id,
    TASK_ID: async () => workflow_run_id,
    WORKFLOW_ID: async () => data.workflow_id,
    FORM_TOKEN_ID: async () => data.reasons[0].form_token,
  }
}

/** A conversation that one run has gone through, and what a user may keep beside it. */
async function run(code: string, operation: string): Promise<Record<string, () => Promise<string>>> {
  const body = { assistant_id: 'desk', input: { messages: [{ role: 'user', content: 'Hello' }] } }
  const held = { assistant_id: 'desk', input: { input: 'Hello' }, interrupt_before: '*' }
  const { thread_id: thread } = await json('/api/ai/threads', { assistant_id: 'desk' })
  if (code.includes('/goal'))
    await send(
      `/api/ai/conversations/${thread}/goal`,
      { objective: 'Find it.' },
      { authorization: `Bearer ${keys.all}` },
      'PUT',
    )
  const path = `/api/ai/threads/${thread}`
  if (/(RUN|CHECKPOINT|CONVERSATION)_ID/.test(code))
    await json(
      `${path}/runs/wait`,
      /(pause|resume)run/i.test(operation) ? held : { ...body, feedback_keys: ['user_score'] },
    )
  const latestRun = async () => (await json(`${path}/runs`, undefined))[0].run_id
  const messages = `/api/ai/conversations/${thread}/messages`
  const said = async () => (await json(messages, { role: 'user', content: 'Said elsewhere.' })).id
  const answered = async () => (await json(`${messages}/search`, { where: { role: 'ai' } })).items[0].id
  const base = async () => (await json('/api/ai/knowledges', { name: crypto.randomUUID() })).id
  const knowledge = code.includes('KNOWLEDGE_ID') ? await base() : ''
  return {
    ASSISTANT_ID: () => madeApp(`app_${crypto.randomUUID()}`),
    THREAD_ID: async () => thread,
    CONVERSATION_ID: async () => thread,
    RUN_ID: latestRun,
    PAUSE_ID: async () => (await json(path, undefined)).runControl?.pauseId ?? 'any',
    TOKEN_ID: async () => {
      const read = await send(`${path}/runs/${await latestRun()}/stream`, undefined, {
        authorization: `Bearer ${keys.all}`,
      })
      return /token=([\w.-]+)/.exec(await read.text())?.[1] ?? ''
    },
    CHECKPOINT_ID: async () => (await json(`${path}/state`, undefined)).checkpoint.checkpoint_id,
    MESSAGE_ID: operation.includes('feedback') ? answered : said,
    FEEDBACK_ID: async () => (await json(`${messages}/${await answered()}/feedbacks`, { rating: 'like' })).id,
    FILE_ID: async () =>
      (await upload('/api/ai/contexts/file', { authorization: `Bearer ${keys.all}` }, {}, notes())).id,
    CRON_ID: async () => (await json('/api/ai/runs/crons', { ...body, schedule: '@yearly' })).cron_id,
    KNOWLEDGE_ID: async () => knowledge,
    DOCUMENT_ID: async () =>
      (await json(`/api/ai/knowledges/${knowledge}/bulk`, [{ name: 'Hours', text: 'Nine.' }]))[0].id,
  }
}

/** One message of a user, and all that belongs to it. */
async function message(key: string | undefined): Promise<Record<string, () => Promise<string>>> {
  const user = 'user_123'
  const reply = { score_threshold: 0.9, embedding_provider_name: 'openai', embedding_model_name: 'small' }
  const { conversation_id, message_id } = await json('/v1/chat-messages', { query: 'Hello', inputs: {}, user }, key)
  return {
    CONVERSATION_ID: async () => conversation_id,
    MESSAGE_ID: async () => message_id,
    TASK_ID: async () => crypto.randomUUID(),
    ANNOTATION_ID: async () => (await json('/v1/apps/annotations', { question: 'When?', answer: 'At nine.' }, key)).id,
    JOB_ID: async () => (await json('/v1/apps/annotation-reply/enable', reply, key)).job_id,
    FILE_ID: () => fileOfAMessage(key),
    VARIABLE_ID: async () =>
      (await json(`/v1/conversations/${conversation_id}/variables?user=${user}`, undefined, key)).data[0].id,
    END_USER_ID: async () =>
      (await upload('/v1/files/upload', { authorization: `Bearer ${key}` }, { user })).created_by,
  }
}

async function fileOfAMessage(key: string | undefined): Promise<string> {
  const { id } = await upload('/v1/files/upload', { authorization: `Bearer ${key}` }, { user: 'user_123' })
  const files = [{ type: 'image', transfer_method: 'local_file', upload_file_id: id }]
  await json('/v1/chat-messages', { query: 'Hello', inputs: {}, user: 'user_123', files }, key)
  return id
}

const isAboutKnowledge = (code: string) => /\/(v1\/(datasets|workspaces)|assistant\/api)/.test(code)

/** A knowledge base with one document that has been read, a property and a tag. */
async function knowledge(): Promise<Record<string, () => Promise<string>>> {
  const base = await json('/v1/datasets', { name: crypto.randomUUID() })
  const path = `/v1/datasets/${base.id}`
  const { document, batch } = await json(`${path}/document/create-by-text`, {
    name: 'Returns',
    text: 'Thirty days.',
    indexing_technique: 'high_quality',
    process_rule: { mode: 'automatic' },
  })
  const status = async () =>
    (await json(`${path}/documents/${batch}/indexing-status`, undefined)).data?.[0]?.indexing_status
  await expect.poll(status).toBe('completed')
  const field = await json(`${path}/metadata`, { type: 'number', name: 'pages' })
  const tag = await json('/v1/datasets/tags', { name: crypto.randomUUID() })
  return {
    DATASET_ID: async () => base.id,
    DOCUMENT_ID: async () => document.id,
    SEGMENT_ID: async () => (await json(`${path}/documents/${document.id}/segments`, undefined)).data[0].id,
    CHILD_ID: async () => {
      const { data } = await json(`${path}/documents/${document.id}/segments`, undefined)
      const children = `${path}/documents/${document.id}/segments/${data[0].id}/child_chunks`
      return (await json(children, { content: 'Days.' })).data.id
    },
    FILE_ID: async () =>
      (await upload('/v1/datasets/pipeline/file-upload', { authorization: `Bearer ${keys.all}` })).id,
    BATCH_ID: async () => batch,
    FIELD_ID: async () => field.id,
    METADATA_ID: async () => field.id,
    TAG_ID: async () => tag.id,
  }
}

const picture = () => new File([PICTURE], 'picture.png', { type: 'image/png' })
const notes = () => new File(['It opens at nine.'], 'notes.txt', { type: 'text/plain' })

async function upload(path: string, headers = {}, fields = {}, file = picture()): Promise<Answer> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, String(value))
  form.append('file', file)
  return (await fetch(`${listener.url}${path}`, { method: 'POST', headers, body: form })).json()
}

async function filled(shown: Shown, code: string) {
  const values = await valuesFor(shown, code)
  let text = code
  for (const [, name = ''] of code.matchAll(/\b([A-Z]+(?:_[A-Z]+)*_ID)\b/g)) {
    if (name === 'QUESTION_ID') continue // what the app of this test calls it
    const make = values[name] // what nothing is made for is not found, and shows up as a failure
    if (make) text = text.replaceAll(name, await make())
  }
  const env = {
    PARLEY_API_KEY: (shown.api === 'clickai' && !isAboutKnowledge(code) ? keys[shown.app] : keys.all) ?? '',
    PARLEY_CLIENT_SECRET: text.includes('PARLEY_CLIENT_SECRET') ? await clientSecret() : '',
    PARLEY_USER_TOKEN: 'of-ada',
    DOCUMENTED_STATUS: shown.status,
  }
  return { name: `${shown.api} ${shown.operation}`, code: text, env }
}

/** Everything that is shown, of a chat, a text generator and a workflow, once. */
async function readAll(): Promise<Shown[]> {
  const shown = new Map<string, Shown>()
  const pages = [...APIS.map((api) => ['desk', api]), ['writer', 'clickai'], ['flow', 'clickai']]
  for (const [app = '', api = ''] of pages)
    for (const one of await readPage(app, api))
      if (one.snippets.size > 0 && !shown.has(`${api} ${one.operation}`)) shown.set(`${api} ${one.operation}`, one)
  return [...shown.values()].filter(({ operation }) => operation !== ENDLESS).sort((a, b) => orderOf(a) - orderOf(b))
}

/** Follows whatever a thread comes to, until its reader leaves. */
const ENDLESS = 'jointhreadstream'

/** An app has one job, and a user's facts can all be forgotten: whoever asks about one does so before. */
const orderOf = ({ operation }: Shown) =>
  ['getannotationreplyjob', 'forgetfact'].includes(operation) ? -1 : operation === 'forgetallfacts' ? 1 : 0

it('D1: the stream that has no end is there as well', async () => {
  await start()
  const endless = (await readPage('desk', 'xpert')).find(({ operation }) => operation === ENDLESS)
  if (!endless) throw new TypeError('it is documented')
  const { code, env } = await filled(endless, endless.snippets.get('curl') ?? '')
  const leave = new AbortController()
  const headers = { authorization: `Bearer ${env.PARLEY_API_KEY}` }
  const answer = await fetch(/http:\/\/[^\s']+/.exec(code)?.[0] ?? '', { headers, signal: leave.signal })

  expect(String(answer.status)).toBe(endless.status)
  expect(answer.headers.get('content-type')).toContain('text/event-stream')
  leave.abort()
  await stop()
})

describe.each(LANGUAGES.map(({ id, name }) => [name, id] as const))(
  'D1: every example of the documentation in %s, copied from its page',
  (_, language) => {
    beforeAll(start)
    afterAll(stop)

    it(
      'does what it says',
      async () => {
        const snippets = []
        for (const one of await readAll()) snippets.push(await filled(one, one.snippets.get(language) ?? ''))

        expect(snippets.length).toBeGreaterThan(80)
        expect(await runSnippets(language, snippets, join(folder, language))).toEqual([])
        expect([...others]).toEqual([])
      },
      RUNNING_MS,
    )
  },
)
