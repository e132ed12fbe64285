import { ClientError, createAdminClient } from '@parley/client'
import { expect, it, onTestFinished } from 'vitest'
import { configuredAgents, resolveModels } from '../../../packages/server/src/agents/index.js'
import { type Caller, createParley, staticCatalog } from '../../../packages/server/src/index.js'
import { sqliteStore } from '../../../packages/server/src/storage/sqlite/index.js'

const KEY = 'the-admin-key-of-these-tests'

/** A server without a port; requests go straight to it. */
function start() {
  const parley = createParley({
    store: sqliteStore(':memory:'),
    catalog: staticCatalog<Caller>({}, 'demo'),
    appMaker: configuredAgents(resolveModels({})),
    authenticate: async () => ({ workspaceId: 'shop', userId: 'ada', method: 'development' }),
    apiKeys: [{ key: KEY, id: 'key_settings', workspaceId: 'shop', scopes: ['chat', 'admin'] }],
    allowOrigin: () => true,
  })
  onTestFinished(() => parley.close(0))
  const send = (url: string | URL | Request, init?: RequestInit) => parley.fetch(new Request(url, init))
  return {
    send,
    admin: (apiKey: string | undefined = KEY) =>
      createAdminClient({ baseURL: 'http://parley.test/', apiKey, fetch: send as typeof fetch }),
  }
}

const agent = { instructions: 'Help.', tools: ['web_search' as const] }

it('B10: the admin client makes, changes and removes apps', async () => {
  const { apps } = start().admin()

  const made = await apps.create({ id: 'support', name: 'Support', aliases: ['wf_1'], agent })
  const changed = await apps.update('support', { agent: { temperature: 0.5 } })

  expect(made).toMatchObject({ version: '1', agent: { tools: [{ type: 'web_search' }] } })
  expect(changed).toMatchObject({ version: '2', agent: { ...made.agent, temperature: 0.5 } })
  expect(await apps.get('wf_1')).toEqual(changed)
  expect((await apps.list({ limit: 5 })).data).toEqual([changed])
  expect(await apps.delete('support')).toBeUndefined()
  await expect(apps.get('support')).rejects.toMatchObject({ status: 404, code: 'app_not_found' })
})

it('B10: the admin client goes through keys, users and sessions', async () => {
  const { admin, send } = start()
  const { apps, keys, users, sessions, workspace } = admin()
  await apps.create({ id: 'support', name: 'Support', agent })
  for (const name of ['one', 'two', 'three']) await keys.create({ name, scopes: ['chat'] })
  const { id, secret } = await keys.create({ name: 'four' })
  const body = JSON.stringify({ user: 'a/b', workflow: { id: 'support' } })
  await send('http://parley.test/v1/chatkit/sessions', {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
  })

  const names: string[] = []
  for await (const { name } of keys.all({ limit: 3, order: 'asc' })) names.push(name)
  const [session] = (await sessions.list({ user: 'a/b', status: 'active' })).data

  expect(names).toEqual(['one', 'two', 'three', 'four'])
  expect(session).toMatchObject({ app: 'support', user: 'a/b' })
  expect(await sessions.cancel(session?.id ?? '')).toMatchObject({ status: 'cancelled' })
  expect(await users.get('a/b')).toMatchObject({ counts: { sessions: 1 } })
  const types: string[] = []
  for await (const line of users.export('a/b')) types.push(line.type)
  expect(types).toEqual(['export', 'session', 'end'])
  expect(await users.delete('a/b')).toMatchObject({ deleted: true, counts: { sessions: 1 } })
  await expect(users.export('a/b').next()).rejects.toMatchObject({ status: 404, code: 'not_found' })
  expect((await keys.rotate(id, { overlap_seconds: 60 })).previous?.masked).toBe(`sk-parley-…${secret.slice(-4)}`)
  await keys.revoke(id)
  expect((await workspace.update({ name: 'Shop', rate_plan: 'sandbox' })).rate_plan.requests_per_minute).toBe(100)
  expect((await workspace.get()).name).toBe('Shop')
})

it('B10: the admin client says what went wrong', async () => {
  const failure = await start()
    .admin('forged')
    .keys.list()
    .catch((thrown: unknown) => thrown)

  expect(failure).toBeInstanceOf(ClientError)
  expect(failure).toMatchObject({ status: 401, code: 'unauthorized' })
})
