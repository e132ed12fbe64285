import type { RunEvent, ThreadItem, UserMessageInput } from '@parley/protocol'
import type { Log } from '../base/log.js'
import { type ScriptedClock, scriptedClock } from '../base/scripted-clock.js'
import { createEngine, type EngineOptions } from '../engine/create-engine.js'
import type { Call, Engine, LogEntry, RunStream } from '../engine/engine.js'
import type { RunContext, Runnable } from '../runnable/runnable.js'
import { sqliteStore } from '../storage/sqlite/sqlite-store.js'
import type { DurableStore, Scope } from '../storage/store.js'

/** Whoever calls in a test. */
export type Person = Scope

export interface TestEngine {
  engine: Engine<Person>
  store: DurableStore<Person>
  clock: ScriptedClock
  /** Every call of the store that writes, by name, in order. */
  writes: string[]
  logged: string[]
}

const WRITES = new Set<string | symbol>([
  'saveThread',
  'deleteThread',
  'addThreadItem',
  'saveItem',
  'deleteThreadItem',
  'saveAttachment',
  'deleteAttachment',
  'startRun',
  'claimRun',
  'changeThread',
  'beginRun',
  'savePartials',
  'saveRun',
  'endRun',
])

/** An engine over SQLite in memory, with a clock that stands still. */
export function testEngine(options: Partial<EngineOptions<Person>> = {}): TestEngine {
  const clock = scriptedClock()
  const writes: string[] = []
  const logged: string[] = []
  const note = (message: string) => void logged.push(message)
  const log: Log = { debug: () => undefined, info: note, warn: note, error: note }
  const store = new Proxy(options.store ?? sqliteStore(':memory:'), {
    get(target, name, receiver) {
      if (WRITES.has(name)) writes.push(String(name))
      return Reflect.get(target, name, receiver)
    },
  })
  return { engine: createEngine({ clock, log, ...options, store }), store, clock, writes, logged }
}

export const ALICE: Person = { workspaceId: 'ws_1', userId: 'alice', appId: 'app_1' }
export const BOB: Person = { ...ALICE, userId: 'bob' }

/** A call of Alice's to an app that does what `run` does. */
export function callTo(
  run: (context: RunContext<Person>) => AsyncIterable<RunEvent>,
  rest: Partial<Runnable<Person>> = {},
): Call<Person> {
  return { app: { run, ...rest }, context: ALICE }
}

export const userText = (text: string, attachments: string[] = []): UserMessageInput => ({
  content: [{ type: 'input_text', text }],
  attachments,
  inference_options: {},
})

export async function readEntries(stream: RunStream): Promise<LogEntry[]> {
  const entries: LogEntry[] = []
  for await (const batch of stream.entries) entries.push(...batch)
  return entries
}

export const readEvents = async (stream: RunStream): Promise<RunEvent[]> =>
  (await readEntries(stream)).map(({ event }) => event)

/** The types of the events, updates and items by their own type too. */
export const typesOf = (events: RunEvent[]): string[] =>
  events.map((event) => ('item' in event ? `${event.type} ${event.item.type}` : event.type))

/** Reads on until an event of this type, and leaves the rest unread. */
export async function readUntil(stream: RunStream, type: RunEvent['type']): Promise<RunEvent[]> {
  const events: RunEvent[] = []
  const iterator = stream.entries[Symbol.asyncIterator]()
  while (!events.some((event) => event.type === type)) {
    const { value, done } = await iterator.next()
    if (done) return events
    events.push(...value.map(({ event }: LogEntry) => event))
  }
  return events
}

const common = (context: RunContext<Person>, id: string) => ({
  id,
  thread_id: context.thread.id,
  created_at: '2026-01-01T00:00:00.000Z',
})

/** An assistant message with this text. */
export const message = (context: RunContext<Person>, id: string, text?: string): ThreadItem => ({
  ...common(context, id),
  type: 'assistant_message',
  content: text === undefined ? [] : [{ type: 'output_text', text, annotations: [] }],
})

export const toolCall = (context: RunContext<Person>, id: string): ThreadItem => ({
  ...common(context, id),
  type: 'client_tool_call',
  status: 'pending',
  call_id: `call_${id}`,
  name: 'locate',
  arguments: {},
})

export const hiddenNote = (context: RunContext<Person>, id: string): ThreadItem => ({
  ...common(context, id),
  type: 'hidden_context_item',
  content: 'nobody may read this',
})

export const added = (item: ThreadItem): RunEvent => ({ type: 'thread.item.added', item })
export const done = (item: ThreadItem): RunEvent => ({ type: 'thread.item.done', item })
export const delta = (item_id: string, text: string): RunEvent => ({
  type: 'thread.item.updated',
  item_id,
  update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: text },
})

/** A promise a test settles when it wants the app to go on. */
export function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined
  const promise = new Promise<void>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}

/** Answers once, with one message. */
export const answer = (text: string) =>
  callTo(async function* (context) {
    const item = message(context, context.generateId('message'), text)
    yield added(message(context, item.id))
    yield delta(item.id, text)
    yield done(item)
  })

/** What the person would see of the thread, oldest first. */
export async function visibleItems(
  { engine }: TestEngine,
  call: Call<Person>,
  threadId: string,
): Promise<ThreadItem[]> {
  const page = await engine.listItems(call, threadId, { order: 'asc', limit: 100 })
  return page.data
}

/** Everything that is stored of the thread, hidden items included, oldest first. */
export async function storedItems({ store }: TestEngine, threadId: string, person = ALICE): Promise<ThreadItem[]> {
  const page = await store.loadThreadItems(threadId, { limit: 100, order: 'asc' }, person)
  return page.data
}

/** The text of a message, whoever wrote it. */
export function textOf(item: ThreadItem | undefined): string | undefined {
  if (item?.type !== 'assistant_message' && item?.type !== 'user_message') return undefined
  return item.content.map(({ text }) => text).join('')
}
