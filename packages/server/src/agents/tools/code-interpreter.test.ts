import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunEvent, type ThreadItem, threadItemSchema } from '@parley/protocol'
import type { AgentConfig } from '@parley/protocol/admin'
import { describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import type { Caller } from '../../app/caller.js'
import { scriptedClock } from '../../base/scripted-clock.js'
import { codeRunner } from '../../interpreter/code-runner.js'
import { callTool, say, scriptedModel } from '../../models/scripted.js'
import { diskFiles } from '../../storage/files/disk-files.js'
import { readEvents } from '../../testing/read-events.js'
import { testParley } from '../../testing/test-parley.js'
import { configuredAgents } from '../configured-agent.js'
import { sourceOf } from '../testing.js'

const config: AgentConfig = { instructions: '', tools: [{ type: 'code_interpreter' }] }
const DAY_MS = 24 * 60 * 60 * 1000

/** A server whose app runs code, and a model that calls for each of these programs and then answers. */
function serverWith(...programs: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-code-'))
  const clock = scriptedClock()
  const call = (code: string) => callTool('code_interpreter', { language: 'javascript', code })
  const model = scriptedModel(...programs.flatMap((code) => [call(code), say('Done.')]))
  const app = configuredAgents<Caller>(
    { ...sourceOf(model), kind: 'chat-completions' },
    { runCode: codeRunner({ seconds: 20, memoryMb: 256 }) },
  ).make(config, { on_disconnect: 'cancel', workspace_id: 'shop' })
  const parley = testParley({
    app,
    clock,
    uploads: { files: diskFiles(folder), key: new Uint8Array(32).fill(7), clock },
  })
  onTestFinished(async () => {
    await parley.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const input = (text: string, attachments: string[] = []) => ({
    input: { content: [{ type: 'input_text', text }], attachments, inference_options: {} },
  })
  const itemsOf = async (threadId: string): Promise<ThreadItem[]> => {
    const answer = await parley.send('items.list', { thread_id: threadId, order: 'asc' })
    return z.object({ data: z.array(threadItemSchema) }).parse(await answer.json()).data
  }
  return { parley, model, clock, input, itemsOf }
}

const outputOf = (model: ReturnType<typeof scriptedModel>, request: number) =>
  JSON.stringify(model.requests[request]?.input).replaceAll('\\n', '\n').replaceAll('\\"', '"')
const threadOf = (events: RunEvent[]) =>
  events.flatMap((event) => (event.type === 'thread.created' ? [event.thread.id] : []))[0] ?? ''
const ofType = <Type extends ThreadItem['type']>(items: ThreadItem[], type: Type) =>
  items.filter((item): item is Extract<ThreadItem, { type: Type }> => item.type === type)

describe('E4: the code interpreter of a stored app', () => {
  it('runs what the model writes, tells it what came of it, and shows the code as a step', async () => {
    const { parley, model, input } = serverWith('console.log("thinking"); 6 * 7')

    const events = await readEvents(await parley.send('threads.create', input('What is 6 × 7?')))

    expect(outputOf(model, 1)).toContain('Output:\nthinking\n\nResult:\n42')
    const workflow = events.flatMap((event) =>
      event.type === 'thread.item.done' && event.item.type === 'workflow' ? [event.item.workflow] : [],
    )[0]
    expect(workflow?.tasks).toMatchObject([
      { title: 'Ran code', content: 'console.log("thinking"); 6 * 7', status_indicator: 'complete' },
    ])
    expect(parley.reported).toEqual([])
  })

  it('finds attached files, and shows what was written: pictures as pictures, the rest to download', async () => {
    const { parley, model, clock, input, itemsOf } = serverWith(
      `const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 73, 72, 68, 82])
       writeFile('plot.png', png)
       writeFile('plot.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>')
       writeFile('not-a-picture.png', '<script>alert(1)</script>')
       writeFile('copy.csv', readText('data.csv').toUpperCase())`,
      'listFiles().sort().join() + readText("copy.csv")',
    )
    const form = new FormData()
    form.append('file', new File(['a,b'], 'data.csv', { type: 'text/csv' }))
    const attached = z.object({ id: z.string() }).parse(await (await parley.fetch('/api/chatkit/files', form)).json())

    const threadId = threadOf(await readEvents(await parley.send('threads.create', input('Plot it', [attached.id]))))

    expect(outputOf(model, 1)).toContain('plot.png (shown as a picture)')
    const before = await itemsOf(threadId)
    const [picture, drawing] = ofType(before, 'generated_image')
    const [list] = ofType(before, 'widget')
    expect(drawing?.image?.url).toMatch(/^data:image\/svg\+xml;base64,/)
    clock.advance(DAY_MS)
    const after = await itemsOf(threadId)
    const address = ofType(after, 'generated_image')[0]?.image?.url ?? ''
    expect(address).not.toBe(picture?.image?.url) // the first has ended by now
    const get = (url: string) => parley.fetch(new URL(url).pathname + new URL(url).search, undefined, { as: null })
    expect((await get(address)).headers.get('content-type')).toBe('image/png')
    expect((await get(picture?.image?.url ?? '')).status).toBe(404)
    const links = [...JSON.stringify(ofType(after, 'widget')[0]).matchAll(/\((http[^)]+)\)/g)].map(
      ([, url]) => url ?? '',
    )
    expect(links).toHaveLength(3)
    for (const link of links) expect((await get(link)).headers.get('content-disposition')).toMatch(/^attachment/)
    expect(await (await get(links[2] ?? '')).text()).toBe('A,B')
    expect(JSON.stringify(list)).toContain('copy\\\\.csv')

    await readEvents(await parley.send('threads.add_user_message', { thread_id: threadId, ...input('And now?') }))
    expect(outputOf(model, 3)).toContain('copy.csv,data.csv,not-a-picture.png,plot.png,plot.svgA,B')

    await parley.send('threads.delete', { thread_id: threadId })
    expect((await get(links[2] ?? '')).status).toBe(404)
    expect(parley.reported).toEqual([])
  })

  it('tells the model what it did wrong', async () => {
    const { parley, model, input } = serverWith('fetch("http://127.0.0.1/")')

    await readEvents(await parley.send('threads.create', input('Fetch')))

    expect(outputOf(model, 1)).toContain("Error:\nReferenceError: 'fetch' is not defined")
  })
})
