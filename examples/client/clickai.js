// One app, by its own key (an app's page in the studio makes them, and PARLEY_APP_KEY is one of the default app): ask, go on, and read the answer while it is written.
import { ClickAI } from '@parley/client'

const client = new ClickAI({
  apiKey: process.env.PARLEY_APP_KEY ?? '',
  baseURL: `${process.env.PARLEY_URL ?? 'http://localhost:8787'}/v1`,
})

const { answer, conversationId } = await client.chat.create({ query: 'What is 6 * 7?', user: 'user-001' })
console.log(answer)

const stream = await client.chat.create({ query: 'What is Parley?', user: 'user-001', conversationId, stream: true })
for await (const chunk of stream) process.stdout.write(chunk.answer)
console.log(`\n${stream.usage?.total_tokens} tokens`)
