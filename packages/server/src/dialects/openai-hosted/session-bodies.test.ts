import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { API_KEY_SCOPES } from '../../auth/api-keys.js'
import { scriptedClock } from '../../base/scripted-clock.js'
import { streamText } from '../../chatkit-server/stream-text.js'
import { type TestParley, testParley } from '../../testing/test-parley.js'
import { userText } from '../../testing/user-text.js'

const KEY = 'sk-parley-key-of-these-tests'
const APP_KEY = 'app-key-of-these-tests-only'
const OPENAI = '/v1/chatkit/sessions'
const XPERT = '/api/ai/v1/chatkit/sessions'

const clock = scriptedClock()
let parley: TestParley
beforeEach(() => {
  parley = testParley({
    respond: (thread) => streamText(thread, 'Hello'),
    clock,
    apiKeys: [
      { key: KEY, id: 'key_1', workspaceId: 'shop', scopes: [...API_KEY_SCOPES] },
      { key: APP_KEY, id: 'key_2', workspaceId: 'shop', scopes: ['chat'], appId: 'demo' },
    ],
  })
})
afterEach(() => parley.close())

const create = (path: string, body: unknown, headers: Record<string, string> = { authorization: `Bearer ${KEY}` }) =>
  parley.fetch(path, body, { as: null, headers })
/** Who the client secret stands for: the user of a thread it makes. */
async function userOf(secret: string, headers: Record<string, string> = { authorization: `Bearer ${secret}` }) {
  const body = { type: 'threads.create', params: { input: userText('Hi') } }
  const answer = await parley.fetch('/v1/chatkit/conversation', body, { as: null, headers })
  expect(answer.status).toBe(200)
  await answer.text()
  const threads = await parley.fetch('/v1/chatkit/threads?limit=1', undefined, {
    as: null,
    headers: { authorization: `Bearer ${KEY}` },
  })
  return Object(await threads.json()).data[0].user
}

describe('C2, C3: POST …/chatkit/sessions with Xpert’s bodies', () => {
  it.each([OPENAI, XPERT])('answers {expires_after} at %s in Xpert’s shape', async (path) => {
    const response = await create(path, { expires_after: 900.7 }, { 'x-api-key': KEY })

    expect(response.status).toBe(201)
    expect(await response.json()).toEqual({
      client_secret: expect.stringMatching(/^cs-x-[0-9a-f]{64}$/),
      expires_after: 900,
      expires_at: new Date(clock.now().getTime() + 900_000).toISOString(),
    })
  })

  it.each([
    ['nothing at all', {}],
    ['a text', { expires_after: 'soon' }],
    ['less than nothing', { expires_after: -5 }],
  ])('takes ten minutes for %s', async (_, body) => {
    expect(await (await create(XPERT, body)).json()).toMatchObject({ expires_after: 600 })
  })

  it.each([
    ['the body', { assistant: { id: 'demo' }, user: 'ada' }, {}, 'ada'],
    ['the header', {}, { 'x-principal-user-id': ' ben ' }, 'ben'],
    ['the key itself, when the header is empty', {}, { 'x-principal-user-id': '' }, 'key:key_1'],
  ])('acts for the user of %s', async (_, body, headers, user) => {
    const { client_secret } = Object(await (await create(XPERT, body, { 'x-api-key': KEY, ...headers })).json())

    expect(await userOf(client_secret)).toBe(user)
  })

  it('keeps organizations apart: the same person is another one in each', async () => {
    const userIn = async (organization: string) => {
      const headers = { 'x-api-key': KEY, 'x-principal-user-id': 'ben', 'organization-id': organization }
      const { client_secret } = Object(await (await create(XPERT, {}, headers)).json())
      return userOf(client_secret)
    }

    expect(await userIn('')).toBe('ben')
    expect(await userIn(' acme ')).toBe('org:acme:ben')
    expect(await userIn('a:b')).toBe('org:a%3Ab:ben')
  })

  it('notes who acted for whom', async () => {
    await create(XPERT, {}, { 'x-api-key': KEY, 'x-principal-user-id': 'ben', 'organization-id': 'acme' })

    expect(parley.noted).toContainEqual({
      message: 'admin',
      details: expect.objectContaining({ operation: 'createSession', by: 'key_1', for: 'ben', organization: 'acme' }),
    })
  })

  it.each(['authorization', 'x-api-key', 'x-client-secret'])('takes the secret from the header %s', async (name) => {
    const { client_secret } = Object(await (await create(XPERT, { assistant: { id: 'demo' }, user: 'ada' })).json())

    expect(
      await userOf(client_secret, { [name]: name === 'authorization' ? `Bearer ${client_secret}` : client_secret }),
    ).toBe('ada')
  })

  it.each([OPENAI, XPERT])('needs no body at all at %s', async (path) => {
    const headers = { 'x-api-key': KEY, 'x-principal-user-id': 'ada' }

    const response = await parley.handle(new Request(`http://parley.test${path}`, { method: 'POST', headers }))

    expect(response.status).toBe(201)
    expect(await response.json()).toMatchObject({ expires_after: 600 })
  })

  it('fails in Xpert’s words', async () => {
    const unknown = await create(OPENAI, { assistant: { id: 'gone' }, user: 'ada' })
    const refused = await create(XPERT, {}, {})

    expect(unknown.status).toBe(404)
    expect(await unknown.json()).toEqual({
      statusCode: 404,
      error: 'Not Found',
      message: 'The assistant "gone" was not found.',
      detail: 'The assistant "gone" was not found.',
    })
    expect(refused.status).toBe(401)
    expect(await refused.json()).toMatchObject({ statusCode: 401, error: 'Unauthorized' })
  })
})

describe('POST …/chatkit/sessions with OpenAI’s bodies', () => {
  it('is OpenAI’s at Xpert’s address too, when the body names a workflow', async () => {
    const response = await create(XPERT, { user: 'ada', workflow: { id: 'demo' } })

    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ object: 'chatkit.session', user: 'ada' })
  })

  it('takes the short form, in which nobody is named', async () => {
    const session = await (await create(OPENAI, { workflow_id: 'demo' })).json()

    expect(session).toMatchObject({ user: expect.stringMatching(/^anon_/), workflow: { id: 'demo' } })
  })

  it.each([
    [{ user: 'ada' }, 'workflow'],
    [{ expires_after: { anchor: 'created_at', seconds: 10 } }, 'user'],
    [{ user: 'ada', workflow: { id: 'demo', state_variables: { plan: {} } } }, 'workflow.state_variables.plan'],
    [
      {
        user: 'ada',
        workflow: {
          id: 'demo',
          state_variables: Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`v${i}`, i])),
        },
      },
      'workflow.state_variables',
    ],
    [
      { user: 'ada', workflow: { id: 'demo' }, chatkit_configuration: { file_upload: { max_file_size: 513 } } },
      'chatkit_configuration.file_upload.max_file_size',
    ],
  ])('names what is wrong with %j', async (body, param) => {
    const response = await create(OPENAI, body)

    expect(response.status).toBe(400)
    expect(response.headers.get('x-should-retry')).toBe('false')
    expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error', param, code: null } })
  })

  it('ignores the names of older versions', async () => {
    const body = { user: 'ada', workflow: { id: 'demo' }, scope: {}, max_requests_per_session: 5 }

    expect((await create(OPENAI, body)).status).toBe(200)
  })

  it('lists and retrieves sessions without their secrets', async () => {
    const made = Object(await (await create(OPENAI, { user: 'ada', workflow: { id: 'demo' } })).json())
    const read = async (path: string) =>
      (await parley.fetch(path, undefined, { as: null, headers: { authorization: `Bearer ${KEY}` } })).json()

    const masked = { ...made, client_secret: 'ek_************' }
    expect(await read(`${OPENAI}/${made.id}`)).toEqual(masked)
    expect(await read(`${OPENAI}?user=ada&status=active`)).toEqual({
      object: 'list',
      data: [masked],
      first_id: made.id,
      last_id: made.id,
      has_more: false,
    })
    clock.advance(600_000)
    expect(await read(`${OPENAI}/${made.id}`)).toMatchObject({ status: 'expired' })
  })

  it('lets a key of one app make sessions of that app only', async () => {
    const headers = { authorization: `Bearer ${APP_KEY}` }

    expect((await create(OPENAI, { user: 'ada', workflow: { id: 'demo' } }, headers)).status).toBe(200)
    expect((await create(OPENAI, { user: 'ada', workflow: { id: 'other' } }, headers)).status).toBe(404)
  })
})
