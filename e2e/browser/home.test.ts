import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { frameOf } from './support/axe.js'
import { startBuiltServer } from './support/built-server.js'
import { button, chatOf, composerOf, say } from './support/chat-page.js'
import { launchChromium, openPage, strangers } from './support/chromium.js'
import { listenAnywhere, type Running } from './support/http.js'

let browser: Browser
let server: Running

beforeAll(async () => {
  browser = await launchChromium()
  server = await startBuiltServer()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

describe('the page a fresh server prints', () => {
  it('is a chat that answers, keeps the conversation in its address and asks nobody else for anything', async () => {
    const { page, requests, complaints } = await openPage(browser)
    await page.goto(server.url)

    await say(page, 'What can you do?')

    const answer = chatOf(page).getByRole('log').getByRole('article').last()
    await button(page, 'Copy').last().waitFor()
    const text = await answer.textContent()
    expect(text?.length).toBeGreaterThan(20)
    await expect.poll(() => page.evaluate(() => location.hash)).toMatch(/^#thr_/)

    await page.reload()
    await chatOf(page).getByRole('log').getByText('What can you do?').first().waitFor()
    expect(strangers(requests, server.url)).toEqual([])
    expect(complaints).toEqual([])
  })

  it('asks for the chat’s scripts together with its frame on a page of the same origin', async () => {
    const { page } = await openPage(browser)
    const body = '<!doctype html><script src="/chatkit.js"></script><openai-chatkit></openai-chatkit>'
    await page.route(`${server.url}/own`, (route) => route.fulfill({ contentType: 'text/html', body }))
    const SCRIPT = /assets\/(first-screen|frame)-.*/
    const byPage: string[] = []
    page.on('request', (request) => {
      const file = SCRIPT.exec(request.url())?.[0]
      if (file && request.frame() === page.mainFrame()) byPage.push(file)
    })
    await page.goto(`${server.url}/own`)
    await page.locator('openai-chatkit').evaluate((chat) => Object(chat).setOptions({}))
    await composerOf(page).waitFor()

    // What the browser still has in its memory, it hands to the frame without asking: the document tells what it is.
    const sources = await frameOf(page).evaluate(() =>
      [...document.querySelectorAll<HTMLScriptElement>('script[src]')].map(({ src }) => src),
    )
    const inFrame = sources.map((source) => SCRIPT.exec(source)?.[0])
    expect(inFrame).toHaveLength(2) // the first screen and the chat; its style stands in the document
    expect(byPage).toEqual(inFrame)
  })

  it('B7: shows tool steps, a handover and sources, without any model', async () => {
    const { page } = await openPage(browser)
    await page.goto(server.url)
    const log = chatOf(page).getByRole('log')

    await say(page, 'I need help with the integration: how do I embed this chat in my page?')
    await button(page, 'Copy').last().waitFor()
    await log.getByRole('button', { name: /steps/ }).click()

    await log.getByText('Integration helper').first().waitFor()
    await log.getByText('Looked it up in the handbook').first().waitFor()
    await log
      .getByRole('button', { name: /source/ })
      .last()
      .click()
    await log.getByText('about-parley.md').first().waitFor()
  })

  it('goes back to the conversation before with the browser’s back button', async () => {
    const { page } = await openPage(browser)
    await page.goto(server.url)
    await say(page, 'the first conversation')
    await button(page, 'Copy').last().waitFor()
    await button(page, 'New chat').click()
    await composerOf(page).waitFor()
    await expect.poll(() => page.evaluate(() => location.hash)).toBe('')

    await page.goBack()

    await chatOf(page).getByRole('log').getByText('the first conversation').first().waitFor()
  })

  it('shows a snippet that works when it is pasted into another page', async () => {
    const { page } = await openPage(browser)
    await page.goto(server.url)
    await page.getByRole('button', { name: 'Embed this' }).click()
    const snippet = await page.getByRole('region', { name: 'Plain HTML code' }).textContent()
    const shop = await listenAnywhere((_, response) =>
      response.setHeader('content-type', 'text/html').end(`<!doctype html><title>Shop</title>${snippet}`),
    )

    await page.goto(shop.url)

    await say(page, 'Hello from a shop')
    await button(page, 'Copy').last().waitFor()
    await shop.close()
  })

  it('works from a file on disk, too, where a page has no origin', async () => {
    const { page, complaints } = await openPage(browser)
    const file = join(mkdtempSync(join(tmpdir(), 'parley-page-')), 'shop.html')
    const options = `{ api: { url: '${server.url}/api/chatkit' } }`
    writeFileSync(
      file,
      `<!doctype html><title>Shop</title><script src="${server.url}/chatkit.js"></script>
      <openai-chatkit id="chat"></openai-chatkit>
      <script>document.getElementById('chat').setOptions(${options})</script>`,
    )

    await page.goto(pathToFileURL(file).href)

    await say(page, 'Hello from a file')
    await button(page, 'Copy').last().waitFor()
    expect(complaints).toEqual([])
    rmSync(dirname(file), { recursive: true })
  })

  it('leads from the bare frame to the page to chat on', async () => {
    const { page } = await openPage(browser)

    await page.goto(`${server.url}/chatkit/frame/`)

    await page.waitForURL(`${server.url}/`)
  })
})
