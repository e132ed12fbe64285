import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { configuredAgents } from '../../../agents/configured-agent.js'
import { sourceOf } from '../../../agents/testing.js'
import { callTool, say, scriptedModel } from '../../../models/scripted.js'
import { echo, KEYS, langGraphParley } from '../testing.fixture.js'

const headers = { 'x-api-key': KEYS.shop }
const pageTool = (name: string) => ({ type: 'function', function: { name } })

let model: ReturnType<typeof scriptedModel>
let parley: ReturnType<typeof langGraphParley>
beforeEach(async () => {
  model = scriptedModel(callTool('locate', {}), say('Here.'), say('Fine.'))
  parley = langGraphParley({ app: echo, appMaker: configuredAgents(sourceOf(model)) })
  const agent = { instructions: 'Help.', tools: [pageTool('locate'), pageTool('paint')] }
  await parley.fetch('/api/admin/v1/apps', { id: 'clerk', name: 'Clerk', agent }, { as: null, headers })
})
afterEach(() => parley.close())

/** What the app may use, request by request. */
const offered = () => model.requests.map(({ tools }) => tools.map(({ name }) => name))

const allow = (nodeKeys: string[]) => ({ mode: 'allowlist', skills: { ids: [] }, plugins: { nodeKeys } })

async function ask(input: Record<string, unknown>): Promise<string> {
  const { threads, runs } = parley.client()
  const { thread_id } = await threads.create()
  await runs.wait(thread_id, 'clerk', { input })
  return thread_id
}

describe('C1: what was chosen in Xpert’s composer', () => {
  it('is what the app may use for the message, and stands beside it', async () => {
    const id = await ask({
      action: 'send',
      message: { input: { input: 'Where am I?', runtimeCapabilities: allow(['function:locate']) } },
    })

    expect(offered()).toEqual([['locate']])
    const answer = await parley.fetch(`/api/ai/conversations/${id}/messages`, undefined, { as: null, headers })
    const { items } = (await answer.json()) as { items: { runtimeCapabilities?: unknown }[] }
    expect(items[0]?.runtimeCapabilities).toEqual(allow(['function:locate']))
  })

  it('holds where the run goes on with what the page answers', async () => {
    const id = await ask({ input: { input: 'Where?', runtimeCapabilities: allow(['function:locate']) } })

    await parley.client().runs.wait(id, 'clerk', { input: { input: {}, command: { resume: 'Hue' } } })

    expect(offered()).toEqual([['locate'], ['locate']])
  })

  it('is everything where nothing was chosen, which its composer says by an empty list', async () => {
    await ask({ input: 'Where?', runtimeCapabilities: allow([]) })
    await ask({ input: 'Where?', runtimeCapabilities: { ...allow(['function:paint']), inheritUnselected: true } })

    expect(offered()).toEqual([
      ['locate', 'paint'],
      ['locate', 'paint'],
    ])
  })
})
