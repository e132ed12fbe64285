import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Agent, RunContext, tool } from '@openai/agents-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { consoleLog } from '../../base/log.js'
import { EVERYTHING, startEverything } from '../../testing/everything-server.js'
import { freePort } from '../../testing/free-port.js'
import { type McpServer, type McpServerOptions, mcpServer, withMcpTools } from './mcp-server.js'

const program = { name: 'everything', command: process.execPath, args: [EVERYTHING, 'stdio'] }

let everything: Awaited<ReturnType<typeof startEverything>>
/** The same program, started once, at an address. */
let shared: { name: string; url: string }
beforeAll(async () => {
  const port = await freePort()
  everything = await startEverything(port)
  shared = { name: 'everything', url: `http://127.0.0.1:${port}/mcp` }
}, 60_000)
afterAll(() => everything.close())

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

function open(options: McpServerOptions, more: { patienceMs?: number; restMs?: number } = {}) {
  const warnings: unknown[] = []
  const log = { ...consoleLog, warn: (_: string, details?: object) => warnings.push(details) }
  const server = mcpServer(options, { log, patienceMs: 20_000, ...more })
  cleanUps.push(() => server.close())
  return { server, warnings }
}

async function call(server: McpServer, name: string, args: object) {
  const found = (await server.tools()).find((known) => known.name === name)
  return JSON.stringify(await found?.invoke(new RunContext({}), JSON.stringify(args)))
}

async function listen(answer: Parameters<typeof createServer>[1]): Promise<number> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanUps.push(() => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  })
  return (server.address() as AddressInfo).port // a listening TCP server has one
}

describe('A10: MCP servers of an agent', () => {
  it('starts a program, and gives the agent its tools', async () => {
    const { server } = open(program)

    expect((await server.tools()).map(({ name }) => name)).toContain('get_sum')
    expect(await call(server, 'echo', { message: 'hello' })).toContain('Echo: hello')
    expect(await server.tools()).toBe(await server.tools())
  })

  it('gives only the tools that are named, and asks where it is told to', async () => {
    const { server } = open({ ...shared, tools: ['echo', 'get-sum'], approval: { always: ['get-sum'] } })

    const asks = await Promise.all(
      (await server.tools()).map(async (made) => [made.name, await made.needsApproval(new RunContext({}), {}, 'c')]),
    )
    expect(asks.sort()).toEqual([
      ['echo', false],
      ['get_sum', true],
    ])
  })

  it('reaches one over HTTP, and again after it was started anew', async () => {
    const port = await freePort()
    const first = await startEverything(port)
    cleanUps.push(first.close)
    const { server } = open({ name: 'far', url: `http://127.0.0.1:${port}/mcp` }, { restMs: 0 })
    expect(await call(server, 'echo', { message: 'one' })).toContain('Echo: one')

    await first.close()
    expect(await call(server, 'echo', { message: 'lost' })).toBeUndefined()
    cleanUps.push((await startEverything(port)).close)

    expect(await call(server, 'echo', { message: 'two' })).toContain('Echo: two')
  })

  it('sends the headers it is given', async () => {
    let headers: IncomingHttpHeaders = {}
    const port = await listen((request, response) => {
      headers = request.headers
      response.writeHead(500).end()
    })
    const { server } = open({ name: 'far', url: `http://127.0.0.1:${port}`, headers: { 'x-key': 'k1' } })

    await server.tools()

    expect(headers['x-key']).toBe('k1')
  })

  it.each([
    ['refuses', (_: unknown, response: { destroy(): void }) => response.destroy()],
    ['says nothing', () => undefined],
  ])('leaves out a server that %s, and tells the log', async (_, answer) => {
    const port = await listen(answer)
    const { server, warnings } = open({ name: 'broken', url: `http://127.0.0.1:${port}` }, { patienceMs: 300 })
    const agent = new Agent({ name: 'Guide', instructions: 'Help.' })

    expect(await withMcpTools([server])(agent)).toBe(agent)
    expect(await server.tools()).toEqual([]) // it rests: nobody waits a second time
    expect(warnings).toEqual([{ server: 'broken', error: expect.any(String) }])
  })

  it('A22: tells the model that a call took too long', async () => {
    const { server } = open({ ...shared, timeoutMs: 200 })

    expect(await call(server, 'trigger_long_running_operation', { duration: 60, steps: 2 })).toMatch(
      /failed at the server \\"everything\\".*timed out/i,
    )
  })

  it('takes whatever names and answers a server comes up with, each apart from the others', async () => {
    const listed = ['', '天', '地', '人', 'a b', 'a.b', 'x'.repeat(300)].map((name) => ({
      name,
      description: 'd'.repeat(50_000),
      inputSchema: { type: 'object', properties: {} },
    }))
    const results: Record<string, object> = {
      initialize: {
        protocolVersion: '2025-11-25',
        capabilities: { tools: {} },
        serverInfo: { name: 'strange', version: '1' },
      },
      'tools/list': { tools: listed },
      'tools/call': { content: [{ type: 'text', text: 'e'.repeat(50_000) }] },
    }
    const port = await listen(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      const { id, method } = body === '' ? { id: undefined, method: '' } : JSON.parse(body)
      if (id === undefined) return void response.writeHead(request.method === 'POST' ? 202 : 405).end()
      const result = results[method]
      const answer = result ? { result } : { error: { code: -32601, message: 'unknown' } }
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ jsonrpc: '2.0', id, ...answer }))
    })
    const { server } = open({ name: 'strange', url: `http://127.0.0.1:${port}` })

    const agent = await withMcpTools([server])(new Agent({ name: 'Guide', instructions: 'Help.' }))

    const names = agent.tools.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names).toHaveLength(listed.length)
    for (const name of names) expect(name).toMatch(/^[\w-]{1,64}$/)
    const [tool] = agent.tools.flatMap((one) => (one.type === 'function' ? [one] : []))
    const told = String(await tool?.invoke(new RunContext({}), '{}'))
    expect(told).toContain('[The rest of 50000 characters is left out.]')
    results['tools/call'] = { content: Array.from({ length: 500 }, () => ({ type: 'odd' })) }
    const odd = String(await tool?.invoke(new RunContext({}), '{}'))
    expect(odd).toContain('failed at the server "strange"')
    expect(odd.length).toBeLessThan(1100)
  })

  it('tells tools of one name apart', async () => {
    const { server } = open({ ...shared, tools: ['echo'] })
    const own = tool({ name: 'echo', description: 'Own.', parameters: z.object({}), execute: () => '' })
    const agent = await withMcpTools([server])(new Agent({ name: 'Guide', instructions: 'Help.', tools: [own] }))

    expect(agent.tools.map(({ name }) => name)).toEqual(['echo', 'everything_echo'])
  })
})
