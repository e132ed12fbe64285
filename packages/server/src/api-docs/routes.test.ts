import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { agentApp } from '../agents/agent-runnable.js'
import type { Caller } from '../app/caller.js'
import type { LoginSession } from '../auth/admin-principal.js'
import { liveCatalog } from '../catalog/catalog.js'
import { runnableOf } from '../chatkit-server/hooks.js'
import { streamText } from '../chatkit-server/stream-text.js'
import { resolveModels } from '../models/model-settings.js'
import type { Runnable } from '../runnable/runnable.js'
import { readJson } from '../testing/read-json.js'
import { type TestParleyOptions, testParley } from '../testing/test-parley.js'

const app = runnableOf<Caller>({ respond: (thread) => streamText(thread, 'Hello') })

/** An app whose page offers two models. */
const choosy = (): Runnable<Caller> =>
  agentApp<Caller>({
    agent: async () => {
      throw new TypeError('nobody talks to it here')
    },
    models: resolveModels({ kind: 'offline' } as Parameters<typeof resolveModels>[0]), // as a server without a key has it
    choices: { models: { quick: 'small', thorough: 'large' }, tools: { look: 'search' } },
  })

const BROWSER = { accept: 'text/html,application/xhtml+xml' }

function server(options: Partial<TestParleyOptions> = {}) {
  return testParley({
    catalog: liveCatalog(
      () => [
        { id: 'support', app, aliases: ['wf_68e6f2'] },
        { id: 'sales<b>', app: { ...app, mode: 'completion' }, aliases: [] },
        { id: 'choosy', app: choosy(), aliases: [], streamLanguage: 'xpert' },
      ],
      'support',
    ),
    ...options,
  })
}

const open = () => server({ keysAreOptional: true })

interface Document {
  info: { title: string; description: string }
  servers: { url: string }[]
  paths: Record<string, unknown>
}

describe('the documentation of an app', () => {
  it('says in which language its streams are, when that is settled', async () => {
    const parley = open()
    const of = async (app: string) => {
      const [page, document] = [
        await parley.fetch(`/docs/${app}`, undefined, { headers: BROWSER }),
        await parley.fetch(`/docs/${app}/openapi.json`),
      ]
      return [await page.text(), (await readJson<Document>(document)).info.description]
    }

    for (const told of await of('choosy')) expect(told).toMatch(/in Xpert’s language/i)
    for (const told of await of('support')) expect(told).not.toMatch(/language below/i)
  })

  it('says what the app is, at the address the reader uses', async () => {
    const answer = await open().fetch('/docs/support/openapi.json', undefined, {
      headers: { 'x-forwarded-host': 'chat.example.com', 'x-forwarded-proto': 'https' },
    })
    const document = await readJson<Document>(answer)

    expect(answer.status).toBe(200)
    expect(document.info).toMatchObject({ title: 'support', description: expect.stringContaining('wf_68e6f2') })
    expect(document.servers).toEqual([{ url: 'https://chat.example.com' }])
    expect(await new Validator().validate(document as object as Record<string, unknown>)).toMatchObject({ valid: true })
  })

  it('is one document for all APIs, or one for each', async () => {
    const parley = open()
    const all = await readJson<Document>(await parley.fetch('/docs/support/openapi.json'))
    const hosted = await readJson<Document>(await parley.fetch('/docs/support/openai-hosted/openapi.json'))

    expect(Object.keys(all.paths)).toEqual(
      expect.arrayContaining(['/api/chatkit', '/v1/chatkit/sessions', '/v1/chat-messages', '/api/ai/threads']),
    )
    expect(Object.keys(hosted.paths)).toContain('/v1/chatkit/sessions')
    expect(Object.keys(hosted.paths)).not.toContain('/api/chatkit')
  })

  it('names the app in addresses and bodies, and leaves out what reaches another', async () => {
    const text = await (await open().fetch('/docs/choosy/openapi.json')).text()
    const { paths } = JSON.parse(text) as Document

    expect(paths).toHaveProperty(['/api/chatkit/choosy'])
    expect(paths).not.toHaveProperty(['/api/chatkit'])
    expect(text).not.toContain('APP_ID')
    expect(text).toContain('"workflow":{"id":"choosy"}')
  })

  it('tells people the same: kind, other names, what they may choose', async () => {
    const parley = open()
    const page = async (path: string) => (await parley.fetch(path, undefined, { headers: BROWSER })).text()

    expect(await page('/docs')).toContain('href="/docs/choosy"')
    expect(await page('/docs/support')).toContain('wf_68e6f2')
    expect(await page('/docs/choosy')).toMatch(/quick<\/code>, <code>thorough/)
    expect(await page('/docs/wf_68e6f2')).toContain('<h1>support</h1>')
    expect(await page('/docs/support/chatkit')).toContain('threads.add_user_message')
  })

  it('says first what a body has to have', async () => {
    const page = await (await open().fetch('/docs/support/clickai', undefined, { headers: BROWSER })).text()
    const body = page.slice(page.indexOf('Body, as JSON'))

    const place = (name: string) => body.indexOf(`<dt><code>${name}</code>`)
    expect(place('query')).toBeGreaterThan(-1)
    expect(place('query')).toBeLessThan(place('inputs'))
    expect(place('user')).toBeLessThan(place('inputs'))
  })

  it('shows names as text, and runs nothing that is not a file of the server', async () => {
    const parley = open()
    const list = await parley.fetch('/docs')
    const text = await (await parley.fetch(`/docs/${encodeURIComponent('sales<b>')}`)).text()

    expect(await list.text()).toContain('sales&lt;b&gt;')
    expect(text).not.toContain('<b>')
    expect(text).not.toMatch(/<script(?! type="module" src)|<style| style=| on\w+=/)
    expect(list.headers.get('content-security-policy')).toMatch(
      /default-src 'none'; script-src 'self';.*trusted-types 'none'/,
    )
  })
})

describe('who may read it', () => {
  const guarded = (login?: LoginSession) => server(login ? { login } : {})
  const person: LoginSession = async () => ({
    kind: 'admin',
    workspaceId: 'test',
    by: { type: 'login', personId: 'p' },
  })
  const status = async (parley: ReturnType<typeof server>, path: string, key?: string) =>
    (await parley.fetch(path, undefined, { as: null, ...(key && { headers: { authorization: `Bearer ${key}` } }) }))
      .status

  it('is nobody without a credential, who is told where to sign in', async () => {
    const parley = guarded()

    expect(await status(parley, '/docs')).toBe(401)
    expect(await status(parley, '/docs/support/openapi.json')).toBe(401)
    const page = await parley.fetch('/docs/support', undefined, { as: null, headers: BROWSER })
    expect(page.status).toBe(401)
    expect(await page.text()).toContain('href="/studio"')
  })

  it('is whoever has signed in to the studio', async () => {
    expect(await status(guarded(person), '/docs')).toBe(200)
    expect(await status(guarded(person), '/docs/support/chatkit')).toBe(200)
  })

  it('is whoever holds a key, about the apps that key reaches', async () => {
    const parley = guarded()
    const bound = { workspaceId: 'test', name: 'One', scopes: ['chat' as const], appId: 'support' }
    const { key: one } = await parley.apiKeys.create(bound)
    const { key: all } = await parley.apiKeys.create({ workspaceId: 'test', name: 'All', scopes: ['threads'] })
    const list = await parley.fetch('/docs', undefined, { as: null, headers: { authorization: `Bearer ${one}` } })

    expect(await list.text()).not.toContain('choosy')
    expect(await status(parley, '/docs/support', one)).toBe(200)
    expect(await status(parley, '/docs/choosy', all)).toBe(200)
    expect(await status(parley, '/docs/choosy', one)).toBe(404)
  })

  it('learns nothing of apps it does not reach: they are not there', async () => {
    const parley = guarded()
    const bound = { workspaceId: 'test', name: 'One', scopes: ['chat' as const], appId: 'support' }
    const headers = { authorization: `Bearer ${(await parley.apiKeys.create(bound)).key}` }
    const body = async (path: string) => (await parley.fetch(path, undefined, { as: null, headers })).text()

    expect((await body('/docs/choosy')).replace('choosy', '…')).toBe(
      (await body('/docs/nobody')).replace('nobody', '…'),
    )
  })
})
