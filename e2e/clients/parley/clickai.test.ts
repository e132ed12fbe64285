import { ClickAI, ClientError } from '@parley/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type AnyClientServer, KEYS, startAnyClientServer } from './any-client-server.js'

let server: AnyClientServer
beforeAll(async () => {
  server = await startAnyClientServer()
})
afterAll(() => server?.close())

it('D9: the sample of the guide, as it stands, prints the answer', async () => {
  const client = server.clickai()
  const printed: string[] = []

  const response = await client.chat.create({ query: 'Xin chào', user: 'user-001' })
  const stream = await client.chat.create({ query: 'Viết một bài thơ', user: 'user-001', stream: true })
  for await (const chunk of stream) printed.push(chunk.answer)

  expect(response.answer).toBe('You said: Xin chào')
  expect(printed.join('')).toBe('You said: Viết một bài thơ')
  expect(stream.usage).toMatchObject({ total_tokens: expect.any(Number) })
})

it('D9: a conversation goes on by its id, streaming or not', async () => {
  const { chat } = server.clickai()

  const { conversationId, messageId, createdAt } = await chat.create({ query: 'One', user: 'ada' })
  const stream = await chat.create({ query: 'Two', user: 'ada', conversationId, stream: true })
  for await (const _ of stream);

  expect(stream.conversationId).toBe(conversationId)
  expect(stream.messageId).not.toBe(messageId)
  expect(Math.abs(createdAt.getTime() - Date.now())).toBeLessThan(60_000)
})

it('D9: files are uploaded, and named in a message', async () => {
  const { files, chat } = server.clickai()

  const file = await files.upload(new Blob(['# Notes'], { type: 'text/markdown' }), {
    user: 'ada',
    filename: 'notes.md',
  })
  const { answer } = await chat.create({
    query: 'Read it',
    user: 'ada',
    files: [{ type: 'document', transfer_method: 'local_file', upload_file_id: file.id }],
  })

  expect(file).toMatchObject({ name: 'notes.md', size: 7, extension: 'md', created_by: 'ada' })
  expect(answer).toBe('You said: Read it')
  expect(await (await files.preview(file.id)).text()).toBe('# Notes')
})

it('D9: what was said is listed, liked, renamed and deleted', async () => {
  const { chat, messages, conversations } = server.clickai()
  const user = 'grace'
  const first = await chat.create({ query: 'One', user })
  const { conversationId = '' } = first
  await chat.create({ query: 'Two', user, conversationId })

  await messages.feedback(first.messageId, { user, rating: 'like' })
  const history = await messages.list({ user, conversationId })
  const renamed = await conversations.rename(conversationId, { user, name: 'Numbers' })

  expect(history.data.map(({ query, answer, feedback }) => [query, answer, feedback?.rating])).toEqual([
    ['One', 'You said: One', 'like'],
    ['Two', 'You said: Two', undefined],
  ])
  expect((await messages.list({ user, conversationId, limit: 1 })).has_more).toBe(true)
  expect(renamed).toMatchObject({ id: conversationId, name: 'Numbers' })
  expect((await conversations.list({ user })).data.map(({ name }) => name)).toEqual(['Numbers'])
  expect((await conversations.variables(conversationId, { user })).data).toEqual([])
  expect(await conversations.delete(conversationId, { user })).toBeUndefined()
  expect((await conversations.list({ user })).data).toEqual([])
})

it('D9: an answer is stopped by its task, and what was written stays', async () => {
  const { chat, messages } = server.clickai()
  const stream = await chat.create({ query: 'hold', user: 'hopper', stream: true })
  const pieces: string[] = []

  for await (const { answer } of stream) {
    pieces.push(answer)
    await chat.stop(stream.taskId ?? '', { user: 'hopper' })
  }

  expect(pieces).toEqual(['The first half '])
  const { data } = await messages.list({ user: 'hopper', conversationId: stream.conversationId ?? '' })
  expect(data[0]?.answer.trim()).toBe('The first half')
  server.app.release()
})

it('D9: an app says what it is and what it expects', async () => {
  const { app } = server.clickai()

  expect(await app.info()).toMatchObject({ mode: expect.stringContaining('chat') })
  expect(await app.parameters()).toMatchObject({ user_input_form: [], suggested_questions: [] })
  expect(await app.site()).toMatchObject({ title: expect.any(String) })
  expect(await app.meta()).toMatchObject({ tool_icons: {} })
})

it('D9: the apps of a workspace are listed with a key of it', async () => {
  const { assistants } = new ClickAI({ apiKey: '', accessToken: KEYS.shop, baseURL: `${server.url}/v1`, maxRetries: 0 })

  const page = await assistants.list({ page: 1, pageSize: 5 })

  expect(page).toMatchObject({ page: 1, total: page.data.length })
})

it('D9: what is refused says why', async () => {
  const failureOf = async (call: Promise<unknown>) => {
    const thrown = await call.catch((error: unknown) => error)
    expect(thrown).toBeInstanceOf(ClientError)
    return thrown
  }
  const { chat } = server.clickai()

  expect(await failureOf(server.clickai('app-of-nobody').chat.create({ query: 'Hi', user: 'u' }))).toMatchObject({
    status: 401,
    code: 'unauthorized',
  })
  expect(await failureOf(chat.create({ query: '', user: 'u', stream: true }))).toMatchObject({
    status: 400,
    code: 'invalid_param',
    message: expect.stringContaining('query'),
  })
  expect(await failureOf(chat.create({ query: 'Hi', user: 'u', conversationId: crypto.randomUUID() }))).toMatchObject({
    status: 404,
    code: 'not_found',
  })
  expect(await failureOf(server.clickai(KEYS.app).completion.create({ user: 'u' }))).toMatchObject({
    status: 400,
    code: 'app_unavailable',
  })
})

it('D9: pieces of an answer come while it is being written', async () => {
  const stream = await server.clickai().chat.create({ query: 'hold', user: 'ada', stream: true })
  const pieces: string[] = []

  for await (const { answer } of stream) {
    pieces.push(answer)
    server.app.release()
  }

  expect(pieces[0]).toBe('The first half ')
  expect(pieces.join('')).toBe('The first half and the second half.')
})

it('D9: leaving in the middle of an answer is the caller’s own end of it', async () => {
  const leaving = new AbortController()
  const stream = await server
    .clickai()
    .chat.create({ query: 'hold', user: 'ada', stream: true, signal: leaving.signal })

  const reading = (async () => {
    for await (const _ of stream) leaving.abort()
  })()

  await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
  server.app.release()
})
