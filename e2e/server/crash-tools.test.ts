import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RunEvent, StructuredInputItem, ThreadItem } from '@parley/protocol'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { assistantText, chatAt, eventsOf } from '../support/chat.js'
import { type ChatBody, type ModelHost, type ReplyStep, startModelHost } from '../support/model-host.js'
import { type ParleyProcess, startParley } from '../support/parley-process.js'

const EXPORTS = fileURLToPath(new URL('../../examples/agent-builder/apps', import.meta.url))

/** Two tools that write down that they ran. `pack` can be made to hang after that; `ship` asks first. */
const WAREHOUSE = `import { Agent, tool } from '@openai/agents'
import { appendFileSync, existsSync } from 'node:fs'
import { z } from 'zod'
const note = async (line: string) => {
  appendFileSync(process.env.TMPDIR + '/done.txt', line + '\\n')
  if (existsSync(process.env.TMPDIR + '/hang')) await new Promise(() => undefined)
  return line
}
const order = z.object({ order: z.string() })
const pack = tool({ name: 'pack', description: 'Packs.', parameters: order, execute: (o) => note('packed ' + o.order) })
const ship = tool({ name: 'ship', description: 'Ships.', parameters: order, needsApproval: true, execute: (o) => note('shipped ' + o.order) })
export default new Agent({ name: 'Warehouse', instructions: 'Pack and ship.', tools: [pack, ship] })
`

const never = () => new Promise<void>(() => undefined)

let folder: string
let model: ModelHost
let server: ParleyProcess
let holdsAnswer = false
let app = ''

/** Packs, ships when it is told to, then says so; classifies and answers as the exports want it. */
async function* reply({ messages }: ChatBody): AsyncGenerator<ReplyStep> {
  const said = JSON.stringify(messages)
  const results = messages.filter(({ role }) => role === 'tool').length
  const isShipping = said.includes('ship A-7')
  if (said.includes('Classify the person')) yield JSON.stringify({ category: 'return_item' })
  else if (results === 0 && said.includes('Pack and ship')) yield { tool: 'pack', arguments: { order: 'A-7' } }
  else if (results === 1 && isShipping) yield { tool: 'ship', arguments: { order: 'A-7' } }
  else {
    yield 'All '
    if (holdsAnswer) await never()
    yield 'done.'
  }
}

beforeAll(async () => {
  model = await startModelHost(reply)
})
afterAll(() => model?.close())

async function start(): Promise<void> {
  const env = { PARLEY_APPS: join(folder, 'apps'), PARLEY_DATA: join(folder, 'data'), TMPDIR: folder }
  server = await startParley({ ...env, OPENAI_BASE_URL: model.url, PARLEY_MODEL: 'm', PARLEY_DEFAULT_APP: app })
}

async function open(name: string): Promise<void> {
  app = name
  folder = mkdtempSync(join(tmpdir(), 'parley-tools-'))
  mkdirSync(join(folder, 'apps'))
  cpSync(EXPORTS, join(folder, 'apps'), { recursive: true })
  writeFileSync(join(folder, 'apps/warehouse.ts'), WAREHOUSE)
  await start()
}
afterEach(async () => {
  holdsAnswer = false
  await server.kill()
  rmSync(folder, { recursive: true, force: true })
})

const done = () => (existsSync(join(folder, 'done.txt')) ? readFileSync(join(folder, 'done.txt'), 'utf8') : '')
const items = async (thread: string): Promise<ThreadItem[]> => (await chatAt(server.url).items(thread)).data

/** Sends a message, and reads the answer until it ends or the line breaks. @returns the thread */
async function say(text: string): Promise<string> {
  const events = eventsOf(await chatAt(server.url).post(startOf(text)))
  return new Promise((resolve) => {
    void drain(events, (event) => event.type === 'thread.created' && resolve(event.thread.id))
  })
}
const startOf = (text: string) => ({
  type: 'threads.create',
  params: { input: { content: [{ type: 'input_text', text }], attachments: [], inference_options: {} } },
})
async function drain(
  events: AsyncIterable<RunEvent>,
  see: (event: RunEvent) => unknown = () => undefined,
): Promise<void> {
  try {
    for await (const event of events) see(event)
  } catch {
    // the server was killed: the line breaks
  }
}

async function crash(): Promise<void> {
  await server.kill()
  await start()
}

/** What the button of an interrupted answer does. */
async function retry(thread: string): Promise<void> {
  const message = (await items(thread)).find(({ type }) => type === 'user_message')
  const params = { thread_id: thread, item_id: message?.id }
  await drain(eventsOf(await chatAt(server.url).post({ type: 'threads.retry_after_item', params })))
}
const formOf = async (thread: string): Promise<StructuredInputItem | undefined> =>
  (await items(thread)).find((item) => item.type === 'structured_input')
async function approve(thread: string): Promise<void> {
  const form = await formOf(thread)
  const answers = { [form?.inputs[0]?.id ?? '']: { values: ['Approve'] } }
  const params = { thread_id: thread, item_id: form?.id, input: { status: 'answered', answers } }
  void drain(eventsOf(await chatAt(server.url).post({ type: 'threads.add_structured_input', params })))
}

describe('E6: a process that is killed while an agent works', () => {
  it('does not run a tool again whose output was there, when it is killed in the answer after it', async () => {
    holdsAnswer = true
    await open('warehouse')
    const thread = await say('pack A-7')
    await expect.poll(() => model.requests.at(-1)?.messages.at(-1)?.role).toBe('tool')

    await crash()
    holdsAnswer = false
    await retry(thread)

    expect(assistantText(await items(thread))).toBe('All done.')
    expect(done()).toBe('packed A-7\n')
  })

  it('keeps a decision it had been given, when it is killed in the tool that was allowed', async () => {
    await open('warehouse')
    const thread = await say('ship A-7')
    await expect.poll(async () => (await formOf(thread))?.status).toBe('pending')
    writeFileSync(join(folder, 'hang'), '')
    await approve(thread)
    await expect.poll(done).toBe('packed A-7\nshipped A-7\n')

    rmSync(join(folder, 'hang'))
    await crash()
    await retry(thread)

    expect((await formOf(thread))?.status).toBe('answered')
    expect(assistantText(await items(thread))).toBe('All done.')
    // nobody knows whether a tool without an output did its work: it alone runs again
    expect(done()).toBe('packed A-7\nshipped A-7\nshipped A-7\n')
  })

  it('goes on in an exported workflow behind its last finished step', async () => {
    holdsAnswer = true
    await open('returns')
    const thread = await say('take it back')
    await expect.poll(async () => (await formOf(thread))?.status).toBe('pending')
    await approve(thread)
    await expect.poll(() => JSON.stringify(model.requests.at(-1)?.messages)).toContain('refund is on its way')
    const asked = model.requests.length

    await crash()
    holdsAnswer = false
    await retry(thread)

    expect(assistantText(await items(thread))).toBe('All done.')
    expect((await formOf(thread))?.status).toBe('answered')
    expect(model.requests).toHaveLength(asked + 1)
  })
})
