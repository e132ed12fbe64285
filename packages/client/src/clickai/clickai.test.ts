import { describe, expect, it } from 'vitest'
import { ClickAI } from './clickai.js'

/** A client whose requests are answered in this order, with a success when nothing is left. */
function clientAnswering(...answers: Response[]) {
  const sent: { call: string; body: unknown; key: string | null }[] = []
  const client = new ClickAI({
    apiKey: 'app-1',
    accessToken: 'person-1',
    baseURL: 'http://api.test/v1/',
    async fetch(url, init) {
      const body = init?.body
      sent.push({
        call: `${init?.method} ${String(url).replace('http://api.test', '')}`,
        body: typeof body === 'string' ? JSON.parse(body) : body,
        key: new Headers(init?.headers).get('authorization'),
      })
      return answers.shift() ?? Response.json({ result: 'success' })
    },
  })
  return { client, sent }
}

const streamOf = (...events: object[]) =>
  new Response(`${events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')}event: ping\n\n`, {
    headers: { 'content-type': 'text/event-stream' },
  })

const head = { conversation_id: 'C', message_id: 'M', task_id: 'T', created_at: 1 }
const usage = { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 }

describe('D9: chat.create', () => {
  it('answers with the answer', async () => {
    const { client, sent } = clientAnswering(
      Response.json({ ...head, event: 'message', id: 'M', answer: 'Hello', metadata: { usage } }),
    )

    const response = await client.chat.create({ query: 'Hi', user: 'user-001' })

    expect(response).toEqual({
      answer: 'Hello',
      conversationId: 'C',
      messageId: 'M',
      taskId: 'T',
      usage,
      resources: [],
      createdAt: new Date(1000),
    })
    expect(sent).toEqual([
      {
        call: 'POST /v1/chat-messages',
        body: { query: 'Hi', user: 'user-001', inputs: {}, response_mode: 'blocking' },
        key: 'Bearer app-1',
      },
    ])
  })

  it('streams pieces that each have an answer, and knows the ids and the usage in the end', async () => {
    const { client, sent } = clientAnswering(
      streamOf(
        { ...head, event: 'agent_thought', id: 'a', thought: 'Hm.' },
        { ...head, event: 'agent_message', id: 'M', answer: 'Hel' },
        { ...head, event: 'message', id: 'M', answer: 'lo' },
        { ...head, event: 'message_end', id: 'M', metadata: { usage } },
      ),
    )

    const stream = await client.chat.create({ query: 'Hi', user: 'user-001', conversationId: 'C', stream: true })
    const pieces: string[] = []
    for await (const chunk of stream) pieces.push(chunk.answer)

    expect(pieces).toEqual(['Hel', 'lo'])
    expect(stream).toMatchObject({ conversationId: 'C', messageId: 'M', taskId: 'T', usage })
    expect(sent[0]?.body).toEqual({
      query: 'Hi',
      user: 'user-001',
      conversation_id: 'C',
      inputs: {},
      response_mode: 'streaming',
    })
  })

  it('shows every event to whoever wants them', async () => {
    const { client } = clientAnswering(
      streamOf({ ...head, event: 'message', id: 'M', answer: 'x' }, { ...head, event: 'message_replace', answer: 'y' }),
    )

    const names: string[] = []
    const stream = await client.chat.create({ query: 'Hi', user: 'u', stream: true })
    for await (const { event } of stream.events()) names.push(event)

    expect(names).toEqual(['message', 'message_replace'])
  })

  it('throws what a stream says went wrong', async () => {
    const error = { event: 'error', code: 'completion_request_error', status: 400, message: 'The model is away.' }
    const { client } = clientAnswering(streamOf(error))

    const stream = await client.chat.create({ query: 'Hi', user: 'u', stream: true })
    const reading = (async () => {
      for await (const _ of stream) expect.unreachable()
    })()

    await expect(reading).rejects.toMatchObject({
      code: 'completion_request_error',
      status: 400,
      message: 'The model is away.',
    })
  })

  it('throws what is refused before, streaming or not', async () => {
    const refusal = () => Response.json({ code: 'unauthorized', message: 'No.', status: 401 }, { status: 401 })
    const { client } = clientAnswering(refusal(), refusal())

    for (const stream of [false, true])
      await expect(client.chat.create({ query: 'Hi', user: 'u', stream })).rejects.toMatchObject({
        status: 401,
        code: 'unauthorized',
      })
  })
})

/** What the API expects for each call. */
const REQUESTS: [string, (client: ClickAI) => Promise<unknown>, string, unknown][] = [
  ['stopping', ({ chat }) => chat.stop('T', { user: 'u' }), 'POST /v1/chat-messages/T/stop', { user: 'u' }],
  [
    'a workflow',
    ({ workflows }) => workflows.run({ user: 'u', inputs: { a: 1 } }),
    'POST /v1/workflows/run',
    { user: 'u', inputs: { a: 1 }, response_mode: 'blocking' },
  ],
  [
    'one version of a workflow',
    ({ workflows }) => workflows.run({ user: 'u', workflowId: 'W' }),
    'POST /v1/workflows/W/run',
    { user: 'u', inputs: {}, response_mode: 'blocking' },
  ],
  ['a run', ({ workflows }) => workflows.get('R'), 'GET /v1/workflows/run/R', undefined],
  [
    'messages',
    ({ messages }) => messages.list({ user: 'u', conversationId: 'C', firstId: 'M', limit: 5 }),
    'GET /v1/messages?user=u&conversation_id=C&first_id=M&limit=5',
    undefined,
  ],
  [
    'taking a thumb back',
    ({ messages }) => messages.feedback('M', { user: 'u', rating: null }),
    'POST /v1/messages/M/feedbacks',
    { user: 'u', rating: null },
  ],
  [
    'suggestions',
    ({ messages }) => messages.suggested('M', { user: 'u' }),
    'GET /v1/messages/M/suggested?user=u',
    undefined,
  ],
  [
    'conversations',
    ({ conversations }) => conversations.list({ user: 'u', sortBy: '-created_at' }),
    'GET /v1/conversations?user=u&sort_by=-created_at',
    undefined,
  ],
  [
    'a name made by the server',
    ({ conversations }) => conversations.rename('C', { user: 'u' }),
    'POST /v1/conversations/C/name',
    { user: 'u', auto_generate: true },
  ],
  [
    'a conversation that is deleted',
    ({ conversations }) => conversations.delete('C', { user: 'u' }),
    'DELETE /v1/conversations/C',
    { user: 'u' },
  ],
  [
    'a variable',
    ({ conversations }) => conversations.setVariable('C', 'V', { user: 'u', value: 2 }),
    'PUT /v1/conversations/C/variables/V',
    { user: 'u', value: 2 },
  ],
  ['parameters', ({ app }) => app.parameters(), 'GET /v1/parameters', undefined],
]

describe('D9: what is sent', () => {
  it.each(REQUESTS)('for %s', async (_, run, call, body) => {
    const { client, sent } = clientAnswering()

    await run(client)

    expect(sent).toEqual([{ call, body, key: 'Bearer app-1' }])
  })

  it('for the list of apps goes beside /v1, with the key of a person', async () => {
    const { client, sent } = clientAnswering()

    await client.assistants.list({ page: 2, pageSize: 10, mode: 'chat' })

    expect(sent[0]).toMatchObject({
      call: 'GET /assistant/api/assistant/my-assistants?page=2&page_size=10&mode=chat',
      key: 'Bearer person-1',
    })
  })

  it('for a file is the file and then the user', async () => {
    const { client, sent } = clientAnswering()

    await client.files.upload(new Blob(['x'], { type: 'text/plain' }), { user: 'u', filename: 'a.txt' })

    const form = sent[0]?.body as FormData
    expect([...form.keys()]).toEqual(['file', 'user'])
    expect(form.get('file')).toMatchObject({ name: 'a.txt', type: 'text/plain' })
  })
})
