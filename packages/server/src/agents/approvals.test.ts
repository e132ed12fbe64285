import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Agent, tool } from '@openai/agents-core'
import type { RunEvent, StructuredInputItem, ThreadMetadata } from '@parley/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Caller } from '../app/caller.js'
import { callTool, type ScriptedAnswer, say, scriptedModel } from '../models/scripted.js'
import { sqliteStore } from '../storage/sqlite/index.js'
import { readEvents } from '../testing/read-events.js'
import { readError } from '../testing/read-json.js'
import { type TestParley, testParley } from '../testing/test-parley.js'
import { userText } from '../testing/user-text.js'
import { agentApp } from './agent-runnable.js'
import { APPROVE, REJECT } from './approvals.js'
import { sourceOf } from './testing.js'

const opened: { close(): unknown }[] = []
afterEach(async () => {
  for (const it of opened.splice(0).reverse()) await it.close()
})

/** A server whose agent may delete files when a person allows it. */
function clerk(answers: ScriptedAnswer[], { file = ':memory:', tools = ['delete_file'] } = {}) {
  const deleted: string[] = []
  const model = scriptedModel(...answers)
  const makeTool = (name: string) =>
    tool({
      name,
      description: 'Deletes a file.',
      parameters: z.object({ path: z.string() }),
      needsApproval: true,
      execute: ({ path }) => {
        deleted.push(path)
        return `Deleted ${path}.`
      },
    })
  const agent = new Agent({ name: 'Clerk', tools: tools.map(makeTool) })
  const app = agentApp<Caller>({ agent, models: sourceOf(model) })
  const parley = testParley({ app, store: sqliteStore(file) })
  opened.push(parley)
  return { parley, deleted, model }
}

/** Asks for a deletion and answers with what the person is then asked. */
async function ask(parley: TestParley, text = 'Delete a.txt') {
  const events = await readEvents(await parley.send('threads.create', { input: userText(text) }, { ours: true }))
  const thread = events.find((event) => event.type === 'thread.created') as { thread: ThreadMetadata } | undefined
  return { events, threadId: thread?.thread.id ?? '', form: formOf(events) }
}

function formOf(events: RunEvent[]): StructuredInputItem {
  for (const event of events)
    if (event.type === 'thread.item.done' && event.item.type === 'structured_input') return event.item
  throw new Error('Nobody was asked.')
}

const answer = (threadId: string, form: StructuredInputItem, ...words: string[]) => ({
  thread_id: threadId,
  item_id: form.id,
  input: {
    status: 'answered',
    answers: Object.fromEntries(form.inputs.map(({ id }, index) => [id, { values: [words[index] ?? words[0]] }])),
  },
})

const textOf = (events: RunEvent[]) =>
  events.flatMap((event) =>
    event.type === 'thread.item.done' && event.item.type === 'assistant_message'
      ? event.item.content.map(({ text }) => text)
      : [],
  )

const DELETE = callTool('delete_file', { path: 'a.txt' }, 'call_1')

describe('E6: a tool that needs approval', () => {
  it('asks in the chat, and runs when the person approves', async () => {
    const { parley, deleted, model } = clerk([DELETE, say('It is gone.')])

    const { events, threadId, form } = await ask(parley)
    expect(form.inputs).toMatchObject([
      { question: 'Allow “Delete file” with a.txt?', options: [{ value: APPROVE }, { value: REJECT }] },
    ])
    expect(events.slice(-2)).toMatchObject([
      { type: 'run.waiting', item_id: form.id, reason: 'approval' },
      { type: 'run.ended', status: 'waiting' },
    ])
    expect(deleted).toEqual([])

    const after = await readEvents(await parley.send('threads.add_structured_input', answer(threadId, form, APPROVE)))
    expect(deleted).toEqual(['a.txt'])
    expect(textOf(after)).toEqual(['It is gone.'])
    expect(model.requests[1]?.input).toMatchObject([
      { role: 'user' },
      { type: 'function_call', callId: 'call_1' },
      { type: 'function_call_result', output: { text: 'Deleted a.txt.' } },
    ])
  })

  it('runs with what the person changed, and shows that', async () => {
    const { parley, deleted, model } = clerk([DELETE, say('It is gone.')])

    const { threadId, form } = await ask(parley)
    const edited = { values: [APPROVE], arguments: { path: 'b.txt' } }
    const input = { status: 'answered', answers: { [form.inputs[0]?.id ?? '']: edited } }
    const given = { thread_id: threadId, item_id: form.id, input }
    await readEvents(await parley.send('threads.add_structured_input', given))
    const items = await (await parley.send('items.list', { thread_id: threadId, order: 'asc' })).json()

    expect(form.inputs).toMatchObject([{ tool_call: { name: 'delete_file', arguments: { path: 'a.txt' } } }])
    expect(deleted).toEqual(['b.txt'])
    expect(model.requests[1]?.input).toMatchObject([{}, { type: 'function_call', arguments: '{"path":"b.txt"}' }, {}])
    expect(items).toMatchObject({
      data: [{}, { workflow: { tasks: [{ title: 'Delete file', content: 'b.txt' }] } }, {}, {}],
    })
  })

  it('shows the step as done once it was allowed', async () => {
    const { parley } = clerk([DELETE, say('It is gone.')])

    const { threadId, form } = await ask(parley)
    await readEvents(await parley.send('threads.add_structured_input', answer(threadId, form, APPROVE)))
    const items = await (await parley.send('items.list', { thread_id: threadId, order: 'asc' })).json()

    expect(items).toMatchObject({
      data: [
        { type: 'user_message' },
        { type: 'workflow', workflow: { tasks: [{ title: 'Delete file', status_indicator: 'complete' }] } },
        { type: 'structured_input', status: 'answered' },
        { type: 'assistant_message' },
      ],
    })
  })

  it('does not run when the person refuses; the model reads why', async () => {
    const { parley, deleted, model } = clerk([DELETE, say('As you wish.'), DELETE, say('I see.')])

    const first = await ask(parley)
    await readEvents(await parley.send('threads.add_structured_input', answer(first.threadId, first.form, REJECT)))
    const second = await ask(parley)
    const words = answer(second.threadId, second.form, 'Only after lunch')
    await readEvents(await parley.send('threads.add_structured_input', words))

    expect(deleted).toEqual([])
    expect(JSON.stringify(model.requests[3]?.input)).toContain('Only after lunch')
  })

  it('sends the thread before the turn when it goes on', async () => {
    const { parley, model } = clerk([say('Hello.'), DELETE, say('It is gone.')])
    const greeting = await readEvents(await parley.send('threads.create', { input: userText('Hi') }))
    const [threadId] = greeting.flatMap((event) => (event.type === 'thread.created' ? [event.thread.id] : []))

    const message = { thread_id: threadId, input: userText('Delete a.txt') }
    const form = formOf(await readEvents(await parley.send('threads.add_user_message', message)))
    await readEvents(await parley.send('threads.add_structured_input', answer(threadId ?? '', form, APPROVE)))

    expect(model.requests[2]?.input).toMatchObject([
      { role: 'user', content: [{ text: 'Hi' }] },
      { role: 'assistant', content: [{ text: 'Hello.' }] },
      { role: 'user', content: [{ text: 'Delete a.txt' }] },
      { type: 'function_call' },
      { type: 'function_call_result' },
    ])
  })

  it('waits over a restart of the server', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-approvals-'))
    opened.push({ close: () => rmSync(folder, { recursive: true }) })
    const file = join(folder, 'parley.db')
    const before = clerk([DELETE], { file })
    const { threadId, form } = await ask(before.parley)
    await before.parley.close()

    const { parley, deleted } = clerk([say('It is gone.')], { file })
    const events = await readEvents(await parley.send('threads.add_structured_input', answer(threadId, form, APPROVE)))

    expect(before.deleted).toEqual([])
    expect(deleted).toEqual(['a.txt'])
    expect(textOf(events)).toEqual(['It is gone.'])
  })

  it('runs once when two tabs approve at the same time', async () => {
    const { parley, deleted } = clerk([DELETE, say('It is gone.')])
    const { threadId, form } = await ask(parley)

    const answers = await Promise.all(
      [1, 2].map(() => parley.send('threads.add_structured_input', answer(threadId, form, APPROVE))),
    )
    const [late] = answers.filter(({ status }) => status !== 200)
    await Promise.all(answers.filter(({ status }) => status === 200).map(readEvents))

    expect(deleted).toEqual(['a.txt'])
    expect((await readError(late as Response)).message).toMatch(/answered already|waits for an answer/)
  })

  it('says so when the app was changed while it waited', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-approvals-'))
    opened.push({ close: () => rmSync(folder, { recursive: true }) })
    const file = join(folder, 'parley.db')
    const before = clerk([DELETE], { file })
    const { threadId, form } = await ask(before.parley)
    await before.parley.close()

    const { parley, deleted } = clerk([say('never')], { file, tools: ['another_tool'] })
    const events = await readEvents(await parley.send('threads.add_structured_input', answer(threadId, form, APPROVE)))

    expect(deleted).toEqual([])
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'error', message: expect.stringContaining('was changed while it waited') }),
    )
  })

  it('keeps nothing of the state once the run is over', async () => {
    const store = sqliteStore(':memory:')
    const model = scriptedModel(DELETE, say('It is gone.'))
    const remove = tool({
      name: 'delete_file',
      description: 'Deletes.',
      parameters: z.object({ path: z.string() }),
      needsApproval: true,
      execute: () => 'done',
    })
    const agent = new Agent({ name: 'Clerk', tools: [remove] })
    const parley = testParley({ app: agentApp<Caller>({ agent, models: sourceOf(model) }), store })
    opened.push(parley)
    const scope = { workspaceId: 'test', userId: 'alice', appId: 'demo' }

    const { threadId, form } = await ask(parley)
    expect(await store.loadLatestRun(threadId, scope)).toHaveProperty('checkpoint')
    await readEvents(await parley.send('threads.add_structured_input', answer(threadId, form, APPROVE)))

    const run = await store.loadLatestRun(threadId, scope)
    expect(run?.status).toBe('completed')
    expect(run).not.toHaveProperty('checkpoint')
  })
})
