import { readFile } from 'node:fs/promises'
import { ChatClient, CompletionClient } from 'dify-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KEYS, startClickAiServer } from '../clickai-server.js'

let server: Awaited<ReturnType<typeof startClickAiServer>>
beforeAll(async () => {
  server = await startClickAiServer()
})
afterAll(() => server?.close())

const UUID = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)

const chat = (key = KEYS.chat) => new ChatClient(key, server.base)
const writer = () => new CompletionClient(KEYS.writer, server.base)

type Call = (...given: unknown[]) => Promise<{ data: { name: string } }>
/** Calls and values that the client has and its types do not. */
const rename = (...given: unknown[]) => (chat().renameConversation as unknown as Call).apply(chat(), given)
interface Workflows<Data> {
  runWorkflow(...given: unknown[]): Promise<{ data: Data }>
}
const runWorkflow = <Data = unknown>(key: string, ...given: unknown[]) =>
  (new CompletionClient(key, server.base) as unknown as Workflows<Data>).runWorkflow(...given)
const [LIKE, DISLIKE] = ['like', 'dislike'] as unknown as [number, number]

/** The events of a stream as it came, pings left out. */
async function eventsOf(stream: AsyncIterable<Buffer>) {
  let text = ''
  for await (const chunk of stream) text += chunk
  return text
    .split('\n\n')
    .filter((event) => event.startsWith('data: '))
    .map((event) => JSON.parse(event.slice('data: '.length)))
}

const failureOf = async (call: Promise<unknown>) => {
  const thrown = await call.then(
    () => undefined,
    (error) => error,
  )
  return { status: thrown?.response?.status, data: thrown?.response?.data }
}

describe('D3, D8: dify-client asks', () => {
  it('gets an answer at once, and goes on with the conversation, whose inputs stay', async () => {
    const { data } = await chat().createChatMessage({ language: 'vi', other: 1 }, 'Hello there', 'u1')

    expect(data).toMatchObject({
      event: 'message',
      id: UUID,
      task_id: UUID,
      conversation_id: UUID,
      mode: 'chat',
      answer: 'You said: Hello there',
      metadata: { usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10, currency: 'USD' } },
    })
    expect(data.message_id).toBe(data.id)
    const next = await chat().createChatMessage({ language: 5 }, 'And now', 'u1', false, data.conversation_id)
    expect(next.data).toMatchObject({ conversation_id: data.conversation_id, answer: 'You said: And now' })
    const [conversation] = (await chat().getConversations('u1')).data.data
    expect(conversation).toMatchObject({ id: data.conversation_id, inputs: { language: 'vi' } })
  })

  it('reads a stream: whole events, the same ids in each, then the end', async () => {
    const { data, headers } = await chat().createChatMessage({}, 'one two', 'u2', true)

    expect(headers['content-type']).toMatch(/^text\/event-stream/)
    const events = await eventsOf(data)
    expect(events.map(({ event }) => event).join(' ')).toMatch(/^(message )+message_end$/)
    expect(events.map(({ answer = '' }) => answer).join('')).toBe('You said: one two')
    expect(Object.keys(events[0])).toEqual([
      'event',
      'conversation_id',
      'message_id',
      'created_at',
      'task_id',
      'id',
      'answer',
      'from_variable_selector',
    ])
    expect(new Set(events.map(({ conversation_id, message_id }) => `${conversation_id} ${message_id}`)).size).toBe(1)
    expect(events.at(-1)).toMatchObject({ id: events[0].message_id, files: null, metadata: { usage: {} } })
  })

  it('sees the thoughts of an agent, each under one id while it fills', async () => {
    const { data } = await chat(KEYS.agent).createChatMessage({}, 'Warranty?', 'u2', true)

    const events = await eventsOf(data)
    const thoughts = events.filter(({ event }) => event === 'agent_thought')
    expect(thoughts.map(({ position }) => position)).toEqual([1, 1, 1, 2, 2])
    expect(new Set(thoughts.map(({ id }) => id)).size).toBe(2)
    expect(thoughts[0]).toMatchObject({ thought: '', tool: '', observation: '', message_files: [] })
    expect(thoughts[2]).toMatchObject({
      thought: 'Let me look. ',
      tool: 'search',
      tool_input: '{"search":{"query":"Warranty?"}}',
      observation: '{"search":"two years"}',
      tool_labels: { search: { en_US: 'search' } },
    })
    expect(thoughts.at(-1)).toMatchObject({ thought: 'Two years.' })
    const said = events.filter(({ event }) => event === 'agent_message').map(({ answer }) => answer)
    expect(said.join('')).toBe('Let me look. \n\nTwo years.')
    expect(events.at(-1).event).toBe('message_end')

    const [message] = (await chat(KEYS.agent).getConversationMessages('u2', events[0].conversation_id)).data.data
    const lastOf = (place: number) => thoughts.findLast(({ position }) => position === place)
    expect(message.agent_thoughts).toHaveLength(2)
    for (const [index, thought] of message.agent_thoughts.entries()) {
      const { thought: text, tool, tool_input, tool_labels, observation, position } = lastOf(index + 1)
      expect(thought).toMatchObject({ thought: text, tool, tool_input, tool_labels, observation, position })
      expect(thought.message_id).toBe(message.id)
    }
  })

  it('lets a text generator write from its inputs, which keeps no conversation', async () => {
    const { data } = await writer().createCompletionMessage({ text: 'thanks' }, 'u1')

    expect(data).toMatchObject({ event: 'message', mode: 'completion', answer: 'Kính gửi Quý khách hàng. (thanks)' })
    expect(data).not.toHaveProperty('conversation_id')
    const streamed = await eventsOf((await writer().createCompletionMessage({ text: 'x' }, 'u1', true)).data)
    expect(streamed.every((event) => !('conversation_id' in event))).toBe(true)
    expect(await failureOf(writer().createCompletionMessage({}, 'u1'))).toEqual({
      status: 400,
      data: { code: 'invalid_param', message: 'text is required in input form', status: 400, params: 'text' },
    })
    expect(await failureOf(runWorkflow(KEYS.writer, {}, 'u1'))).toMatchObject({ data: { code: 'not_workflow_app' } })
    expect(await failureOf(chat(KEYS.writer).getConversations('u1'))).toMatchObject({ data: { code: 'not_chat_app' } })
  })
})

describe('D3, D4, D8: dify-client runs a workflow', () => {
  it('and gets what came of it, at once or as it happens', async () => {
    const { data } = await runWorkflow(KEYS.flow, { input_text: 'Q4' }, 'u1')

    expect(data).toMatchObject({
      workflow_run_id: UUID,
      task_id: UUID,
      data: { status: 'succeeded', outputs: { result: 'Kết quả phân tích: Q4' }, total_tokens: 10, total_steps: 2 },
    })
    const stream = await runWorkflow<AsyncIterable<Buffer>>(KEYS.flow, { input_text: 'Q4' }, 'u1', true)
    const events = await eventsOf(stream.data)
    expect(events[0].event).toBe('workflow_started')
    expect(events.filter(({ event }) => event === 'node_finished')).toHaveLength(2)
    expect(events.at(-1)).toMatchObject({ event: 'workflow_finished', data: { status: 'succeeded' } })
    expect(await failureOf(runWorkflow(KEYS.flow, {}, 'u1'))).toMatchObject({
      data: { code: 'invalid_param', params: 'input_text' },
    })
  })
})

describe('D6, D8: dify-client looks after conversations', () => {
  const talk = async (user: string) => {
    const first = (await chat().createChatMessage({}, 'First question', user)).data
    const second = (await chat().createChatMessage({}, 'Second question', user, false, first.conversation_id)).data
    return { conversation: first.conversation_id as string, messages: [first.id, second.id] as string[] }
  }

  it('reads them back page by page, oldest message first', async () => {
    const { conversation, messages } = await talk('u3')

    const page = (await chat().getConversationMessages('u3', conversation, null, 1)).data
    expect(page).toMatchObject({ limit: 1, has_more: true })
    expect(page.data).toMatchObject([
      {
        id: messages[1],
        conversation_id: conversation,
        parent_message_id: messages[0],
        query: 'Second question',
        answer: 'You said: Second question',
        status: 'normal',
        error: null,
        feedback: null,
        total_tokens: 10,
      },
    ])
    const before = (await chat().getConversationMessages('u3', conversation, messages[1], 5)).data
    expect(before).toMatchObject({ has_more: false, data: [{ id: messages[0], parent_message_id: null }] })
    const all = (await chat().getConversationMessages('u3', conversation)).data.data
    expect(all.map(({ id }: { id: string }) => id)).toEqual(messages)
  })

  it('lists, renames and deletes them', async () => {
    const { conversation } = await talk('u4')
    const other = await talk('u4')
    await chat().createChatMessage({}, 'Back again', 'u4', false, conversation)

    const listed = (await chat().getConversations('u4', null, 1)).data
    expect(listed).toMatchObject({ limit: 1, has_more: true, data: [{ id: conversation, name: 'First question' }] })
    const rest = (await chat().getConversations('u4', conversation, 5)).data
    expect(rest.data.map(({ id }: { id: string }) => id)).toEqual([other.conversation])
    expect((await rename(conversation, 'Mine', 'u4', false)).data).toMatchObject({ name: 'Mine' })
    expect((await rename(conversation, null, 'u4', true)).data).toMatchObject({
      name: 'First question',
    })
    expect((await chat().deleteConversation(conversation, 'u4')).status).toBe(204)
    expect(await failureOf(chat().deleteConversation(conversation, 'u4'))).toEqual({
      status: 404,
      data: { code: 'not_found', message: 'Conversation Not Exists.', status: 404 },
    })
  })

  it('says what a user thinks of an answer, and takes it back', async () => {
    const { conversation, messages } = await talk('u5')
    const id = messages[0] ?? ''
    const feedback = async () =>
      (await chat().getConversationMessages('u5', conversation)).data.data.map(
        (message: { feedback: unknown }) => message.feedback,
      )

    expect((await chat().messageFeedback(id, LIKE, 'u5')).data).toEqual({ result: 'success' })
    await chat().messageFeedback(id, DISLIKE, 'u5')
    expect(await feedback()).toEqual([{ rating: 'dislike' }, null])
    await chat().messageFeedback(id, null as never, 'u5')
    expect(await feedback()).toEqual([null, null])
    expect(await failureOf(chat().messageFeedback(id, null as never, 'u5'))).toMatchObject({ status: 400 })
    expect(await failureOf(chat().messageFeedback(id, LIKE, 'somebody else'))).toEqual({
      status: 404,
      data: { code: 'not_found', message: 'Message Not Exists.', status: 404 },
    })
  })

  it('sends a file and names it in a message', async () => {
    const form = new FormData()
    form.append('file', new Blob([await readFile(import.meta.filename)], { type: 'text/plain' }), 'notes.txt')
    form.append('user', 'u6')
    const upload = await chat().fileUpload(form)

    expect(upload.status).toBe(201)
    expect(upload.data).toMatchObject({ id: UUID, name: 'notes.txt', extension: 'txt', created_by: 'u6' })
    const file = { type: 'document', transfer_method: 'local_file', upload_file_id: upload.data.id } as never
    const { data } = await chat().createChatMessage({}, 'Sum up', 'u6', false, null, [file])
    expect(data.answer).toBe('You said: Sum up [notes.txt]')
    const [message] = (await chat().getConversationMessages('u6', data.conversation_id)).data.data
    expect(message.message_files).toMatchObject([{ id: upload.data.id, type: 'document', belongs_to: 'user' }])
    expect(await failureOf(chat().createChatMessage({}, 'Mine?', 'u7', false, null, [file]))).toMatchObject({
      status: 400,
      data: { code: 'invalid_param' },
    })
    const bare = await failureOf(chat().fileUpload({ user: 'u6', file: Buffer.from('x') } as never))
    expect(bare).toMatchObject({ status: 400, data: { code: 'no_file_uploaded' } })
  })
})
