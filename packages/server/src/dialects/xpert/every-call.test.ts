import type {
  Assistant,
  AssistantGraph,
  AssistantVersion,
  Client,
  Cron,
  CronCreateResponse,
  GraphSchema,
  Item,
  Run,
  Thread,
  ThreadState,
} from '@langchain/langgraph-sdk'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { all, echo, KEYS, langGraphParley } from './testing.fixture.js'

/** What the client's own types promise of each answer; a field they lose or add makes this file not compile. */
type Fields<Answer> = { [Name in keyof Required<Answer>]: z.ZodType }

const text = z.string().min(1)
const time = z.iso.datetime()
const object = z.record(z.string(), z.unknown())

const assistantFields = {
  assistant_id: text,
  graph_id: text,
  name: text,
  description: z.string().nullable().optional(),
  config: object,
  context: z.unknown(),
  created_at: time,
  metadata: object,
  version: z.int().min(1),
}
const versionSchema = z.looseObject(assistantFields satisfies Fields<AssistantVersion>)
const assistantSchema = z.looseObject({ ...assistantFields, updated_at: time } satisfies Fields<Assistant>)
const graphSchema = z.looseObject({
  nodes: z.array(z.looseObject({ id: z.union([z.string(), z.number()]), data: z.unknown() })).min(1),
  edges: z.array(z.looseObject({ source: text, target: text })).min(1),
} satisfies Fields<AssistantGraph>)
const jsonSchema = object.nullish()
const schemasSchema = z.looseObject({
  graph_id: text,
  state_schema: jsonSchema,
  input_schema: jsonSchema,
  output_schema: jsonSchema,
  config_schema: jsonSchema,
  context_schema: jsonSchema,
} satisfies Fields<GraphSchema>)

const interrupt = z.looseObject({ id: text, value: z.unknown() })
const threadSchema = z.looseObject({
  thread_id: text,
  created_at: time,
  updated_at: time,
  state_updated_at: time,
  metadata: object,
  status: z.enum(['idle', 'busy', 'interrupted', 'error']),
  values: object,
  interrupts: z.record(z.string(), z.array(interrupt)),
  config: object.optional(),
  error: z.union([z.string(), object]).nullish(),
} satisfies Fields<Thread>)
const checkpoint = z.looseObject({
  thread_id: text,
  checkpoint_ns: z.string(),
  checkpoint_id: text,
  checkpoint_map: object.nullable(),
})
const stateSchema = z.looseObject({
  values: object,
  next: z.array(text),
  checkpoint,
  metadata: object,
  created_at: time.nullable(),
  parent_checkpoint: checkpoint.nullable(),
  tasks: z.array(z.looseObject({ id: text, name: text, error: z.string().nullable(), interrupts: z.array(interrupt) })),
} satisfies Fields<ThreadState>)
const runSchema = z.looseObject({
  run_id: text,
  thread_id: text,
  assistant_id: text,
  created_at: time,
  updated_at: time,
  status: z.enum(['pending', 'running', 'error', 'success', 'timeout', 'interrupted']),
  metadata: object,
  multitask_strategy: z.enum(['reject', 'interrupt', 'rollback', 'enqueue']).nullable(),
} satisfies Fields<Run>)
const cronFields = {
  cron_id: text,
  assistant_id: text,
  thread_id: text.nullish(),
  user_id: text.nullable(),
  payload: object,
  schedule: text,
  next_run_date: time.nullable(),
  end_time: time.nullish(),
  created_at: time,
  updated_at: time,
  metadata: object,
}
const madeCronSchema = z.looseObject(cronFields satisfies Fields<CronCreateResponse>)
const cronSchema = z.looseObject({
  ...cronFields,
  on_run_completed: z.enum(['delete', 'keep']).nullish(),
  enabled: z.boolean(),
} satisfies Fields<Cron>)
const itemSchema = z.looseObject({
  namespace: z.array(text),
  key: text,
  value: object,
  createdAt: time,
  updatedAt: time,
} satisfies Fields<Item>)
const chunkSchema = z.looseObject({ id: text, event: text, data: z.unknown() })

let parley: ReturnType<typeof langGraphParley>
let client: Client
beforeEach(async () => {
  parley = langGraphParley({ app: echo, appMaker: { make: () => echo, problemsOf: () => [] } })
  client = parley.client()
  const support = { id: 'support', name: 'Support', agent: { instructions: 'Hello!' } }
  await parley.fetch('/api/admin/v1/apps', support, { as: null, headers: { 'x-api-key': KEYS.shop } })
})
afterEach(() => parley.close())

const say = (content: string) => ({ messages: [{ type: 'human', content }] })
const fits = (schema: z.ZodType, answer: unknown) => expect(schema.safeParse(answer).error?.issues ?? []).toEqual([])

async function talked() {
  const { thread_id } = await client.threads.create({ metadata: { desk: 'north' } })
  await client.runs.wait(thread_id, 'demo', { input: say('Hi') })
  const [run] = await client.runs.list(thread_id)
  return { thread_id, run_id: run?.run_id ?? '' }
}

const cron = { schedule: '@daily', input: say('hi') }

/** Every method of the client, called as its documentation says, with what its types say it answers. */
const CALLS: { [Group in keyof Omit<Client, '~configHash'>]: Record<string, () => Promise<void>> } = {
  assistants: {
    get: async () => fits(assistantSchema, await client.assistants.get('support')),
    getGraph: async () => fits(graphSchema, await client.assistants.getGraph('demo', { xray: 2 })),
    getSchemas: async () => fits(schemasSchema, await client.assistants.getSchemas('demo')),
    getSubgraphs: async () => {
      expect(await client.assistants.getSubgraphs('demo', { recurse: true })).toEqual({})
      expect(await client.assistants.getSubgraphs('demo', { namespace: 'tools' })).toEqual({})
    },
    create: async () => {
      const config = { configurable: { instructions: 'Hi.' }, tags: ['a'] }
      const made = await client.assistants.create({ graphId: 'support', assistantId: 'brief', name: 'Brief', config })
      fits(assistantSchema, made)
      const again = { graphId: 'support', assistantId: 'brief', ifExists: 'do_nothing' as const }
      expect(await client.assistants.create(again)).toMatchObject({ assistant_id: 'brief', name: 'Brief' })
      await expect(client.assistants.create({ ...again, ifExists: 'raise' })).rejects.toMatchObject({ status: 409 })
    },
    update: async () => {
      const changed = await client.assistants.update('support', {
        name: 'Help',
        description: 'Helps.',
        metadata: { a: 1 },
      })
      fits(assistantSchema, changed)
      expect(changed).toMatchObject({ name: 'Help', description: 'Helps.', metadata: { a: 1 } })
    },
    delete: async () => {
      expect(await client.assistants.delete('support', { deleteThreads: false })).toBeUndefined()
    },
    search: async () => {
      const found = await client.assistants.search({ sortBy: 'name', sortOrder: 'asc' })
      fits(z.array(assistantSchema).length(2), found)
      expect(found.map(({ name }) => name)).toEqual(['Support', 'demo'])
      const page = await client.assistants.search({ limit: 1, includePagination: true, select: ['name'] })
      expect(page).toEqual({ assistants: [{ name: expect.any(String) }], next: '1' })
      expect(
        await client.assistants.search({ graphId: 'support', name: 'supp', metadata: { type: 'agent' } }),
      ).toHaveLength(1)
    },
    count: async () => {
      expect(await client.assistants.count()).toBe(2)
      expect(await client.assistants.count({ graphId: 'demo' })).toBe(1)
    },
    getVersions: async () => {
      await client.assistants.update('support', { context: { instructions: 'Other.' } })
      const versions = await client.assistants.getVersions('support', { limit: 5 })
      fits(z.array(versionSchema).length(2), versions)
    },
    setLatest: async () => {
      await client.assistants.update('support', { context: { instructions: 'Other.' } })
      fits(assistantSchema, await client.assistants.setLatest('support', 1))
    },
  },
  threads: {
    get: async () => fits(threadSchema, await client.threads.get((await talked()).thread_id)),
    create: async () => {
      const thread = await client.threads.create({ threadId: 'mine', graphId: 'demo', metadata: { a: 1 }, ttl: 60 })
      fits(threadSchema, thread)
      expect(thread).toMatchObject({ thread_id: 'mine', metadata: { a: 1, graph_id: 'demo' } })
      expect(await client.threads.create({ threadId: 'mine', ifExists: 'do_nothing' })).toMatchObject({
        thread_id: 'mine',
      })
      await expect(client.threads.create({ threadId: 'mine', ifExists: 'raise' })).rejects.toMatchObject({
        status: 409,
      })
    },
    copy: async () => {
      const { thread_id } = await talked()
      const copy = await client.threads.copy(thread_id)
      fits(threadSchema, copy)
      expect(copy.values).toMatchObject({ messages: [{ content: 'Hi' }, {}] })
      expect(copy.thread_id).not.toBe(thread_id)
    },
    update: async () => {
      const { thread_id } = await talked()
      const changed = await client.threads.update(thread_id, { metadata: { solved: true }, ttl: { ttl: 5 } })
      fits(threadSchema, changed)
      expect(changed).toMatchObject({ metadata: { desk: 'north', solved: true } })
    },
    delete: async () => {
      expect(await client.threads.delete((await talked()).thread_id)).toBeUndefined()
      expect(await client.threads.search()).toEqual([])
    },
    search: async () => {
      const { thread_id } = await talked()
      const { thread_id: empty } = await client.threads.create({ metadata: { desk: 'south' } })
      await client.threads.updateState(thread_id, { values: { colour: 'blue' } })
      const ids = async (query: Parameters<typeof client.threads.search>[0]) =>
        (await client.threads.search(query)).map((thread) => thread.thread_id)

      fits(z.array(threadSchema).length(2), await client.threads.search())
      expect(await ids({ metadata: { desk: 'north' } })).toEqual([thread_id])
      expect(await ids({ ids: [empty] })).toEqual([empty])
      expect(await ids({ status: 'idle', sortBy: 'created_at', sortOrder: 'asc' })).toEqual([thread_id, empty])
      expect(await ids({ status: 'busy' })).toEqual([])
      expect(await ids({ values: { colour: 'blue' } })).toEqual([thread_id])
      expect(await ids({ limit: 1, offset: 1 })).toEqual([thread_id])
      for (const sortBy of ['thread_id', 'status', 'updated_at', 'state_updated_at'] as const)
        expect((await ids({ sortBy, sortOrder: 'desc' })).toSorted()).toEqual([thread_id, empty].toSorted())
      const picked = await client.threads.search({ ids: [thread_id], select: ['thread_id', 'values', 'config'] })
      expect(picked).toEqual([
        { thread_id, config: {}, values: { colour: 'blue', messages: [{}, {}].map(() => expect.anything()) } },
      ])
    },
    count: async () => {
      await talked()
      expect(await client.threads.count()).toBe(1)
      expect(await client.threads.count({ metadata: { desk: 'north' }, status: 'idle' })).toBe(1)
      expect(await client.threads.count({ values: { colour: 'blue' } })).toBe(0)
    },
    getState: async () => {
      const { thread_id } = await talked()
      const state = await client.threads.getState(thread_id, undefined, { subgraphs: true })
      fits(stateSchema, state)
      fits(stateSchema, await client.threads.getState(thread_id, state.checkpoint))
      fits(stateSchema, await client.threads.getState(thread_id, String(state.parent_checkpoint?.checkpoint_id)))
    },
    updateState: async () => {
      const { thread_id } = await talked()
      const { configurable } = await client.threads.updateState(thread_id, { values: say('More'), asNode: '__start__' })
      fits(checkpoint, configurable)
    },
    patchState: async () => {
      const { thread_id } = await talked()
      expect(await client.threads.patchState({ configurable: { thread_id } }, { starred: true })).toBeUndefined()
      expect((await client.threads.get(thread_id)).metadata).toMatchObject({ starred: true })
    },
    getHistory: async () => {
      const { thread_id } = await talked()
      const states = await client.threads.getHistory(thread_id, { limit: 2 })
      fits(z.array(stateSchema).length(2), states)
      const before = await client.threads.getHistory(thread_id, {
        before: { configurable: states[1]?.checkpoint ?? {} },
      })
      expect(before).toHaveLength(1)
    },
    joinStream: async () => {
      const { thread_id } = await talked()
      const leaving = new AbortController()
      const options = { signal: leaving.signal, lastEventId: '-1', streamMode: 'lifecycle' as const }
      for await (const chunk of client.threads.joinStream(thread_id, options)) {
        fits(chunkSchema, chunk)
        if (JSON.stringify(chunk.data).includes('run_done')) break
      }
      leaving.abort()
    },
  },
  runs: {
    stream: async () => {
      const { thread_id } = await client.threads.create()
      const streamMode = [
        'values',
        'messages',
        'messages-tuple',
        'updates',
        'custom',
        'events',
        'debug',
        'checkpoints',
        'tasks',
      ] as const
      let runId: string | undefined
      const chunks = await all(
        client.runs.stream(thread_id, 'demo', {
          input: say('Hi'),
          streamMode: [...streamMode],
          streamSubgraphs: true,
          streamResumable: true,
          durability: 'sync',
          checkpointDuring: true,
          config: { tags: ['a'], recursion_limit: 5, configurable: { a: 1 } },
          context: { b: 2 },
          metadata: { c: 3 },
          interruptAfter: ['agent'],
          multitaskStrategy: 'enqueue',
          onDisconnect: 'continue',
          onCompletion: 'complete',
          ifNotExists: 'reject',
          onRunCreated: (run) => {
            runId = run.run_id
          },
        }),
      )
      fits(z.array(chunkSchema), chunks)
      const names = new Set<string>(chunks.map(({ event }) => event))
      expect([...names].toSorted()).toEqual(
        [
          ...streamMode.filter((mode) => mode !== 'messages-tuple'),
          'metadata',
          'messages/metadata',
          'messages/partial',
          'messages/complete',
        ].toSorted(),
      )
      expect(await client.runs.get(thread_id, runId ?? '')).toMatchObject({
        metadata: { c: 3 },
        multitask_strategy: 'enqueue',
      })
      expect(await all(client.runs.stream(null, 'demo', { input: say('Hi'), streamMode: 'values' }))).not.toEqual([])
    },
    create: async () => {
      const { thread_id } = await client.threads.create()
      const run = await client.runs.create(thread_id, 'demo', {
        input: say('Hi'),
        afterSeconds: 3600,
        metadata: { a: 1 },
      })
      fits(runSchema, run)
      expect(run).toMatchObject({ status: 'pending', metadata: { a: 1 } })
      fits(runSchema, await client.runs.create(null, 'demo', { input: say('Hi') }))
    },
    createBatch: async () => {
      const runs = await client.runs.createBatch([
        { assistantId: 'demo', input: say('Hi'), streamMode: ['values', 'custom'] },
      ])
      fits(z.array(runSchema).length(1), runs)
      expect(runs).toMatchObject([{ kwargs: { stream_mode: ['values', 'custom'] } }])
    },
    wait: async () => {
      const { thread_id } = await talked()
      expect(await client.runs.wait(thread_id, 'demo', { input: say('Yo') })).toMatchObject({
        messages: [{}, {}, {}, {}],
      })
      expect(await client.runs.wait(null, 'demo', { input: say('Yo') })).toMatchObject({ messages: [{}, {}] })
      const failing = { input: say('fail') }
      await expect(client.runs.wait(null, 'demo', failing)).rejects.toThrow('out to lunch')
      expect(await client.runs.wait(null, 'demo', { ...failing, raiseError: false })).toHaveProperty('__error__')
    },
    list: async () => {
      const { thread_id, run_id } = await talked()
      fits(z.array(runSchema).length(1), await client.runs.list(thread_id, { limit: 5, status: 'success' }))
      expect(await client.runs.list(thread_id, { status: 'error' })).toEqual([])
      expect(await client.runs.list(thread_id, { offset: 1 })).toEqual([])
      expect(await client.runs.list(thread_id, { select: ['run_id', 'status'] })).toEqual([
        { run_id, status: 'success' },
      ])
    },
    get: async () => {
      const { thread_id, run_id } = await talked()
      fits(runSchema, await client.runs.get(thread_id, run_id))
    },
    cancel: async () => {
      for (const [action, left] of [
        ['interrupt', 2],
        ['rollback', 0],
      ] as const) {
        const { thread_id } = await client.threads.create()
        const { run_id } = await client.runs.create(thread_id, 'demo', { input: say('wait') })
        expect(await client.runs.cancel(thread_id, run_id, true, action)).toBeUndefined()
        const { messages = [] } = (await client.threads.getState<{ messages?: unknown[] }>(thread_id)).values
        expect(messages.length).toBeLessThanOrEqual(left)
        expect((await client.threads.get(thread_id)).status).toBe('idle')
      }
    },
    join: async () => {
      const { thread_id, run_id } = await talked()
      expect(await client.runs.join(thread_id, run_id)).toMatchObject({ messages: [{ content: 'Hi' }, {}] })
    },
    joinStream: async () => {
      const { thread_id, run_id } = await talked()
      const options = { lastEventId: '-1', cancelOnDisconnect: false, streamMode: ['updates' as const] }
      const chunks = await all(client.runs.joinStream(thread_id, run_id, options))
      fits(z.array(chunkSchema), chunks)
      expect(chunks.map(({ event }) => event)).toEqual(['metadata', 'updates'])
      const rest = await all(
        client.runs.joinStream(thread_id, run_id, { ...options, lastEventId: chunks[0]?.id ?? '' }),
      )
      expect(rest).toEqual(chunks.slice(1))
    },
    delete: async () => {
      const { thread_id, run_id } = await talked()
      expect(await client.runs.delete(thread_id, run_id)).toBeUndefined()
      expect(await client.runs.list(thread_id)).toEqual([])
    },
  },
  crons: {
    create: async () => fits(madeCronSchema, await client.crons.create('demo', { ...cron, onRunCompleted: 'keep' })),
    createForThread: async () => {
      const { thread_id } = await client.threads.create()
      const made = await client.crons.createForThread(thread_id, 'demo', { ...cron, metadata: { a: 1 } })
      fits(madeCronSchema, made)
      expect(made).toMatchObject({ thread_id, metadata: { a: 1 } })
    },
    update: async () => {
      const { cron_id } = await client.crons.create('demo', cron)
      const change = {
        schedule: '@hourly',
        endTime: '2099-01-01T00:00:00Z',
        metadata: { a: 1 },
        onRunCompleted: 'keep',
      } as const
      const changed = await client.crons.update(cron_id, { ...change, input: say('other') })
      fits(cronSchema, changed)
      expect(changed).toMatchObject({
        schedule: '@hourly',
        metadata: { a: 1 },
        on_run_completed: 'keep',
        payload: { input: say('other') },
      })
      expect(Date.parse(changed.end_time ?? '')).toBe(Date.parse(change.endTime))
    },
    delete: async () => {
      const { cron_id } = await client.crons.create('demo', cron)
      expect(await client.crons.delete(cron_id)).toBeUndefined()
    },
    search: async () => {
      const { cron_id } = await client.crons.create('demo', cron)
      await client.crons.create('support', { ...cron, enabled: false })
      fits(z.array(cronSchema).length(2), await client.crons.search())
      for (const sortBy of [
        'cron_id',
        'assistant_id',
        'thread_id',
        'created_at',
        'updated_at',
        'next_run_date',
      ] as const)
        expect(await client.crons.search({ sortBy, sortOrder: 'asc', assistantId: 'demo' })).toMatchObject([
          { cron_id },
        ])
      expect(await client.crons.search({ enabled: true, select: ['cron_id'] })).toEqual([{ cron_id }])
      expect(await client.crons.search({ threadId: 'none' })).toEqual([])
      expect(await client.crons.search({ limit: 1, offset: 2 })).toEqual([])
    },
    count: async () => {
      await client.crons.create('demo', cron)
      expect([await client.crons.count(), await client.crons.count({ threadId: 'none' })]).toEqual([1, 0])
    },
  },
  store: {
    putItem: async () => expect(await client.store.putItem(['a'], 'b', {}, { ttl: 5, index: false })).toBeUndefined(),
    getItem: async () => {
      await client.store.putItem(['a', 'b'], 'c', { d: 1 })
      fits(itemSchema, await client.store.getItem(['a', 'b'], 'c', { refreshTtl: null }))
      expect(await client.store.getItem(['a'], 'c')).toBeNull()
    },
    deleteItem: async () => expect(await client.store.deleteItem(['a'], 'b')).toBeUndefined(),
    searchItems: async () => {
      await client.store.putItem(['a', 'b'], 'c', { d: 1 })
      const found = await client.store.searchItems(['a'], {
        filter: { d: 1 },
        limit: 5,
        offset: 0,
        query: 'd',
        refreshTtl: true,
      })
      fits(z.object({ items: z.array(itemSchema).length(1) }), found)
    },
    listNamespaces: async () => {
      await client.store.putItem(['a', 'b'], 'c', {})
      expect(
        await client.store.listNamespaces({ prefix: ['a'], suffix: ['b'], maxDepth: 2, limit: 5, offset: 0 }),
      ).toEqual({
        namespaces: [['a', 'b']],
      })
    },
  },
  '~ui': {
    getComponent: async () => {
      await expect(client['~ui'].getComponent('support', 'card')).rejects.toMatchObject({ status: 404 })
    },
  },
}

describe('C1: every call of @langchain/langgraph-sdk', () => {
  it('is one of those that are tried here', () => {
    for (const [name, group] of Object.entries(client)) {
      if (typeof group === 'string') continue
      const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(group)).filter(
        (method) => method !== 'constructor',
      )
      expect([name, methods.toSorted()]).toEqual([name, Object.keys(CALLS[name as keyof typeof CALLS]).toSorted()])
    }
  })

  it.each(
    Object.entries(CALLS).flatMap(([group, calls]) =>
      Object.entries(calls).map(([method, call]) => [`${group}.${method}`, call] as const),
    ),
  )('%s answers what its types say', async (_, call) => {
    await call()
  })
})
