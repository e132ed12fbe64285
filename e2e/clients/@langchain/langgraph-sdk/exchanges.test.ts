import { Client } from '@langchain/langgraph-sdk'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Running } from '../../../browser/support/http.js'
import { startParley } from '../../../browser/support/parley-server.js'
import { createTestApp } from '../../../browser/support/test-app.js'
import { type Recorder, recordExchanges } from '../../record-exchanges.js'

let parley: Running
let recorder: Recorder
beforeAll(async () => {
  parley = await startParley(createTestApp())
  recorder = await recordExchanges(parley.url)
})
afterAll(async () => {
  await recorder?.close()
  await parley?.close()
})

/** Written anew by `npx vitest run --config e2e/vitest.config.ts e2e/clients --update`; look at the difference before it is kept. */
it('C1: what LangGraph’s client says and hears stays what was recorded', async () => {
  const client = new Client({ apiUrl: `${recorder.url}/api/ai`, apiKey: null, callerOptions: { maxRetries: 0 } })
  const input = (content: string) => ({ messages: [{ type: 'human', content }] })

  const [assistant] = await client.assistants.search({ limit: 1 })
  const assistantId = assistant?.assistant_id ?? ''
  await client.assistants.get(assistantId)
  const { thread_id } = await client.threads.create({ metadata: { desk: 'north' } })
  const stream = client.runs.stream(thread_id, assistantId, {
    input: input('good morning'),
    streamMode: ['messages-tuple', 'values', 'updates'],
  })
  for await (const _ of stream);
  await client.runs.wait(thread_id, assistantId, { input: input('and you?') })
  const [run] = await client.runs.list(thread_id)
  await client.runs.get(thread_id, run?.run_id ?? '')
  for await (const _ of client.runs.joinStream(thread_id, run?.run_id ?? ''));
  await client.threads.getState(thread_id)
  await client.threads.getHistory(thread_id, { limit: 2 })
  await client.threads.search({ metadata: { desk: 'north' } })
  await client.threads.update(thread_id, { metadata: { desk: 'south' } })
  await client.store.putItem(['desks'], 'north', { open: true })
  await client.store.getItem(['desks'], 'north')
  await client.threads.delete(thread_id)
  await client.threads.get(thread_id).catch(() => undefined)

  await expect(recorder.exchanges()).toMatchFileSnapshot('fixtures/exchanges.txt')
})
