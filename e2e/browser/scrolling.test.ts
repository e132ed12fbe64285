import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { button, chatOf, expectText, say, waitForEvent } from './support/chat-page.js'
import { launchChromium, openPage } from './support/chromium.js'
import { type HostPages, serveHostPages } from './support/host-page.js'
import type { Running } from './support/http.js'
import { startParley } from './support/parley-server.js'
import { createTestApp, type TestApp } from './support/test-app.js'

let browser: Browser
let pages: HostPages
let parley: Running
let app: TestApp

beforeAll(async () => {
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

const scroller = (page: Page) => chatOf(page).locator('.thread')
const positionOf = (page: Page) => scroller(page).evaluate((element) => element.scrollTop)

/** How far the message stands below the upper edge of the conversation. */
async function topOf(page: Page, text: string): Promise<number> {
  const message = await chatOf(page).getByText(text, { exact: true }).boundingBox()
  const view = await scroller(page).boundingBox()
  return (message?.y ?? Number.NaN) - (view?.y ?? 0)
}

/** A conversation that is higher than its view. */
async function openLongThread(): Promise<Page> {
  const { page } = await openPage(browser)
  await page.goto(pages.addressOf('plain', { server: parley.url }))
  await waitForEvent(page, 'chatkit.ready')
  await say(page, 'showcase')
  await expectText(page, 'Anything else I can do?')
  await chatOf(page).locator('.turn-actions').waitFor()
  return page
}

describe('the place of the reader', () => {
  it('shows a message just sent at the top, however fast its answer comes', async () => {
    const page = await openLongThread()
    // The whole answer in one piece: it has ended before anything of it is drawn.
    await page.route('**/api/chatkit', async (route) => route.fulfill({ response: await route.fetch() }))
    const answered = await button(page, 'Copy').count()

    await say(page, 'quick')
    await expect.poll(() => button(page, 'Copy').count()).toBe(answered + 1)

    await expect.poll(() => topOf(page, 'quick')).toBeLessThan(60)
    expect(await topOf(page, 'quick')).toBeGreaterThanOrEqual(0)
  })

  it('stays where it is while an answer grows, and jumps to the newest when asked', async () => {
    const page = await openLongThread()
    await say(page, 'hold')
    await expectText(page, 'The first half')
    await scroller(page).evaluate((element) => element.scrollTo(0, 40))
    await button(page, 'Jump to newest').waitFor()

    app.release()
    await expectText(page, 'The first half and the second half.')
    expect(await positionOf(page)).toBe(40)

    await button(page, 'Jump to newest').click()
    await expect.poll(() => button(page, 'Jump to newest').count()).toBe(0)
  })

  it('offers the way to the newest as soon as a line of it is hidden', async () => {
    const page = await openLongThread()
    const scrollToEnd = (above: number) =>
      scroller(page).evaluate((element, px) => element.scrollTo(0, element.scrollHeight - px), above)
    const viewHeight = await scroller(page).evaluate((element) => element.clientHeight)
    const room = 32 // below the last line

    await scrollToEnd(viewHeight)
    await expect.poll(() => button(page, 'Jump to newest').count()).toBe(0)

    await scrollToEnd(viewHeight + room + 24)
    await button(page, 'Jump to newest').waitFor()

    await scrollToEnd(viewHeight + room)
    await expect.poll(() => button(page, 'Jump to newest').count()).toBe(0)
  })

  it('has all that was said so far below, though the answer grows out of sight', async () => {
    const page = await openLongThread()
    await say(page, 'hold far')
    await expect.poll(() => chatOf(page).getByText('A paragraph of its own.').count()).toBe(200)

    app.release()
    await expectText(page, 'The first part, the second part,')
    expect(await chatOf(page).getByText('the last.').count()).toBe(0)

    app.release()
    await expectText(page, 'The first part, the second part, the last.')
    expect(await topOf(page, 'hold far')).toBeGreaterThanOrEqual(0)
  })
})
