import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CompletionClient } from 'dify-client'
import { expect, it, onTestFinished } from 'vitest'
import { startParley } from '../../support/parley-process.js'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const ADMIN_KEY = 'a-key-that-only-this-test-knows-of'

/** Calls that the client has and its types do not. */
interface Workflows {
  runWorkflow(
    inputs: object,
    user: string,
    stream: boolean,
  ): Promise<{ data: AsyncIterable<Buffer> & { data: { status: string; outputs: object; total_steps: number } } }>
}

it('D4, D8: dify-client runs the app of the handbook that iterates and loops, and hears of every round', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-steps-'))
  const apps = join(folder, 'apps')
  mkdirSync(apps)
  const handbook = readFileSync(join(ROOT, 'docs/code-apps.md'), 'utf8')
  const [, program = ''] = /```ts\n(\/\/ apps\/digest\.ts\n[\s\S]*?)```/.exec(handbook) ?? []
  writeFileSync(join(apps, 'digest.ts'), program)
  const env = { PARLEY_APPS: apps, PARLEY_DATA: join(folder, 'data'), PARLEY_API_KEY: ADMIN_KEY }
  const server = await startParley({ ...env, ENVIRONMENT: 'development' })
  onTestFinished(async () => {
    await server.kill()
    rmSync(folder, { recursive: true, force: true })
  })
  const admin = async <Answer>(method: string, path: string, body?: object): Promise<Answer> => {
    const headers = { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' }
    const answer = await fetch(`${server.url}/api/admin/v1${path}`, { method, headers, body: JSON.stringify(body) })
    return (await answer.json()) as Answer
  }
  const { secret } = await admin<{ secret: string }>('POST', '/keys', { name: 'steps', app: 'digest' })
  const client = new CompletionClient(secret, `${server.url}/v1`) as unknown as Workflows
  const inputs = { text: 'one\ntwo\nthree\nfour' }

  const { data: stream } = await client.runWorkflow(inputs, 'ada', true)
  let text = ''
  for await (const chunk of stream) text += chunk
  const events = text
    .split('\n\n')
    .filter((event) => event.startsWith('data: '))
    .map((event) => JSON.parse(event.slice('data: '.length)))
  const count = (name: string) => events.filter(({ event }) => event === name).length
  const dataOf = (name: string) => events.find(({ event }) => event === name)?.data

  expect(count('iteration_next')).toBe(4)
  expect(dataOf('iteration_started')).toMatchObject({ title: 'Each line', metadata: { iteration_length: 4 } })
  expect(dataOf('iteration_completed').outputs).toEqual({ output: ['ONE', 'TWO', 'THREE', 'FOUR'] })
  const shouts = events.filter(({ event, data }) => event === 'node_finished' && data.title === 'Shout')
  expect(shouts.map(({ data }) => data.execution_metadata.iteration_index).sort()).toEqual([0, 1, 2, 3])
  for (const { data } of shouts) expect(data.iteration_id).toBe(dataOf('iteration_started').node_id)
  expect(count('loop_next')).toBe(1)
  expect(dataOf('loop_next')).toMatchObject({ index: 1, pre_loop_output: { output: ['TWO', 'THREE', 'FOUR'] } })
  expect(dataOf('loop_completed')).toMatchObject({ status: 'succeeded', steps: 2 })
  expect(dataOf('workflow_finished')).toMatchObject({
    status: 'succeeded',
    outputs: { result: 'THREE, FOUR' },
    total_steps: 10,
  })
  const { data: atOnce } = await client.runWorkflow(inputs, 'ada', false)
  expect(atOnce.data).toMatchObject({ outputs: { result: 'THREE, FOUR' }, total_steps: 10 })

  const { data: runs } = await admin<{ data: { id: string }[] }>('GET', '/traces?app=digest')
  const { spans } = await admin<{ spans: { id: number; parent: number; type: string; name: string }[] }>(
    'GET',
    `/traces/${runs[0]?.id}`,
  )
  const wayTo = (id: number | null): string[] => {
    const span = spans.find((one) => one.id === id)
    return span ? [...wayTo(span.parent), span.name] : []
  }
  const last = spans.findLast(({ name }) => name === 'node Drop one')
  expect(wayTo(last?.id ?? null).slice(1)).toEqual(['node Shorten', 'round 1', 'node Drop one'])
  expect(last?.type).toBe('step')
})
