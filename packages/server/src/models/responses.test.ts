import type { ModelRequest } from '@openai/agents-core/model'
import type { StreamEvent } from '@openai/agents-core/types'
import { describe, expect, it } from 'vitest'
import { responsesModel } from './responses.js'
import type { ModelHttpRequest } from './transport.js'

const event = (type: string, fields: object = {}) => `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`
const place = { item_id: 'msg_1', output_index: 0, content_index: 0 }
const output = [
  { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Hm' }], encrypted_content: 'x' },
  { type: 'web_search_call', id: 'ws_1', status: 'completed' },
  {
    type: 'message',
    id: 'msg_1',
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text: 'Hello' }],
  },
]
const usage = { input_tokens: 4, output_tokens: 2, total_tokens: 6 }
const COMPLETED = event('response.completed', { response: { id: 'resp_1', output, usage } })

function modelAnswering(...chunks: string[]) {
  const sent: { url: string; request: ModelHttpRequest }[] = []
  const model = responsesModel(
    {
      baseUrl: 'https://host.test/v1/',
      apiKey: 'sk-1',
      transport: async (url, request) => {
        sent.push({ url, request })
        async function* body() {
          for (const chunk of chunks) yield chunk
        }
        return { status: 200, headers: new Headers(), body: body(), text: async () => '' }
      },
    },
    'big',
  )
  return { model, sent }
}

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

async function collect(events: AsyncIterable<StreamEvent>) {
  const seen: StreamEvent[] = []
  for await (const one of events) seen.push(one)
  return seen
}

describe('a Responses model', () => {
  it('passes the API’s events on, text that arrived together as one', async () => {
    const delta = (text: string) => event('response.output_text.delta', { ...place, delta: text })
    const { model } = modelAnswering(
      event('response.created') + event('response.output_item.added', { item: output[2] }) + delta('He') + delta('l'),
      delta('lo') + COMPLETED,
    )

    const events = await collect(model.getStreamedResponse(requestOf()))

    const deltas = events.flatMap((one) => (one.type === 'model' && one.event.delta ? [one.event.delta] : []))
    expect(deltas).toEqual(['Hel', 'lo'])
    expect(events.at(-1)).toMatchObject({
      type: 'response_done',
      response: {
        id: 'resp_1',
        usage: { inputTokens: 4, outputTokens: 2, totalTokens: 6 },
        output: [
          { type: 'reasoning' },
          { type: 'hosted_tool_call', name: 'web_search_call' },
          { type: 'message', content: [{ text: 'Hello' }] },
        ],
      },
    })
  })

  it('sends the whole conversation, stores nothing at the host, and returns its own items as they came', async () => {
    const { model, sent } = modelAnswering(COMPLETED)
    const done = (await collect(model.getStreamedResponse(requestOf()))).at(-1)
    const before = done?.type === 'response_done' ? done.response.output : []

    await collect(
      model.getStreamedResponse(
        requestOf({
          input: [
            { type: 'message', role: 'user', id: 'msg_user', content: [{ type: 'input_text', text: 'Hi' }] },
            ...before,
            { type: 'function_call', callId: 'c', name: 'add', arguments: '{}', status: 'completed' },
            { type: 'function_call_result', callId: 'c', name: 'add', status: 'completed', output: '3' },
          ],
          tools: [
            { type: 'hosted_tool', name: 'web_search', providerData: { type: 'web_search', name: 'web_search' } },
          ],
          modelSettings: { reasoning: { effort: 'low', summary: 'auto' }, maxTokens: 5 },
        }),
      ),
    )

    expect(sent[1]?.url).toBe('https://host.test/v1/responses')
    expect(JSON.parse(String(sent[1]?.request.body))).toEqual({
      model: 'big',
      instructions: 'Be brief.',
      input: [
        { role: 'user', content: [{ type: 'input_text', text: 'Hi' }] },
        output[0],
        output[1],
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hello' }] },
        { type: 'function_call', call_id: 'c', name: 'add', arguments: '{}' },
        { type: 'function_call_output', call_id: 'c', output: '3' },
      ],
      tools: [{ type: 'web_search' }],
      reasoning: { effort: 'low', summary: 'auto' },
      max_output_tokens: 5,
      store: false,
      include: ['reasoning.encrypted_content'],
      stream: true,
    })
  })

  it.each([
    [
      'a failed response',
      event('response.failed', { response: { id: 'r', error: { message: 'overloaded' } } }),
      /failed: overloaded$/,
    ],
    ['an error event', event('error', { message: 'no quota' }), /failed: no quota$/],
    ['a stream that just ends', event('response.created'), /broke off its answer/],
  ])('fails in plain words on %s', async (_name, stream, message) => {
    const { model } = modelAnswering(stream)
    await expect(collect(model.getStreamedResponse(requestOf()))).rejects.toMatchObject({
      code: 'model_failed',
      message: expect.stringMatching(message),
    })
  })
})
