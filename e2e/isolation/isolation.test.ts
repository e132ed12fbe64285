import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { knowledgeRoutes } from '../../packages/server/src/dialects/clickai/datasets/routes.js'
import { loginRouteGroup } from '../../packages/server/src/login/routes.js'
import { adminAttempts, loginAttempts } from './attempts/admin.js'
import type { Attempt } from './attempts/attempt.js'
import { personAttempts } from './attempts/chatkit.js'
import { annotationAttempts, clickAiAppAttempts, clickAiAttempts } from './attempts/clickai.js'
import { datasetAttempts } from './attempts/clickai-datasets.js'
import { docsAttempts } from './attempts/docs.js'
import { serverAttempts, workflowAttempts } from './attempts/hosted.js'
import { toolAttempts } from './attempts/mcp.js'
import { graphAttempts, xpertAttempts } from './attempts/xpert.js'
import {
  type Credential,
  type IsolationServer,
  KEYS,
  MARK,
  makeVictim,
  OWN_PAGE,
  type Owned,
  startIsolationServer,
} from './victim.js'

const FORGED = { ...OWN_PAGE, cookie: `parley.session_token=${'A'.repeat(32)}.${'A'.repeat(43)}=` }

const ENDPOINTS = ['/api/chatkit', '/api/chatkit/support', '/v1/chatkit/conversation']
const SESSION_ENDPOINTS = ['/v1/chatkit/conversation', '/v1/chatkit/conversation/support']

let server: IsolationServer
let victim: Awaited<ReturnType<typeof makeVictim>>
let before: Awaited<ReturnType<typeof victim.look>>
let attempts = 0

beforeAll(async () => {
  server = await startIsolationServer()
  victim = await makeVictim(server)
  before = await victim.look()
  expect(JSON.stringify(before)).toContain(MARK)
})
afterAll(() => server?.close())

/** Ids of the same shape that nobody has. */
const missing = (owned: Owned): Owned =>
  Object.fromEntries(
    Object.entries<string>({ ...owned }).map(([name, id]) => [
      name,
      name === 'email'
        ? `no-${id}`
        : id.replace(/\w{16}$|(?<=-)[0-9a-f]{12}$/, (end: string) => '0'.repeat(end.length)),
    ]),
  ) as unknown as Owned // the same names

/**
 * What an answer tells: everything but its request id, with the ids that were asked for taken out, and how much work it
 * was, which is what its time would tell.
 */
async function answerOf(attempt: Attempt, credential: Credential, ids: Owned) {
  attempts += 1
  server.asked()
  const response = await server.send(attempt.method, attempt.path, credential, attempt.body)
  let text = await response.text()
  for (const [name, id] of Object.entries(ids)) text = text.replaceAll(id, `<${name}>`)
  const headers = Object.fromEntries(response.headers)
  for (const name of ['x-request-id', 'x-ratelimit-remaining', 'x-ratelimit-reset']) delete headers[name]
  return { status: response.status, headers, text, asked: server.asked() }
}

/** Tries everything on Ada's ids and on ids of nobody: the answers must not differ, and must tell nothing. */
async function expectStranger(credential: Credential, attemptsOn: (ids: Owned) => Attempt[]) {
  const nobody = missing(victim.owned)
  const onHers = attemptsOn(victim.owned)
  for (const [index, attempt] of attemptsOn(nobody).entries()) {
    const hers = onHers[index]
    if (!hers) throw new TypeError('every attempt has its pair')
    const answer = await answerOf(hers, credential, victim.owned)
    expect(answer.text, hers.name).not.toContain(MARK)
    expect(maskOwn(answer), hers.name).toEqual(maskOwn(await answerOf(attempt, credential, nobody)))
    expect(answer.status, hers.name).toBeLessThan(500)
  }
  expect(await victim.look()).toEqual(before)
}

/** What a stranger makes for themselves is new each time: ids and times of their own. */
const maskOwn = ({ text, ...answer }: Awaited<ReturnType<typeof answerOf>>) => ({
  ...answer,
  text: text
    .replace(/\b(cthr|cti|cksess|thr|msg|run|tc|app|key)_[0-9a-f]+/g, '<new>')
    .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f-]{22}/g, '<new>')
    .replace(/"[\d-]{10}T[\d:.]+Z"/g, '<time>')
    .replace(/"(token|client_secret)":"[^"]+"/g, '"$1":"<new>"'),
})

/** Tries everything with a credential that is worth nothing: every door says the same. */
async function expectRefused(credential: Credential, attemptsOn: (ids: Owned) => Attempt[]) {
  const signed = /^(?!\/api\/ai).*files\/|\/feedback\?token=/
  for (const attempt of attemptsOn(victim.owned)) {
    const { status, text } = await answerOf(attempt, credential, victim.owned)
    expect(text, attempt.name).not.toContain(MARK)
    expect(status, attempt.name).toBe(signed.test(attempt.path) ? 404 : 401)
  }
  expect(await victim.look()).toEqual(before)
}

/** Tries everything with a key that is good, but not for this: every door says so, whatever is behind it. */
async function expectForbidden(credential: Credential, attemptsOn: (ids: Owned) => Attempt[]) {
  const onNobodys = attemptsOn(missing(victim.owned))
  for (const [index, attempt] of attemptsOn(victim.owned).entries()) {
    const answer = await answerOf(attempt, credential, victim.owned)
    expect(answer.status, attempt.name).toBe(403)
    expect(answer, attempt.name).toEqual(await answerOf(onNobodys[index] ?? attempt, credential, victim.owned))
  }
  expect(await victim.look()).toEqual(before)
}

describe('A6, B4: a person sees nothing of Ada’s', () => {
  it.each<[string, () => Promise<string>, string[]]>([
    ['another user of the workspace', async () => (await server.session(KEYS.shop, 'ben')).client_secret, ENDPOINTS],
    [
      'a user of the same name in another workspace',
      async () => (await server.session(KEYS.bank, 'ada')).client_secret,
      ENDPOINTS,
    ],
    [
      'Ada herself in another app',
      async () => (await server.session(KEYS.shop, 'ada', { workflow: 'sales' })).client_secret,
      ['/api/chatkit', ...SESSION_ENDPOINTS],
    ],
    [
      'somebody with a token of the same name',
      () => server.jwt({ sub: 'ada' }),
      ['/api/chatkit', '/api/chatkit/support'],
    ],
  ])('as %s', async (_, credential, endpoints) => {
    await expectStranger(await credential(), (ids) => personAttempts(ids, endpoints))
  })

  it.each<[string, () => Promise<string | null>]>([
    [
      'an expired client secret',
      async () => {
        const { client_secret } = await server.session(KEYS.shop, 'ada', { seconds: 1 })
        server.clock.advance(1000)
        return client_secret
      },
    ],
    [
      'a cancelled client secret',
      async () => {
        const { id, client_secret } = await server.session(KEYS.shop, 'ada')
        await server.send('POST', `/v1/chatkit/sessions/${id}/cancel`, KEYS.shop)
        return client_secret
      },
    ],
    ['a forged client secret', async () => `ek_${'A'.repeat(43)}`],
    [
      'a client secret with its last letter changed',
      async () => victim.secret.slice(0, -1) + (victim.secret.endsWith('A') ? 'B' : 'A'),
    ],
    ['an API key of the workspace', async () => KEYS.shop],
    ['an expired token', () => server.jwt({ sub: 'ada' }, { expires: '-1m' })],
    [
      'a token signed by somebody else',
      () => server.jwt({ sub: 'ada' }, { secret: 'another-secret-that-is-long-enough' }),
    ],
    ['no credential', async () => null],
  ])('with %s', async (_, credential) => {
    await expectRefused(await credential(), (ids) => personAttempts(ids, ENDPOINTS))
  })
})

describe('B3: a server sees nothing of another workspace', () => {
  const threadScopes = { name: 'x', scopes: ['chat', 'threads'] as ('chat' | 'threads')[] }

  it.each<[string, () => Promise<string>]>([
    ['the key of another workspace', async () => KEYS.bank],
    [
      'a key that is bound to another app',
      async () => (await server.apiKeys.create({ workspaceId: 'shop', appId: 'sales', ...threadScopes })).key,
    ],
  ])('with %s', async (_, credential) => {
    await expectStranger(await credential(), (ids) => [
      ...serverAttempts(ids),
      ...docsAttempts(ids),
      ...toolAttempts(ids),
    ])
  })

  it.each<[string, () => Promise<string>]>([
    [
      'the key of another workspace',
      async () => (await server.apiKeys.create({ workspaceId: 'bank', ...threadScopes })).key,
    ],
    [
      'a key of her workspace, which names nobody',
      async () => (await server.apiKeys.create({ workspaceId: 'shop', ...threadScopes })).key,
    ],
    [
      'a key that is bound to another app',
      async () => (await server.apiKeys.create({ workspaceId: 'shop', appId: 'sales', ...threadScopes })).key,
    ],
    ['the client secret of somebody else', async () => (await server.session(KEYS.shop, 'ben')).client_secret],
    ['a token of the same name', () => server.jwt({ sub: 'ada' })],
  ])('C2: nor by LangGraph’s and Xpert’s API, with %s', async (_, credential) => {
    await expectStranger(await credential(), graphAttempts)
    await expectStranger(await credential(), xpertAttempts)
  })

  it('C2: nor with nothing, or with a key that is none', async () => {
    for (const attemptsOn of [graphAttempts, xpertAttempts]) {
      await expectRefused(null, attemptsOn)
      await expectRefused('sk-parley-forged', attemptsOn)
    }
  })

  it('and a person, nothing of Ada’s, by the tools that apps are', async () => {
    await expectStranger((await server.session(KEYS.shop, 'ben')).client_secret, toolAttempts)
    await expectRefused(null, toolAttempts)
  })

  it.each<[string, () => Promise<string | null>]>([
    [
      'an expired key',
      async () => (await server.apiKeys.create({ workspaceId: 'shop', ...threadScopes, expiresAt: new Date(0) })).key,
    ],
    [
      'a deleted key',
      async () => {
        const { record, key } = await server.apiKeys.create({ workspaceId: 'shop', ...threadScopes })
        await server.send('GET', '/v1/chatkit/threads', key)
        await server.apiKeys.delete('shop', record.id)
        return key
      },
    ],
    [
      'a key that was rotated away',
      async () => {
        const { record, key } = await server.apiKeys.create({ workspaceId: 'shop', ...threadScopes })
        await server.send('GET', '/v1/chatkit/threads', key)
        await server.apiKeys.rotate('shop', record.id)
        return key
      },
    ],
    ['a forged key', async () => 'sk-parley-forged'],
    ['Ada’s client secret', async () => victim.secret],
    ['a token', () => server.jwt({ sub: 'ada' })],
    ['no credential', async () => null],
  ])('with %s', async (_, credential) => {
    await expectRefused(await credential(), (ids) => [...serverAttempts(ids), ...docsAttempts(ids)])
  })
})

describe('D5, D7: a server with the key of an app sees nothing of Ada’s', () => {
  const keyOf = async (workspaceId: string, appId: string) =>
    (await server.apiKeys.create({ workspaceId, appId, name: 'x', scopes: ['chat'] })).key

  it.each<[string, () => Promise<string>, string]>([
    ['for another user', () => keyOf('shop', 'support'), 'ben'],
    ['for Ada in another app', () => keyOf('shop', 'sales'), 'ada'],
    ['for a user of the same name in another workspace', () => keyOf('bank', 'support'), 'ada'],
  ])('%s', async (_, credential, user) => {
    await expectStranger(await credential(), (ids) => clickAiAttempts(ids, user))
  })

  it.each<[string, () => Promise<string>]>([
    ['of another app', () => keyOf('shop', 'sales')],
    ['of another workspace', () => keyOf('bank', 'support')],
  ])('nor of what an app %s is told of all its users', async (_, credential) => {
    await expectStranger(await credential(), clickAiAppAttempts)
  })

  it('without a user, and without one of hers by what all users of the app share', async () => {
    const key = await keyOf('shop', 'sales')
    for (const path of [`/v1/files/${victim.owned.file}/preview`, '/v1/end-users/ada'])
      expect((await server.send('GET', path, key)).status).toBe(404)
    expect(await (await server.send('GET', '/v1/conversations', key)).json()).toMatchObject({ data: [] })
  })

  it.each<[string, () => Promise<string | null>]>([
    ['a key of the whole workspace', async () => KEYS.shop],
    [
      'a deleted key',
      async () => {
        const scopes = ['chat' as const]
        const { record, key } = await server.apiKeys.create({
          workspaceId: 'shop',
          appId: 'support',
          name: 'x',
          scopes,
        })
        await server.send('GET', '/v1/conversations', key)
        await server.apiKeys.delete('shop', record.id)
        return key
      },
    ],
    ['a forged key', async () => 'app-forged'],
    ['Ada’s client secret', async () => victim.secret],
    ['no credential', async () => null],
  ])('with %s', async (_, credential) => {
    for (const attempt of clickAiAttempts(victim.owned, 'ada')) {
      const { status, text } = await answerOf(attempt, await credential(), victim.owned)
      expect(text, attempt.name).toMatch(/"code":"unauthorized"/)
      expect(status, attempt.name).toBe(401)
    }
    expect(await victim.look()).toEqual(before)
  })
})

describe('B3: a key does what its scopes say, and nothing else', () => {
  it.each<[string, ('admin' | 'chat' | 'threads')[], (ids: Owned) => Attempt[]]>([
    ['sessions and threads with the scope admin', ['admin'], serverAttempts],
    ['sessions with the scope threads', ['threads'], (ids) => serverAttempts(ids).filter(isAboutSessions)],
    ['threads with the scope chat', ['chat'], (ids) => serverAttempts(ids).filter((one) => !isAboutSessions(one))],
    [
      'a file with the scope threads',
      ['threads'],
      () => [{ name: 'a file', method: 'POST', path: '/v1/chatkit/files' }],
    ],
  ])('not %s', async (_, scopes, attemptsOn) => {
    const { key } = await server.apiKeys.create({ workspaceId: 'shop', name: 'x', scopes })
    await expectForbidden(key, attemptsOn)
  })

  const isAboutSessions = ({ path }: Attempt) => path.includes('/chatkit/sessions')
})

describe('A6, B10: nobody but the workspace’s own people set it up', () => {
  const scopes: ('admin' | 'chat')[] = ['admin', 'chat']
  const make = (more: { appId?: string; expiresAt?: Date } = {}) =>
    server.apiKeys.create({ workspaceId: 'shop', name: 'x', scopes, ...more })

  it('not with the key of another workspace', async () => {
    await expectStranger(KEYS.bank, (ids) => [...workflowAttempts(ids), ...adminAttempts(ids)])
  })

  it('not by deleting their own user of the same name', async () => {
    await server.session(KEYS.bank, 'ada')
    await server.session(KEYS.bank, victim.owned.user)

    for (const user of ['ada', victim.owned.user])
      expect((await server.send('DELETE', `/api/admin/v1/users/${user}`, KEYS.bank)).status).toBe(200)

    expect(await victim.look()).toEqual(before)
  })

  it.each<[string, () => Promise<string>]>([
    [
      'a key without the scope',
      async () => (await server.apiKeys.create({ workspaceId: 'shop', name: 'x', scopes: ['chat', 'threads'] })).key,
    ],
    ['a key that is bound to an app', async () => (await make({ appId: 'support' })).key],
    ['a key that is bound to the very app', async () => (await make({ appId: victim.owned.app })).key],
  ])('not with %s', async (_, credential) => {
    await expectForbidden(await credential(), (ids) => [...workflowAttempts(ids), ...adminAttempts(ids)])
  })

  it('not with the login of another workspace', async () => {
    await expectStranger((await server.person('library')).headers, adminAttempts)
  })

  it('not with the own login, sent along by a page from elsewhere', async () => {
    const { cookie } = victim.owner.headers
    await expectForbidden({ cookie, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, adminAttempts)
  })

  it.each<[string, () => Promise<Credential>]>([
    ['an expired key', async () => (await make({ expiresAt: new Date(0) })).key],
    [
      'a revoked key',
      async () => {
        const { record, key } = await make()
        await server.send('GET', '/api/admin/v1/keys', key)
        await server.send('DELETE', `/api/admin/v1/keys/${record.id}`, KEYS.shop)
        return key
      },
    ],
    [
      'a key whose overlap is over',
      async () => {
        const { record, key } = await make()
        await server.send('POST', `/api/admin/v1/keys/${record.id}/rotate`, KEYS.shop, { overlap_seconds: 1 })
        await server.send('GET', '/api/admin/v1/keys', key)
        server.clock.advance(1000)
        return key
      },
    ],
    [
      'a key that was rotated away',
      async () => {
        const { record, key } = await make()
        await server.send('POST', `/api/admin/v1/keys/${record.id}/rotate`, KEYS.shop)
        return key
      },
    ],
    ['a forged key', async () => `sk-parley-${'A'.repeat(43)}`],
    ['Ada’s client secret', async () => victim.secret],
    ['a token', () => server.jwt({ sub: 'ada' })],
    ['no credential', async () => null],
    ['a forged cookie', async () => FORGED],
    [
      'a cookie that is signed for another one',
      async () => ({ ...OWN_PAGE, cookie: victim.owner.headers.cookie.replace(/=\w{4}/, '=AAAA') }),
    ],
    [
      'the cookie of somebody who has signed out',
      async () => {
        const { headers } = await server.person('bank')
        await server.send('DELETE', '/api/admin/v1/login', headers)
        return headers
      },
    ],
  ])('not with %s', async (_, credential) => {
    await expectRefused(await credential(), (ids) => [...workflowAttempts(ids), ...adminAttempts(ids)])
  })
})

describe('D6: nobody reaches the knowledge and the written answers of others', () => {
  const make = async (scopes: ('chat' | 'knowledge' | 'admin')[], workspaceId: string, appId?: string) =>
    (await server.apiKeys.create({ workspaceId, name: 'x', scopes, ...(appId && { appId }) })).key

  it('not with the key of another workspace', async () => {
    await expectStranger(KEYS.bank, datasetAttempts)
    await expectStranger(await make(['knowledge'], 'bank'), datasetAttempts)
    await expectStranger(await make(['chat'], 'bank', 'support'), annotationAttempts)
  })

  it('not with the key of another app', async () => {
    await expectStranger(await make(['chat'], 'shop', 'sales'), annotationAttempts)
  })

  it('not with a key of another kind, nor with none', async () => {
    await expectRefused(await make(['chat'], 'shop', 'support'), datasetAttempts)
    await expectRefused(await make(['chat', 'admin'], 'shop'), datasetAttempts)
    await expectRefused(await make(['knowledge'], 'shop'), annotationAttempts)
    for (const attemptsOn of [datasetAttempts, annotationAttempts]) {
      await expectRefused(null, attemptsOn)
      await expectRefused('dataset-nobodys', attemptsOn)
    }
  })
})

describe('A6: nobody signs in for others, or decides who may', () => {
  it('not with the login of another workspace', async () => {
    const { headers } = await server.person('bank')

    // Signing out is about the own login alone, and there is but one to end.
    await expectStranger(headers, (ids) => loginAttempts(ids).filter(({ name }) => name !== 'DELETE /login'))
  })

  it('not with the own login, sent along by a page from elsewhere', async () => {
    const { cookie } = victim.owner.headers
    await expectForbidden({ cookie, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, loginAttempts)
  })

  it.each<[string, Credential]>([
    ['an API key of the workspace', KEYS.shop],
    ['a forged cookie', FORGED],
    ['no credential', null],
  ])('not with %s', async (_, credential) => {
    for (const attempt of loginAttempts(victim.owned)) {
      const { status, text } = await answerOf(attempt, credential, victim.owned)
      expect(text, attempt.name).not.toContain(MARK)
      const endsOwnLogin = attempt.name === 'DELETE /login' // of which there is none
      expect(endsOwnLogin ? [204, 403] : [401, 403, 404], attempt.name).toContain(status)
    }
    expect(await victim.look()).toEqual(before)
  })
})

describe('what is tried', () => {
  const isTried = (tried: Attempt[], method: string, route: string) => {
    const pattern = new RegExp(`^${route.replace(/\{\w+\}|:\w+/g, '[^/?]+')}(\\?|$)`)
    return tried.some((attempt) => attempt.method === method && pattern.test(attempt.path))
  }

  it('is every operation that the admin API describes', async () => {
    const { paths } = await server.json(server.send('GET', '/api/admin/v1/openapi.json', null))
    const routes = Object.entries<object>(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => ({ method: method.toUpperCase(), path })),
    )

    expect(routes.length).toBeGreaterThan(15)
    expect(routes.filter(({ method, path }) => !isTried(adminAttempts(victim.owned), method, path))).toEqual([])
  })

  it('is every route of knowledge that names something', () => {
    const routes = knowledgeRoutes({} as Parameters<typeof knowledgeRoutes>[0]) // made without asking for anything
    const naming = routes.filter(({ path }) => path.includes(':') && !path.includes('/models/'))

    const tried = datasetAttempts(victim.owned)
    expect(naming.filter(({ method, path }) => !isTried(tried, method, path)).map(({ path }) => path)).toEqual([])
  })

  it('is every route of signing in', () => {
    const { routes } = loginRouteGroup({} as Parameters<typeof loginRouteGroup>[0]) // made without asking for anything

    expect(routes.filter(({ method, path }) => !isTried(loginAttempts(victim.owned), method, path))).toEqual([])
  })
})

it('tried at least six hundred things', () => {
  expect(attempts).toBeGreaterThanOrEqual(600)
})
