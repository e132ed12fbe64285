import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startParley } from '../support/parley-process.js'

const ADMIN_KEY = 'a-key-that-only-these-tests-know-of'
const HANDBOOK = fileURLToPath(new URL('../../docs/xpert.md', import.meta.url))
const run = promisify(execFile)

describe('C1, C3, C4: the handbook for clients of XpertAI', () => {
  it('has curl lines and a program that work as they stand', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-xpert-'))
    const server = await startParley({ PARLEY_DATA: folder, PARLEY_API_KEY: ADMIN_KEY, ENVIRONMENT: 'development' })
    onTestFinished(async () => {
      await server.kill()
      rmSync(folder, { recursive: true, force: true })
    })
    const handbook = readFileSync(HANDBOOK, 'utf8').replaceAll('http://localhost:8787', server.url)
    const snippet = (language: string) => new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(handbook)?.[1] ?? ''
    const options = { cwd: folder, env: { ...process.env, PARLEY_API_KEY: ADMIN_KEY } }

    const curl = await run('sh', ['-c', snippet('sh')], options)
    const session = await run('sh', ['-c', snippet('sh session')], options)
    const program = await run(process.execPath, ['--input-type=module', '-e', snippet('js')], options)

    expect(curl.stdout).toContain('"event":"on_conversation_start"')
    expect(curl.stdout).toContain('event: complete\ndata: {"type":"complete"}')
    expect(curl.stdout).toMatch(/"role":"ai","content":"[^"]+"/)
    expect(curl.stdout).toContain('notes.md')
    expect(JSON.parse(session.stdout)).toMatchObject({
      client_secret: expect.stringMatching(/^cs-x-[0-9a-f]{64}$/),
      expires_after: 600,
    })
    expect(program.stdout).toMatch(/^.{10,}[\s\S]+\nmessages: 2\n$/)
  })
})
