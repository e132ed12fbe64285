import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Model } from '@openai/agents-core'
import type { RunEvent, StructuredInputItem } from '@parley/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { sourceOf } from '../agents/testing.js'
import type { Toolkit } from '../agents/tools/toolkit.js'
import { consoleLog } from '../base/log.js'
import { liveCatalog } from '../catalog/catalog.js'
import { userFacts } from '../facts/user-facts.js'
import { callTool, say, scriptedModel } from '../models/scripted.js'
import { sqliteStore } from '../storage/sqlite/index.js'
import { startEverything } from '../testing/everything-server.js'
import { freePort } from '../testing/free-port.js'
import { readEvents } from '../testing/read-events.js'
import { type TestParley, testParley } from '../testing/test-parley.js'
import { userText } from '../testing/user-text.js'
import { openAppFolder } from './app-folder.js'

const EXPORTS = fileURLToPath(new URL('../../../../examples/agent-builder/apps', import.meta.url))

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

function newFolder(files: Record<string, string> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-apps-'))
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

interface ServeOptions {
  file?: string
  watch?: boolean
  tools?: Toolkit
  /** How much the model can read. */
  contextTokens?: number
}

async function serve(
  folder: string,
  model: Model,
  { file = ':memory:', watch = false, tools = {}, contextTokens }: ServeOptions = {},
) {
  const store = sqliteStore(file)
  const errors: unknown[] = []
  const warnings: unknown[] = []
  const apps = await openAppFolder(folder, {
    models: { ...sourceOf(model), ...(contextTokens && { contextTokens: () => contextTokens }) },
    toolkit: { facts: userFacts(store.facts), ...tools },
    modelMap: {},
    log: {
      ...consoleLog,
      error: (_, details) => errors.push(details?.error ?? details?.cause),
      warn: (_, details) => warnings.push(details),
    },
    watch,
  })
  cleanUps.push(() => apps.close())
  const parley = testParley({ catalog: liveCatalog(apps.list, 'none'), store })
  cleanUps.push(() => parley.close())
  return { parley, apps, errors, warnings }
}

const fail = (id: string): never => {
  throw new Error(`There is no app ${id}.`)
}

const ask = async (parley: TestParley, app: string, text: string, threadId?: string) => {
  const type = threadId ? 'threads.add_user_message' : 'threads.create'
  const params = { input: userText(text), ...(threadId && { thread_id: threadId }) }
  return readEvents(await parley.fetch(`/api/chatkit/${app}`, { type, params }, { ours: true }))
}

const textOf = (events: RunEvent[]) =>
  events.flatMap((event) =>
    event.type === 'thread.item.done' && event.item.type === 'assistant_message'
      ? event.item.content.map(({ text }) => text)
      : [],
  )
const threadOf = (events: RunEvent[]): string =>
  events.flatMap((event) => (event.type === 'thread.created' ? [event.thread.id] : []))[0] ?? ''
const formOf = (events: RunEvent[]): StructuredInputItem =>
  events.flatMap((event) =>
    event.type === 'thread.item.done' && event.item.type === 'structured_input' ? [event.item] : [],
  )[0] ?? fail('form')
const decide = (parley: TestParley, app: string, threadId: string, form: StructuredInputItem, word: string) =>
  parley.fetch(`/api/chatkit/${app}`, {
    type: 'threads.add_structured_input',
    params: {
      thread_id: threadId,
      item_id: form.id,
      input: { status: 'answered', answers: { [form.inputs[0]?.id ?? '']: { values: [word] } } },
    },
  })

const silent = scriptedModel()

describe('E1: a folder of TypeScript files', () => {
  it('serves a file’s `respond` under the file’s name', async () => {
    const folder = newFolder({
      'echo.ts': `import { streamText, textOf } from '@parley/server'
        const shout = (text: string): string => text.toUpperCase()
        export const respond = (thread: { id: string }, message: never) => streamText(thread, shout(textOf(message)))`,
    })
    const { parley, apps } = await serve(folder, silent)

    expect(apps.list()).toMatchObject([{ id: 'echo' }])
    expect(textOf(await ask(parley, 'echo', 'hello'))).toEqual(['HELLO'])
  })

  it('serves an Agent, with what it imports from other files of the folder', async () => {
    const folder = newFolder({
      'guide.ts': `import { Agent } from '@openai/agents'
        import { rules } from './_rules'
        export default new Agent({ name: 'Guide', instructions: rules })`,
      '_rules.ts': `export const rules: string = 'Be kind.'`,
    })
    const model = scriptedModel(say('Hello.'))
    const { parley } = await serve(folder, model)

    expect(textOf(await ask(parley, 'guide', 'Hi'))).toEqual(['Hello.'])
    expect(model.requests[0]?.systemInstructions).toBe('Be kind.')
  })

  it('serves what defineApp describes, under its aliases too', async () => {
    const folder = newFolder({
      'desk.ts': `import { defineApp, streamText } from '@parley/server'
        export default defineApp({ aliases: ['wf_1'], respond: (thread) => streamText(thread, 'Desk.') })`,
    })
    const { apps } = await serve(folder, silent)

    expect(apps.list()).toMatchObject([{ id: 'desk', aliases: ['wf_1'] }])
  })

  it('D5: fills the places of an agent’s instructions from its form, and says what is wrong with one', async () => {
    const folder = newFolder({
      'trips.ts': `import { Agent } from '@openai/agents'
        import { defineApp } from '@parley/server'
        export default defineApp({
          agent: new Agent({ name: 'Trips', instructions: 'To {{city}}, {{other}}.' }),
          mode: 'agent-chat',
          inputs: [{ type: 'text-input', variable: 'city', default: 'Huế' }],
        })`,
      'wrong.ts': `import { defineApp, streamText } from '@parley/server'
        export default defineApp({ respond: (thread) => streamText(thread, ''), inputs: [{ type: 'text', variable: 'a' }] })`,
    })
    const model = scriptedModel(say('Hi.'))
    const { parley, apps, errors } = await serve(folder, model)

    await ask(parley, 'trips', 'Where?')

    expect(model.requests[0]?.systemInstructions).toBe('To Huế, {{other}}.')
    expect(apps.list().find(({ id }) => id === 'trips')?.app).toMatchObject({
      mode: 'agent-chat',
      inputs: [{ label: '' }],
    })
    expect(errors).toEqual([expect.stringMatching(/wrong\.ts has `inputs` that are no form/)])
  })

  it('A10: gives an agent the tools of MCP servers, its own way and the SDK’s, and never waits for a broken one', async () => {
    // Not programs that start with the answer: on a busy machine that takes longer than an answer waits for them.
    const port = await freePort()
    cleanUps.push((await startEverything(port)).close)
    const folder = newFolder({
      'desk.ts': `import { Agent, MCPServerStreamableHttp } from '@openai/agents'
        import { defineApp } from '@parley/server'
        const place = { url: 'http://127.0.0.1:${port}/mcp' }
        export default defineApp({
          agent: new Agent({ name: 'Desk', mcpServers: [new MCPServerStreamableHttp({ ...place, name: 'theirs', toolFilter: { allowedToolNames: ['echo'] } })] }),
          mcpServers: [
            { ...place, name: 'ours', tools: ['get-sum'], approval: 'always' },
            { name: 'broken', command: '/nowhere/at-all' },
          ],
        })`,
    })
    const model = scriptedModel(callTool('echo', { message: 'hi' }), callTool('get_sum', { a: 2, b: 3 }), say('Five.'))
    const { parley, warnings } = await serve(folder, model)

    const asked = await ask(parley, 'desk', 'Add')
    expect(formOf(asked).inputs[0]?.question).toMatch(/Get sum/)
    const events = await readEvents(await decide(parley, 'desk', threadOf(asked), formOf(asked), 'Approve'))

    expect(textOf(events)).toEqual(['Five.'])
    expect(JSON.stringify(model.requests.at(-1)?.input)).toMatch(/Echo: hi.*2 and 3 is 5/)
    expect(warnings).toEqual([{ server: 'broken', error: expect.any(String) }])
  })

  it('E4: gives an agent the server’s own tools it names, and says which this server has nothing for', async () => {
    const folder = newFolder({
      'friend.ts': `import { Agent } from '@openai/agents'
        import { defineApp } from '@parley/server'
        export default defineApp({
          agent: new Agent({ name: 'Friend', instructions: 'Remember people.' }),
          tools: ['memory', 'web_search'],
        })`,
      'wrong.ts': `import { Agent } from '@openai/agents'
        export default { agent: new Agent({ name: 'Wrong' }), tools: ['time_travel'] }`,
    })
    const model = scriptedModel(
      callTool('remember', { fact: 'Likes tea.' }),
      say('I will.'),
      callTool('recall', {}),
      say('Tea?'),
    )
    const { parley, apps } = await serve(folder, model)

    await ask(parley, 'friend', 'I like tea.')
    await ask(parley, 'friend', 'What do I like?')

    expect(model.requests[0]?.tools.map(({ name }) => name)).toEqual(['remember', 'recall', 'forget'])
    expect(JSON.stringify(model.requests.at(-1)?.input)).toContain('Likes tea.')
    expect(apps.report()).toMatchObject([
      { id: 'friend', doubts: [{ line: 5, text: expect.stringContaining('PARLEY_SEARCH_URL') }] },
      { id: 'wrong', error: expect.stringContaining('tools[0]') },
    ])
  })

  it('lets tools set the variables of a conversation, which its next message still finds', async () => {
    const folder = newFolder({
      'shop.ts': `import { Agent, tool } from '@openai/agents'
        import { defineApp } from '@parley/server'
        import { z } from 'zod'
        const choose = tool({
          name: 'choose',
          description: 'Chooses a size.',
          parameters: z.object({ size: z.string() }),
          execute: ({ size }, run) => { run?.context.setState({ size }); return 'Chosen.' },
        })
        const look = tool({
          name: 'look',
          description: 'Tells the size.',
          parameters: z.object({}),
          execute: (_, run) => 'It is ' + run?.context.state.size,
        })
        export default defineApp({
          agent: new Agent({ name: 'Shop', instructions: 'Size: {{size}}', tools: [choose, look] }),
          inputs: [{ type: 'text-input', variable: 'size' }],
        })`,
    })
    const model = scriptedModel(callTool('choose', { size: 'XL' }), say('Noted.'), callTool('look', {}), say('XL.'))
    const { parley } = await serve(folder, model)

    const threadId = threadOf(await ask(parley, 'shop', 'XL please'))
    await ask(parley, 'shop', 'Which size?', threadId)

    expect(model.requests[2]?.systemInstructions).toBe('Size: XL')
    expect(JSON.stringify(model.requests[3]?.input)).toContain('It is XL')
  })

  it('keeps to the memory that defineApp gives it', async () => {
    const folder = newFolder({
      'short.ts': `import { Agent } from '@openai/agents'
        import { defineApp } from '@parley/server'
        export default defineApp({
          agent: new Agent({ name: 'Short', instructions: 'Be brief.' }),
          memory: { maxTokens: 500, summarize: false },
        })`,
    })
    const long = 'word '.repeat(900)
    const model = scriptedModel(say('One.'), say('Two.'), say('Three.'))
    const { parley } = await serve(folder, model)

    const threadId = threadOf(await ask(parley, 'short', 'First of all.'))
    await ask(parley, 'short', `Second. ${long}`, threadId)
    await ask(parley, 'short', 'Third.', threadId)

    const read = JSON.stringify(model.requests[2]?.input)
    expect(read).toContain('Third.')
    expect(read).not.toContain('Second.')
  })

  it('says file and line of a mistake, and serves the others', async () => {
    const folder = newFolder({
      'bad.ts': `export const respond = 1\n\nconst oops: = 3`,
      'empty.ts': `export const nothing = 1`,
      'good.ts': `import { streamText } from '@parley/server'
        export const respond = (thread: { id: string }) => streamText(thread, 'Good.')`,
    })
    const { parley, errors } = await serve(folder, silent, { watch: true })

    expect(errors).toEqual([
      expect.stringMatching(/bad\.ts:3:\d+ .*Unexpected token/),
      expect.stringMatching(/empty\.ts exports nothing that answers/),
    ])
    expect(textOf(await ask(parley, 'good', 'Hi'))).toEqual(['Good.'])
    expect(await ask(parley, 'bad', 'Hi')).toContainEqual(
      expect.objectContaining({ type: 'error', message: expect.stringMatching(/bad\.ts:3:/) }),
    )
  })

  it('says so when a name is taken', async () => {
    const folder = newFolder({ 'a.js': 'export const respond = () => []', 'a.ts': '', 'threads.ts': '' })
    const { errors } = await serve(folder, silent)

    expect(errors).toEqual([
      expect.stringMatching(/a\.ts is the app "a", as a\.js is\. Rename one of them\./),
      expect.stringMatching(/threads\.ts cannot be an app/),
    ])
  })

  it('tells the person who writes it where it threw, and nobody else', async () => {
    const files = { 'boom.ts': `export async function* respond() {\n\n  throw new Error('boom')\n}` }
    const [development, production] = [
      await serve(newFolder(files), silent, { watch: true }),
      await serve(newFolder(files), silent),
    ]

    expect(JSON.stringify(await ask(development.parley, 'boom', 'Hi'))).toMatch(/boom\.ts:3:\d+ boom/)
    expect(JSON.stringify(await ask(production.parley, 'boom', 'Hi'))).not.toContain('boom.ts')
  })

  it('reads a file again when it changes', async () => {
    const source = (word: string) => `import { streamText } from '@parley/server'
      export const respond = (thread: { id: string }) => streamText(thread, '${word}')`
    const folder = newFolder({ 'word.ts': source('One') })
    const { parley } = await serve(folder, silent, { watch: true })
    expect(textOf(await ask(parley, 'word', 'Hi'))).toEqual(['One'])

    writeFileSync(join(folder, 'word.ts'), source('Two'))

    await expect.poll(async () => textOf(await ask(parley, 'word', 'Hi'))).toEqual(['Two'])
  })
})

describe('E3: an Agent Builder export, as it is', () => {
  const category = (name: string) => say(JSON.stringify({ category: name }))

  it('streams what its agents say, and keeps classifications to itself', async () => {
    const model = scriptedModel(category('question'), say('You have ', '30 days.'))
    const { parley } = await serve(EXPORTS, model)

    const events = await ask(parley, 'returns', 'How long do I have?')

    expect(textOf(events)).toEqual(['You have 30 days.'])
    expect(events.filter(({ type }) => type === 'node.started')).toMatchObject([
      { title: 'Classify' },
      { title: 'Policy expert' },
    ])
    expect(events.at(-1)).toMatchObject({ type: 'run.ended', status: 'completed' })
  })

  it('answers to the id it had', async () => {
    const { apps } = await serve(EXPORTS, silent)

    expect(apps.list().find(({ id }) => id === 'returns')?.aliases).toEqual(['wf_68e6f2returns'])
  })

  it('knows what was said before', async () => {
    const model = scriptedModel(category('question'), say('30 days.'), category('other'))
    const { parley } = await serve(EXPORTS, model)

    const threadId = threadOf(await ask(parley, 'returns', 'How long?'))
    const events = await ask(parley, 'returns', 'And the weather?', threadId)

    expect(textOf(events)).toEqual(['I only deal with returns.'])
    expect(JSON.stringify(model.requests[2]?.input)).toMatch(/How long\?.*30 days\..*And the weather\?/)
  })

  it('is told as much of a long conversation as the model can read', async () => {
    const model = scriptedModel(category('other'), category('other'), category('other'))
    const { parley } = await serve(EXPORTS, model, { contextTokens: 1000 })

    const threadId = threadOf(await ask(parley, 'returns', 'First of all.'))
    await ask(parley, 'returns', `Second. ${'word '.repeat(900)}`, threadId)
    await ask(parley, 'returns', 'Third.', threadId)

    const read = JSON.stringify(model.requests[2]?.input)
    expect(read).toContain('Third.')
    expect(read).not.toContain('Second.')
  })

  it('masks personal data before any model reads it, also in what was said before', async () => {
    const model = scriptedModel(category('other'), category('other'))
    const { parley } = await serve(EXPORTS, model)

    const threadId = threadOf(await ask(parley, 'returns', 'I am ada@example.com'))
    await ask(parley, 'returns', 'Card 4111 1111 1111 1111', threadId)

    const read = JSON.stringify(model.requests.map(({ input }) => input))
    expect(read).not.toMatch(/ada@example|4111/)
    expect(read).toMatch(/<EMAIL_ADDRESS>.*<CREDIT_CARD>/)
  })

  it('says which rule stopped a message', async () => {
    const { parley } = await serve(EXPORTS, silent)

    const events = await ask(parley, 'returns', 'Look at https://evil.example/x')

    expect(textOf(events)).toEqual(['This was stopped by a rule of this app. It found an address that is not allowed.'])
  })

  it('really asks for approval, and goes on after a restart without doing anything twice', async () => {
    const file = join(newFolder(), 'parley.db')
    const before = await serve(EXPORTS, scriptedModel(category('return_item')), { file })
    const asked = await ask(before.parley, 'returns', 'I want my money back')
    const form = formOf(asked)
    expect(form.inputs[0]?.question).toBe('Refund the order? (0 so far)')
    expect(asked.at(-1)).toMatchObject({ type: 'run.ended', status: 'waiting' })
    await before.parley.close()

    const model = scriptedModel(say('It is on its way.'), category('return_item'))
    const { parley } = await serve(EXPORTS, model, { file })
    const threadId = threadOf(asked)
    const events = await readEvents(await decide(parley, 'returns', threadId, form, 'Approve'))
    expect(textOf(events)).toEqual(['It is on its way.'])

    // what it counted in the first turn is still counted in the second
    const again = formOf(await ask(parley, 'returns', 'Another one', threadId))
    expect(again.inputs[0]?.question).toBe('Refund the order? (1 so far)')
    expect(textOf(await readEvents(await decide(parley, 'returns', threadId, again, 'Reject')))).toEqual([
      'Nothing was refunded.',
    ])
  })

  it('reports what may work differently, with its line', async () => {
    const { apps } = await serve(EXPORTS, silent)

    expect(apps.report().find(({ id }) => id === 'returns')?.doubts).toMatchObject([
      { line: 8, text: expect.stringContaining('vector store') },
    ])
  })

  it('says so when the file was changed while it waited', async () => {
    const folder = newFolder()
    cpSync(EXPORTS, folder, { recursive: true })
    const file = join(newFolder(), 'parley.db')
    const before = await serve(folder, scriptedModel(category('return_item')), { file })
    const asked = await ask(before.parley, 'returns', 'Money back')
    await before.parley.close()
    writeFileSync(
      join(folder, 'returns.ts'),
      `import { Agent, Runner } from '@openai/agents'
       export const runWorkflow = async () => new Runner().run(new Agent({ name: 'Other' }), 'x')`,
    )

    const { parley } = await serve(folder, silent, { file })
    const events = await readEvents(await decide(parley, 'returns', threadOf(asked), formOf(asked), 'Approve'))

    expect(JSON.stringify(events)).toContain('was changed while it waited')
  })
})
