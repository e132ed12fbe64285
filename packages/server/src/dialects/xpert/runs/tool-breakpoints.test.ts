import { Agent, handoff, type MCPServer, tool } from '@openai/agents-core'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { agentApp } from '../../../agents/agent-runnable.js'
import { sourceOf } from '../../../agents/testing.js'
import type { Caller } from '../../../app/caller.js'
import { callTool, type ScriptedAnswer, say, scriptedModel } from '../../../models/scripted.js'
import type { Runnable } from '../../../runnable/runnable.js'
import { echo, langGraphParley } from '../testing.fixture.js'

let parley: ReturnType<typeof langGraphParley>
afterEach(() => parley.close())

const input = { messages: [{ role: 'user', content: 'Tidy up' }] }

/** A clerk who finds and deletes files, and asks before it formats a disk. */
async function clerk(answers: ScriptedAnswer[], change: (agent: Agent) => Agent = (agent) => agent) {
  const done: string[] = []
  const make = (name: string, needsApproval = false) =>
    tool({
      name,
      description: name,
      parameters: z.object({ path: z.string() }),
      needsApproval,
      execute: ({ path }) => {
        done.push(`${name} ${path}`)
        return 'Done.'
      },
    })
  const agent = new Agent({ name: 'Clerk', tools: [make('find'), make('delete_file'), make('format', true)] })
  const model = scriptedModel(...answers)
  const client = clientTo(agentApp<Caller>({ agent: change(agent), models: sourceOf(model) }))
  const { thread_id } = await client.threads.create()
  return { client, thread_id, done, model }
}

function clientTo(app: Runnable<Caller>) {
  parley = langGraphParley({ app })
  return parley.client()
}

describe('C1: a run that waits before a tool', () => {
  it.each([['delete_file'], ['tools']])('has not called it, says so, and goes on: %s', async (name) => {
    const { client, thread_id, done, model } = await clerk([callTool('delete_file', { path: 'a.txt' }), say('Gone.')])

    const result = await client.runs.wait(thread_id, 'demo', { input, interruptBefore: [name] })

    expect(result).toMatchObject({ __interrupt__: [] })
    expect(done).toEqual([])
    expect(await client.threads.getState(thread_id)).toMatchObject({
      next: ['agent'],
      tasks: [{ name: 'agent', interrupts: [] }],
    })
    const again = await client.runs.wait(thread_id, 'demo', { input: null })
    expect(done).toEqual(['delete_file a.txt'])
    expect(again).toMatchObject({ content: 'Gone.' })
    expect(model.requests).toHaveLength(2)
    expect(await client.threads.getState(thread_id)).toMatchObject({ next: [], tasks: [] })
    expect(await client.threads.get(thread_id)).toMatchObject({ status: 'idle' })
  })

  it('calls the others, and waits again only where it is told to', async () => {
    const { client, thread_id, done } = await clerk([
      callTool('find', { path: '/' }, 'call_1'),
      callTool('delete_file', { path: 'a.txt' }, 'call_2'),
      callTool('delete_file', { path: 'b.txt' }, 'call_3'),
      say('Gone.'),
    ])
    const interruptBefore = ['delete_file']

    await client.runs.wait(thread_id, 'demo', { input, interruptBefore })
    expect(done).toEqual(['find /'])
    await client.runs.wait(thread_id, 'demo', { input: null, interruptBefore })
    expect(done).toEqual(['find /', 'delete_file a.txt'])
    const end = await client.runs.wait(thread_id, 'demo', { input: null })

    expect(done).toEqual(['find /', 'delete_file a.txt', 'delete_file b.txt'])
    expect(end).toMatchObject({ content: 'Gone.' })
  })

  it('waits before its turn and before each tool with "*"', async () => {
    const { client, thread_id, done, model } = await clerk([callTool('find', { path: '/' }), say('Found.')])

    await client.runs.wait(thread_id, 'demo', { input, interruptBefore: '*' })
    expect(model.requests).toHaveLength(0)
    await client.runs.wait(thread_id, 'demo', { input: null, interruptBefore: '*' })
    expect(done).toEqual([])
    const end = await client.runs.wait(thread_id, 'demo', { input: null, interruptBefore: '*' })

    expect(end).toMatchObject({ content: 'Found.' })
    expect(done).toEqual(['find /'])
  })

  it('still asks where a tool wants consent, and waits behind the answer', async () => {
    const { client, thread_id, done } = await clerk([
      callTool('format', { path: 'c:' }, 'call_1'),
      callTool('find', { path: '/' }, 'call_2'),
      say('Empty.'),
    ])

    const asked = await client.runs.wait(thread_id, 'demo', { input, interruptBefore: ['tools'] })
    expect(asked).toMatchObject({ __interrupt__: [{ value: { actionRequests: [{ name: 'format' }] } }] })
    await client.runs.wait(thread_id, 'demo', { command: { resume: true }, interruptBefore: ['tools'] })
    expect(done).toEqual(['format c:'])
    const end = await client.runs.wait(thread_id, 'demo', { input: null })

    expect(done).toEqual(['format c:', 'find /'])
    expect(end).toMatchObject({ content: 'Empty.' })
  })

  it('waits before one call of a turn, and asks about the other behind it', async () => {
    const [find, format] = [callTool('find', { path: '/' }, 'call_1'), callTool('format', { path: 'c:' }, 'call_2')]
    const both = { events: [...find.events, ...format.events], output: [...find.output, ...format.output] }
    const { client, thread_id, done } = await clerk([both, say('Empty.')])

    await client.runs.wait(thread_id, 'demo', { input, interruptBefore: ['find'] })
    expect(done).toEqual([])
    const asked = await client.runs.wait(thread_id, 'demo', { input: null, interruptBefore: ['find'] })
    expect(done).toEqual(['find /'])
    expect(asked).toMatchObject({ __interrupt__: [{ value: { actionRequests: [{ name: 'format' }] } }] })
    const end = await client.runs.wait(thread_id, 'demo', { command: { resume: false } })

    expect(done).toEqual(['find /'])
    expect(end).toMatchObject({ content: 'Empty.' })
  })

  it('goes on with a command that says yes, and not with one that says no', async () => {
    const { client, thread_id, done } = await clerk([callTool('find', { path: '/' }), say('Found.')])
    await client.runs.wait(thread_id, 'demo', { input, interruptBefore: ['find'] })

    const no = client.runs.wait(thread_id, 'demo', { command: { resume: false } })
    await expect(no).rejects.toMatchObject({ status: 409 })
    expect(done).toEqual([])
    await client.runs.wait(thread_id, 'demo', { command: { resume: true } })

    expect(done).toEqual(['find /'])
  })

  it('waits before tools of MCP servers that the agent brings', async () => {
    const called: string[] = []
    const look = {
      name: 'look',
      description: 'Looks.',
      inputSchema: { type: 'object' as const, properties: {}, required: [], additionalProperties: false },
    }
    const server: MCPServer = {
      name: 'eyes',
      cacheToolsList: false,
      connect: async () => undefined,
      close: async () => undefined,
      listTools: async () => [look],
      callTool: async (name) => {
        called.push(name)
        return [{ type: 'text', text: 'A cat.' }]
      },
      invalidateToolsCache: async () => undefined,
    }
    const { client, thread_id } = await clerk([callTool('look'), say('A cat.')], (agent) =>
      agent.clone({ mcpServers: [server] }),
    )

    await client.runs.wait(thread_id, 'demo', { input, interruptBefore: ['tools'] })
    expect(called).toEqual([])
    await client.runs.wait(thread_id, 'demo', { input: null })

    expect(called).toEqual(['look'])
  })

  it('is refused to a schedule as well', async () => {
    const { client } = await clerk([])

    const refused = client.crons.create('demo', { schedule: '@daily', input, interruptBefore: ['drop'] })

    await expect(refused).rejects.toMatchObject({ status: 400, message: expect.stringContaining('interrupt_before') })
  })

  it.each([
    ['an agent', (clerk: Agent) => clerk],
    ['a handoff', (clerk: Agent) => handoff(clerk)],
  ])('waits before those of who it hands over to: %s', async (_, target) => {
    const { client, thread_id, done } = await clerk(
      [callTool('transfer_to_Clerk', {}, 'call_1'), callTool('find', { path: '/' }, 'call_2'), say('Found.')],
      (agent) => new Agent({ name: 'Desk', handoffs: [target(agent)] }),
    )

    await client.runs.wait(thread_id, 'demo', { input, interruptBefore: ['find'] })
    expect(done).toEqual([])
    const end = await client.runs.wait(thread_id, 'demo', { input: null })

    expect(done).toEqual(['find /'])
    expect(end).toMatchObject({ content: 'Found.' })
  })

  it('is refused before a name that is none, by the names there are', async () => {
    const { client, thread_id } = await clerk([])

    const refused = client.runs.wait(thread_id, 'demo', { input, interruptBefore: ['agent', 'drop'] })

    await expect(refused).rejects.toMatchObject({
      status: 400,
      message: expect.stringMatching(/interrupt_before: .*drop.*agent.*tools.*find.*delete_file.*format/),
    })
    expect(await client.runs.list(thread_id)).toEqual([])
  })

  it.each([
    ['cannot wait before tools', echo, /one node/],
    [
      'is made when it runs',
      agentApp<Caller>({ agent: () => new Agent({ name: 'A' }), models: sourceOf(scriptedModel()) }),
      /known when it runs/,
    ],
  ])('is refused by an app that %s', async (_, app, words) => {
    const client = clientTo(app)
    const { thread_id } = await client.threads.create()

    const refused = client.runs.wait(thread_id, 'demo', { input, interruptBefore: ['find'] })

    await expect(refused).rejects.toMatchObject({ status: 400, message: expect.stringMatching(words) })
  })
})
