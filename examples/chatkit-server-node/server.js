// A ChatKit server on plain Node. `npm start`, then point a ChatKit client at http://localhost:8000/.
import { setTimeout } from 'node:timers/promises'
import { ChatKitServer, memoryStore, streamText, textOf } from '@parley/server'
import { listen } from '@parley/server/node'
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

const isCheck = process.argv.includes('--check')
const server = await listen(handler, { port: isCheck ? 0 : 8000, host: '127.0.0.1' })
if (isCheck) {
  await checkConversation(server.url)
  await server.close()
} else console.log(`ChatKit server at ${server.url}`)
