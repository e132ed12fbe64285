// Installs Next.js into this folder when it is missing, starts it, talks to the route and to both pages: node check.js
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { checkConversation } from '../check-conversation.mjs'
import { inChromium, startParley, talk } from '../in-chromium.mjs'

const dir = fileURLToPath(new URL('.', import.meta.url))
// Next.js weighs 350 MB: it is no workspace of the repository, so that starting Parley does not download it.
if (!existsSync(`${dir}node_modules/next`) || !existsSync(`${dir}node_modules/@openai/chatkit-react`)) {
  const { status } = spawnSync('npm', ['install', '--loglevel=error'], {
    cwd: dir,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) process.exit(1)
}
process.env.NEXT_TELEMETRY_DISABLED = '1'
const parley = await startParley()
process.env.NEXT_PUBLIC_PARLEY_URL = parley.url
const { default: next } = await import('next')
const app = next({ dev: true, dir, turbopack: true, quiet: true })
await app.prepare()
const server = createServer(app.getRequestHandler()).listen(0, '127.0.0.1')
server.on('upgrade', app.getUpgradeHandler()) // the pages of a development server listen for changes
await new Promise((resolve) => server.once('listening', resolve))
const url = `http://localhost:${server.address().port}` // the name Next.js serves its development files to
let wrong = 0 // Next.js survives what is thrown here: the exit code has to be said
try {
  await checkConversation(`${url}/api/chatkit`)
  for (const path of ['/', '/parley']) {
    await inChromium(url + path, async ({ page, chat }) => {
      await chat.getByText('How can I help?').waitFor()
      await talk(chat, 'Hello')
      await chat.getByRole('log').getByText('You wrote: Hello').waitFor()
      await page.getByRole('button', { name: 'Dark' }).click()
      await chat.locator('html[data-scheme=dark]').waitFor()
      await chat.getByRole('log').getByText('You wrote: Hello').waitFor()
    })
  }
  console.log('The route and both pages work under Next.js.')
} catch (error) {
  console.error(error)
  wrong = 1
}
await parley.close()
process.exit(wrong) // the development server keeps watching otherwise
