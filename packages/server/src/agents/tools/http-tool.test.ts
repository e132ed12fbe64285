import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AgentConfig } from '@parley/protocol/admin'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { toolSecrets } from '../../base/tool-secrets.js'
import { callTool, say, scriptedModel } from '../../models/scripted.js'
import { nodeGuardedFetch } from '../../node/guarded-fetch.js'
import { configuredAgents } from '../configured-agent.js'
import { readRun, sourceOf, testRunContext, userMessage } from '../testing.js'

const seen: { method?: string; url?: string; key?: string; body: string }[] = []
const server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => {
    body += chunk
  })
  request.on('end', () => {
    const { method, url = '', headers } = request
    seen.push({ method, url, key: headers.authorization, body })
    if (url.startsWith('/away')) response.writeHead(302, { location: 'http://localhost:1/stolen' }).end()
    else if (url.startsWith('/binary')) response.setHeader('content-type', 'image/png').end('x')
    else if (url.startsWith('/missing')) response.writeHead(404, { 'content-type': 'text/plain' }).end('No such order.')
    else if (url.startsWith('/long')) response.setHeader('content-type', 'text/plain').end('x'.repeat(50_000))
    else
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ status: 'sent', key: headers.authorization }))
  })
})
let base: string
let host: string

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  base = `http://${host}`
})
afterAll(() => void server.close())
beforeEach(() => void seen.splice(0))

type HttpTool = Extract<AgentConfig['tools'][number], { type: 'http' }>

/** What the model reads after it called a tool of a stored app. */
async function call(tool: Partial<HttpTool>, input: Record<string, unknown>, privateHosts = ['127.0.0.1']) {
  const model = scriptedModel(callTool('order', input), say('Done.'))
  const config: AgentConfig = {
    instructions: '',
    tools: [
      {
        type: 'http',
        name: 'order',
        description: 'Looks an order up.',
        method: 'GET',
        url: `${base}/orders/{id}`,
        ...tool,
      },
    ],
  }
  const app = configuredAgents(sourceOf(model), {
    fetch: nodeGuardedFetch({ privateHosts }),
    secrets: () => toolSecrets([`ORDERS_KEY@${host}=s3cret-value`, 'OTHER_KEY@other.example=other']),
  }).make(config, { on_disconnect: 'cancel', workspace_id: 'shop' })
  const { events, error } = await readRun(app.run(testRunContext([userMessage('Where is my order?')])))
  const item = model.requests[1]?.input.at(-1)
  const told = typeof item === 'object' && 'output' in item ? JSON.stringify(item.output).replaceAll('\\"', '"') : ''
  return { told, error, all: JSON.stringify([model.requests, events]) }
}

const secret = { headers: { Authorization: 'Bearer {{ORDERS_KEY}}' } }

describe('E4: HTTP tools of stored apps', () => {
  it('fills the address and the query, sends the secret, and never tells it', async () => {
    const { told, all, error } = await call(secret, { id: 'a/../b?c', lang: 'de', none: null })

    expect(error).toBeUndefined()
    expect(seen).toEqual([
      { method: 'GET', url: '/orders/a%2F..%2Fb%3Fc?lang=de', key: 'Bearer s3cret-value', body: '' },
    ])
    expect(told).toContain('{"status":"sent","key":"Bearer [secret]"}')
    expect(all).not.toContain('s3cret-value')
  })

  it('sends what is left as a JSON body', async () => {
    await call({ method: 'POST' }, { id: 7, note: 'Hurry', items: [1, 2] })

    expect(seen).toMatchObject([{ method: 'POST', url: '/orders/7', body: '{"note":"Hurry","items":[1,2]}' }])
  })

  it.each<[string, () => Partial<HttpTool>, Record<string, unknown>, RegExp]>([
    ['a gap nobody filled', () => ({}), {}, /Give a value for id/],
    ['an error of the other side', () => ({ url: `${base}/missing` }), {}, /Status 404.*No such order/],
    ['something that is no text', () => ({ url: `${base}/binary` }), {}, /image\/png, which cannot be read/],
    ['too long an answer', () => ({ url: `${base}/long` }), {}, /rest of 50000 characters is left out/],
    [
      'a secret the server does not have',
      () => ({ headers: { 'x-key': '{{NOBODY}}' } }),
      { id: 1 },
      /no secret NOBODY for/,
    ],
    [
      'a secret of another host',
      () => ({ headers: { 'x-key': '{{OTHER_KEY}}' } }),
      { id: 1 },
      /no secret OTHER_KEY for/,
    ],
    [
      'a redirect that would take the secret along',
      () => ({ ...secret, url: `${base}/away` }),
      {},
      /not among the places allowed/,
    ],
  ])('tells the model of %s', async (_, tool, input, message) => {
    const { told, error } = await call(tool(), input)

    expect(told).toMatch(message)
    expect(error).toBeUndefined()
  })

  it('reaches no private place, whatever the model fills in', async () => {
    expect((await call({}, { id: 1 }, [])).told).toContain('not on the public internet')
    expect(seen).toEqual([])
  })
})
