// A ChatKit server as one route of an Express app. `npm start`, then use http://localhost:8000/api/chatkit.
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { ChatKitServer, memoryStore, streamText, textOf } from '@parley/server'
import { nodeListener } from '@parley/server/node'
import express from 'express'
import { checkConversation } from '../check-conversation.mjs'

const chat = new ChatKitServer({
  store: memoryStore(({ userId }) => userId),
  respond(thread, message) {
    thread.title ??= textOf(message)
    return streamText(thread, words(`You wrote: ${textOf(message)}`))
  },
})
// Whoever sends the request: check a cookie or a token here, and throw an AuthenticationError to refuse.
const handler = chat.handler((request) => ({ userId: request.headers.get('x-user') ?? 'guest' }))

/** A model would take its time too. */
async function* words(text) {
  for (const word of text.split(/(?<= )/)) {
    yield word
    await setTimeout(20)
  }
}

const app = express()
app.all('/api/chatkit', nodeListener(handler)) // reads the body itself, so it comes before the body parsers
app.use(express.json())
app.get('/', (_request, response) => void response.send('The chat is at /api/chatkit.'))

const isCheck = process.argv.includes('--check')
const server = app.listen(isCheck ? 0 : 8000, '127.0.0.1')
await once(server, 'listening')
const url = `http://127.0.0.1:${server.address().port}/api/chatkit`
if (isCheck) {
  await checkConversation(url)
  server.close()
} else console.log(`ChatKit server at ${url}`)
