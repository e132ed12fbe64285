// The chat's endpoint as a Next.js route handler: POST http://localhost:3000/api/chatkit.
import { setTimeout } from 'node:timers/promises'
import { ChatKitServer, memoryStore, streamText, textOf } from '@parley/server'

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

export const POST = handler
export const OPTIONS = handler
