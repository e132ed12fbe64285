import {
  type AIMessage,
  type Assistant,
  type ChatConversation,
  type ChatMessage,
  type ChatMessageFeedback,
  type ChatSendRequest,
  Client,
  type ClientConfig,
  type Command,
  getApiKey,
  type Item,
  type Message,
  type Pagination,
  type RequestHook,
  type Run,
  type RunsInvokePayload,
  type RuntimeCapabilitiesResponse,
  type SandboxManagedService,
  type StorageFile,
  type StreamMode,
  type Thread,
  type ThreadContextUsage,
  type ThreadStatus,
  type ToolMessage,
  type ValuesStreamEvent,
} from '@parley/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type AnyClientServer, KEYS, startAnyClientServer } from './any-client-server.js'

/*
 * Programs as they are written for Xpert's own client (`@xpert-ai/xpert-sdk` 0.0.11), with nothing but the import changed:
 * its names of types, its options, its methods with their arguments. The compiler checks most of it.
 */

let server: AnyClientServer
beforeAll(async () => {
  server = await startAnyClientServer()
})
afterAll(() => server?.close())

interface State {
  messages: Message[]
  plan?: string
}

const seen: string[] = []
const note: RequestHook = async (url, init) => {
  seen.push(url.pathname)
  return init
}

function clientOf<StateType = Record<string, unknown>>(user: string) {
  const config: ClientConfig = {
    apiUrl: `${server.url}/api/ai/`,
    apiKey: getApiKey(KEYS.shop) ?? '',
    callerOptions: { maxConcurrency: 4, maxRetries: 0, fetch: (url, init) => fetch(url, init) },
    timeoutMs: 60_000,
    defaultHeaders: { 'x-principal-user-id': user, 'organization-id': undefined },
    onRequest: note,
  }
  return new Client<StateType, Partial<StateType>, { step: string }>(config)
}

it('C7: the two runs of Xpert’s own test: streamed, and waited for', async () => {
  const client = clientOf('ada')
  const [xpert]: Assistant[] = await client.assistants.search({ limit: 5, metadata: undefined })
  const id = xpert?.assistant_id ?? ''
  const thread: Thread = await client.threads.create()

  const input: ChatSendRequest = { action: 'send', message: { input: { input: 'Hello, who are you?' } } }
  const events: { event: string; data: unknown }[] = []
  for await (const chunk of client.runs.stream(thread.thread_id, id, { input, streamMode: 'values' }))
    events.push({ event: chunk.event, data: chunk.data })
  const payload: RunsInvokePayload = { input, config: { tags: ['test'] } }
  const waited = await client.runs.wait(thread.thread_id, id, { ...payload, streamMode: 'values' })
  const runs: Run[] = await client.runs.list(thread.thread_id, { status: 'success', select: ['run_id', 'status'] })
  const status: ThreadStatus = (await client.threads.get(thread.thread_id)).status
  const usage: ThreadContextUsage = await client.threads.getContextUsage(thread.thread_id)

  expect(events.length).toBeGreaterThan(3)
  expect(waited).toMatchObject({ role: 'ai', content: 'You said: Hello, who are you?' })
  expect([runs.length, status, usage.thread_id]).toEqual([2, 'idle', thread.thread_id])
  expect(seen).toContain(`/api/ai/threads/${thread.thread_id}/runs/wait`)
})

it('C7: a state with messages of its own types, event by event', async () => {
  const client = clientOf<State>('ada')
  const { thread_id } = await client.threads.create({ ttl: 60, ifExists: 'do_nothing', threadId: crypto.randomUUID() })
  const streamMode: StreamMode[] = ['values', 'updates', 'custom', 'messages-tuple']
  const said: string[] = []

  for await (const chunk of client.runs.stream(thread_id, 'demo', {
    input: { messages: [{ type: 'human', content: 'Hi' }] },
    streamMode,
    streamSubgraphs: true,
  })) {
    switch (chunk.event) {
      case 'metadata':
        said.push(`run ${typeof chunk.data.run_id}`)
        break
      case 'values': {
        const { messages }: ValuesStreamEvent<State>['data'] = chunk.data
        said.push(`values ${messages.length}`)
        break
      }
      case 'messages': {
        const [message, config] = chunk.data
        said.push(`${message.type} ${config.tags.length}`)
        break
      }
      case 'updates':
        for (const update of Object.values(chunk.data)) said.push(`update ${update.messages?.length}`)
        break
      case 'custom':
        said.push(chunk.data.step)
        break
      case 'error':
        said.push(chunk.data.message)
        break
    }
  }
  const { values, checkpoint } = await client.threads.getState(thread_id, null)
  const last: Message | undefined = values.messages.at(-1)
  const answer: AIMessage | ToolMessage | undefined = last?.type === 'ai' || last?.type === 'tool' ? last : undefined
  const command: Command = { resume: { ok: true }, goto: 'agent' }

  expect(said).toEqual(expect.arrayContaining(['run string', 'values 2', 'AIMessageChunk 0', 'update 1']))
  expect(answer?.content).toBe('You said: Hi')
  expect(await client.threads.patchState({ configurable: { thread_id } }, { seen: true })).toBeUndefined()
  expect(checkpoint?.thread_id).toBe(thread_id)
  expect((await client.threads.update(thread_id, { ttl: 5 })).thread_id).toBe(thread_id)
  expect(command.goto).toBe('agent')
})

it('C7: conversations, messages and thumbs, under the names Xpert has for what is done with them', async () => {
  const { conversations } = clientOf('grace')
  const created: ChatConversation = await conversations.create({ title: 'A test', xpertId: 'demo' })
  const title: string | undefined = (await conversations.update(created.id, { title: 'Changed' })).title

  const message: ChatMessage = await conversations.createMessage(created.id, { role: 'user', content: 'hello' })
  const list: Pagination<ChatMessage> = await conversations.listMessages(created.id, { limit: 20, offset: 0 })
  const thumb: ChatMessageFeedback = await conversations.createFeedback(created.id, message.id, { rating: 'like' })
  const worded = await conversations.updateFeedback(created.id, message.id, thumb.id, { content: 'good' })

  expect([title, list.total, worded.content]).toEqual(['Changed', 1, 'good'])
  expect((await conversations.getMessage(created.id, message.id)).content).toBe('hello')
  expect((await conversations.updateMessage(created.id, message.id, { content: 'hello you' })).content).toBe(
    'hello you',
  )
  expect((await conversations.searchMessages(created.id, { where: { id: message.id } })).total).toBe(1)
  expect((await conversations.listFeedbacks(created.id, message.id)).total).toBe(1)
  expect((await conversations.searchFeedbacks(created.id, message.id, { where: { id: thumb.id } })).total).toBe(1)
  expect((await conversations.getFeedback(created.id, message.id, thumb.id)).rating).toBe('like')
  await conversations.deleteFeedback(created.id, message.id, thumb.id)
  await conversations.deleteMessage(created.id, message.id)
  await conversations.delete(created.id)
  await expect(conversations.get(created.id)).rejects.toMatchObject({ status: 404 })
})

it('C7: what is kept has its times twice, a file is what its caller calls it, and no service runs beside a thread', async () => {
  const { store, contexts, threads, sandbox, assistants } = clientOf('ada')
  await store.putItem(['of', 'ada'], 'colour', { is: 'blue' }, { index: null, ttl: null })
  const item: Item | null = await store.getItem(['of', 'ada'], 'colour', { refreshTtl: null })
  const { items } = await store.searchItems(['of'])
  const file = await contexts.uploadFile<StorageFile>(new TextEncoder().encode('What it says'), { filename: 'a.txt' })
  const { thread_id } = await threads.create()
  const services: SandboxManagedService[] = await sandbox.listThreadServices(thread_id, { organizationId: 'o' })
  const capabilities: RuntimeCapabilitiesResponse = await assistants.getRuntimeCapabilities('demo', {})

  expect(item?.createdAt).toBe(item?.created_at)
  expect(items.map(({ updatedAt }) => typeof updatedAt)).toEqual(['string'])
  expect([file.originalName, services, capabilities.skills]).toEqual(['a.txt', [], []])
  await expect(sandbox.getThreadService(thread_id, 'web')).rejects.toMatchObject({ status: 404 })
})
