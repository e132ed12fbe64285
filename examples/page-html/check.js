// Serves index.html beside a Parley on a free port and talks to the chat: node check.js
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { inChromium, startParley, talk } from '../in-chromium.mjs'

const parley = await startParley()
const html = readFileSync(new URL('index.html', import.meta.url), 'utf8').replaceAll(
  'http://localhost:8787',
  parley.url,
)
const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(html))
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
try {
  await inChromium(`http://127.0.0.1:${server.address().port}`, async ({ page, chat }) => {
    await chat.getByText('How can I help?').waitFor()
    await talk(chat)
    await page.locator('#chat[data-thread^=thr_]').waitFor()
    await page.getByRole('button', { name: 'Dark' }).click()
    await chat.locator('html[data-scheme=dark]').waitFor()
    await chat.getByRole('article', { name: 'Assistant' }).waitFor()
  })
} finally {
  server.closeAllConnections()
  server.close()
  await parley.close()
}
