import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from '@langchain/langgraph-sdk'
import { expect, it, onTestFinished } from 'vitest'
import { createTestDatabase } from '../../packages/server/src/storage/postgres/test-database.fixture.js'
import { startModelHost } from '../support/model-host.js'
import { type ParleyProcess, startParley } from '../support/parley-process.js'

const say = (content: string) => ({ messages: [{ role: 'user', content }] })
const clientOf = ({ url }: ParleyProcess) =>
  new Client({ apiUrl: `${url}/api/ai`, apiKey: null, callerOptions: { maxRetries: 0 } })

/** A server of somebody else's, and which runs it was told of. */
async function listener() {
  const told: string[] = []
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    told.push(JSON.parse(text).run_id)
    response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, told } // it listens on a port
}

/** A PostgreSQL database, a model that is stuck until it is told to answer, and servers that may use them. */
async function surroundings() {
  const database = await createTestDatabase()
  onTestFinished(() => database.drop())
  let answer: () => void = () => undefined
  const mayAnswer = new Promise<void>((resolve) => {
    answer = resolve
  })
  const model = await startModelHost(async function* () {
    yield 'Well, '
    await mayAnswer
    yield 'yes.'
  })
  onTestFinished(() => model.close())
  const start = async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-two-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const server = await startParley({
      PARLEY_DATA: folder,
      DATABASE_URL: database.connectionString,
      OPENAI_BASE_URL: model.url,
      OPENAI_API_KEY: 'k',
      PARLEY_MODEL: 'test-model',
      PARLEY_PRIVATE_HOSTS: '127.0.0.1',
    })
    onTestFinished(() => server.kill())
    return server
  }
  /** What people said last whenever the model was asked. */
  const asked = () => model.requests.map(({ messages }) => JSON.stringify(messages.at(-1)?.content))
  return { database, model, start, answer, asked }
}

it('a second server on a database does not start, and disturbs nothing', async () => {
  const { start, answer } = await surroundings()
  const first = await start()
  const client = clientOf(first)
  const { thread_id } = await client.threads.create()
  const run = await client.runs.create(thread_id, 'demo', { input: say('one') })

  await expect(start()).rejects.toThrow(
    /code 1:\s+Another Parley process uses PostgreSQL at .*: stop that one first, or give this one a database of its own with DATABASE_URL\.\s+$/,
  )

  answer()
  await client.runs.join(thread_id, run.run_id)
  expect((await client.runs.get(thread_id, run.run_id)).status).toBe('success')
})

it('of two servers one answers what waits: the other ends when it loses the database', async () => {
  const { url, told } = await listener()
  const { database, start, answer, asked } = await surroundings()
  const first = await start()
  const before = clientOf(first)
  const { thread_id } = await before.threads.create()
  const one = await before.runs.create(thread_id, 'demo', { input: say('one'), webhook: url })
  const two = await before.runs.create(thread_id, 'demo', {
    input: say('two'),
    multitaskStrategy: 'enqueue',
    webhook: url,
  })
  const { thread_id: other } = await before.threads.create()
  const late = await before.runs.create(other, 'demo', { input: say('late'), afterSeconds: 2, webhook: url })
  await before.crons.create('demo', { schedule: '@yearly', input: say('tick') })
  const ended = once(first.process, 'exit')
  const starting = start()
  const waiting = "select 1 from pg_locks where locktype = 'advisory' and not granted"
  await expect.poll(() => database.query(waiting)).toHaveLength(1)

  // As a gateway or a database that fails over would: the connection that holds the database breaks.
  await database.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()
     and application_name = 'parley lock' and wait_event is distinct from 'advisory'`,
  )
  const due = '2026-01-01T00:00:00.000Z'
  await database.query(
    `update crons set next_run_at = '${due}', document = jsonb_set(document::jsonb, '{next_run_at}', '"${due}"')`,
  )
  const second = await starting
  const after = clientOf(second)
  const [code] = await ended
  answer()
  await Promise.all([after.runs.join(thread_id, two.run_id), after.runs.join(other, late.run_id)])

  expect(code).toBe(1)
  expect(first.output()).toContain('Another Parley process has taken over PostgreSQL')
  expect((await after.runs.get(thread_id, one.run_id)).status).toBe('error') // it was cut off
  expect((await after.runs.get(thread_id, two.run_id)).status).toBe('success')
  expect((await after.runs.get(other, late.run_id)).status).toBe('success')
  await expect.poll(() => asked().filter((text) => text.includes('tick'))).not.toHaveLength(0)
  for (const said of ['two', 'late', 'tick'])
    expect(
      asked().filter((text) => text.includes(said)),
      said,
    ).toHaveLength(1)
  for (const { run_id } of [one, two, late])
    await expect.poll(() => told.filter((id) => id === run_id), { timeout: 60_000 }).toHaveLength(1)
  const { values } = await after.threads.getState<{ messages: { type: string; content: string }[] }>(thread_id)
  const said = values.messages.map(({ content }) => content).filter((text) => text !== 'Well, ') // unless cut off before
  expect(said).toEqual(['one', 'two', 'Well, yes.'])
})
