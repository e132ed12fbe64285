import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from '@langchain/langgraph-sdk'
import { expect, it, onTestFinished } from 'vitest'
import { startModelHost } from '../../../support/model-host.js'
import { startParley } from '../../../support/parley-process.js'

const input = { messages: [{ role: 'user', content: 'What is 6 times 7?' }] }

/** A server of the first start, over a folder that outlives it, whose model works things out with a tool. */
async function servers() {
  const folder = mkdtempSync(join(tmpdir(), 'parley-breakpoints-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const model = await startModelHost(async function* ({ messages }) {
    const result = messages.find(({ role }) => role === 'tool')
    if (result) yield `It is ${JSON.stringify(result.content)}.`
    else yield { tool: 'calculate', arguments: { expression: '6 * 7' } }
  })
  onTestFinished(() => model.close())
  const env = { PARLEY_DATA: folder, OPENAI_BASE_URL: model.url, OPENAI_API_KEY: 'k', PARLEY_MODEL: 'test-model' }
  return async () => {
    const server = await startParley(env)
    onTestFinished(() => server.kill())
    const client = new Client({ apiUrl: `${server.url}/api/ai`, apiKey: null, callerOptions: { maxRetries: 0 } })
    return { server, client }
  }
}

it('C1: a run waits before a tool, over a restart of its server, and goes on with the call', async () => {
  const start = await servers()
  const { server, client: before } = await start()
  const [assistant] = await before.assistants.search({ limit: 1 })
  const app = assistant?.assistant_id ?? ''
  const { thread_id } = await before.threads.create()
  const events: string[] = []
  const stream = before.runs.stream(thread_id, app, { input, interruptBefore: ['calculate'], streamMode: 'updates' })
  for await (const { event, data } of stream) events.push(`${event} ${JSON.stringify(data)}`)
  const paused = await before.threads.getState<{ messages: { type: string }[] }>(thread_id)
  const unknown = before.runs.wait(thread_id, app, { input, interruptBefore: ['drop'] })
  await expect(unknown).rejects.toMatchObject({ status: 400, message: expect.stringContaining('calculate') })
  await server.stop()

  const { client: after } = await start()
  const states: unknown[] = []
  for await (const { event, data } of after.runs.stream(thread_id, app, { input: null, streamMode: 'values' }))
    if (event === 'values') states.push(data)

  expect(events.at(-1)).toBe('updates {"__interrupt__":[]}')
  expect(paused).toMatchObject({ next: ['agent'], tasks: [{ name: 'agent', interrupts: [] }] })
  expect(paused.values.messages.map(({ type }) => type)).not.toContain('tool')
  expect(JSON.stringify(states.at(-1))).toContain('6 * 7 = 42')
  expect(await after.threads.getState(thread_id)).toMatchObject({ next: [] })
})
