import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from '@langchain/langgraph-sdk'
import { expect, it, onTestFinished } from 'vitest'
import { startModelHost } from '../../../support/model-host.js'
import { type ParleyProcess, startParley } from '../../../support/parley-process.js'

const say = (content: string) => ({ messages: [{ role: 'user', content }] })
const clientOf = ({ url }: ParleyProcess) =>
  new Client({ apiUrl: `${url}/api/ai`, apiKey: null, callerOptions: { maxRetries: 0 } })

/** A server of somebody else's, and what it was told; it refuses until it is asked to listen. */
async function listener() {
  const told: { run_id: string; status: string }[] = []
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    told.push(JSON.parse(text))
    response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, told } // it listens on a port
}

/** A server over a folder that outlives it. */
async function servers() {
  const folder = mkdtempSync(join(tmpdir(), 'parley-waiting-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  let isStuck = true
  let free: () => void = () => undefined
  const stuck = new Promise<void>((resolve) => {
    free = resolve
  })
  const model = await startModelHost(async function* () {
    yield 'Well, '
    if (isStuck) await stuck
    yield 'yes.'
  })
  onTestFinished(() => model.close())
  const env = {
    PARLEY_DATA: folder,
    OPENAI_BASE_URL: model.url,
    OPENAI_API_KEY: 'k',
    PARLEY_MODEL: 'test-model',
    PARLEY_PRIVATE_HOSTS: '127.0.0.1',
    PARLEY_SHUTDOWN_SECONDS: '0',
  }
  return {
    async start() {
      const server = await startParley(env)
      onTestFinished(() => server.kill())
      return server
    },
    answer() {
      isStuck = false
      free()
    },
  }
}

it.each(['kill', 'stop'] as const)(
  'C1: runs that wait for their turn or their time begin on the server that comes next (%s)',
  async (end) => {
    const { url, told } = await listener()
    const { start, answer } = await servers()
    const first = await start()
    const before = clientOf(first)
    const [assistant] = await before.assistants.search({ limit: 1 })
    const app = assistant?.assistant_id ?? ''
    const { thread_id } = await before.threads.create()
    const one = await before.runs.create(thread_id, app, { input: say('one'), webhook: url })
    const two = await before.runs.create(thread_id, app, {
      input: say('two'),
      multitaskStrategy: 'enqueue',
      webhook: url,
      metadata: { order: 7 },
    })
    const three = await before.runs.create(thread_id, app, { input: say('three'), multitaskStrategy: 'enqueue' })
    const { thread_id: other } = await before.threads.create()
    const late = await before.runs.create(other, app, { input: say('late'), afterSeconds: 3 })

    await first[end]()
    answer()
    const after = clientOf(await start())
    await Promise.all([
      after.runs.join(thread_id, two.run_id),
      after.runs.join(thread_id, three.run_id),
      after.runs.join(other, late.run_id),
    ])

    expect((await after.runs.get(thread_id, one.run_id)).status).toBe('error') // it was cut off
    expect(await after.runs.get(thread_id, two.run_id)).toMatchObject({ status: 'success', metadata: { order: 7 } })
    const { values } = await after.threads.getState<{ messages: { type: string; content: string }[] }>(thread_id)
    const said = values.messages.filter(({ type }) => type === 'human').map(({ content }) => content)
    expect(said).toEqual(['one', 'two', 'three'])
    expect((await after.runs.get(other, late.run_id)).status).toBe('success')
    const toldOf = (run: string) => told.filter(({ run_id }) => run_id === run).map(({ status }) => status)
    await expect.poll(() => toldOf(one.run_id), { timeout: 60_000 }).toEqual(['error'])
    await expect.poll(() => toldOf(two.run_id), { timeout: 60_000 }).toEqual(['success'])
  },
)
