import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ModelHost, startModelHost } from '../support/model-host.js'
import { COMMAND, type ParleyProcess, startParley } from '../support/parley-process.js'

const KEY = 'the-key-of-these-evaluations'
const folder = mkdtempSync(join(tmpdir(), 'parley-eval-'))
let host: ModelHost
let server: ParleyProcess

beforeAll(async () => {
  // Says hello to whoever asks, and as a judge passes whatever greets.
  host = await startModelHost(async function* ({ messages }) {
    const isJudge = JSON.stringify(messages[0]).includes('You grade')
    const asked = JSON.stringify(messages.at(-1))
    yield isJudge ? `{"pass": ${asked.includes('Greets')}, "reason": "So it seems."}` : 'Hello, how can I help?'
  })
  server = await startParley({
    ...modelOf(),
    PARLEY_DATA: join(folder, 'data'),
    PARLEY_API_KEY: KEY,
    ENVIRONMENT: 'development',
  })
})
afterAll(async () => {
  await server?.stop()
  await host?.close()
  rmSync(folder, { recursive: true, force: true })
})

const modelOf = () => ({ OPENAI_BASE_URL: host.url, OPENAI_API_KEY: 'test', PARLEY_MODEL: 'test-model' })

function evaluate(cases: string, args: string[] = [], env: Record<string, string> = {}) {
  const file = join(folder, 'cases.yaml')
  writeFileSync(file, cases)
  const child = spawn(process.execPath, [COMMAND, 'eval', file, '--json', ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...modelOf(), ...env },
  })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  return new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) =>
    child.once('close', (status) => resolve({ status, stdout, stderr })),
  )
}

const CASES = `
cases:
  - { name: greets, input: Hi, expect: { rubric: Greets back., answer: { contains: Hello } } }
  - { name: sings, input: Hi, expect: { rubric: Sings a song. } }
`

describe('E1: parley eval', () => {
  it('asks an app of its folder, lets the model judge, and ends with 1 for what does not pass', async () => {
    const { status, stdout, stderr } = await evaluate(CASES)

    expect(JSON.parse(stdout)).toMatchObject({
      offline: false,
      passed: 1,
      failed: 1,
      cases: [{ name: 'greets', passed: true }, { failures: [{ line: 4, text: 'the judge says no: So it seems.' }] }],
    })
    expect(status).toBe(1)
    expect(stderr).toContain('2/2')
  })

  it('asks an app of a server by its address and a key, and leaves nothing there', async () => {
    const { status, stdout } = await evaluate(
      'app: demo\ncases: [{ input: Hi, expect: { answer: { contains: Hello } } }]',
      ['--url', server.url],
      { PARLEY_API_KEY: KEY },
    )

    expect(JSON.parse(stdout)).toMatchObject({ passed: 1, failed: 0, model: server.url })
    expect(status).toBe(0)
    const threads = await fetch(`${server.url}/v1/chatkit/threads`, { headers: { authorization: `Bearer ${KEY}` } })
    expect(await threads.json()).toMatchObject({ data: [] })
  })

  it('says what keeps it from asking', async () => {
    const wrongKey = await evaluate(CASES, ['--url', server.url], { PARLEY_API_KEY: 'another-key-of-nobody-at-all' })
    const wrongFile = await evaluate('cases:\n  - input: Hi\n    expects: {}')

    expect(wrongKey).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('about the app "demo"') })
    expect(wrongFile).toMatchObject({ status: 1, stderr: expect.stringMatching(/cases\.yaml:3: cases\[0\]\.expects/) })
  })
})
