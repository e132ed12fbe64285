/**
 * Takes the pictures that are looked at before a visible change is committed: every scene at three widths, light and
 * dark, and some in Arabic, German and Vietnamese. Build the page first: `vite build -c apps/chat/dev/vite.config.ts`.
 *
 *   node apps/chat/dev/screenshots.mjs <folder> [name part]
 */
import { mkdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { chromium } from 'playwright-core'

const [folder = 'e2e/output/looks', only = ''] = process.argv.slice(2)
const site = join(import.meta.dirname, 'dist')
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

const server = createServer(async (request, response) => {
  const path = new URL(request.url, 'http://localhost').pathname
  const file = path === '/' ? '/index.html' : path
  try {
    const content = await readFile(join(site, file))
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(content)
  } catch {
    response.writeHead(404).end()
  }
})
await new Promise((ready) => server.listen(0, '127.0.0.1', ready))
const base = `http://127.0.0.1:${server.address().port}/`

const SIZES = { 390: 844, 768: 1024, 1280: 860 }
const scenes = ['start', 'talk', 'details', 'streaming', 'working', 'error', 'question', 'history']
const shots = []
for (const scene of scenes) {
  for (const width of Object.keys(SIZES)) {
    for (const theme of ['light', 'dark']) shots.push({ scene, width: Number(width), theme, locale: '' })
  }
}
for (const locale of ['ar', 'de', 'vi']) {
  for (const scene of ['start', 'talk', 'details', 'history', 'error'])
    shots.push({ scene, width: 390, theme: 'light', locale })
}
shots.push(
  { scene: 'talk', width: 320, theme: 'light', locale: '' },
  { scene: 'talk', width: 320, theme: 'dark', locale: 'de' },
)

await mkdir(folder, { recursive: true })
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
})
for (const { scene, width, theme, locale } of shots) {
  const name = [scene, width, theme, locale].filter(Boolean).join('-')
  if (!name.includes(only)) continue
  const page = await browser.newPage({ viewport: { width, height: SIZES[width] ?? 844 }, deviceScaleFactor: 1 })
  page.on('pageerror', (error) => console.error(name, error.message))
  page.on('console', (message) => message.type() === 'error' && console.error(name, message.text()))
  await page.goto(`${base}?scene=${scene === 'details' ? 'talk' : scene}&theme=${theme}&locale=${locale}`)
  await page.getByRole('textbox').or(page.getByRole('main')).first().waitFor()
  await page.evaluate(() => new Promise((drawn) => setTimeout(drawn, 450)))
  if (scene === 'details') {
    await page.locator('.workflow .disclosure').first().click()
    await page.locator('.thread').evaluate((thread) => thread.scrollTo(0, 0))
    await page
      .getByRole('link', { name: /heat pumps work/ })
      .first()
      .hover()
  }
  await page.evaluate(() => new Promise((drawn) => setTimeout(drawn, 250)))
  await page.screenshot({ path: join(folder, `${name}.png`) })
  await page.close()
}
await browser.close()
server.close()
