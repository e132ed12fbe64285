import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startParley } from '../support/parley-process.js'

const KEY = 'a-key-that-only-these-tests-know-of'
const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)
const env = { ...process.env, PARLEY_API_KEY: KEY }

async function start() {
  const folder = mkdtempSync(join(tmpdir(), 'parley-admin-'))
  const server = await startParley({ PARLEY_DATA: folder, PARLEY_API_KEY: KEY, ENVIRONMENT: 'development' })
  onTestFinished(async () => {
    await server.kill()
    rmSync(folder, { recursive: true, force: true })
  })
  const handbook = readFileSync(join(ROOT, 'docs/admin.md'), 'utf8').replaceAll('http://localhost:8787', server.url)
  const snippets = (language: string) =>
    [...handbook.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, code = '']) => code)
  return { url: server.url, snippets }
}

describe('B10: the handbook of the admin API', () => {
  it('has curl lines that work as they stand: an agent, a session for it, a key, a model host', async () => {
    const { url, snippets } = await start()

    const answers: string[] = []
    for (const snippet of snippets('sh')) answers.push((await run('sh', ['-c', snippet], { env })).stdout)

    expect(answers[0]).toContain('"id":"support"')
    const secret = /"client_secret":"([^"]+)"/.exec(answers[0] ?? '')?.[1]
    const answer = await fetch(`${url}/v1/chatkit/conversation`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'message', content: 'How long do parcels to islands take?' }),
    })
    expect(await answer.text()).toContain('nine days')
    expect(answers[1]).toMatch(/"secret":"app-/)
    expect(answers[2]).toContain('"masked":"…-key"')
    expect(answers[2]).toContain('"provider":"ours"')
  })

  it('has a program that works as it stands', async () => {
    const { snippets } = await start()
    const file = join(ROOT, 'e2e/server', `admin-snippet-${process.pid}.mjs`) // where `@parley/client` is found
    onTestFinished(() => rmSync(file))
    writeFileSync(file, snippets('js')[0] ?? '')

    const { stdout } = await run(process.execPath, [file], { env })

    expect(stdout).toContain('It knows.')
    expect(stdout).toMatch(/true \d{4}-/)
    expect(stdout).toMatch(/development 1/)
  })
})
