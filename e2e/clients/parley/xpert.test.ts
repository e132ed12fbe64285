import { ClientError, type RunHead, type RunStreamEvent, textOfRunEvent } from '@parley/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type AnyClientServer, KEYS, startAnyClientServer } from './any-client-server.js'

let server: AnyClientServer
beforeAll(async () => {
  server = await startAnyClientServer()
})
afterAll(() => server?.close())

async function all<Entry>(entries: AsyncIterable<Entry>): Promise<Entry[]> {
  const list: Entry[] = []
  for await (const entry of entries) list.push(entry)
  return list
}

const message = (content: string) => ({ messages: [{ role: 'user', content }] })

it('C7: the flow of the guide: an assistant, a thread, a run, its stream', async () => {
  const client = server.xpert('ada')
  const heads: RunHead[] = []

  const [assistant] = await client.assistants.search({ limit: 1 })
  const thread = await client.threads.create()
  const events = await all(
    client.runs.stream(thread.thread_id, assistant?.assistant_id ?? '', {
      input: { input: 'Hello there' },
      onRunCreated: (run) => heads.push(run),
    }),
  )

  expect(events.map(textOfRunEvent).join('')).toBe('You said: Hello there')
  expect(events.at(-1)).toMatchObject({ event: 'complete', data: { type: 'complete' } })
  expect(heads).toEqual([{ thread_id: thread.thread_id, run_id: expect.any(String) }])
})

it('C7: the same in LangGraph’s words, piece by piece, and the state that is left', async () => {
  const { threads, runs } = server.xpert('ada')
  const { thread_id } = await threads.create({ metadata: { topic: 'greeting' } })

  const events: RunStreamEvent[] = await all(
    runs.stream(thread_id, 'demo', { input: message('Hello there'), streamMode: ['messages-tuple', 'values'] }),
  )

  expect(events[0]).toMatchObject({ event: 'metadata', data: { thread_id } })
  expect(events.map(textOfRunEvent).join('')).toBe('You said: Hello there')
  expect(events.some(({ event }) => event === 'messages')).toBe(true)
  const state = await threads.getState<{ messages: { type: string; content: string }[] }>(thread_id)
  expect(state.values.messages.map(({ type, content }) => [type, content])).toEqual([
    ['human', 'Hello there'],
    ['ai', 'You said: Hello there'],
  ])
  expect(await threads.get(thread_id)).toMatchObject({ status: 'idle', metadata: { topic: 'greeting' } })
})

it('C7: assistants are found, counted and read', async () => {
  const { assistants } = server.xpert('ada')

  expect(await assistants.count()).toBe(1)
  expect((await assistants.getGraph('demo')).nodes.length).toBeGreaterThan(1)
  expect(await assistants.getSchemas('demo')).toMatchObject({ graph_id: 'demo' })
  expect(await assistants.get('demo')).toMatchObject({
    assistant_id: 'demo',
    graph_id: 'demo',
    version: expect.any(Number),
  })
})

it('C7: a thread is found, changed, copied, and has a history', async () => {
  const { threads, runs } = server.xpert('grace')
  const { thread_id } = await threads.create({ metadata: { colour: 'blue' }, threadId: crypto.randomUUID() })
  await runs.wait(thread_id, 'demo', { input: message('One') })

  const changed = await threads.update(thread_id, { metadata: { size: 3 } })
  const copy = await threads.copy(thread_id)

  expect(changed.metadata).toMatchObject({ colour: 'blue', size: 3 })
  expect((await threads.search({ metadata: { colour: 'blue' } })).map((thread) => thread.thread_id)).toContain(
    thread_id,
  )
  expect(await threads.count({ metadata: { colour: 'blue' } })).toBeGreaterThan(0)
  expect(copy.thread_id).not.toBe(thread_id)
  const { values } = await threads.getState<{ messages: { content: string }[] }>(copy.thread_id)
  expect(values.messages.map(({ content }) => content)).toEqual(['One', 'You said: One'])
  const [newest] = await threads.getHistory(thread_id)
  expect(newest?.checkpoint?.checkpoint_id).toEqual(expect.any(String))
  expect((await threads.getState(thread_id, newest?.checkpoint ?? undefined)).values).toEqual(newest?.values)
})

it('C7: a run in the background is listed, joined and read from its start', async () => {
  const { threads, runs } = server.xpert('ada')
  const { thread_id } = await threads.create()

  const run = await runs.create(thread_id, 'demo', { input: message('Hello there'), streamMode: 'messages-tuple' })
  const joined = await runs.join<{ messages: { content: string }[] }>(thread_id, run.run_id)
  const events = await all(runs.joinStream(thread_id, run.run_id, { lastEventId: '-1', streamMode: 'messages-tuple' }))

  expect(joined.messages.at(-1)?.content).toBe('You said: Hello there')
  expect(events.map(textOfRunEvent).join('')).toBe('You said: Hello there')
  expect((await runs.list(thread_id)).map(({ run_id }) => run_id)).toEqual([run.run_id])
  expect(await runs.get(thread_id, run.run_id)).toMatchObject({ status: 'success', assistant_id: 'demo' })
})

it('C7: without a thread a run answers and leaves nothing', async () => {
  const { runs } = server.xpert('hopper')

  const values = await runs.wait<{ content: string }>(null, 'demo', { input: message('Hi') })
  const text = (await all(runs.stream(null, 'demo', { input: message('Hi'), streamMode: 'messages-tuple' })))
    .map(textOfRunEvent)
    .join('')
  const batch = await runs.createBatch([{ assistantId: 'demo', input: message('Hi') }])

  expect([values.content, text, batch.length]).toEqual(['You said: Hi', 'You said: Hi', 1])
})

it('C7: a run is cancelled, and keeps what was written', async () => {
  const { threads, runs } = server.xpert('ada')
  const { thread_id } = await threads.create()
  let head: RunHead | undefined
  const pieces: string[] = []

  const stream = runs.stream(thread_id, 'demo', {
    input: message('hold'),
    streamMode: 'messages-tuple',
    onRunCreated: (run) => {
      head = run
    },
  })
  for await (const event of stream) {
    if (textOfRunEvent(event) === '') continue
    pieces.push(textOfRunEvent(event))
    await runs.cancel(thread_id, head?.run_id ?? '', true)
  }

  expect(pieces.join('').trim()).toBe('The first half')
  expect(await runs.get(thread_id, head?.run_id ?? '')).toMatchObject({ status: 'interrupted' })
  server.app.release()
})

it('C7: a run that waits for a tool of the page says so, and goes on with its result', async () => {
  const { threads, runs } = server.xpert('ada')
  const { thread_id } = await threads.create()

  const events = await all(runs.stream(thread_id, 'demo', { input: message('tool'), streamMode: 'values' }))
  const waiting = await threads.get(thread_id)
  const values = await runs.wait<{ content: string }>(thread_id, 'demo', { command: { resume: { title: 'Home' } } })

  expect(JSON.stringify(events.at(-1)?.data)).toContain('read_page')
  expect(waiting.status).toBe('interrupted')
  expect(Object.values(waiting.interrupts).flat()).toHaveLength(1)
  expect(values.content).toBe('The page says {"title":"Home"}.')
})

it('C7: a line that breaks in the middle is picked up where it broke', async () => {
  let drops = 1
  const client = server.xpert('ada', KEYS.shop, {
    fetch: async (url, init) => {
      const response = await fetch(url, init)
      if (!String(url).includes('/stream') || drops-- <= 0) return response
      const { body, headers, status } = response
      return new Response(body?.pipeThrough(breakingAfterText()), { headers, status })
    },
  })
  const { thread_id } = await client.threads.create()

  const events = await all(
    client.runs.stream(thread_id, 'demo', {
      input: message('hold'),
      streamMode: 'messages-tuple',
      onDisconnect: 'continue',
      streamResumable: true,
    }),
  )

  expect(events.map(textOfRunEvent).join('')).toBe('The first half and the second half.')
})

/** Lets everything through until some of the answer has come, then the line is dead. */
const breakingAfterText = () =>
  new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      controller.enqueue(chunk)
      if (!new TextDecoder().decode(chunk).includes('first')) return
      server.app.release()
      controller.error(new TypeError('terminated'))
    },
  })

it('C7: a conversation is found by its title, and its messages are read and liked', async () => {
  const { conversations, threads, runs } = server.xpert('katherine')
  const { thread_id, metadata } = await threads.create({ assistantId: 'demo' })
  await runs.wait(thread_id, 'demo', { input: { input: 'Hello' } })
  const id = String(metadata?.id)

  const renamed = await conversations.update(id, { title: 'Orbits and sums' })
  const found = await conversations.search({ search: 'orbits', order: { createdAt: 'DESC' } })
  const { items } = await conversations.listMessages(id)
  const answer = items.at(-1)
  const answerId = answer?.id ?? ''
  const thumb = await conversations.createFeedback(id, answerId, { rating: 'like' })

  expect(renamed).toMatchObject({ id, threadId: thread_id, title: 'Orbits and sums' })
  expect(found).toMatchObject({ total: 1, items: [{ id }] })
  expect(items.map(({ role }) => role)).toEqual(['human', 'ai'])
  expect(answer?.content).toBe('You said: Hello')
  expect((await conversations.searchMessages(id, { where: { role: 'ai' } })).total).toBe(1)
  expect(thumb).toMatchObject({ rating: 'like', messageId: answer?.id })
  expect(await conversations.deleteFeedback(id, answerId, thumb.id)).toBeUndefined()
  expect(await conversations.delete(id)).toBeUndefined()
  await expect(conversations.get(id)).rejects.toMatchObject({ status: 404 })
})

it('C7: a file is uploaded first, and then named in a run', async () => {
  const { contexts, threads, runs } = server.xpert('ada')
  const file = await contexts.uploadFile(new File(['# Notes'], 'notes.md', { type: 'text/markdown' }))
  const { thread_id } = await threads.create()

  const { content } = await runs.wait<{ content: string }>(thread_id, 'demo', {
    input: { input: 'Read it', files: [file] },
  })

  expect(file).toMatchObject({ originalName: 'notes.md', size: 7 })
  expect(content).toBe('You said: Read it')
  const unused = await contexts.uploadFile('once more')
  expect(await contexts.deleteFile(unused.id)).toBeUndefined()
})

it('C7: knowledge is made, filled, processed and searched', async () => {
  const { contexts, knowledges } = server.xpert('ada')
  const base = await knowledges.create({ name: 'Handbook', description: 'What we know.' })
  const file = await contexts.uploadFile('The office opens at nine.', { filename: 'hours.txt' })

  const [document] = await knowledges.addDocuments(base.id, [
    { storageFileId: file.storageFileId, name: 'hours.txt', sourceType: 'file' },
  ])
  const id = document?.id ?? ''
  await knowledges.process(base.id, [id])
  await expect.poll(async () => (await knowledges.getStatus(base.id, [id]))[0]?.status).toBe('finish')

  expect((await knowledges.retrieve(base.id, { query: 'When does the office open?' }))[0]?.pageContent).toContain(
    'nine',
  )
  expect((await knowledges.listDocuments(base.id)).items.map(({ name }) => name)).toEqual(['hours.txt'])
  expect((await knowledges.list()).items.map(({ name }) => name)).toEqual(['Handbook'])
  expect(await knowledges.update(base.id, { name: 'Hours' })).toMatchObject({ name: 'Hours' })
  await knowledges.delete(base.id)
  await expect(knowledges.get(base.id)).rejects.toMatchObject({ status: 404 })
})

it('C7: what agents keep is put, found, listed and forgotten', async () => {
  const { store } = server.xpert('ada')
  await store.putItem(['notes', 'ada'], 'colour', { text: 'Her favourite colour is blue.' })
  await store.putItem(['notes', 'ada'], 'pet', { text: 'She has a cat.' })

  expect(await store.getItem(['notes', 'ada'], 'colour')).toMatchObject({
    namespace: ['notes', 'ada'],
    key: 'colour',
    value: { text: 'Her favourite colour is blue.' },
    created_at: expect.any(String),
  })
  expect((await store.searchItems(['notes'])).items.map(({ key }) => key).toSorted()).toEqual(['colour', 'pet'])
  expect((await store.listNamespaces({ prefix: ['notes'] })).namespaces).toEqual([['notes', 'ada']])
  await store.deleteItem(['notes', 'ada'], 'pet')
  expect((await store.searchItems(['notes'])).items.map(({ key }) => key)).toEqual(['colour'])
})

it('C7: runs that start by the clock are made, changed, counted and removed', async () => {
  const { crons, threads } = server.xpert('ada')
  const { thread_id } = await threads.create({ assistantId: 'demo' })

  const cron = await crons.createForThread(thread_id, 'demo', { schedule: '0 9 * * 1', input: message('Report') })
  const changed = await crons.update(cron.cron_id, { schedule: '30 8 * * 1' })

  expect(cron).toMatchObject({ assistant_id: 'demo', thread_id, schedule: '0 9 * * 1' })
  expect(changed.schedule).toBe('30 8 * * 1')
  expect((await crons.search({ threadId: thread_id })).map(({ cron_id }) => cron_id)).toEqual([cron.cron_id])
  expect(await crons.count({ threadId: thread_id })).toBe(1)
  await crons.delete(cron.cron_id)
  expect(await crons.search({ threadId: thread_id })).toEqual([])
})

it('C7: a thread that was deleted is gone', async () => {
  const { threads } = server.xpert('ada')
  const { thread_id } = await threads.create()

  expect(await threads.delete(thread_id)).toBeUndefined()

  await expect(threads.get(thread_id)).rejects.toMatchObject({ status: 404 })
})

it('C7: what is refused says why', async () => {
  const failure = await server
    .xpert('ada', 'sk-of-nobody')
    .assistants.search()
    .catch((thrown: unknown) => thrown)

  expect(failure).toBeInstanceOf(ClientError)
  expect(failure).toMatchObject({ status: 401, message: expect.any(String) })
  const { thread_id } = await server.xpert('ada').threads.create()
  await expect(
    server
      .xpert('ada')
      .runs.stream(thread_id, 'nobody', { input: message('Hi') })
      .next(),
  ).rejects.toMatchObject({
    status: 404,
  })
})

it('C7: a page asks with the secret it was given, as the person it was made for', async () => {
  const mine = await server.xpert('page-of-ada').threads.create({ assistantId: 'demo' })
  const secret = await server.xpert('page-of-ada').chatkit.sessions.create({ assistant: { id: 'demo' } })
  const others = await server.xpert('page-of-eve').chatkit.sessions.create({ assistant: { id: 'demo' } })

  const page = server.xpert('', secret.client_secret, { defaultHeaders: {} })
  const foreign = server.xpert('', others.client_secret, { defaultHeaders: {} })
  const events = await all(page.runs.stream(mine.thread_id, 'demo', { input: message('Hi') }))

  expect(events.at(-1)).toMatchObject({ event: 'values' })
  await expect(foreign.threads.get(mine.thread_id)).rejects.toMatchObject({ status: 404 })
})

it('C7: hooks see every request', async () => {
  const seen: string[] = []
  const client = server.xpert('ada', KEYS.shop, {
    onRequest: (url, init) => {
      seen.push(`${init.method} ${url.pathname}`)
      return init
    },
  })

  await client.assistants.search()
  await client.chatkit.sessions
    .create({ expires_after: 60 })
    .then(({ expires_after }) => expect(expires_after).toBe(60))

  expect(seen).toEqual(['POST /api/ai/assistants/search', 'POST /api/ai/v1/chatkit/sessions'])
})

it('C7: leaving the loop ends the connection, and the run with it unless it may go on', async () => {
  const { threads, runs } = server.xpert('ada')
  const { thread_id } = await threads.create()

  for await (const event of runs.stream(thread_id, 'demo', { input: message('hold'), streamMode: 'messages-tuple' }))
    if (textOfRunEvent(event) !== '') break

  await expect.poll(async () => (await threads.get(thread_id)).status).not.toBe('busy')
  server.app.release()
})
