// What a server does for a page: a session whose secret the page may hold, and what the page says with it.
import { createChatKitClient, createServerClient } from '@parley/client'

const url = process.env.PARLEY_URL ?? 'http://localhost:8787'
const { sessions } = createServerClient({
  baseURL: `${url}/v1`,
  apiKey: process.env.PARLEY_API_KEY ?? 'development',
}).chatkit

const session = await sessions.create({ user: 'ada', workflow: { id: 'demo' } })

const chat = createChatKitClient({
  url: `${url}/v1/chatkit/conversation`,
  headers: { authorization: `Bearer ${session.client_secret}` },
})
const content = [{ type: 'input_text', text: 'What is 6 * 7?' }]
for await (const { event } of chat.threads.create({ input: { content, attachments: [], inference_options: {} } }))
  if (event.type === 'thread.item.done' && event.item.type === 'assistant_message')
    console.log(event.item.content[0].text)

const { status } = await sessions.cancel(session.id)
console.log(`The session is ${status}; ${(await sessions.list({ user: 'ada' })).data.length} of ada.`)
