import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { sourceOf } from '../../agents/testing.js'
import { consoleLog } from '../../base/log.js'
import { liveCatalog } from '../../catalog/catalog.js'
import { openAppFolder } from '../../code-apps/app-folder.js'
import { say, scriptedModel } from '../../models/scripted.js'
import { adminServer } from './admin.fixture.js'

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
})

/** A server with these files in its apps folder. */
async function serverWith(files: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-apps-'))
  cleanUps.push(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const log = { ...consoleLog, error: () => undefined, warn: () => undefined }
  const models = sourceOf(scriptedModel(say('Hello')))
  const apps = await openAppFolder(folder, { models, modelMap: {}, watch: false, log })
  cleanUps.push(() => apps.close())
  return adminServer({ catalog: liveCatalog(apps.list, 'support', { wf_68e6: 'support' }) })
}

const SUPPORT = `
import { Agent, tool } from '@openai/agents'
import { defineApp } from '@parley/server'
import { z } from 'zod'

const orders = new Agent({ name: 'Orders', instructions: 'Look the order up.' })
const find = tool({ name: 'find_order', description: 'Finds an order.', parameters: z.object({}), execute: () => 'x' })
export default defineApp({
  agent: new Agent({ name: 'Support', instructions: 'Be kind.', model: 'gpt-x', tools: [find], handoffs: [orders] }),
  aliases: ['help'],
  streamLanguage: 'xpert',
  inputs: [{ variable: 'order', type: 'text-input', required: true }],
  presentation: { opening_statement: 'Hello there', suggested_questions: ['Where is my order?'] },
  tools: [{ type: 'knowledge_base', description: 'The handbook.', documents: [{ title: 'A', text: 'B' }] }],
})
`

describe('B10: apps of the apps folder through the admin API', () => {
  it('say where they are written, what they are made of and how they present themselves', async () => {
    const parley = await serverWith({ 'support.ts': SUPPORT })

    const { body } = await parley.admin('GET', '/apps/support')

    expect(body).toMatchObject({
      kind: 'code',
      aliases: ['help', 'wf_68e6'],
      stream_language: 'xpert',
      presentation: { opening_statement: 'Hello there', suggested_questions: ['Where is my order?'] },
      problems: [],
      code: {
        file: 'support.ts',
        answers: 'agent',
        mode: 'agent-chat',
        inputs: [{ variable: 'order', type: 'text-input', required: true }],
        agent: {
          name: 'Support',
          instructions: 'Be kind.',
          model: 'gpt-x',
          tools: [
            { name: 'find_order', description: 'Finds an order.' },
            { name: 'knowledge_base', description: 'The handbook.' },
          ],
          handoffs: ['Orders'],
        },
      },
    })
    const [listed] = (await parley.admin('GET', '/apps')).body.data
    expect(listed.code).toEqual({ ...body.code, agent: undefined })
  })

  it('say so when a function answers, or nothing can', async () => {
    const parley = await serverWith({
      'echo.js': 'export async function* respond() {}',
      'late.js': 'export default { agent: () => { throw new Error("not before it runs") } }',
      'broken.js': 'export default 42',
      'painted.js': 'export default { respond: async function* () {}, presentation: { color: "green" } }',
      'alien.js': 'export default { respond: async function* () {}, streamLanguage: "klingon" }',
    })
    const codeOf = async (id: string) => (await parley.admin('GET', `/apps/${id}`)).body

    expect((await codeOf('echo')).code).toEqual({ file: 'echo.js', answers: 'respond', mode: 'chat', inputs: [] })
    expect((await codeOf('late')).code).toEqual({ file: 'late.js', answers: 'agent', mode: 'chat', inputs: [] })
    expect(await codeOf('broken')).toMatchObject({
      code: { file: 'broken.js', answers: null },
      problems: [{ param: 'broken.js', message: expect.stringContaining('exports nothing that answers') }],
    })
    expect((await codeOf('alien')).problems[0].message).toContain(
      'has a `streamLanguage` that is not known: it must be "xpert" or "langgraph".',
    )
    expect((await codeOf('painted')).problems[0].message).toContain('it must be a color such as #4a90d9')
  })
})
