import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { button, chatOf, expectText, say, waitForEvent } from './support/chat-page.js'
import { launchChromium, openPage } from './support/chromium.js'
import { type HostPages, serveHostPages } from './support/host-page.js'
import type { Running } from './support/http.js'
import { startParley } from './support/parley-server.js'
import { createTestApp, type TestApp } from './support/test-app.js'

/** Pictures to look at, one folder per run of the tests; git does not keep them. */
const FOLDER = fileURLToPath(new URL('../output/screens', import.meta.url))

let browser: Browser
let pages: HostPages
let parley: Running
let app: TestApp

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true })
  app = createTestApp()
  browser = await launchChromium()
  pages = await serveHostPages()
  parley = await startParley(app)
})
afterAll(async () => {
  app.release()
  await browser?.close()
  await Promise.all([pages?.close(), parley?.close()])
})

/** Nothing on any screen may be wider than the screen: what is wide scrolls inside itself. */
async function shoot(page: Page, name: string): Promise<void> {
  const body = chatOf(page).locator('body')
  const overflow = await body.evaluate(
    (element) => element.ownerDocument.documentElement.scrollWidth - window.innerWidth,
  )
  await page.screenshot({ path: `${FOLDER}/${name}.png`, animations: 'disabled' })
  expect(overflow, `${name} scrolls sideways`).toBeLessThanOrEqual(0)
}

const SIZES = [
  [320, 640],
  [390, 844],
  [768, 1024],
  [1280, 800],
] as const

/** A picture in each size; `%` in its name is the width. */
async function shootSizes(page: Page, name: string): Promise<void> {
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height })
    await shoot(page, name.replace('%', `${width}`))
  }
}

describe.each(['light', 'dark'] as const)('every screen in %s', (scheme) => {
  it('fits on phones, tablets and desks, whatever is going on', async () => {
    const { page } = await openPage(browser, { colorScheme: scheme })
    const shot = (name: string) => shootSizes(page, `${name}-%-${scheme}`)
    await page.goto(pages.addressOf('plain', { server: parley.url, theme: scheme }))
    await button(page, 'Return an item').waitFor()
    await shot('start')

    await say(page, 'hold')
    await expectText(page, 'The first half')
    await shot('streaming')
    app.release()
    await waitForEvent(page, 'chatkit.response.end')

    await say(page, 'showcase')
    await expectText(page, 'Anything else I can do?')
    await shot('conversation')

    app.failNext()
    await say(page, 'and this one?')
    await chatOf(page).getByText('The model is out to lunch.').waitFor()
    await shot('error')

    await button(page, 'Open chat history').click()
    await chatOf(page).getByText('About hold').first().waitFor()
    await shot('history')
    await button(page, /^Delete About hold/)
      .first()
      .click()
    const answers = chatOf(page).getByRole('alertdialog').getByRole('button')
    await shot('deleting')
    const tops = await answers.evaluateAll((buttons) => buttons.map((one) => one.getBoundingClientRect().top))
    expect(new Set(tops).size).toBe(1)
  })

  it('fits on the page to chat on', async () => {
    const { page } = await openPage(browser, { colorScheme: scheme })
    const shot = (name: string) => shootSizes(page, `${name}-%-${scheme}`)
    await page.goto(parley.url)
    await chatOf(page).getByRole('textbox', { name: 'Message' }).waitFor()
    await shot('home')
    await page.getByRole('button', { name: 'Embed this' }).click()
    await shot('embed')
  })
})

describe('other writing', () => {
  it.each(['ar', 'de', 'vi'])('fits in %s', async (locale) => {
    const { page } = await openPage(browser, { viewport: { width: 390, height: 844 } })
    await page.goto(pages.addressOf('plain', { server: parley.url, locale }))
    const composer = chatOf(page).getByRole('textbox')
    await composer.fill('showcase')
    await composer.press('Enter')
    await expectText(page, 'Anything else I can do?')
    await shoot(page, `conversation-390-${locale}`)
  })
})
