// A shop's assistant, without any model, that uses what a front end can offer: `npm start`, then open the address it
// prints. The chat itself comes from a Parley server: PARLEY_URL, by default http://localhost:8787.
import { readFileSync } from 'node:fs'
import { ChatKitServer, memoryStore, streamText, textOf } from '@parley/server'
import { listen } from '@parley/server/node'
import { orderCard } from './order-card.js'

const chat = new ChatKitServer({
  store: memoryStore(({ userId }) => userId),
  async *respond(thread, message, _context, run) {
    const say = (text) => streamText(thread, text, run)
    if (!message) return yield* say(`Done: the page is ${run.trigger.item?.output.theme} now.`)
    thread.title ??= textOf(message)
    const theme = /dark|light/i.exec(textOf(message))?.[0].toLowerCase()
    if (theme) return yield callTool(thread, run, 'switch_theme', { theme })
    const order = message.content.find(({ type }) => type === 'input_tag')
    if (order) return yield showOrder(thread, run, order.id, 'on its way')
    yield* say(`You wrote: ${textOf(message)}. Answered by the ${message.inference_options.model} model.`)
  },
  async *action(thread, action, sender, _context, run) {
    const { id } = action.payload
    if (sender) yield { type: 'thread.item.replaced', item: { ...sender, widget: orderCard(id, 'cancelled') } }
    yield* streamText(thread, `Order ${id} is cancelled.`, run)
  },
})

/** Ends the turn; the page runs the tool and the agent goes on with what it returned. */
function callTool(thread, run, name, given) {
  const id = run.generateId('tool_call')
  const item = { ...head(thread, id), type: 'client_tool_call', status: 'pending', call_id: id, name, arguments: given }
  return { type: 'thread.item.done', item }
}

function showOrder(thread, run, orderId, state) {
  const item = { ...head(thread, run.generateId('message')), type: 'widget', widget: orderCard(orderId, state) }
  return { type: 'thread.item.done', item }
}

const head = (thread, id) => ({ id, thread_id: thread.id, created_at: new Date().toISOString() })

const answer = chat.handler(() => ({ userId: 'guest' }))
const parley = process.env.PARLEY_URL ?? 'http://localhost:8787'
const read = (file) => readFileSync(new URL(file, import.meta.url), 'utf8').replaceAll('http://localhost:8787', parley)
const PAGES = {
  '/': ['text/html', read('index.html')],
  '/page.js': ['text/javascript', read('page.js')],
}

const server = await listen(
  (request) => {
    const [type, body] = PAGES[new URL(request.url).pathname] ?? []
    return body ? new Response(body, { headers: { 'content-type': type } }) : answer(request)
  },
  { port: Number(process.env.PORT ?? 8000), host: '127.0.0.1' },
)
console.log(`The shop is open at ${server.url}`)
