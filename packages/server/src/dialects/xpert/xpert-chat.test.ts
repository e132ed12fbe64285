import { afterEach, describe, expect, it } from 'vitest'
import type { Caller } from '../../app/caller.js'
import type { Runnable } from '../../runnable/runnable.js'
import { all, langGraphParley } from './testing.fixture.js'

/** Says again what it was told; asks the page where it is when it is told "where". */
const app: Runnable<Caller> = {
  async *run({ thread, trigger, generateId }) {
    const head = (kind: 'message' | 'tool_call') => ({
      id: generateId(kind),
      thread_id: thread.id,
      created_at: new Date().toISOString(),
    })
    const answer = (text: string) => ({
      type: 'thread.item.done' as const,
      item: {
        ...head('message'),
        type: 'assistant_message' as const,
        content: [{ type: 'output_text' as const, text, annotations: [] }],
      },
    })
    if (trigger.type === 'client_tool_output') {
      yield answer(`You are in ${JSON.stringify(trigger.item?.output)}.`)
      return
    }
    const said = 'item' in trigger && trigger.item?.type === 'user_message' ? trigger.item : undefined
    const text = said?.content.map((part) => part.text).join('') ?? ''
    if (text !== 'where') {
      yield answer(`You said: ${text}`)
      return
    }
    const item = { ...head('tool_call'), type: 'client_tool_call' as const, status: 'pending' as const }
    yield { type: 'thread.item.done', item: { ...item, call_id: 'call_1', name: 'locate', arguments: { exact: true } } }
  },
}

let parley: ReturnType<typeof langGraphParley>
afterEach(() => parley.close())

interface Event {
  type: string
  event?: string
  data: Record<string, unknown>
}

function conversation() {
  parley = langGraphParley({ app })
  const client = parley.client()
  const run = async (threadId: string, input: Record<string, unknown>) => {
    const chunks = await all(client.runs.stream(threadId, 'demo', { input, onDisconnect: 'continue' }))
    return chunks.map(({ event, data }) => ({ name: event, ...(data as unknown as Event) }))
  }
  return { client, run }
}

const textOf = (events: Event[]) =>
  events.flatMap(({ data }) => (data?.type === 'text' ? [String(data.text)] : [])).join('')
const dataOf = (events: Event[], event: string) => events.find((one) => one.event === event)?.data

describe('C1: Xpert’s inputs are answered in the words of Xpert’s chat', () => {
  it.each([
    ['v2', { action: 'send', message: { clientMessageId: 'm1', input: { input: 'Hi' } } }],
    ['legacy', { input: { input: 'Hi' }, id: 'm1', state: { human: { input: 'Hi' } } }],
    ['flat', { input: 'Hi', id: 'm1' }],
  ])('%s', async (_, input) => {
    const { client, run } = conversation()
    const { thread_id } = await client.threads.create()

    const events = await run(thread_id, input)

    expect(events.map(({ event, data, type }) => event ?? data?.type ?? type)).toEqual([
      'on_conversation_start',
      'on_message_start',
      'on_agent_start',
      'text',
      'on_agent_end',
      'on_message_end',
      'on_conversation_end',
      'complete',
    ])
    expect(textOf(events)).toBe('You said: Hi')
    expect(dataOf(events, 'on_agent_end')).toMatchObject({ status: 'success', elapsedTime: expect.any(Number) })
    expect(events.map(({ name }) => name)).toEqual([...Array(7).fill(''), 'complete'])
    expect(dataOf(events, 'on_conversation_start')).toMatchObject({
      id: thread_id,
      userMessage: { clientMessageId: 'm1' },
    })
  })

  it('a message sent twice is one', async () => {
    const { client, run } = conversation()
    const { thread_id } = await client.threads.create()
    const input = { action: 'send', message: { clientMessageId: 'm1', input: { input: 'Hi' } } }

    const [first, second] = [await run(thread_id, input), await run(thread_id, input)]

    expect(dataOf(second, 'on_message_start')?.id).toBe(dataOf(first, 'on_message_start')?.id)
    const { messages } = (await client.threads.getState(thread_id)).values as { messages: unknown[] }
    expect(messages).toHaveLength(2)
  })

  it('stops for a tool of the page and goes on with its result', async () => {
    const { client, run } = conversation()
    const { thread_id } = await client.threads.create()

    const asked = await run(thread_id, { input: { input: 'where' } })
    const executionId = dataOf(asked, 'on_message_start')?.executionId
    const toolMessages = [{ tool_call_id: 'call_1', name: 'locate', content: 'Rome', status: 'success' }]
    const answered = await run(thread_id, { input: {}, command: { resume: { toolMessages } }, executionId })

    expect(dataOf(asked, 'on_interrupt')).toMatchObject({
      tasks: [
        { interrupts: [{ value: { clientToolCalls: [{ id: 'call_1', name: 'locate', args: { exact: true } }] } }] },
      ],
    })
    expect(dataOf(asked, 'on_conversation_end')).toMatchObject({ status: 'interrupted' })
    expect(textOf(answered)).toBe('You are in "Rome".')
    expect(dataOf(answered, 'on_message_start')?.id).toBe(executionId)
  })

  it('goes on with the words of a tool that failed', async () => {
    const { client, run } = conversation()
    const { thread_id } = await client.threads.create()
    await run(thread_id, { input: { input: 'where' } })

    const toolMessages = [{ tool_call_id: 'call_1', content: 'No signal', status: 'error' }]
    const answered = await run(thread_id, { input: {}, command: { resume: { toolMessages } } })

    expect(textOf(answered)).toBe('You are in {"error":"No signal"}.')
  })

  it('answers again', async () => {
    const { client, run } = conversation()
    const { thread_id } = await client.threads.create()
    const first = await run(thread_id, { input: 'Hi' })
    const executionId = dataOf(first, 'on_message_start')?.executionId

    const again = await run(thread_id, { action: 'retry', conversationId: thread_id, source: { executionId } })

    expect(textOf(again)).toBe('You said: Hi')
    expect(dataOf(again, 'on_message_start')?.id).not.toBe(executionId)
  })

  it.each([
    ['another conversation', { action: 'send', conversationId: 'other', message: { input: { input: 'Hi' } } }, 400],
    ['an answer nobody waits for', { input: {}, command: { resume: true } }, 409],
    ['nothing to answer', { action: 'retry' }, 409],
  ])('refuses %s', async (_, input, status) => {
    const { client, run } = conversation()
    const { thread_id } = await client.threads.create()

    await expect(run(thread_id, input)).rejects.toMatchObject({ status })
  })
})

describe('C1: what goes along with a message of Xpert’s chat', () => {
  it('is what its app reads: the context, the state, the fields beside the text; variables of an environment are not', async () => {
    const { client } = conversation()
    const { thread_id } = await client.threads.create()
    const message = { input: { input: 'hi', tone: 'dry' } }

    await client.runs.wait(thread_id, 'demo', {
      input: { action: 'send', message, state: { plan: 'pro', human: { input: 'hi' } } },
      context: { plan: 'free', region: 'eu', env: { TOKEN: 'secret' } },
    })

    const { messages: _, ...values } = (await client.threads.getState(thread_id)).values as Record<string, unknown>
    expect(values).toEqual({ plan: 'pro', region: 'eu', tone: 'dry' })
  })
})
