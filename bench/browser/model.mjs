// The model behind bench/browser.mjs: an OpenAI-compatible host that answers `long` with a Markdown answer of 2,000 tokens,
// one every 5 ms, `burst` with the same at once, and everything else with a short answer. It also serves the floor: a page that reads the same
// tokens and appends them to one text node, the least a browser can do for them.
import { createServer } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { answer, tokenize } from '../markdown-inputs.mjs'

export const TOKENS = 2000
const TOKEN_MS = 5
export const END = 'ZZENDZZ'
/** The last words of a short answer. */
export const SHORT_END = 'so that people can check it.'
const LONG = [...tokenize(answer(TOKENS)), '\n\n', END]
const SHORT = [
  '**Short** and *plain*: the server keeps `every` item in order, see [the handbook](https://example.com/handbook).\n\n',
  '- people can check a claim against its source\n- text arrives in short sentences\n\n',
  `The agent reads each document and answers ${SHORT_END}`,
]

/** Resolves with the host; `replied()` resolves when the next long answer is out. `more(path)`: another file, or nothing. */
export async function startModel(more) {
  let tellReplied = () => undefined
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://host').pathname
    if (path === '/floor') return response.setHeader('content-type', 'text/html').end(FLOOR_PAGE)
    if (path === '/v1/models') return response.end(JSON.stringify({ object: 'list', data: [{ id: 'fake' }] }))
    if (path !== '/v1/chat/completions') return more(path, request, response) ?? response.writeHead(404).end()
    const pause = { long: TOKEN_MS, burst: 0 }[lastQuestion(await read(request))]
    const isLong = pause !== undefined
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    if (isLong) await writePaced(response, LONG, pause)
    else for (const token of SHORT) response.write(chunk({ content: token }))
    response.end(`${chunk({}, 'stop')}data: [DONE]\n\n`)
    if (isLong) tellReplied()
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    replied: () =>
      new Promise((resolve) => {
        tellReplied = resolve
      }),
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** Absolute due times: a token that came late does not delay the ones after it. */
async function writePaced(response, tokens, pauseMs) {
  const started = performance.now()
  for (const [index, token] of tokens.entries()) {
    const early = started + index * pauseMs - performance.now()
    if (early > 0) await wait(early)
    response.write(chunk({ content: token }))
  }
}

function chunk(delta, finish_reason = null) {
  return `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'fake', choices: [{ index: 0, delta, finish_reason }] })}\n\n`
}

function lastQuestion(body) {
  const content = JSON.parse(body).messages?.findLast(({ role }) => role === 'user')?.content
  return typeof content === 'string' ? content : content?.map(({ text }) => text).join('')
}

async function read(request) {
  let text = ''
  for await (const part of request.setEncoding('utf8')) text += part
  return text
}

const FLOOR_PAGE = `<!doctype html><meta charset="utf-8"><title>Floor</title>
<style>body{margin:0;font:16px/1.55 system-ui}main{height:100vh;overflow:auto;white-space:pre-wrap}</style>
<main></main><script type="module">
const text = document.querySelector('main').appendChild(new Text())
let waiting = ''
const flush = () => { text.appendData(waiting); waiting = '' }
window.start = async (content) => {
  const body = JSON.stringify({ messages: [{ role: 'user', content }] })
  const response = await fetch('/v1/chat/completions', { method: 'POST', body })
  const decoder = new TextDecoder()
  let rest = ''
  for await (const part of response.body) {
    const events = (rest + decoder.decode(part, { stream: true })).split('\\n\\n')
    rest = events.pop()
    for (const event of events) {
      if (event === 'data: [DONE]') continue
      if (!waiting) requestAnimationFrame(flush)
      waiting += JSON.parse(event.slice(6)).choices[0].delta.content ?? ''
    }
  }
}
</script>`
