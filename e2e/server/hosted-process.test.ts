import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import OpenAI from 'openai'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startParley } from '../support/parley-process.js'

const KEY = 'a-key-that-only-these-tests-know-of'
const APP_KEY = 'an-app-key-that-only-these-tests-know-of'
const ROOT = fileURLToPath(new URL('../..', import.meta.url))

async function start(env: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-hosted-'))
  const server = await startParley({ PARLEY_DATA: folder, ...env })
  onTestFinished(async () => {
    await server.kill()
    rmSync(folder, { recursive: true, force: true })
  })
  return server
}

describe('B3: the parley command as a hosted ChatKit', () => {
  it('serves servers with PARLEY_API_KEY alone, by the old name of the workflow, and nobody without', async () => {
    const { url } = await start({
      ENVIRONMENT: 'production',
      PARLEY_API_KEY: KEY,
      PARLEY_APP_KEY: APP_KEY,
      PARLEY_APP_ALIASES: 'wf_old=demo',
    })
    const sessions = (apiKey: string) =>
      new OpenAI({ apiKey, baseURL: `${url}/v1`, maxRetries: 0 }).beta.chatkit.sessions
    const body = { user: 'ada', workflow: { id: 'wf_old' } }

    const session = await sessions(KEY).create(body)
    const ask = (headers: Record<string, string>) =>
      fetch(`${url}/api/chatkit`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ type: 'message', content: 'Hello' }),
      })

    expect(session.workflow.id).toBe('wf_old')
    expect(await (await ask({ authorization: `Bearer ${session.client_secret}` })).text()).toContain('thread.created')
    expect((await ask({})).status).toBe(401)
    await expect(sessions('sk-of-openai').create(body)).rejects.toMatchObject({ status: 401 })
    expect((await sessions(APP_KEY).create(body)).workflow.id).toBe('wf_old')
    const threads = new OpenAI({ apiKey: APP_KEY, baseURL: `${url}/v1`, maxRetries: 0 }).beta.chatkit.threads
    await expect(threads.list()).rejects.toMatchObject({ status: 403 })
  })

  it('runs the snippet of the handbook as it stands', async () => {
    const { url } = await start({})
    const handbook = readFileSync(join(ROOT, 'docs/hosted.md'), 'utf8')
    const snippet = /```js\n([\s\S]*?)```/.exec(handbook)?.[1] ?? ''
    const file = join(ROOT, 'e2e/server', `snippet-${process.pid}.mjs`) // where `openai` is found
    onTestFinished(() => rmSync(file))
    writeFileSync(file, snippet.replaceAll('http://localhost:8787', url))

    const { stdout } = await promisify(execFile)(process.execPath, [file])

    expect(stdout).toContain('thread.created')
    expect(stdout.trim().split('\n').at(-1)).toBe('Hello')
  })
})
