// What the examples with a page need to check themselves: a Parley, and a browser that looks at the page.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const COMMAND = fileURLToPath(new URL('../packages/server/bin/parley.cjs', import.meta.url))

/** Starts the `parley` command on a free port, with an empty data folder and these settings. */
export async function startParley(settings = {}) {
  const data = mkdtempSync(join(tmpdir(), 'parley-example-'))
  // Nothing of the machine's: what an earlier run left in a database would be seen.
  const env = { ...process.env, DATABASE_URL: '', REDIS_URL: '', PARLEY_DATA: data, PORT: '0', ...settings }
  const child = spawn(process.execPath, [COMMAND], { cwd: data, env, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  let printed = ''
  const url = await new Promise((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text) => {
      printed += text
      const address = /http:\/\/[\w.:[\]]+/.exec(printed)?.[0]
      if (address) resolve(address)
    })
    child.once('exit', (code) => reject(new Error(`parley ended with ${code}:\n${printed}`)))
  })
  return {
    url,
    async close() {
      child.kill('SIGTERM')
      await ended
      rmSync(data, { recursive: true, force: true })
    },
  }
}

/** Opens the page and hands it to `look`; fails when the page complained about anything. */
export async function inChromium(url, look) {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const page = await (await browser.newContext()).newPage()
    page.setDefaultTimeout(60_000)
    const complaints = []
    page.on('pageerror', (error) => complaints.push(String(error)))
    await page.goto(url, { waitUntil: 'domcontentloaded' })
    await look({ page, chat: page.frameLocator('openai-chatkit iframe') })
    if (complaints.length > 0) throw new Error(`The page complained:\n${complaints.join('\n')}`)
  } finally {
    await browser.close()
  }
}

/** Sends a message as a person does, and waits for an answer. */
export async function talk(chat, text = 'Hello') {
  await chat.getByRole('textbox').fill(text)
  await chat.getByRole('textbox').press('Enter')
  await chat.getByRole('article', { name: 'Assistant' }).last().waitFor()
  await chat.getByRole('button', { name: 'Send message' }).waitFor()
}
