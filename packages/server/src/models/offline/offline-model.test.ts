import type { ModelRequest } from '@openai/agents-core/model'
import type { StreamEvent } from '@openai/agents-core/types'
import { describe, expect, it } from 'vitest'
import { offlineModel } from './offline-model.js'

type Tools = ModelRequest['tools']

const tool = (name: string, properties: Record<string, object> = {}, description = ''): Tools[number] => ({
  type: 'function',
  name,
  description,
  strict: true,
  parameters: { type: 'object', properties, required: Object.keys(properties), additionalProperties: false } as never,
})
const text = { type: 'string' }

const requestOf = (
  input: ModelRequest['input'],
  tools: Tools = [],
  change: Partial<ModelRequest> = {},
): ModelRequest => ({
  input,
  tools,
  handoffs: [],
  modelSettings: {},
  outputType: 'text',
  tracing: false,
  ...change,
})

async function outputOf(request: ModelRequest) {
  const { output } = await offlineModel({ wordMs: 0 }).getResponse(request)
  const [item] = output
  if (item?.type === 'function_call') return { call: item.name, arguments: JSON.parse(item.arguments) }
  if (item && 'role' in item && item.role === 'assistant')
    return { text: item.content.map((part) => ('text' in part ? part.text : '')).join('') }
  return {}
}

const toolRound = (name: string, output: string): ModelRequest['input'] => [
  { role: 'user', content: 'Tell me' },
  { type: 'function_call', callId: 'c', name, arguments: '{}', status: 'completed' },
  { type: 'function_call_result', callId: 'c', name, status: 'completed', output },
]

describe('the offline model', () => {
  it.each(['Who are you?', 'Are you a language model?', 'which model is this', 'Bạn là ai?'])(
    'asked %j says that it is no language model, and how to connect one',
    async (question) => {
      const { text: answer } = await outputOf(requestOf(question, [tool('search_docs', { query: text })]))
      expect(answer).toContain('not a language model')
      expect(answer).toContain('OPENAI_API_KEY=')
    },
  )

  it('says what it is under its first answer, and not again', async () => {
    const first = await outputOf(requestOf('Hello'))
    const second = await outputOf(
      requestOf([
        { role: 'user', content: 'Hello' },
        { role: 'assistant', status: 'completed', content: [{ type: 'output_text', text: 'Hi' }] },
        { role: 'user', content: 'Hello again' },
      ]),
    )
    expect(first.text).toContain('offline model')
    expect(second.text).not.toContain('offline model')
  })

  it.each([
    ['What time is it?', tool('get_server_time'), {}],
    ['What time is it in Europe/Berlin?', tool('get_time', { timeZone: text }), { timeZone: 'Europe/Berlin' }],
    ['What is 12 × 7?', tool('calculate', { expression: text }), { expression: '12 * 7' }],
    ['How is the weather in Hanoi?', tool('get_weather', { city: text }), { city: 'Hanoi' }],
    ['How do refunds work?', tool('search_help', { query: text }), { query: 'How do refunds work?' }],
    [
      'Weather in Rome',
      tool('weather', { city: text, unit: { anyOf: [text, { type: 'null' }] } }),
      { city: 'Rome', unit: null },
    ],
  ])('for %j calls the tool that fits', async (question, fitting, expected) => {
    const others = [tool('send_mail', { to: text, body: text })]
    expect(await outputOf(requestOf(question, [...others, fitting]))).toEqual({
      call: 'name' in fitting ? fitting.name : '',
      arguments: expected,
    })
  })

  it.each([
    ['Hello!', tool('search_help', { query: text })],
    ['How is the weather?', tool('get_weather', { city: text })],
    ['What time is it?', tool('book_time', { from: text, to: text })],
  ])('for %j calls nothing it cannot fill', async (question, available) => {
    expect(await outputOf(requestOf(question, [available]))).toHaveProperty('text')
  })

  it('quotes the best passage with its number, and names the others', async () => {
    const found =
      '[3] Guide › Refunds\nYou get it back.\n\nWithin a week.\n\n[4] Guide › Fees\nNone.\n\nAnswer from these passages where they fit.'
    const { text: answer } = await outputOf(requestOf(toolRound('search_help', found)))
    expect(answer).toContain('### Refunds\n\nYou get it back. [3]\n\nWithin a week.')
    expect(answer).toContain('- Fees [4]')
  })

  it('names each place to read on once, and not the one it quotes', async () => {
    const found = '[1] Guide › Refunds\nA.\n\n[2] Guide › Refunds\nB.\n\n[3] Guide › Fees\nC.\n\n[4] Guide › Fees\nD.'
    const { text: answer = '' } = await outputOf(requestOf(toolRound('search_help', found)))
    expect(answer.match(/^- .+$/gm)).toEqual(['- Fees [3]'])
  })

  it('tells what a tool answered, and admits when nothing was found', async () => {
    expect((await outputOf(requestOf(toolRound('get_time', '12:00')))).text).toContain('answered: **12:00**')
    expect((await outputOf(requestOf(toolRound('get_data', '{"a":1}')))).text).toContain('```json\n{"a":1}\n```')
    expect((await outputOf(requestOf(toolRound('search_help', 'Nothing was found. Say so.')))).text).toContain(
      'knows nothing about that',
    )
  })

  it('hands over when the other agent’s subject is asked for, once', async () => {
    const handoffs = [
      {
        toolName: 'transfer_to_Billing',
        toolDescription: 'Handles invoices and payment problems.',
        inputJsonSchema: { type: 'object', properties: {}, required: [], additionalProperties: false } as never,
        strictJsonSchema: true,
      },
    ]
    const ask = (input: ModelRequest['input']) => outputOf(requestOf(input, [], { handoffs }))

    expect(await ask('My invoice shows a payment twice')).toMatchObject({ call: 'transfer_to_Billing' })
    expect(await ask('Connect me with billing')).toMatchObject({ call: 'transfer_to_Billing' })
    expect(await ask('My dog is ill')).toHaveProperty('text')
    expect(
      await ask([
        { role: 'user', content: 'Connect me with billing' },
        { type: 'function_call', callId: 'c', name: 'transfer_to_Front', arguments: '{}', status: 'completed' },
        {
          type: 'function_call_result',
          callId: 'c',
          name: 'transfer_to_Front',
          status: 'completed',
          output: '{"assistant":"Front"}',
        },
      ]),
    ).toHaveProperty('text')
  })

  it('fills the form an app asks for with what was said, and leaves empty what was not', async () => {
    const schema = {
      type: 'object',
      properties: {
        kind: { enum: ['question', 'return_item', 'other'] },
        mood: { type: 'string', enum: ['happy', 'angry', 'other'] },
        order: { type: 'integer' },
        words: text,
        urgent: { type: 'boolean' },
        tags: { type: 'array', items: text },
        coupon: { anyOf: [text, { type: 'null' }] },
        customer: { $ref: '#/$defs/customer' },
      },
      required: ['kind', 'mood', 'order', 'words', 'urgent', 'tags', 'coupon', 'customer'],
      additionalProperties: false,
      $defs: { customer: { type: 'object', properties: { since: { type: ['string', 'null'] } }, required: ['since'] } },
    }
    const outputType = { type: 'json_schema', name: 'form', strict: true, schema } as never
    const said = 'I want to return order 1234'

    const { text: answer = '' } = await outputOf(requestOf(said, [], { outputType }))

    expect(JSON.parse(answer)).toEqual({
      kind: 'return_item',
      mood: 'other',
      order: 1234,
      words: said,
      urgent: false,
      tags: [],
      coupon: null,
      customer: { since: null },
    })
  })

  it('streams word by word and stops at once', async () => {
    const abort = new AbortController()
    const seen: StreamEvent[] = []
    const reading = (async () => {
      for await (const event of offlineModel({ wordMs: 60_000 }).getStreamedResponse(
        requestOf('Hello', [], { signal: abort.signal }),
      )) {
        seen.push(event)
        if (event.type === 'model' && event.event.type === 'response.content_part.added')
          queueMicrotask(() => abort.abort())
      }
    })()
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
    expect(seen).toHaveLength(3)
  })
})

describe('B2: a tool chosen by hand', () => {
  it('is called with what was said, whatever it is', async () => {
    const input = [{ role: 'user' as const, content: 'Refunds' }]
    const tools = [tool('calculate', { expression: text }), tool('open_ticket', { subject: text })]

    const output = await outputOf(requestOf(input, tools, { modelSettings: { toolChoice: 'open_ticket' } }))

    expect(output).toEqual({ call: 'open_ticket', arguments: { subject: 'Refunds' } })
  })
})
