import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AgentConfig } from '@parley/protocol/admin'
import { describe, expect, it, onTestFinished } from 'vitest'
import { callTool, say, scriptedModel } from '../../models/scripted.js'
import { nodeGuardedFetch } from '../../node/guarded-fetch.js'
import { configuredAgents } from '../configured-agent.js'
import { readRun, sourceOf, testRunContext, userMessage } from '../testing.js'
import { type SearchSettings, searchService } from './search-services.js'

type Handle = (request: IncomingMessage & { body: string }, response: ServerResponse) => void

/** A stand-in for a service, on this machine. */
async function serve(handle: Handle): Promise<string> {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => handle(Object.assign(request, { body }), response))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const open = nodeGuardedFetch({ privateHosts: ['127.0.0.1'] })
const json = (response: ServerResponse, body: unknown) =>
  response.setHeader('content-type', 'application/json').end(JSON.stringify(body))

const config: AgentConfig = { instructions: '', tools: [{ type: 'web_search' }] }

/** An answer of an app that searches the web, and what its model was told. */
async function ask(settings: SearchSettings, ...calls: [name: string, input: Record<string, unknown>][]) {
  const model = scriptedModel(...calls.map(([name, input]) => callTool(name, input)), say('Bees make honey [1].'))
  const app = configuredAgents(
    { ...sourceOf(model), kind: 'chat-completions' },
    { searchWeb: searchService(settings, open), fetch: open },
  ).make(config, { on_disconnect: 'cancel', workspace_id: 'shop' })
  const { events, error } = await readRun(app.run(testRunContext([userMessage('What do bees make?')])))
  const told = calls.map((_, index) => {
    const item = model.requests[index + 1]?.input.at(-1)
    return typeof item === 'object' && 'output' in item ? JSON.stringify(item.output).replaceAll('\\n', '\n') : ''
  })
  const answer = events.flatMap((event) =>
    event.type === 'thread.item.done' && event.item.type === 'assistant_message' ? [event.item.content[0]] : [],
  )[0]
  const steps = events.flatMap((event) =>
    event.type === 'thread.item.done' && event.item.type === 'workflow' ? event.item.workflow.tasks : [],
  )
  return { told, answer, steps, error, tools: model.requests[0]?.tools.map(({ name }) => name) }
}

describe('E4: web search', () => {
  it('asks SearXNG, without a key, and cites what it found', async () => {
    const seen: string[] = []
    const url = await serve(({ url = '' }, response) => {
      seen.push(url)
      json(response, {
        query: 'bees',
        results: [
          { url: 'https://bees.example/', title: 'Bees', content: 'Bees make honey.', engine: 'duckduckgo' },
          { url: 'javascript:alert(1)', title: 'No', content: '' },
        ],
      })
    })

    const { told, answer, steps, tools } = await ask({ service: 'searxng', url }, [
      'web_search',
      { query: 'bees & co' },
    ])

    expect(tools).toEqual(['web_search', 'read_page'])
    expect(seen).toEqual(['/search?q=bees+%26+co&format=json'])
    expect(told[0]).toContain('[1] Bees\nhttps://bees.example/\nBees make honey.')
    expect(told[0]).not.toContain('javascript')
    expect(answer).toEqual({
      type: 'output_text',
      text: 'Bees make honey.',
      annotations: [
        { type: 'annotation', index: 15, source: { type: 'url', url: 'https://bees.example/', title: 'Bees' } },
      ],
    })
    expect(steps).toMatchObject([{ title: 'Searched the web', content: 'bees & co', status_indicator: 'complete' }])
  })

  it('asks Brave and Tavily with their keys, each in its own words', async () => {
    const seen: unknown[] = []
    const url = await serve(({ url, method, headers, body }, response) => {
      seen.push([method, url, headers['x-subscription-token'] ?? headers.authorization, body])
      const found = { url: 'https://bees.example/', title: 'Bees' }
      if (method === 'GET')
        json(response, { web: { results: [{ ...found, description: '<strong>Bees</strong> make honey.' }] } })
      else json(response, { results: [{ ...found, content: 'Bees make honey.', score: 0.9 }] })
    })

    for (const service of ['brave', 'tavily'] as const)
      expect(await searchService({ service, url, key: 'k' }, open)('bees', { limit: 3 })).toEqual([
        { url: 'https://bees.example/', title: 'Bees', text: 'Bees make honey.' },
      ])
    expect(seen).toEqual([
      ['GET', '/web/search?q=bees&count=3', 'k', ''],
      ['POST', '/search', 'Bearer k', JSON.stringify({ query: 'bees', max_results: 3, search_depth: 'basic' })],
    ])
  })

  it.each([
    ['refuses', 403, '', /refused the search \(403\).*formats: \[html, json\]/],
    ['is broken', 500, '', /answered the search with 500/],
    ['answers something else', 200, '<html>', /something else than results of searxng/],
  ])('tells the model when the service %s', async (_, status, body, message) => {
    const url = await serve((__, response) => response.writeHead(status).end(body))

    const { told, error } = await ask({ service: 'searxng', url }, ['web_search', { query: 'bees' }])

    expect(told[0]).toMatch(message)
    expect(error).toBeUndefined()
  })
})

describe('E4: reading a page', () => {
  it('gives the model its text, in parts, and cites it', async () => {
    const url = await serve((_, response) =>
      response
        .setHeader('content-type', 'text/html; charset=utf-8')
        .end(`<title>Bees</title><script>evil()</script><h1>Honey</h1><p>${'Bees make honey. '.repeat(1500)}end</p>`),
    )

    const { told, answer, steps } = await ask(
      { service: 'searxng', url },
      ['read_page', { url: `${url}/bees`, part: 1 }],
      ['read_page', { url: `${url}/bees`, part: 2 }],
    )

    expect(told[0]).toContain(`[1] Bees (part 1 of 2)\n${url}/bees\n\n# Honey\n\nBees make honey.`)
    expect(told[0]).not.toContain('evil')
    expect(told[1]).toContain('honey. end\n')
    expect(answer?.annotations).toMatchObject([{ source: { type: 'url', url: `${url}/bees`, title: 'Bees' } }])
    expect(steps[0]).toMatchObject({ title: 'Reading a page', content: `${url}/bees` })
  })

  it.each([
    ['a picture', '/picture', /image\/png, which cannot be read/],
    ['a missing page', '/missing', /answered 404/],
    ['an endless page', '/endless', /larger than/],
    ['another machine of the network', 'http://10.0.0.1/', /not on the public internet/],
    ['a redirect there', '/inside', /not on the public internet/],
    ['a file', 'file:///etc/passwd', /Only http and https/],
    ['no address', 'bees', /not a full URL/],
  ])('refuses %s with a reason', async (_, address, message) => {
    const base = await serve(({ url }, response) => {
      if (url === '/picture') response.setHeader('content-type', 'image/png').end('x')
      else if (url === '/inside') response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end()
      else if (url === '/endless') response.setHeader('content-length', String(1e9)).write('x')
      else response.writeHead(404).end()
    })

    const url = address.startsWith('/') ? base + address : address
    const { told, error } = await ask({ service: 'searxng', url: base }, ['read_page', { url, part: 1 }])

    expect(told[0]).toMatch(message)
    expect(error).toBeUndefined()
  })
})
