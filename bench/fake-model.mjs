// The model of the benchmark: an OpenAI-compatible chat-completions host that stamps every token with the machine's
// monotonic clock, so that a reader anywhere on the machine can tell how long a token spent in between.
//
//   PORT=9100 node bench/fake-model.mjs
//
// The last [[tokens=100 delay=5]] in the request body steers the reply (`delay`: ms between tokens, 0: all at once).
// A token reads " ~<index>.<µs written>~" in base 36; the first one also says when the request arrived.
import { createServer } from 'node:http'

const port = Number(process.env.PORT ?? 9100)
const microseconds = () => Number(process.hrtime.bigint() / 1000n)
const base36 = (value) => value.toString(36)

/** One timer for all streams, with absolute due times: a thousand timers of 5 ms would drift and cost too much. */
const schedule = createWheel()
let replies = 0

createServer({ noDelay: true, keepAliveTimeout: 60_000 }, (request, response) => {
  const arrived = microseconds()
  const parts = []
  request.on('data', (part) => parts.push(part))
  request.on('end', () => {
    const raw = Buffer.concat(parts).toString()
    if (request.url.endsWith('/models'))
      return sendJson(response, { object: 'list', data: [{ id: 'fake', object: 'model' }] })
    if (!request.url.endsWith('/chat/completions'))
      return sendJson(response, { error: { message: 'not served here' } }, 404)
    streamReply(response, { ...directives(raw), arrived })
  })
}).listen(port, '127.0.0.1', 8192, () => console.log(`fake model on http://127.0.0.1:${port}`))

process.on('SIGTERM', () => process.exit(0))

function directives(raw) {
  const text = /.*\[\[(.*?)\]\]/s.exec(raw)?.[1] ?? ''
  const number = (name, otherwise) => Number(new RegExp(`\\b${name}=([\\d.]+)`).exec(text)?.[1] ?? otherwise)
  return { tokens: number('tokens', 100), delay: number('delay', 0) }
}

function streamReply(response, { tokens, delay, arrived }) {
  const id = `chatcmpl-${base36(++replies)}`
  const open = `data: {"id":"${id}","object":"chat.completion.chunk","created":1700000000,"model":"fake","choices":[{"index":0,"delta":`
  const close = ',"finish_reason":null}]}\n\n'
  const head = `${open}{"role":"assistant","content":""}${close}`
  const usage = `{"prompt_tokens":10,"completion_tokens":${tokens},"total_tokens":${tokens + 10}}`
  const tail =
    `${open}{},"finish_reason":"stop"}]}\n\n` +
    `data: {"id":"${id}","object":"chat.completion.chunk","created":1700000000,"model":"fake","choices":[],"usage":${usage}}\n\n` +
    'data: [DONE]\n\n'
  const token = (index) => {
    const stamp = index === 0 ? `${base36(microseconds())}.${base36(arrived)}` : base36(microseconds())
    return `${open}{"content":" ~${base36(index)}.${stamp}~"}${close}`
  }

  let gone = false
  response.on('close', () => {
    gone = true
  })
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' })
  response.flushHeaders()
  // One chunk per token, written straight to the socket: what a fast host sends, at the least cost to this process.
  const put = (text) => response.socket.write(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`, 'latin1')

  if (delay === 0) {
    response.socket.cork()
    put(head)
    for (let index = 0; index < tokens; index++) put(token(index))
    put(tail)
    response.socket.uncork()
    response.end()
    return
  }
  const started = performance.now()
  let index = 0
  const step = () => {
    if (gone) return
    put(index === 0 ? head + token(index) : token(index))
    index++
    if (index < tokens) return schedule(started + index * delay, step)
    put(tail)
    response.end()
  }
  step()
}

function sendJson(response, body, status = 200) {
  const text = JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  response.end(text)
}

function createWheel() {
  const slots = Array.from({ length: 8192 }, () => [])
  let tick = Math.floor(performance.now())
  let waiting = 0
  let timer
  const turn = () => {
    const now = Math.floor(performance.now())
    while (tick < now && waiting > 0) {
      tick++
      const due = slots[tick % slots.length]
      if (due.length === 0) continue
      slots[tick % slots.length] = []
      waiting -= due.length
      for (const call of due) call()
    }
    timer = waiting > 0 ? setTimeout(turn, 1) : undefined
  }
  return (dueMs, call) => {
    if (!timer) tick = Math.floor(performance.now())
    slots[Math.max(Math.ceil(dueMs), tick + 1) % slots.length].push(call)
    waiting++
    timer ??= setTimeout(turn, 1)
  }
}
