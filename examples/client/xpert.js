// Assistants, threads and runs: a run is streamed, in Xpert's words and in LangGraph's.
import { Client, ClientError, textOfRunEvent } from '@parley/client'

const client = new Client({
  apiUrl: `${process.env.PARLEY_URL ?? 'http://localhost:8787'}/api/ai`,
  apiKey: process.env.PARLEY_API_KEY,
  defaultHeaders: { 'x-principal-user-id': 'ada' },
  onRequest: (_url, init) => ({ ...init, headers: { ...init.headers, 'x-request-id': crypto.randomUUID() } }),
})

const [assistant] = await client.assistants.search({ limit: 1 })
const { thread_id } = await client.threads.create({ metadata: { topic: 'sums' } })

const xpert = client.runs.stream(thread_id, assistant.assistant_id, { input: { input: 'What is 6 * 7?' } })
for await (const event of xpert) process.stdout.write(textOfRunEvent(event))
console.log()

const langGraph = client.runs.stream(thread_id, assistant.assistant_id, {
  input: { messages: [{ role: 'user', content: 'And 6 * 9?' }] },
  streamMode: 'messages-tuple',
  signal: AbortSignal.timeout(60_000),
})
for await (const event of langGraph) process.stdout.write(textOfRunEvent(event))
console.log()

const { values } = await client.threads.getState(thread_id)
console.log(`${values.messages.length} messages`)

try {
  await client.threads.get('thr_nobody')
} catch (error) {
  if (!(error instanceof ClientError)) throw error
  console.log(error.status, error.message)
}
