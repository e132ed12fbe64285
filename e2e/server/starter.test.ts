import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freePort } from '../../packages/server/src/testing/free-port.js'
import { eventsOf, userInput } from '../support/chat.js'

const run = promisify(execFile)
/** An installation takes as long as the registry does. */
const INSTALLING_MS = 240_000
const packageOf = (name: string) => fileURLToPath(new URL(`../../packages/${name}`, import.meta.url))

let parent: string
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'parley-starter-'))
})
afterAll(() => rmSync(parent, { recursive: true, force: true }))

/** The package as it is published. @returns its file */
async function pack(name: string): Promise<string> {
  const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', parent], { cwd: packageOf(name) })
  return join(parent, stdout.trim().split('\n').at(-1) ?? '')
}

/** What a person types, with the packages of this repository in place of the registry's. */
async function makeProject(): Promise<string> {
  const [starter, protocol, server] = await Promise.all([pack('create-parley'), pack('protocol'), pack('server')])
  await run('npm', ['exec', '--yes', '--prefer-offline', `--package=${starter}`, '--', 'create-parley', 'my-chat'], {
    cwd: parent,
  })
  const folder = join(parent, 'my-chat')
  const file = join(folder, 'package.json')
  const manifest = JSON.parse(readFileSync(file, 'utf8'))
  manifest.dependencies = { '@parley/server': `file:${server}`, '@parley/protocol': `file:${protocol}` }
  writeFileSync(file, JSON.stringify(manifest))
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: folder })
  return folder
}

it(
  'E1: a project made by npm create parley installs, starts, answers, and has a page with the chat in it',
  async () => {
    const folder = await makeProject()
    const [port, pagePort] = [await freePort(), await freePort()]
    const dev = spawn('npm', ['run', 'dev'], {
      cwd: folder,
      env: { ...process.env, PORT: String(port), PAGE_PORT: String(pagePort), PARLEY_DATA: join(folder, '.parley') },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    try {
      let printed = ''
      for await (const chunk of dev.stdout) {
        printed += chunk
        if (printed.includes('Parley is ready') && printed.includes('Your page')) break
      }
      const page = await (await fetch(`http://127.0.0.1:${pagePort}`)).text()
      const address = /url: '([^']+)'/.exec(page)?.[1] ?? ''
      let said = ''
      const body = { type: 'threads.create', params: { input: userInput('What time is it in Tokyo?') } }
      const answer = await fetch(address, { method: 'POST', body: JSON.stringify(body) })
      for await (const event of eventsOf(answer))
        if (event.type === 'thread.item.done') said += JSON.stringify(event.item)

      expect(page).toContain(`src="http://127.0.0.1:${port}/chatkit.js"`)
      expect(address).toBe(`http://127.0.0.1:${port}/api/chatkit/assistant`)
      expect(said).toContain('assistant_message')
      expect((await run('npm', ['run', 'check'], { cwd: folder })).stdout).toContain('✓ assistant')
    } finally {
      if (dev.pid !== undefined) process.kill(-dev.pid, 'SIGTERM')
      await once(dev, 'exit')
    }
  },
  INSTALLING_MS,
)
