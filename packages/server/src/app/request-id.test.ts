import { describe, expect, it, onTestFinished } from 'vitest'
import { agentApp } from '../agents/agent-runnable.js'
import { loadAgentsSdk } from '../agents/sdk.js'
import { jsonLog } from '../base/json-log.js'
import { requestLog } from '../base/request-log.js'
import { resolveModels } from '../models/model-settings.js'
import { type HostAnswer, scriptedHost } from '../models/scripted-host.js'
import { testParley } from '../testing/test-parley.js'
import { userText } from '../testing/user-text.js'

/** A server whose agent asks a model host, and everything the two were told. */
async function serving(answer: HostAnswer) {
  const lines: string[] = []
  const log = jsonLog((line) => lines.push(line))
  const observer = requestLog(log)
  const host = scriptedHost(answer)
  const models = resolveModels(
    { openaiBaseUrl: 'http://models.test/v1', name: 'test-model' },
    { transport: host.transport, observer },
  )
  const { Agent } = await loadAgentsSdk()
  const parley = testParley({ app: agentApp({ agent: new Agent({ name: 'Agent' }), models }), observer, log })
  onTestFinished(() => parley.close())
  return {
    ...parley,
    host,
    entries: () => lines.map((line) => JSON.parse(line)),
    ask: (headers: Record<string, string>) => parley.send('threads.create', { input: userText('Hi') }, { headers }),
  }
}

describe('a request id', () => {
  it('is the caller’s own in the answer, in every line of the log and at the model host', async () => {
    const { ask, host, entries } = await serving({ text: 'Hello' })

    const response = await ask({ 'x-request-id': 'order-7' })
    await response.text()

    expect(response.headers.get('x-request-id')).toBe('order-7')
    expect(host.requests.map(({ headers }) => headers['x-request-id'])).toEqual(['order-7'])
    expect(entries().map(({ message, requestId }) => [message, requestId])).toEqual([
      ['request', 'order-7'],
      ['model call', 'order-7'],
      ['run', 'order-7'],
    ])
  })

  it('is the server’s where the caller sends none, or one that could forge a line', async () => {
    const { ask, host } = await serving({ text: 'Hello' })

    const ids = []
    for (const headers of [{}, { 'x-request-id': 'a b' }] as Record<string, string>[]) {
      const response = await ask(headers)
      await response.text()
      ids.push(response.headers.get('x-request-id'))
    }

    for (const id of ids) expect(id).toMatch(/^[\da-f-]{36}$/)
    expect(host.requests.map(({ headers }) => headers['x-request-id'])).toEqual(ids)
  })

  it('stands with what went wrong at the model host', async () => {
    const { ask, entries } = await serving({ status: 401, body: '{}' })

    await (await ask({ 'x-request-id': 'order-8' })).text()

    expect(entries()).toMatchObject([
      { message: 'request', status: 200, requestId: 'order-8' },
      { message: 'model call', status: 'failed', model: 'test-model', host: 'models.test', requestId: 'order-8' },
      { message: 'A run failed.', level: 'error', requestId: 'order-8' },
      { message: 'run', status: 'failed', error: 'model_key_refused', requestId: 'order-8' },
    ])
  })
})
