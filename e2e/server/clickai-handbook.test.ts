import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startParley } from '../support/parley-process.js'

const ADMIN_KEY = 'a-key-that-only-these-tests-know-of'
const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)

describe('D1, D8: the handbook for clients of ClickAI', () => {
  it('has curl lines and a program that work as they stand', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-clickai-'))
    const file = join(ROOT, 'e2e/server', `clickai-snippet-${process.pid}.mjs`) // where `dify-client` is found
    const server = await startParley({ PARLEY_DATA: folder, PARLEY_API_KEY: ADMIN_KEY, ENVIRONMENT: 'development' })
    onTestFinished(async () => {
      await server.kill()
      rmSync(folder, { recursive: true, force: true })
      rmSync(file, { force: true })
    })
    const handbook = readFileSync(join(ROOT, 'docs/clickai.md'), 'utf8').replaceAll('http://localhost:8787', server.url)
    const snippets = (language: string) =>
      [...handbook.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, code = '']) => code)

    const env = { ...process.env, PARLEY_API_KEY: ADMIN_KEY }
    const { stdout } = await run('sh', ['-c', snippets('sh').join('\n')], { env })
    const key = /^KEY=(app-\S+)$/m.exec(stdout)?.[1]
    expect(stdout).toMatch(/"event":"message".*"mode":"chat","answer":"[^"]+/)
    expect(stdout).toContain('"opening_statement":"Where do you want to go?"')
    expect(stdout).toContain('"question":"When do you open?","answer":"At nine.","hit_count":0')
    expect(stdout).toContain('"job_status":"waiting"')
    expect(stdout).toContain('{"query":{"content":"How long may I return things?"},"records":[')
    writeFileSync(file, snippets('js')[0] ?? '')
    const program = await run(process.execPath, [file], { env: { ...env, PARLEY_APP_KEY: key } })

    expect(program.stdout).toMatch(/^.{10,}[\s\S]+\nmessages: 2\n$/)
  })
})
