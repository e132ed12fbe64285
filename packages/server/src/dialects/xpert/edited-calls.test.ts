import { Agent, tool } from '@openai/agents-core'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { agentApp } from '../../agents/agent-runnable.js'
import { sourceOf } from '../../agents/testing.js'
import type { Caller } from '../../app/caller.js'
import { callTool, say, scriptedModel } from '../../models/scripted.js'
import { all, KEYS, langGraphParley } from './testing.fixture.js'

let parley: ReturnType<typeof langGraphParley>
afterEach(() => parley.close())

/** An agent that has asked whether it may delete `a.txt`, and a client that answers. */
async function askedClerk() {
  const deleted: string[] = []
  const model = scriptedModel(callTool('delete_file', { path: 'a.txt' }, 'call_1'), say('It is gone.'))
  const remove = tool({
    name: 'delete_file',
    description: 'Deletes a file.',
    parameters: z.object({ path: z.string() }),
    needsApproval: true,
    execute: ({ path }) => {
      deleted.push(path)
      return `Deleted ${path}.`
    },
  })
  const agent = new Agent({ name: 'Clerk', tools: [remove] })
  parley = langGraphParley({ app: agentApp<Caller>({ agent, models: sourceOf(model) }) })
  const client = parley.client()
  const { thread_id } = await client.threads.create()
  const send = (input: Record<string, unknown>) => all(client.runs.stream(thread_id, 'demo', { input }))
  const asked = (await send({ action: 'send', message: { input: { input: 'Delete a.txt' } } })).map(
    ({ data }) => data as unknown as { event?: string; data: { tasks: { interrupts: { value: unknown }[] }[] } },
  )
  const question = asked.find(({ event }) => event === 'on_interrupt')?.data.tasks[0]?.interrupts[0]?.value
  const resume = (decision: unknown, patch?: unknown) =>
    send({ action: 'resume', conversationId: thread_id, target: {}, decision, patch })
  return { client, thread_id, deleted, model, question, send, resume }
}

const edit = (args: unknown, name = 'delete_file') => ({
  type: 'confirm',
  payload: { decisions: [{ type: 'edit', editedAction: { name, args } }] },
})

describe('C1: a call that a person is asked about', () => {
  it('is among what its conversation waits for', async () => {
    const { thread_id } = await askedClerk()

    const response = await parley.fetch(`/api/ai/conversations/${thread_id}/task-summary`, undefined, {
      as: null,
      headers: { 'x-api-key': KEYS.shop },
    })

    const pending = [{ kind: 'approval', title: 'Allow “Delete file” with a.txt?' }]
    expect(await response.json()).toMatchObject({ pending: { items: pending, total: 1 } })
  })

  it('is told by its tool and its arguments', async () => {
    const { question } = await askedClerk()

    expect(question).toMatchObject({
      actionRequests: [{ name: 'delete_file', args: { path: 'a.txt' }, description: expect.stringContaining('a.txt') }],
      reviewConfigs: [{ actionName: 'delete_file', allowedDecisions: ['approve', 'edit', 'reject', 'respond'] }],
    })
  })

  it.each([
    ['decision', edit({ path: 'b.txt' }), undefined],
    ['patch', { type: 'confirm' }, { toolCalls: [{ id: 'call_1', name: 'delete_file', args: { path: 'b.txt' } }] }],
    ['patch without an id', { type: 'confirm' }, { toolCalls: [{ args: { path: 'b.txt' } }] }],
  ])('runs with other arguments when they are edited: %s', async (_, decision, patch) => {
    const { deleted, model, resume } = await askedClerk()

    await resume(decision, patch)

    expect(deleted).toEqual(['b.txt'])
    expect(model.requests[1]?.input).toMatchObject([
      { role: 'user' },
      { type: 'function_call', arguments: '{"path":"b.txt"}' },
      { type: 'function_call_result', output: { text: 'Deleted b.txt.' } },
    ])
  })

  it('runs with other arguments in the legacy form, and with values for the state', async () => {
    const { client, thread_id, deleted, send } = await askedClerk()

    const command = { resume: true, toolCalls: [{ id: 'call_1', args: { path: 'b.txt' } }], update: { kind: 'text' } }
    await send({ input: {}, command })

    expect(deleted).toEqual(['b.txt'])
    expect((await client.threads.getState(thread_id)).values).toMatchObject({ kind: 'text' })
  })

  it('runs with other arguments in the words of LangGraph', async () => {
    const { client, thread_id, deleted } = await askedClerk()

    const decisions = [{ type: 'edit', edited_action: { name: 'delete_file', args: { path: 'b.txt' } } }]
    await client.runs.wait(thread_id, 'demo', { command: { resume: { decisions } } })

    expect(deleted).toEqual(['b.txt'])
  })

  it('does not run when it is rejected, edited or not', async () => {
    const { deleted, resume } = await askedClerk()

    await resume({ type: 'reject' }, { toolCalls: [{ id: 'call_1', args: { path: 'b.txt' } }] })

    expect(deleted).toEqual([])
  })

  it.each([
    ['another tool', edit({ path: 'b.txt' }, 'format_disk'), 'editedAction.name must be'],
    ['no arguments', edit('b.txt'), 'An edited call is sent as'],
  ])('refuses an edit with %s, and goes on waiting', async (_, decision, words) => {
    const { client, thread_id, deleted, resume } = await askedClerk()

    await expect(resume(decision)).rejects.toMatchObject({ status: 400, message: expect.stringContaining(words) })

    expect(deleted).toEqual([])
    expect((await client.threads.get(thread_id)).status).toBe('interrupted')
  })
})
