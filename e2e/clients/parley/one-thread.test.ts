import type { ChatKitClient } from '@parley/client'
import { ClientError } from '@parley/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AnyClientServer, KEYS, startAnyClientServer } from './any-client-server.js'

let server: AnyClientServer
beforeAll(async () => {
  server = await startAnyClientServer()
})
afterAll(() => server?.close())

const ADA = 'ada'

/** Says something in a new conversation, or in the one that is given. @returns the conversation */
type Say = (text: string, threadId?: string) => Promise<string>

/** What was said, oldest first. */
type Read = (threadId: string) => Promise<string[]>

interface Door {
  say: Say
  read: Read
}

async function sayByChatKit(client: ChatKitClient, text: string, threadId?: string): Promise<string> {
  const input = { content: [{ type: 'input_text' as const, text }], attachments: [], inference_options: {} }
  const events = threadId
    ? client.threads.addUserMessage({ thread_id: threadId, input })
    : client.threads.create({ input })
  let id = threadId ?? ''
  for await (const { event } of events) if (event.type === 'thread.created') id = event.thread.id
  return id
}

/** As an MCP client calls an app. */
async function sayByMcp({ user, text, threadId }: { user: string; text: string; threadId?: string | undefined }) {
  const params = { name: 'demo', arguments: { message: text, thread_id: threadId } }
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
  const { isError, structuredContent } = (await response.json()).result
  if (isError) throw new ClientError({ status: 404, code: 'tool', message: 'The tool says no.' })
  return String(structuredContent.thread_id)
}

/** Each API, with a credential of the same person in the same app. */
const DOORS: Record<string, (user: string) => Door> = {
  ClickAI: (user) => ({
    async say(query, conversationId) {
      const answer = await server.clickai().chat.create({ query, user, conversationId })
      return answer.conversationId ?? ''
    },
    async read(conversationId) {
      const { data } = await server.clickai().messages.list({ user, conversationId })
      return data.flatMap(({ query, answer }) => [query, answer])
    },
  }),
  LangGraph: (user) => ({
    async say(text, threadId) {
      const { runs, threads } = server.xpert(user)
      const id = threadId ?? (await threads.create({ assistantId: 'demo' })).thread_id
      for await (const _ of runs.stream(id, 'demo', { input: { messages: [{ role: 'user', content: text }] } }));
      return id
    },
    async read(threadId) {
      const { values } = await server.xpert(user).threads.getState<{ messages: { content: string }[] }>(threadId)
      return values.messages.map(({ content }) => content)
    },
  }),
  Xpert: (user) => ({
    async say(text, threadId) {
      const { runs, conversations } = server.xpert(user)
      const id = threadId ?? (await conversations.create({ xpertId: 'demo' })).threadId
      const message = { input: { input: text } }
      for await (const _ of runs.stream(id, 'demo', { input: { action: 'send', message } }));
      return id
    },
    async read(threadId) {
      const { items } = await server.xpert(user).conversations.listMessages(threadId)
      return items.map(({ content }) => String(content))
    },
  }),
  MCP: (user) => ({
    say: (text, threadId) => sayByMcp({ user, text, threadId }),
    read: () => Promise.reject(new TypeError('It only writes.')),
  }),
  ChatKit: (user) => ({
    say: async (text, threadId) => sayByChatKit(await server.chatkit(user), text, threadId),
    async read(threadId) {
      const { data } = await (await server.chatkit(user)).items.list({ thread_id: threadId, order: 'asc' })
      return data.flatMap((item) =>
        item.type === 'user_message' || item.type === 'assistant_message'
          ? [item.content.map(({ text }) => text).join('')]
          : [],
      )
    },
  }),
  'the hosted API': () => ({
    say: () => Promise.reject(new TypeError('It only reads.')),
    async read(threadId) {
      const { threads } = server.openai().beta.chatkit
      const { data } = await threads.listItems(threadId, { order: 'asc' })
      return data.flatMap((item) =>
        item.type === 'chatkit.user_message' || item.type === 'chatkit.assistant_message'
          ? [item.content.map(({ text }) => text).join('')]
          : [],
      )
    },
  }),
}

const WRITERS = Object.keys(DOORS).filter((name) => name !== 'the hosted API')
const READERS = Object.keys(DOORS).filter((name) => name !== 'MCP')
const doorOf = (name: string, user: string) => DOORS[name]?.(user) as Door // a name of the table

describe('E1: one thread, many clients', () => {
  it.each(WRITERS)('what is said through %s is read, and gone on with, through every other', async (name) => {
    const threadId = await doorOf(name, ADA).say('One')
    const said = ['One', 'You said: One']
    for (const reader of READERS) expect([reader, await doorOf(reader, ADA).read(threadId)]).toEqual([reader, said])

    for (const other of WRITERS.filter((writer) => writer !== name)) {
      expect(await doorOf(other, ADA).say(other, threadId)).toBe(threadId)
      said.push(other, `You said: ${other}`)
    }

    for (const reader of READERS) expect([reader, await doorOf(reader, ADA).read(threadId)]).toEqual([reader, said])
  })

  const refusalOf = (call: Promise<unknown>): Promise<{ status?: number }> =>
    call.then(
      (answer) => expect.unreachable(`it was answered: ${JSON.stringify(answer)}`),
      (thrown) => thrown,
    )

  it.each(WRITERS)('nobody else finds what was said through %s, nor goes on with it', async (name) => {
    const threadId = await doorOf(name, ADA).say('Mine')

    for (const other of WRITERS) {
      const eve = doorOf(other, 'eve')
      const read = READERS.includes(other) ? await refusalOf(eve.read(threadId)) : { status: 404 }
      // Xpert has a word of its own for ids of another form, whether there is such a conversation or not
      expect([other, read.status]).toEqual([other, expect.toBeOneOf(other === 'Xpert' ? [404, 406] : [404])])
      expect([other, (await refusalOf(eve.say('Mine now', threadId))).status]).toEqual([other, 404])
    }
    expect(await doorOf('ChatKit', ADA).read(threadId)).toEqual(['Mine', 'You said: Mine'])
  })

  it('a key of another workspace or another app finds nothing, as if there were nothing', async () => {
    const threadId = await doorOf('ChatKit', ADA).say('Mine')
    const missing = 'thr_00000000000000000000'
    const asked = (id: string) => [
      server.xpert(ADA, KEYS.bank).threads.get(id),
      server.xpert(ADA, KEYS.otherApp).threads.get(id),
      server.openai(KEYS.bank).beta.chatkit.threads.retrieve(id),
      server.chatkit(ADA, KEYS.bank).then((client) => client.threads.getById({ thread_id: id })),
    ]

    const refusals = await Promise.all(asked(threadId).map(refusalOf))
    const asIfMissing = await Promise.all(asked(missing).map(refusalOf))

    expect(refusals.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    expect(refusals.map((refusal) => (refusal instanceof ClientError ? refusal.code : ''))).toEqual(
      asIfMissing.map((refusal) => (refusal instanceof ClientError ? refusal.code : '')),
    )
  })
})
