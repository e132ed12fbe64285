import { Agent } from '@openai/agents-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { agentApp } from '../agents/agent-runnable.js'
import { userMemoryTools } from '../agents/tools/user-memory.js'
import { systemClock } from '../base/clock.js'
import { adminServer } from '../dialects/admin/admin.fixture.js'
import { callTool, say, scriptedModel } from '../models/scripted.js'
import { sqliteStore } from '../storage/sqlite/index.js'
import { userText } from '../testing/user-text.js'
import { factListSchema } from './routes.js'
import { userFacts } from './user-facts.js'

/** Two apps whose agents remember their users; each message makes one call of a tool. */
async function server() {
  const store = sqliteStore(':memory:')
  const facts = userFacts(store.facts, systemClock)
  let model = scriptedModel()
  const tools = await userMemoryTools(facts)
  const agent = new Agent({ name: 'Agent', instructions: 'Be brief.', model: 'test-model', tools })
  const models = {
    kind: 'chat-completions' as const,
    describe: async () => 'a model of the test',
    model: async () => model,
  }
  const parley = adminServer({ apps: { demo: agentApp({ agent, models }), sales: agentApp({ agent, models }) }, store })
  onTestFinished(() => parley.close())
  return {
    parley,
    facts,
    /** What the model was told by the tool it called. */
    async use(as: string, name: string, given: Record<string, unknown> = {}, app = ''): Promise<string> {
      model = scriptedModel(callTool(name, given), say('Done'))
      const body = { type: 'threads.create', params: { input: userText('Hello') } }
      await (await parley.fetch(`/api/chatkit${app && `/${app}`}`, body, { as })).text()
      const { input = [] } = model.requests.at(-1) ?? {}
      const told = typeof input === 'string' ? [] : input.filter(({ type }) => type === 'function_call_result')
      return JSON.stringify(told)
    },
    async person(as: string, method = 'GET', below = '', app = '') {
      const path = `/api/chatkit/memory${below}${app && `?app=${app}`}`
      const response = await parley.fetch(path, undefined, { as, method })
      return { status: response.status, body: await response.json() }
    },
  }
}

describe('what an app remembers about its user', () => {
  it('is there in the next conversation, for this user in this app alone', async () => {
    const { use } = await server()
    expect(await use('ada', 'recall')).toContain('Nothing is remembered')

    expect(await use('ada', 'remember', { fact: ' Ada is\nvegetarian. ' })).toMatch(/Remembered as fact_/)

    expect(await use('ada', 'recall')).toContain('Ada is vegetarian.')
    expect(await use('ben', 'recall')).toContain('Nothing is remembered')
    expect(await use('ada', 'recall', {}, 'sales')).toContain('Nothing is remembered')
  })

  it('is seen and deleted by the person, and by nobody else', async () => {
    const { use, person } = await server()
    await use('ada', 'remember', { fact: 'Ada is vegetarian.' })
    await use('ada', 'remember', { fact: 'Ada lives in Oslo.' })
    await use('ada', 'remember', { fact: 'Ada lives in Oslo.' })

    const { data } = factListSchema().parse((await person('ada')).body)
    expect(data.map(({ text }) => text)).toEqual(['Ada is vegetarian.', 'Ada lives in Oslo.'])
    const id = data[0]?.id ?? ''
    expect((await person('ben')).body).toEqual({ data: [] })
    expect((await person('ada', 'GET', '', 'sales')).body).toEqual({ data: [] })

    const [foreign, missing] = [await person('ben', 'DELETE', `/${id}`), await person('ben', 'DELETE', '/fact_9')]
    expect(foreign.status).toBe(404)
    expect(JSON.stringify(foreign.body).replaceAll(id, 'fact_9')).toEqual(JSON.stringify(missing.body))
    expect((await person('ben', 'DELETE')).body).toEqual({ deleted: 0 })
    expect(await use('ben', 'forget', { id })).toContain('There is no fact')

    expect((await person('ada', 'DELETE', `/${id}`)).body).toEqual({ deleted: 1 })
    expect(await use('ada', 'recall')).not.toContain('vegetarian')
    expect((await person('ada', 'DELETE')).body).toEqual({ deleted: 1 })
    expect((await person('ada')).body).toEqual({ data: [] })
  })

  it('is limited in size, and the model reads why', async () => {
    const { use, facts } = await server()
    expect(await use('ada', 'remember', { fact: '  ' })).toContain('Say what to remember.')
    expect(await use('ada', 'remember', { fact: 'x'.repeat(501) })).toContain('at most 500 characters')
    const owner = { workspaceId: 'test', userId: 'ada', appId: 'demo' }
    for (let count = 0; count < 100; count += 1) await facts.remember(`Fact ${count}`, owner)

    expect(await use('ada', 'remember', { fact: 'One more.' })).toContain('Forget one first.')
    expect(await facts.list(owner)).toHaveLength(100)
  })

  it('goes with the user’s data, and is part of its export', async () => {
    const { parley, use, person } = await server()
    await use('ada', 'remember', { fact: 'Ada is vegetarian.' })
    await use('ben', 'remember', { fact: 'Ben is tall.' })
    const headers = { authorization: 'Bearer the-admin-key-of-these-tests' }

    const lines = await (await parley.fetch('/api/admin/v1/users/ada/export', undefined, { headers, as: null })).text()
    await parley.admin('DELETE', '/users/ada')

    expect(lines).toContain('{"type":"fact","app":"demo","fact":{')
    expect(lines).toContain('Ada is vegetarian.')
    expect((await person('ada')).body).toEqual({ data: [] })
    expect((await person('ben')).body).toEqual({ data: [expect.objectContaining({ text: 'Ben is tall.' })] })
  })

  it('is nobody’s without a credential, and not of an app one may not reach', async () => {
    const { parley, person } = await server()

    expect((await parley.fetch('/api/chatkit/memory', undefined, { as: null })).status).toBe(401)
    expect((await person('ada', 'GET', '', 'no-such-app')).status).toBe(404)
  })
})
