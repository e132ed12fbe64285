// The floor: the least a chat server that translates protocols can do. It reads the model's events, parses each, and
// writes one event of its own per token, on bare node:http; it stores nothing, checks nobody and knows no threads.
//
//   PORT=9200 MODEL=http://127.0.0.1:9100 node bench/floor.mjs
import { Agent, createServer, request as send } from 'node:http'

const model = new URL(process.env.MODEL ?? 'http://127.0.0.1:9100')
const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY, maxFreeSockets: 4096, noDelay: true })

createServer({ noDelay: true }, (request, response) => {
  const parts = []
  request.on('data', (part) => parts.push(part))
  request.on('end', () => answer(JSON.parse(Buffer.concat(parts)), response))
}).listen(Number(process.env.PORT ?? 9200), '127.0.0.1', 8192)

process.on('SIGTERM', () => process.exit(0))

function answer(body, response) {
  const text = JSON.stringify({ ...body, stream: true })
  const upstream = send(
    {
      host: model.hostname,
      port: model.port,
      method: 'POST',
      path: '/v1/chat/completions',
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
        authorization: 'Bearer x',
      },
      agent,
    },
    (incoming) => relay(incoming, response),
  )
  upstream.on('error', () => response.writeHead(502).end())
  response.on('close', () => response.writableEnded || upstream.destroy())
  upstream.end(text)
}

function relay(incoming, response) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  incoming.setEncoding('utf8')
  let rest = ''
  let whole = ''
  incoming.on('data', (chunk) => {
    const blocks = (rest + chunk).split('\n\n')
    rest = blocks.pop()
    let out = ''
    for (const block of blocks) {
      if (!block.startsWith('data: ') || block === 'data: [DONE]') continue
      const delta = JSON.parse(block.slice(6)).choices?.[0]?.delta?.content
      if (!delta) continue
      whole += delta
      out += `data: ${JSON.stringify({
        type: 'thread.item.updated',
        item_id: 'msg_1',
        update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta },
      })}\n\n`
    }
    if (out) response.write(out)
  })
  incoming.on('end', () => {
    const content = [{ type: 'output_text', text: whole, annotations: [] }]
    response.end(
      `data: ${JSON.stringify({ type: 'thread.item.done', item: { id: 'msg_1', type: 'assistant_message', content } })}\n\n`,
    )
  })
}
