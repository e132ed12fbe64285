import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunEvent, ThreadItem } from '@parley/protocol'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { configuredAgents } from '../../agents/configured-agent.js'
import { sourceOf } from '../../agents/testing.js'
import type { Caller } from '../../app/caller.js'
import { systemClock } from '../../base/clock.js'
import { consoleLog } from '../../base/log.js'
import { createVault } from '../../base/vault.js'
import { createMcpServers, type GivenMcpServer } from '../../mcp-servers/mcp-servers.js'
import { callTool, type ScriptedAnswer, say, scriptedModel } from '../../models/scripted.js'
import { nodeGuardedFetch } from '../../node/guarded-fetch.js'
import { createSecrets } from '../../secrets/secrets.js'
import { diskFiles } from '../../storage/files/disk-files.js'
import { sqliteStore } from '../../storage/sqlite/sqlite-store.js'
import { startEverything } from '../../testing/everything-server.js'
import { freePort } from '../../testing/free-port.js'
import { readEvents } from '../../testing/read-events.js'
import { userText } from '../../testing/user-text.js'
import { adminServer } from './admin.fixture.js'

let everything: Awaited<ReturnType<typeof startEverything>>
let url: string

beforeAll(async () => {
  const port = await freePort()
  everything = await startEverything(port)
  url = `http://127.0.0.1:${port}/mcp`
}, 60_000)
afterAll(() => everything.close())

interface Setup {
  answers?: ScriptedAnswer[]
  privateHosts?: string[]
  given?: GivenMcpServer[]
  path?: string
}

async function start({ answers = [], privateHosts = ['127.0.0.1'], given = [], path = ':memory:' }: Setup = {}) {
  const store = sqliteStore(path)
  const folder = mkdtempSync(join(tmpdir(), 'parley-mcp-'))
  const vault = await createVault([new Uint8Array(32)])
  const secrets = createSecrets({ store: store.secrets, vault, clock: systemClock })
  const warned: unknown[] = []
  const log = { ...consoleLog, warn: (_: string, details?: object) => warned.push(details) }
  const guardedFetch = nodeGuardedFetch({ privateHosts })
  const mcpServers = createMcpServers({
    store: store.mcpServers,
    takeLease: store.workspaces.takeLease,
    vault,
    given,
    secretsOf: secrets.of,
    guardedFetch,
    clock: systemClock,
    log,
  })
  const model = scriptedModel(...answers)
  const appMaker = configuredAgents<Caller>(sourceOf(model), { fetch: guardedFetch, mcp: mcpServers.open })
  const uploads = { files: diskFiles(folder), key: new Uint8Array(32) }
  const parley = adminServer({ store, secrets, mcpServers, appMaker, uploads })
  onTestFinished(async () => {
    await parley.close()
    rmSync(folder, { recursive: true })
  })
  const send = async (body: object) => readEvents(await parley.fetch('/api/chatkit/helper', body))
  return {
    parley,
    model,
    warned,
    send,
    ask: () => send({ type: 'threads.create', params: { input: userText('Go') } }),
    /** An agent with one server. */
    async makeApp(tool: object, server: object = { url }) {
      await parley.admin('POST', '/mcp_servers', { id: 'every', name: 'Everything', ...server })
      const agent = { tools: [{ type: 'mcp', server: 'every', ...tool }] }
      return parley.admin('POST', '/apps', { id: 'helper', name: 'Helper', agent })
    },
    /** What the model was told by its last tool. */
    told: () => JSON.stringify(model.requests.at(-1)?.input.at(-1)),
  }
}

/** The items of one type that a run has done. */
const itemsOf = <Type extends ThreadItem['type']>(events: RunEvent[], type: Type) =>
  events.flatMap((event) => (event.type === 'thread.item.done' && isOfType(event.item, type) ? [event.item] : []))
const isOfType = <Type extends ThreadItem['type']>(
  item: ThreadItem,
  type: Type,
): item is Extract<ThreadItem, { type: Type }> => item.type === type

/** Stands before the server, and hears what it is asked. */
async function startProxy() {
  const heard: IncomingHttpHeaders[] = []
  const target = new URL(url)
  const proxy = createServer((incoming, outgoing) => {
    heard.push(incoming.headers)
    const { method } = incoming
    const headers = { ...incoming.headers, host: target.host }
    const onward = request(
      { host: target.hostname, port: target.port, path: '/mcp', method, headers, agent: false },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      },
    )
    onward.on('error', () => outgoing.destroy())
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    proxy.closeAllConnections()
    proxy.close()
  })
  const host = `127.0.0.1:${(proxy.address() as AddressInfo).port}` // it listens
  return { heard, host, url: `http://${host}/mcp` }
}

/** A call that a person allows when the server was started anew. */
async function allowAfterRestart(again: Setup) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-mcp-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'parley.db')
  const proxy = await startProxy()
  const first = await start({ path, answers: [callTool('get_sum', { a: 2, b: 3 })] })
  await first.makeApp({ approval: { always: ['get-sum'] } }, { url: proxy.url })
  const events = await first.ask()
  const [form] = itemsOf(events, 'structured_input')
  const [question] = form?.inputs ?? []
  expect(question?.question).toBe('Allow “Get sum” with a: 2, b: 3?')
  await first.parley.close()

  const second = await start({ path, ...again })
  const answers = { [question?.id ?? '']: { values: ['Approve'] } }
  const after = await second.send({
    type: 'threads.add_structured_input',
    params: { thread_id: form?.thread_id, item_id: form?.id, input: { answers } },
  })
  return { second, after }
}

describe('A10, E4: MCP servers of a workspace', () => {
  it('are tried, and give their chosen tools to the agents that name them', async () => {
    const { parley, model, makeApp, ask, told } = await start({
      answers: [callTool('echo', { message: 'Hi' }), say('x')],
    })

    const made = await parley.admin('POST', '/mcp_servers', { id: 'docs', name: 'Docs', url, timeout_seconds: 20 })
    const tested = await parley.admin('POST', '/mcp_servers/docs/test')
    await makeApp({ tools: ['echo', 'get-sum'] })
    await ask()

    expect(made).toMatchObject({
      status: 201,
      body: { id: 'docs', object: 'mcp_server', source: 'workspace', url, headers: {}, timeout_seconds: 20 },
    })
    expect(tested).toMatchObject({ status: 200, body: { problem: null } })
    expect(tested.body.tools).toContainEqual({ name: 'echo', title: 'Echo Tool', description: expect.any(String) })
    expect(model.requests[0]?.tools.map(({ name }) => name)).toEqual(['echo', 'get_sum'])
    expect(told()).toContain('Echo: Hi')
  })

  it('get secrets in their headers, anew with each request, and no other host does', async () => {
    const proxy = await startProxy()
    const { parley } = await start()
    const headers = { authorization: 'Bearer {{DOCS_KEY}}', 'x-team': 'shop' }
    await parley.admin('POST', '/mcp_servers', { id: 'docs', name: 'Docs', url: proxy.url, headers })
    const test = async () => (await parley.admin('POST', '/mcp_servers/docs/test')).body.problem

    expect(await test()).toContain('there is no secret DOCS_KEY for')
    await parley.admin('POST', '/secrets', { name: 'DOCS_KEY', host: proxy.host, value: 'first-key' })
    expect(await test()).toBeNull()
    expect(proxy.heard[0]).toMatchObject({ authorization: 'Bearer first-key', 'x-team': 'shop' })
    await parley.admin('PATCH', '/secrets/DOCS_KEY', { value: 'second-key' })
    expect(await test()).toBeNull()
    expect(proxy.heard.at(-1)?.authorization).toBe('Bearer second-key')
    expect(JSON.stringify(await parley.admin('GET', '/mcp_servers'))).not.toContain('-key')
  })

  it('do not get a secret past the server by repeating it', async () => {
    const proxy = await startProxy()
    const answers = [callTool('echo', { message: 'Bearer top-secret-key' }), say('x')]
    const { parley, makeApp, ask, told } = await start({ answers })
    await parley.admin('POST', '/secrets', { name: 'DOCS_KEY', host: proxy.host, value: 'top-secret-key' })
    await makeApp({}, { url: proxy.url, headers: { authorization: 'Bearer {{DOCS_KEY}}' } })

    await ask()

    expect(told()).toContain('Echo: Bearer [secret]')
  })

  it('show pictures and files, and tell the model so', async () => {
    const calls = [
      callTool('get_tiny_image', {}),
      callTool('get_resource_reference', { resourceType: 'Blob', resourceId: 1 }),
    ]
    const { parley, makeApp, ask, told, model } = await start({ answers: [...calls, say('There.')] })
    await makeApp({})

    const events = await ask()
    const [picture] = itemsOf(events, 'generated_image')

    const { pathname, search } = new URL(picture?.image?.url ?? '', 'http://parley.test')
    const image = await parley.fetch(pathname + search)
    expect(image.headers.get('content-type')).toBe('image/png')
    expect(JSON.stringify(itemsOf(events, 'widget'))).toContain('1\\\\.txt')
    expect(JSON.stringify(model.requests[1]?.input.at(-1))).toContain('Shown to the person')
    expect(told()).toContain('demo://resource/dynamic/blob/1')
    expect(JSON.stringify(model.requests)).not.toContain('iVBORw0KGgo')
  })

  it.each<[string, Setup, object, RegExp]>([
    ['is not there', {}, { url: 'http://127.0.0.1:9/mcp' }, /could not be reached/],
    ['is in a private network', { privateHosts: [] }, {}, /PARLEY_PRIVATE_HOSTS/],
  ])('are left out where one %s: the person reads which, the admin why', async (_, setup, server, problem) => {
    const { parley, makeApp, ask, warned } = await start({ ...setup, answers: [say('Without it.')] })
    await makeApp({}, { url, ...server })

    const events = await ask()

    expect(events).toContainEqual({
      type: 'notice',
      level: 'warning',
      title: 'Everything cannot be reached',
      message: 'This answer is made without its tools.',
    })
    expect(JSON.stringify(events)).toContain('Without it.')
    expect(warned).toEqual([{ server: 'Everything', error: expect.stringMatching(problem) }])
    const tested = await parley.admin('POST', '/mcp_servers/every/test')
    expect(tested.body).toEqual({ tools: [], problem: expect.stringMatching(problem) })
  })

  it('ask before a call, and go on with the answer after a restart', async () => {
    const { second, after } = await allowAfterRestart({ answers: [say('It is 5.')] })

    expect(second.told()).toContain('The sum of 2 and 3 is 5')
    expect(JSON.stringify(after)).toContain('It is 5.')
  })

  it('say so where a call was allowed and its server is away since', async () => {
    const { second, after } = await allowAfterRestart({ privateHosts: [] })

    expect(after).toContainEqual(expect.objectContaining({ type: 'notice', title: 'Everything cannot be reached' }))
    expect(JSON.stringify(after)).toContain('or a tool it needs cannot be reached')
    expect(second.model.requests).toEqual([])
  })

  it('of the settings can be used by name, and tell nothing of themselves', async () => {
    const given: GivenMcpServer[] = [{ id: 'every', url, headers: { 'x-key': 'operator-secret' } }]
    const { parley, makeApp, ask, told } = await start({
      given,
      privateHosts: ['127.0.0.1'],
      answers: [callTool('echo', { message: 'Hi' }), say('x')],
    })

    const listed = await parley.admin('GET', '/mcp_servers')
    expect((await makeApp({})).status).toBe(201)
    await ask()

    expect(listed.body.data).toEqual([expect.objectContaining({ id: 'every', source: 'server', headers: {} })])
    expect(JSON.stringify(listed)).not.toContain('operator-secret')
    expect(told()).toContain('Echo: Hi')
    for (const [method, body] of [['PATCH', { name: 'Mine' }], ['DELETE']] as const)
      expect((await parley.admin(method, '/mcp_servers/every', body)).status).toBe(409)
  })

  it.each<[string, unknown, string]>([
    ['no address', { name: 'x', url: 'docs' }, '"param":"url"'],
    ['a password in the address', { name: 'x', url: 'https://a:b@example.com' }, '"param":"url"'],
    ['a program', { name: 'x', url: 'https://example.com', command: 'sh' }, 'Unrecognized key: \\"command\\"'],
    [
      'a key for all to read',
      { name: 'x', url: 'https://example.com', headers: { authorization: 'Bearer abc' } },
      '"param":"headers.authorization"',
    ],
  ])('are refused with %s', async (_, body, said) => {
    const { parley } = await start()

    const refused = await parley.admin('POST', '/mcp_servers', body)
    expect(refused.status).toBe(400)
    expect(JSON.stringify(refused.body)).toContain(said)
  })

  it('have to be there when an agent names them, and once in it', async () => {
    const { parley } = await start()
    await parley.admin('POST', '/mcp_servers', { id: 'docs', name: 'Docs', url })
    const make = (...servers: string[]) =>
      parley.admin('POST', '/apps', { name: 'x', agent: { tools: servers.map((server) => ({ type: 'mcp', server })) } })

    expect(await make('docs')).toMatchObject({ status: 201, body: { problems: [] } })
    expect(await make('docs', 'theirs')).toMatchObject({
      status: 400,
      body: { error: { param: 'agent.tools.1.server' } },
    })
    expect((await make('docs', 'docs')).status).toBe(400)
  })
})
