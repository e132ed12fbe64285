import type { ChatKitClient } from '@parley/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AnyClientServer, KEYS, startAnyClientServer } from './any-client-server.js'

let server: AnyClientServer
beforeAll(async () => {
  server = await startAnyClientServer()
})
afterAll(() => server?.close())

const ADA = 'ada'
const of = (user: string = ADA) => ({ clickai: server.clickai(), xpert: server.xpert(user), hosted: server.openai() })

async function read<Entry>(entries: AsyncIterable<Entry>): Promise<Entry[]> {
  const list: Entry[] = []
  for await (const entry of entries) list.push(entry)
  return list
}

const message = (text: string, attachments: string[] = []) => ({
  content: [{ type: 'input_text' as const, text }],
  attachments,
  inference_options: {},
})

async function begin(client: ChatKitClient, text: string): Promise<string> {
  const events = await read(client.threads.create({ input: message(text) }))
  const created = events.find(({ event }) => event.type === 'thread.created')?.event
  return created?.type === 'thread.created' ? created.thread.id : ''
}

/** Begins a conversation with these words, each in its own way. */
const BEGIN: Record<string, (text: string, user: string) => Promise<string>> = {
  ClickAI: async (query, user) => (await of().clickai.chat.create({ query, user })).conversationId ?? '',
  ChatKit: async (text, user) => begin(await server.chatkit(user), text),
  LangGraph: async (text, user) => {
    const { threads, runs } = of(user).xpert
    const { thread_id } = await threads.create({ assistantId: 'demo' })
    await runs.wait(thread_id, 'demo', { input: { messages: [{ role: 'user', content: text }] } })
    return thread_id
  },
  Xpert: async (text, user) => {
    const { conversations, runs } = of(user).xpert
    const { threadId } = await conversations.create({ xpertId: 'demo' })
    await runs.wait(threadId, 'demo', { input: { action: 'send', message: { input: { input: text } } } })
    return threadId
  },
  MCP: async (text, user) => (await callByMcp(user, text)).thread_id,
}

async function callByMcp(user: string, text: string): Promise<{ thread_id: string; status: string }> {
  const params = { name: 'demo', arguments: { message: text } }
  const response = await fetch(`${server.url}/mcp`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${KEYS.shop}`,
      'x-principal-user-id': user,
      'content-type': 'application/json',
      accept: 'application/json',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
  })
  return (await response.json()).result.structuredContent
}

const WRITERS = Object.keys(BEGIN)
const beginBy = (name: string, text: string, user: string = ADA) => BEGIN[name]?.(text, user) ?? Promise.reject()

/** The answers as every API tells them, by what shows that they are the same. */
const answersOf = async (id: string, user: string = ADA) => {
  const { clickai, xpert, hosted } = of(user)
  const [turns, state, messages, items, hostedItems] = await Promise.all([
    clickai.messages.list({ user, conversationId: id }),
    xpert.threads.getState<{ messages: { type: string; content: string }[] }>(id),
    xpert.conversations.listMessages(id),
    server.chatkit(user).then((client) => client.items.list({ thread_id: id, order: 'asc' })),
    hosted.beta.chatkit.threads.listItems(id, { order: 'asc' }),
  ])
  return { turns: turns.data, state, messages: messages.items, items: items.data, hosted: hostedItems.data }
}

describe('E1: a tool of the page that was called through one API', () => {
  const ANSWERS: Record<string, (threadId: string, user: string) => Promise<unknown>> = {
    ChatKit: async (id, user) =>
      read((await server.chatkit(user)).threads.addClientToolOutput({ thread_id: id, result: { ok: 1 } })),
    LangGraph: (id, user) => of(user).xpert.runs.wait(id, 'demo', { command: { resume: { ok: 1 } } }),
    Xpert: (id, user) => {
      const toolMessages = [{ tool_call_id: 'call_1', name: 'read_page', content: { ok: 1 }, status: 'success' }]
      const decision = { type: 'confirm' as const, payload: { toolMessages } }
      const input = { action: 'resume' as const, conversationId: id, target: {}, decision }
      return of(user).xpert.runs.wait(id, 'demo', { input })
    },
  }
  const PAIRS = WRITERS.flatMap((writer) => Object.keys(ANSWERS).map((answerer) => [writer, answerer] as const))

  it.each(PAIRS)('%s waits for the page, and is answered through %s', async (writer, answerer) => {
    const user = `tool-${writer}-${answerer}`
    const id = await beginBy(writer, 'tool', user)
    const before = await answersOf(id, user)

    await ANSWERS[answerer]?.(id, user)
    const after = await answersOf(id, user)

    const text = 'The page says {"ok":1}.'
    expect(before.turns.map(({ query, answer }) => [query, answer])).toEqual([['tool', '']])
    expect(before.state.tasks[0]?.interrupts).toHaveLength(1)
    expect(before.messages.at(-1)?.status).toBe('interrupted')
    expect(before.items.at(-1)).toMatchObject({ type: 'client_tool_call', status: 'pending' })
    expect(before.hosted.at(-1)).toMatchObject({ type: 'chatkit.client_tool_call', status: 'in_progress' })
    expect(after.turns.map(({ answer }) => answer)).toEqual([text])
    expect(after.state.values.messages.at(-1)?.content).toBe(text)
    expect(after.state.next).toEqual([])
    expect(after.messages.at(-1)).toMatchObject({ status: 'success' })
    expect(after.items.map(({ type }) => type)).toEqual(['user_message', 'client_tool_call', 'assistant_message'])
    expect(after.hosted[1]).toMatchObject({ status: 'completed', output: '{"ok":1}' })
  })
})

describe('E1: a question to the person that was asked through one API', () => {
  const ANSWERS: Record<string, (threadId: string, user: string) => Promise<unknown>> = {
    ChatKit: async (id, user) => {
      const chat = await server.chatkit(user)
      const [item] = (await chat.items.list({ thread_id: id })).data
      const input = { status: 'answered' as const, answers: { q: { values: ['Yes'], skipped: false } } }
      return read(chat.threads.addStructuredInput({ thread_id: id, item_id: item?.id ?? '', input }))
    },
    LangGraph: (id, user) => of(user).xpert.runs.wait(id, 'demo', { command: { resume: { q: 'Yes' } } }),
    Xpert: (id, user) => {
      const decision = { type: 'confirm' as const, payload: { decisions: [{ type: 'approve' }] } }
      const input = { action: 'resume' as const, conversationId: id, target: {}, decision }
      return of(user).xpert.runs.wait(id, 'demo', { input })
    },
  }
  const PAIRS = WRITERS.flatMap((writer) => Object.keys(ANSWERS).map((answerer) => [writer, answerer] as const))

  it.each(PAIRS)('%s waits for the person, who answers through %s', async (writer, answerer) => {
    const user = `ask-${writer}-${answerer}`
    const id = await beginBy(writer, 'ask', user)
    const before = await answersOf(id, user)

    await ANSWERS[answerer]?.(id, user)
    const after = await answersOf(id, user)

    expect(before.state.tasks[0]?.interrupts[0]?.value).toMatchObject({ type: 'question' })
    expect(before.messages.at(-1)?.status).toBe('interrupted')
    expect(before.items.at(-1)).toMatchObject({ type: 'structured_input', status: 'pending' })
    expect(after.items[1]).toMatchObject({ type: 'structured_input', status: 'answered' })
    expect(after.state.next).toEqual([])
    expect(after.messages.at(-1)?.status).toBe('success')
  })
})

it('E1: a file that came through one API is shown by every other, opened, and sent once more', async () => {
  const { clickai, xpert } = of()
  const uploaded = await clickai.files.upload(new File(['hello'], 'a.txt', { type: 'text/plain' }), { user: ADA })
  const byXpert = await xpert.contexts.uploadFile(new File(['hi'], 'b.txt', { type: 'text/plain' }))
  const files = [{ type: 'document' as const, transfer_method: 'local_file' as const, upload_file_id: uploaded.id }]
  const { conversationId: id = '' } = await clickai.chat.create({ query: 'Look', user: ADA, files })
  await xpert.runs.wait(id, 'demo', { input: { input: 'And here', files: [byXpert] } })
  const part = { type: 'file', file_id: uploaded.id }
  await xpert.runs.wait(id, 'demo', { input: { messages: [{ role: 'user', content: [part] }] } })

  const { turns, state, messages, items, hosted } = await answersOf(id)

  const ids = [uploaded.id, byXpert.id, uploaded.id]
  expect(turns.flatMap(({ message_files }) => message_files.map(({ upload_file_id }) => upload_file_id))).toEqual(ids)
  expect(messages.flatMap(({ fileAssets }) => (fileAssets as { id: string }[] | undefined) ?? [])).toEqual(
    ids.map((fileId) => expect.objectContaining({ id: fileId })),
  )
  expect(JSON.stringify(state.values).match(/"file_id":"[^"]+"/g)).toEqual(ids.map((fileId) => `"file_id":"${fileId}"`))
  const filesOf = (all: object[]) => all.flatMap((item) => ('attachments' in item ? item.attachments : []))
  expect([filesOf(items), filesOf(hosted)]).toEqual(
    Array(2).fill(ids.map((fileId) => expect.objectContaining({ id: fileId }))),
  )
  expect(await (await clickai.files.preview(byXpert.id, { user: ADA })).text()).toBe('hi')
  await expect(clickai.files.preview(byXpert.id, { user: 'eve' })).rejects.toMatchObject({ status: 404 })
})

describe('E1: a thumb that was given through one API', () => {
  type Thumb = (where: { id: string; runId: string; itemId: string; user: string }) => Promise<unknown>
  const DOWN: Record<string, Thumb> = {
    ClickAI: ({ runId, user }) => of().clickai.messages.feedback(runId, { user, rating: 'dislike' }),
    Xpert: ({ id, runId, user }) => of(user).xpert.conversations.createFeedback(id, runId, { rating: 'dislike' }),
    ChatKit: async ({ id, itemId, user }) =>
      (await server.chatkit(user)).items.feedback({ thread_id: id, item_ids: [itemId], kind: 'negative' }),
  }

  it.each(Object.keys(DOWN))('%s: is the one opinion of this answer in the others', async (name) => {
    const user = `thumb-${name}`
    const { clickai, xpert } = of(user)
    const { conversationId: id = '', messageId: runId } = await clickai.chat.create({ query: 'Rate me', user })
    const items = (await (await server.chatkit(user)).items.list({ thread_id: id })).data
    const itemId = items.find(({ type }) => type === 'assistant_message')?.id ?? ''
    await clickai.messages.feedback(runId, { user, rating: 'like', content: 'Good.' })

    await DOWN[name]?.({ id, runId, itemId, user })

    const [turn] = (await clickai.messages.list({ user, conversationId: id })).data
    const { items: thumbs } = await xpert.conversations.listFeedbacks(id, runId)
    expect(turn?.feedback).toEqual({ rating: 'dislike' })
    expect(thumbs).toMatchObject([{ rating: 'dislike', messageId: runId }])
    await clickai.messages.feedback(runId, { user, rating: null })
    expect((await xpert.conversations.listFeedbacks(id, runId)).items).toEqual([])
  })
})

it('E1: a title that was given through one API is the title in every other', async () => {
  const { clickai, xpert, hosted } = of()
  const id = await beginBy('ClickAI', 'Name me')
  const chat = await server.chatkit(ADA)
  const rename: Record<string, (title: string) => Promise<unknown>> = {
    ClickAI: (name) => clickai.conversations.rename(id, { user: ADA, name }),
    Xpert: (title) => xpert.conversations.update(id, { title }),
    LangGraph: (title) => xpert.threads.update(id, { metadata: { title } }),
    ChatKit: (title) => chat.threads.update({ thread_id: id, title }),
  }
  for (const [name, give] of Object.entries(rename)) {
    const title = `By ${name}`
    await give(title)
    const list = await clickai.conversations.list({ user: ADA, limit: 100 })
    expect([
      list.data.find((one) => one.id === id)?.name,
      (await xpert.conversations.get(id)).title,
      (await xpert.threads.get(id)).metadata?.title,
      (await chat.threads.getById({ thread_id: id })).title,
      (await hosted.beta.chatkit.threads.retrieve(id)).title,
    ]).toEqual(Array(5).fill(title))
  }
})

it('E1: what was named when it began keeps its name', async () => {
  const { threads, runs, conversations } = of('namer').xpert
  const { thread_id } = await threads.create({ metadata: { title: 'Mine', colour: 'blue' }, assistantId: 'demo' })

  await runs.wait(thread_id, 'demo', { input: { input: 'Hello' } })

  expect((await conversations.get(thread_id)).title).toBe('Mine')
  expect((await threads.search({ metadata: { title: 'Mine', colour: 'blue' } })).map((one) => one.thread_id)).toEqual([
    thread_id,
  ])
})

it.each(WRITERS)(
  'E1: an answer that failed (%s) has failed for every other, until it is written anew',
  async (name) => {
    const user = `failed-${name}`
    const { clickai, xpert } = of(user)
    server.app.failNext()
    await beginBy(name, 'Try', user).catch(() => undefined) // ClickAI tells it as an error of the call
    const [{ id = '' } = {}] = (await clickai.conversations.list({ user })).data

    const failed = await answersOf(id, user)
    expect(failed.turns).toMatchObject([{ status: 'error', error: 'The model is out to lunch.' }])
    expect(failed.messages.at(-1)).toMatchObject({ status: 'error', error: 'The model is out to lunch.' })
    expect((await xpert.threads.get(id)).status).toBe('error')
    expect(await xpert.runs.list(id)).toMatchObject([{ status: 'error' }])

    const question = failed.items.find(({ type }) => type === 'user_message')?.id ?? ''
    await read((await server.chatkit(user)).threads.retryAfterItem({ thread_id: id, item_id: question }))
    const anew = await answersOf(id, user)
    expect(anew.turns).toMatchObject([{ status: 'normal', error: null, answer: 'You said: Try' }])
    expect((await xpert.threads.get(id)).status).toBe('idle')
  },
)

it.each(['ClickAI', 'Xpert', 'LangGraph', 'ChatKit', 'the hosted API'])(
  'E1: what was deleted through %s is gone from every other',
  async (name) => {
    const user = `gone-${name}`
    const { clickai, xpert, hosted } = of(user)
    const chat = await server.chatkit(user)
    const id = await beginBy('ClickAI', 'Gone', user)
    const remove: Record<string, () => Promise<unknown>> = {
      ClickAI: () => clickai.conversations.delete(id, { user }),
      Xpert: () => xpert.conversations.delete(id),
      LangGraph: () => xpert.threads.delete(id),
      ChatKit: () => chat.threads.delete({ thread_id: id }),
      'the hosted API': () => hosted.beta.chatkit.threads.delete(id),
    }

    await remove[name]?.()

    const asked = [
      clickai.messages.list({ user, conversationId: id }),
      clickai.chat.create({ query: 'Still there?', user, conversationId: id }),
      xpert.threads.getState(id),
      xpert.conversations.listMessages(id),
      xpert.runs.wait(id, 'demo', { input: { input: 'Still there?' } }),
      chat.items.list({ thread_id: id }),
      hosted.beta.chatkit.threads.listItems(id),
    ]
    const statuses = await Promise.allSettled(asked)
    expect(statuses.map((one) => (one.status === 'rejected' ? one.reason.status : 'answered'))).toEqual(
      Array(asked.length).fill(404),
    )
  },
)
