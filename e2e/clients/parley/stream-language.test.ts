import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client as LangGraphClient } from '@langchain/langgraph-sdk'
import { Client, createAdminClient, textOfRunEvent } from '@parley/client'
import { expect, it, onTestFinished } from 'vitest'
import { startParley } from '../../support/parley-process.js'

const API_KEY = 'a-key-of-the-settings-for-these-tests'
const OF_LANGGRAPH = { messages: [{ role: 'user', content: 'hello' }] }
const OF_XPERT = { action: 'send', message: { input: { input: 'hello' } } }

type Chunk = { event: string; data: unknown; id?: string | undefined }

async function all<Entry>(stream: AsyncIterable<Entry>): Promise<Entry[]> {
  const chunks: Entry[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return chunks
}

/** What a stream is in; both, where it is mixed. */
const languagesOf = (chunks: Chunk[]) => [
  ...new Set(chunks.map(({ event }) => (event === '' || event === 'complete' ? 'xpert' : 'langgraph'))),
]

it('C1: what is said of a key and of an app decides how streams are told, after a restart as before', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-language-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const env = { PARLEY_DATA: folder, ENVIRONMENT: 'production', PARLEY_API_KEY: API_KEY }
  const first = await startParley(env)
  onTestFinished(() => first.kill())
  const admin = createAdminClient({ baseURL: first.url, apiKey: API_KEY })
  const { id: assistant } = await admin.apps.create({ id: 'support', name: 'Support', agent: {} })
  const plain = await admin.keys.create({ name: 'Says nothing' })
  const xpert = await admin.keys.create({ name: 'Of Xpert', stream_language: 'xpert' })
  const langgraph = await admin.keys.create({ name: 'Of LangGraph', stream_language: 'langgraph' })

  /** The same run through LangGraph's own client and through ours, which has Xpert's names. */
  async function spoken(url: string, apiKey: string, input: Record<string, unknown>) {
    const theirs = new LangGraphClient({ apiUrl: `${url}/api/ai`, apiKey, callerOptions: { maxRetries: 0 } })
    const ours = new Client({ apiUrl: `${url}/api/ai`, apiKey, maxRetries: 0 })
    const { thread_id } = await theirs.threads.create()
    const one: Chunk[] = await all(theirs.runs.stream(thread_id, assistant, { input }))
    const other = await all(ours.runs.stream(thread_id, assistant, { input, streamMode: 'messages-tuple' }))
    expect(other.map(textOfRunEvent).join('')).toMatch(/\w/)
    const [run] = await ours.runs.list(thread_id)
    const joined = await all(ours.runs.joinStream(thread_id, run?.run_id ?? ''))
    const behind = await all(ours.runs.joinStream(thread_id, run?.run_id ?? '', { lastEventId: joined[1]?.id ?? '' }))
    expect(behind).toEqual(joined.slice(2))
    return languagesOf([...one, ...other, ...joined, ...behind])
  }

  expect(await spoken(first.url, plain.secret, OF_LANGGRAPH)).toEqual(['langgraph'])
  expect(await spoken(first.url, plain.secret, OF_XPERT)).toEqual(['xpert'])
  expect(await spoken(first.url, xpert.secret, OF_LANGGRAPH)).toEqual(['xpert'])
  expect(await spoken(first.url, langgraph.secret, OF_XPERT)).toEqual(['langgraph'])

  await admin.apps.update(assistant, { stream_language: 'xpert' })
  await first.stop()
  const second = await startParley(env)
  onTestFinished(() => second.kill())
  const again = createAdminClient({ baseURL: second.url, apiKey: API_KEY })

  expect(await spoken(second.url, plain.secret, OF_LANGGRAPH)).toEqual(['xpert'])
  expect(await spoken(second.url, langgraph.secret, OF_LANGGRAPH)).toEqual(['langgraph'])
  await again.keys.update(langgraph.id, { stream_language: null })
  expect(await spoken(second.url, langgraph.secret, OF_LANGGRAPH)).toEqual(['xpert'])
  await again.apps.update(assistant, { stream_language: null })
  expect(await spoken(second.url, langgraph.secret, OF_LANGGRAPH)).toEqual(['langgraph'])
})
