import { execFile } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Client } from '@langchain/langgraph-sdk'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Running } from '../../../browser/support/http.js'
import { type Line, openLine } from '../../../browser/support/line.js'
import { startParley } from '../../../browser/support/parley-server.js'
import { createTestApp, type TestApp } from '../../../browser/support/test-app.js'

let parley: Running
let line: Line
let app: TestApp
beforeAll(async () => {
  app = createTestApp()
  parley = await startParley(app)
  line = await openLine(parley.url)
})
afterAll(async () => {
  app?.release()
  await line?.close()
  await parley?.close()
})

const say = (content: string) => ({ messages: [{ role: 'user', content }] })
const clientAt = (url: string) => new Client({ apiUrl: url, apiKey: null })

describe.each(['/api/ai', ''])('C6: @langchain/langgraph-sdk over HTTP, at "%s"', (base) => {
  it('reads on by itself when the line is cut, and misses nothing', async () => {
    const client = clientAt(line.url + base)
    const { thread_id } = await client.threads.create()
    const texts: string[] = []
    let states: unknown[] = []
    const stream = client.runs.stream(thread_id, 'demo', {
      input: say('hold'),
      streamMode: ['messages-tuple', 'values'],
      streamResumable: true,
      onDisconnect: 'continue',
    })

    for await (const { event, data } of stream) {
      if (event === 'values') states = (data as { messages: unknown[] }).messages
      if (event !== 'messages') continue
      texts.push(String((data as { content: unknown }[])[0]?.content))
      if (texts.join('') === 'The first half ') {
        line.cut()
        app.release()
      }
    }

    expect(texts.join('')).toBe('The first half and the second half.')
    expect(states).toMatchObject([{ content: 'hold' }, { content: 'The first half and the second half.' }])
  })
})

describe('C1: streams that nobody reads to their end', () => {
  it('500 abandoned ones leave no run behind', async () => {
    const client = new Client({ apiUrl: `${parley.url}/api/ai`, apiKey: null, callerOptions: { maxConcurrency: 50 } })
    const abandon = async () => {
      const { thread_id } = await client.threads.create()
      const leaving = new AbortController()
      const stream = client.runs.stream(thread_id, 'demo', { input: say('hold'), signal: leaving.signal })
      for await (const { event } of stream) if (event === 'values') leaving.abort()
      return thread_id
    }

    const threads: string[] = []
    for (let round = 0; round < 10; round += 1)
      threads.push(...(await Promise.all(Array.from({ length: 50 }, () => abandon()))))

    await expect.poll(() => client.threads.count({ status: 'busy' })).toBe(0)
    expect(new Set(threads).size).toBe(500)
  })
})

it('C1: the handbook’s program runs as it stands', async () => {
  const handbook = readFileSync(new URL('../../../../docs/langgraph.md', import.meta.url), 'utf8')
  const snippet = /```js\n([\s\S]*?)```/.exec(handbook)?.[1] ?? ''
  const file = fileURLToPath(new URL(`snippet-${process.pid}.mjs`, import.meta.url)) // where the client is found
  onTestFinished(() => rmSync(file))
  writeFileSync(file, snippet.replaceAll('http://localhost:8787', parley.url))

  const { stdout } = await promisify(execFile)(process.execPath, [file])

  expect(stdout).toBe('You said: Hello\n2 messages\n')
})
