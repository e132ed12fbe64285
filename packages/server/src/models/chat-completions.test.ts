import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ModelRequest } from '@openai/agents-core/model'
import type { StreamEvent } from '@openai/agents-core/types'
import { afterEach, describe, expect, it } from 'vitest'
import type { ModelCost } from '../base/trace.js'
import { createModelTransport } from '../node/model-transport.js'
import { chatCompletionsModel } from './chat-completions.js'
import { fetchTransport, type ModelTransport } from './transport.js'

type Handle = (body: Record<string, unknown>, response: ServerResponse, request: IncomingMessage) => void

const servers: ReturnType<typeof createServer>[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function startHost(handle: Handle): Promise<string> {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    handle(JSON.parse(Buffer.concat(parts).toString() || '{}'), response, request)
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
}

const KEY = 'sk-secret-123456'
const modelAt = (baseUrl: string, transport: ModelTransport = createModelTransport()) =>
  chatCompletionsModel({ baseUrl, apiKey: KEY, transport, wait: async () => undefined }, 'test-model')

const requestOf = (change: Partial<ModelRequest> = {}): ModelRequest => ({
  systemInstructions: 'Be brief.',
  input: 'Hi',
  modelSettings: {},
  tools: [],
  handoffs: [],
  outputType: 'text',
  tracing: false,
  ...change,
})

const chunk = (delta: object, more: object = {}) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, ...more }] })}\n\n`
const END = `${chunk({}, { finish_reason: 'stop' })}data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}\n\ndata: [DONE]\n\n`

const answerWith =
  (text: string): Handle =>
  (_body, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(text)
  }

async function collect(events: AsyncIterable<StreamEvent>) {
  const seen: StreamEvent[] = []
  for await (const event of events) seen.push(event)
  return {
    types: seen.flatMap((event) =>
      event.type === 'model' ? [event.event.type.replace('response.', '')] : [event.type],
    ),
    text: seen
      .map((event) =>
        event.type === 'model' && event.event.type === 'response.output_text.delta' ? event.event.delta : '',
      )
      .join(''),
    done: seen.flatMap((event) => (event.type === 'response_done' ? [event.response] : []))[0],
    events: seen,
  }
}

const failureOf = (events: AsyncIterable<StreamEvent>): Promise<Error> =>
  collect(events).then(
    () => expect.unreachable('the model answered'),
    (error: Error) => error,
  )

describe.each([
  ['node:http', createModelTransport()],
  ['fetch', fetchTransport],
])('a chat-completions model over %s', (_name, transport) => {
  it('streams text and usage, as one message with an id of its own', async () => {
    const baseUrl = await startHost(
      answerWith(
        chunk({ role: 'assistant', content: '' }) + chunk({ content: 'Hel' }) + chunk({ content: 'lo' }) + END,
      ),
    )
    const model = modelAt(baseUrl, transport)

    const first = await collect(model.getStreamedResponse(requestOf()))
    const second = await collect(model.getStreamedResponse(requestOf()))

    expect(first.text).toBe('Hello')
    expect(first.done).toMatchObject({
      usage: { inputTokens: 3, outputTokens: 2, totalTokens: 5, requests: 1 },
      output: [{ type: 'message', status: 'completed', content: [{ type: 'output_text', text: 'Hello' }] }],
    })
    expect(first.done?.output[0]?.id).not.toBe(second.done?.output[0]?.id)
  })

  it('reads characters that arrive in two pieces', async () => {
    const bytes = Buffer.from(chunk({ content: 'ä€😀' }) + END)
    const middle = bytes.indexOf(Buffer.from('€')) + 1
    const baseUrl = await startHost((_body, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(bytes.subarray(0, middle), () => response.end(bytes.subarray(middle)))
    })

    expect((await collect(modelAt(baseUrl, transport).getStreamedResponse(requestOf()))).text).toBe('ä€😀')
  })

  it('ends when the host says that this was all, though its stream stays open', async () => {
    const baseUrl = await startHost((_body, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(chunk({ content: 'Hello' }) + END)
    })

    const { text, done } = await collect(modelAt(baseUrl, transport).getStreamedResponse(requestOf()))

    expect(text).toBe('Hello')
    expect(done?.usage).toMatchObject({ totalTokens: 5 })
  })

  it('asks again on the connection it has, when the host has closed its stream later', async () => {
    const connections: (number | undefined)[] = []
    const baseUrl = await startHost((_body, response, { socket }) => {
      connections.push(socket.remotePort)
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(chunk({ content: 'Hello' }) + END)
      setImmediate(() => response.end())
    })
    const askAgain = () => collect(modelAt(baseUrl, transport).getStreamedResponse(requestOf()))

    await expect.poll(() => askAgain().then(() => connections.length - new Set(connections).size)).toBeGreaterThan(0)
  })

  it('closes the connection to the host when it is aborted', async () => {
    let tellClosed = (): void => undefined
    const closed = new Promise<void>((resolve) => {
      tellClosed = resolve
    })
    const baseUrl = await startHost((_body, response) => {
      response.on('close', tellClosed)
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(chunk({ content: 'Hel' }))
    })
    const abort = new AbortController()

    const reading = (async () => {
      for await (const event of modelAt(baseUrl, transport).getStreamedResponse(requestOf({ signal: abort.signal })))
        if (event.type === 'model' && event.event.type === 'response.output_text.delta') abort.abort()
    })()

    await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
    await closed
  })
})

describe('the cost of an answer', () => {
  it('is told to whoever asked, where the model has a price', async () => {
    const baseUrl = await startHost(answerWith(chunk({ content: 'Hi' }) + END))
    const spent: ModelCost[] = []
    const trace = { spent: (cost: ModelCost) => void spent.push(cost) }
    const priceOf = () => ({ input: 1, output: 2 })
    const host = { baseUrl, apiKey: KEY, transport: createModelTransport(), trace, priceOf }

    await collect(chatCompletionsModel(host, 'test-model').getStreamedResponse(requestOf()))

    expect(spent).toEqual([{ input: 3 / 1_000_000, output: 4 / 1_000_000 }])
  })
})

describe('what a chat-completions model reads', () => {
  it('makes one text event of all tokens that arrived together', async () => {
    const tokens = Array.from({ length: 50 }, (_, index) => chunk({ content: `${index} ` })).join('')
    const { types } = await collect(modelAt(await startHost(answerWith(tokens + END))).getStreamedResponse(requestOf()))
    expect(types).toEqual([
      'response_started',
      'output_item.added',
      'content_part.added',
      'output_text.delta',
      'output_text.done',
      'output_item.done',
      'response_done',
    ])
  })

  it.each(['reasoning_content', 'reasoning'])(
    'shows %s before the answer, and sends it back under that name',
    async (field) => {
      const bodies: Record<string, unknown>[] = []
      const baseUrl = await startHost((body, response, request) => {
        bodies.push(body)
        answerWith(chunk({ [field]: 'Hmm' }) + chunk({ [field]: '.' }) + chunk({ content: 'Yes' }) + END)(
          body,
          response,
          request,
        )
      })
      const model = modelAt(baseUrl)

      const { types, done } = await collect(model.getStreamedResponse(requestOf()))
      await collect(model.getStreamedResponse(requestOf({ input: done?.output ?? [] })))

      expect(types.slice(1, 6)).toEqual([
        'output_item.added',
        'reasoning_summary_text.delta',
        'reasoning_summary_text.done',
        'output_item.done',
        'output_item.added',
      ])
      expect(done?.output).toMatchObject([{ type: 'reasoning', content: [{ text: 'Hmm.' }] }, { type: 'message' }])
      expect(bodies[1]?.messages).toContainEqual({ role: 'assistant', content: 'Yes', [field]: 'Hmm.' })
    },
  )

  it('reads tool calls in pieces, and gives a call id the conversation already has a new name', async () => {
    const call = (index: number, id: string | undefined, text: string) =>
      chunk({ tool_calls: [{ index, id, function: { name: id && 'add', arguments: text } }] })
    const baseUrl = await startHost(
      answerWith(
        call(0, 'call_0', '') + call(0, undefined, '{"a"') + call(0, undefined, ':1}') + call(1, 'call_1', '{}') + END,
      ),
    )
    const taken: ModelRequest['input'] = [
      { type: 'function_call', callId: 'call_0', name: 'add', arguments: '{}', status: 'completed' },
      { type: 'function_call_result', callId: 'call_0', name: 'add', status: 'completed', output: '1' },
    ]

    const { done } = await collect(modelAt(baseUrl).getStreamedResponse(requestOf({ input: taken })))

    expect(done?.output).toMatchObject([
      { type: 'function_call', name: 'add', arguments: '{"a":1}' },
      { type: 'function_call', name: 'add', arguments: '{}', callId: 'call_1' },
    ])
    expect(done?.output[0]).not.toHaveProperty('callId', 'call_0')
  })

  it('reads a refusal', async () => {
    const baseUrl = await startHost(answerWith(chunk({ refusal: 'I will ' }) + chunk({ refusal: 'not.' }) + END))
    const { done } = await collect(modelAt(baseUrl).getStreamedResponse(requestOf()))
    expect(done?.output).toMatchObject([{ type: 'message', content: [{ type: 'refusal', refusal: 'I will not.' }] }])
  })

  it('marks an answer that was cut off', async () => {
    const baseUrl = await startHost(answerWith(chunk({ content: 'Once' }) + chunk({}, { finish_reason: 'length' })))
    const { done } = await collect(modelAt(baseUrl).getStreamedResponse(requestOf()))
    expect(done?.output).toMatchObject([{ status: 'incomplete' }])
  })

  it('answers in one piece too', async () => {
    const model = modelAt(await startHost(answerWith(chunk({ content: 'Hi' }) + END)))
    const { output, usage } = await model.getResponse(requestOf())
    expect(output).toMatchObject([{ content: [{ text: 'Hi' }] }])
    expect(usage.totalTokens).toBe(5)
  })
})

describe('what a chat-completions model sends', () => {
  const bodyOf = async (request: ModelRequest) => {
    let sent: Record<string, unknown> = {}
    const baseUrl = await startHost((body, response, incoming) => {
      sent = { ...body, authorization: incoming.headers.authorization }
      answerWith(chunk({ content: 'ok' }) + END)(body, response, incoming)
    })
    await collect(modelAt(baseUrl).getStreamedResponse(request))
    return sent
  }

  it('sends messages, tool calls with their outputs, and images', async () => {
    const sent = await bodyOf(
      requestOf({
        input: [
          {
            role: 'user',
            content: [
              { type: 'input_text', text: 'Look' },
              { type: 'input_image', image: 'data:image/png;base64,AA', detail: 'auto' },
            ],
          },
          { role: 'assistant', status: 'completed', content: [{ type: 'output_text', text: 'Wait.' }] },
          { type: 'function_call', callId: 'c1', name: 'see', arguments: '{}', status: 'completed' },
          { type: 'function_call', callId: 'c2', name: 'see', arguments: '{}', status: 'completed' },
          { type: 'function_call_result', callId: 'c1', name: 'see', status: 'completed', output: 'a cat' },
          {
            type: 'function_call_result',
            callId: 'c2',
            name: 'see',
            status: 'completed',
            output: { type: 'text', text: 'a dog' },
          },
          { role: 'user', content: 'Well?' },
        ],
      }),
    )
    const call = (id: string) => ({ id, type: 'function', function: { name: 'see', arguments: '{}' } })
    expect(sent.messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Look' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AA', detail: 'auto' } },
        ],
      },
      { role: 'assistant', content: 'Wait.', tool_calls: [call('c1'), call('c2')] },
      { role: 'tool', tool_call_id: 'c1', content: 'a cat' },
      { role: 'tool', tool_call_id: 'c2', content: 'a dog' },
      { role: 'user', content: 'Well?' },
    ])
    expect(sent.authorization).toBe(`Bearer ${KEY}`)
  })

  it('sends tools and handoffs without zod’s $schema, and the model settings', async () => {
    const parameters = {
      $schema: 'x',
      type: 'object' as const,
      properties: {},
      required: [],
      additionalProperties: false as const,
    }
    const sent = await bodyOf(
      requestOf({
        tools: [{ type: 'function', name: 'add', description: 'Adds.', parameters, strict: true }],
        handoffs: [
          { toolName: 'transfer_to_B', toolDescription: 'To B', inputJsonSchema: parameters, strictJsonSchema: true },
        ],
        modelSettings: {
          temperature: 0.5,
          toolChoice: 'add',
          parallelToolCalls: false,
          maxTokens: 9,
          reasoning: { effort: 'low' },
          providerData: { seed: 4 },
        },
      }),
    )
    expect(sent).toMatchObject({
      model: 'test-model',
      stream: true,
      stream_options: { include_usage: true },
      tools: [{ type: 'function', function: { name: 'add', strict: true } }, { function: { name: 'transfer_to_B' } }],
      tool_choice: { type: 'function', function: { name: 'add' } },
      parallel_tool_calls: false,
      temperature: 0.5,
      max_tokens: 9,
      reasoning_effort: 'low',
      seed: 4,
    })
    expect(JSON.stringify(sent)).not.toContain('$schema')
  })

  it('says that hosted tools need another API', async () => {
    const model = modelAt(await startHost(answerWith(END)))
    const request = requestOf({ tools: [{ type: 'hosted_tool', name: 'web_search' }] })
    expect(await failureOf(model.getStreamedResponse(request))).toMatchObject({ code: 'not_configured' })
  })
})

describe('when the host fails', () => {
  const failing =
    (status: number, message: string, counts: { asked: number } = { asked: 0 }): Handle =>
    (_body, response) => {
      counts.asked++
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ error: { message } }))
    }

  it.each([
    [401, `Incorrect API key: ${KEY}`, /refused the API key\. Check OPENAI_API_KEY/, 'model_key_refused'],
    [404, 'no such model', /does not know the model "test-model".*PARLEY_MODEL/, 'model_unknown'],
    [429, 'slow down', /too many requests/, 'model_failed'],
    [429, 'insufficient_quota', /no credit left/, 'model_out_of_credit'],
    [402, 'pay first', /no credit left/, 'model_out_of_credit'],
    [400, `too long, ${KEY}`, /refused the request: too long, \[key\]/, 'model_failed'],
    [500, 'oops', /has a problem of its own/, 'model_failed'],
  ])('says what to do about a %i (%s), without the key', async (status, message, expected, code) => {
    const error = await failureOf(modelAt(await startHost(failing(status, message))).getStreamedResponse(requestOf()))
    expect(error).toMatchObject({ code, message: expect.stringMatching(expected) })
    expect(`${error.message} ${String(error.cause)}`).not.toContain(KEY)
  })

  it('says that nobody is there', async () => {
    const baseUrl = await startHost(() => undefined)
    const server = servers.pop()
    await new Promise((resolve) => server?.close(resolve))
    const error = await failureOf(modelAt(baseUrl).getStreamedResponse(requestOf()))
    expect(error.message).toMatch(/^Could not reach the model at 127\.0\.0\.1:\d+\. Check OPENAI_BASE_URL\.$/)
  })

  it.each([
    [429, 3],
    [503, 3],
    [400, 1],
    [401, 1],
  ])('asks again after a %i: %i times in all', async (status, times) => {
    const counts = { asked: 0 }
    await failureOf(modelAt(await startHost(failing(status, 'no', counts))).getStreamedResponse(requestOf()))
    expect(counts.asked).toBe(times)
  })

  it('does not ask again once the answer has begun', async () => {
    let asked = 0
    const baseUrl = await startHost((_body, response) => {
      asked++
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(chunk({ content: 'Hel' }), () => response.destroy())
    })
    const error = await failureOf(modelAt(baseUrl).getStreamedResponse(requestOf()))
    expect(error).toMatchObject({ code: 'model_failed', message: expect.stringContaining('broke off') })
    expect(asked).toBe(1)
  })

  it('reports an error inside the stream', async () => {
    const baseUrl = await startHost(
      answerWith(`${chunk({ content: 'Hel' })}data: {"error":{"message":"overloaded"}}\n\n`),
    )
    const error = await failureOf(modelAt(baseUrl).getStreamedResponse(requestOf()))
    expect(error.message).toMatch(/failed: overloaded$/)
  })
})
