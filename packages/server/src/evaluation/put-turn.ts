import type { ChatKitClient, EventStream } from '@parley/client'
import type { RunEvent, ThreadItem } from '@parley/protocol'
import type { Turn } from './case-schema.js'

export interface ToolCall {
  name: string
  arguments: unknown
}

/** What came of one input. */
export interface TurnResult {
  input: string
  answer: string
  toolCalls: ToolCall[]
  tokens: { input: number; output: number }
  /** Until the whole answer was there. */
  seconds: number
  /** Why there is no answer, or not all of it. */
  failure?: string
}

/** An app that says nothing must not keep a CI server waiting. */
const MOST_MINUTES = 10

/** More than any dialogue of one turn needs; an app that asks for ever is stopped. */
const MOST_STEPS = 20

/** A conversation, input by input. */
export interface Talk {
  threadId?: string
  put(turn: Turn): Promise<TurnResult>
}

export function startTalk(client: ChatKitClient, now: () => number): Talk {
  const talk: Talk = {
    async put(turn) {
      const begun = now()
      const heard = listener()
      const signal = AbortSignal.timeout(MOST_MINUTES * 60_000)
      let next: EventStream | undefined = begin(client, talk.threadId, turn.input)(signal)
      for (let steps = 0; next && steps < MOST_STEPS; steps += 1) {
        await listen(next, heard, signal)
        talk.threadId ??= heard.threadId
        next = answerOf(client, talk.threadId, heard, turn)?.(signal)
      }
      if (next) heard.failure ??= `it was still asking after ${MOST_STEPS} answers`
      return {
        input: turn.input,
        answer: [...heard.texts.values()].join('\n\n'),
        toolCalls: [...heard.calls.values()],
        tokens: tokensOf(heard),
        seconds: (now() - begun) / 1000,
        ...(heard.failure !== undefined && { failure: heard.failure }),
      }
    },
  }
  return talk
}

async function listen(events: EventStream, heard: ReturnType<typeof listener>, signal: AbortSignal): Promise<void> {
  try {
    for await (const { event } of events) heard.take(event)
  } catch (thrown) {
    if (!signal.aborted) throw thrown
    heard.failure ??= `there was no whole answer within ${MOST_MINUTES} minutes`
  }
}

/** A request that can be stopped. */
type Ask = (signal: AbortSignal) => EventStream

function begin(client: ChatKitClient, threadId: string | undefined, text: string): Ask {
  const input = { content: [{ type: 'input_text' as const, text }], attachments: [], inference_options: {} }
  return (signal) =>
    threadId === undefined
      ? client.threads.create({ input }, { signal })
      : client.threads.addUserMessage({ thread_id: threadId, input }, { signal })
}

/** What the page or the person would do now; `undefined`: the turn is over. */
function answerOf(
  client: ChatKitClient,
  threadId: string | undefined,
  heard: Heard,
  { answers = [], client_tools: tools = {} }: Turn,
): Ask | undefined {
  const item = heard.waitsFor
  heard.waitsFor = undefined
  if (threadId === undefined || item === undefined) return undefined
  if (item.type === 'client_tool_call') {
    const result = tools[item.name]
    if (item.name in tools)
      return (signal) => client.threads.addClientToolOutput({ thread_id: threadId, result }, { signal })
    heard.failure = `it waits for the tool "${item.name}" of the page: give its result under client_tools`
    return undefined
  }
  const given = item.inputs.map(({ id, question }) => ({ id, question, said: answers[heard.answered++] }))
  const silent = given.find(({ said }) => said === undefined)
  if (silent) {
    heard.failure = `it asks “${silent.question}”: say what the person answers under answers`
    return undefined
  }
  const values = Object.fromEntries(given.map(({ id, said = '' }) => [id, { values: [said], skipped: false }]))
  const input = { status: 'answered' as const, answers: values }
  return (signal) => client.threads.addStructuredInput({ thread_id: threadId, item_id: item.id, input }, { signal })
}

interface Heard {
  threadId?: string
  /** By item. */
  texts: Map<string, string>
  /** By call. */
  calls: Map<string, ToolCall>
  /** By run: the last figure counts. */
  usage: Map<string, { input: number; output: number }>
  waitsFor?: Extract<ThreadItem, { type: 'client_tool_call' | 'structured_input' }> | undefined
  /** How many answers of the person have been used. */
  answered: number
  failure?: string
}

function listener(): Heard & { take(event: RunEvent): void } {
  const heard: Heard = { texts: new Map(), calls: new Map(), usage: new Map(), answered: 0 }
  return Object.assign(heard, {
    take(event: RunEvent) {
      if (event.type === 'thread.created') heard.threadId = event.thread.id
      else if (event.type === 'thread.item.done' || event.type === 'thread.item.replaced') takeItem(heard, event.item)
      else if (event.type === 'thread.item.removed') heard.texts.delete(event.item_id)
      else if (event.type === 'tool.started')
        heard.calls.set(event.call_id, { name: event.name, arguments: event.arguments ?? {} })
      else if (event.type === 'run.usage')
        heard.usage.set(event.run_id, { input: event.usage.input_tokens, output: event.usage.output_tokens })
      else if (event.type === 'error') heard.failure = event.message ?? `the run failed (${event.code})`
    },
  })
}

function takeItem(heard: Heard, item: ThreadItem): void {
  if (item.type === 'assistant_message') heard.texts.set(item.id, item.content.map(({ text }) => text).join(''))
  if (item.type === 'client_tool_call') heard.calls.set(item.call_id, { name: item.name, arguments: item.arguments })
  if ((item.type === 'client_tool_call' || item.type === 'structured_input') && item.status === 'pending')
    heard.waitsFor = item
}

function tokensOf({ usage }: Heard): TurnResult['tokens'] {
  let [input, output] = [0, 0]
  for (const run of usage.values()) {
    input += run.input
    output += run.output
  }
  return { input, output }
}
