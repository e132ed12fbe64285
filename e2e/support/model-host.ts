import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An OpenAI-compatible host on this machine whose replies a test decides. */
export interface ModelHost {
  /** For `OPENAI_BASE_URL`. */
  url: string
  /** Bodies of the chat-completions requests so far. */
  requests: ChatBody[]
  /** Connections that the server closed before the reply was over. */
  aborted: number
  close(): Promise<void>
}

export interface ChatBody {
  model: string
  stream?: boolean
  messages: { role: string; content: unknown }[]
  tools?: { function: { name: string } }[]
}

/** One step of a reply: text to send, or a tool to call. */
export type ReplyStep = string | { tool: string; arguments: object }

/** Decides a reply when its request has come; waits wherever it wants to. */
export type Reply = (body: ChatBody) => AsyncGenerator<ReplyStep>

/** Starts a model host on a free port. It turns no speech into text, but says what it was sent. */
export async function startModelHost(reply: Reply): Promise<ModelHost> {
  const state = { requests: [] as ChatBody[], aborted: 0 }
  const server = createServer((request, response) => {
    void serve(request, response, reply, state)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a listening TCP server has one
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests: state.requests,
    get aborted() {
      return state.aborted
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
  state: { requests: ChatBody[]; aborted: number },
): Promise<void> {
  if (request.url?.endsWith('/models')) {
    response.end(JSON.stringify({ object: 'list', data: [{ id: 'test-model', object: 'model' }] }))
    return
  }
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  if (request.url?.endsWith('/audio/transcriptions')) {
    const form = await new Response(Buffer.concat(parts), {
      headers: { 'content-type': request.headers['content-type'] ?? '' },
    }).formData()
    const file = form.get('file') as File // the form has one, or this throws
    response.end(JSON.stringify({ text: `${form.get('model')} heard ${file.name}, ${file.size} bytes` }))
    return
  }
  const body: ChatBody = JSON.parse(Buffer.concat(parts).toString())
  state.requests.push(body)
  const gone = new Promise<'gone'>((resolve) => response.once('close', () => resolve('gone')))
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const send = (delta: object, finish: string | null = null) =>
    response.write(
      `data: ${JSON.stringify({ id: 'chatcmpl-test', object: 'chat.completion.chunk', model: 'test-model', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`,
    )
  let finish = 'stop'
  const steps = reply(body)
  for (;;) {
    const next = await Promise.race([steps.next(), gone])
    if (next === 'gone' || next.done) break
    const step = next.value
    if (typeof step === 'string') send({ content: step })
    else {
      finish = 'tool_calls'
      const call = { name: step.tool, arguments: JSON.stringify(step.arguments) }
      send({ tool_calls: [{ index: 0, id: `call_${state.requests.length}`, type: 'function', function: call }] })
    }
  }
  if (response.destroyed) {
    state.aborted++
    return
  }
  send({}, finish)
  response.end('data: [DONE]\n\n')
}
