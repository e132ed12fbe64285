import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { button, chatOf, composerOf, expectText, say, untilAnswered } from './support/chat-page.js'
import { launchChromium } from './support/chromium.js'
import { openComposer, type } from './support/composer-page.js'
import { type HostPages, serveHostPages } from './support/host-page.js'
import type { Running } from './support/http.js'
import { startParley } from './support/parley-server.js'
import { createTestApp } from './support/test-app.js'

const FOLDER = fileURLToPath(new URL('../output/composer', import.meta.url))

let browser: Browser
let pages: HostPages
let parley: Running

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true })
  browser = await launchChromium()
  pages = await serveHostPages()
  parley = await startParley(createTestApp())
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([pages?.close(), parley?.close()])
})

async function openAnswer(given: Parameters<typeof openComposer>[2] = {}) {
  const opened = await openComposer(browser, { pages, server: parley.url }, given)
  await say(opened.page, 'showcase')
  await expectText(opened.page, 'Anything else I can do?')
  await untilAnswered(opened.page)
  return opened
}

const REFUNDS = 'Refunds arrive within five working days, on the card you paid with.'
const shoot = (page: Page, name: string) => page.screenshot({ path: `${FOLDER}/${name}.png`, animations: 'disabled' })

/** As a screen reader or caret browsing selects. */
const select = (page: Page, words: string) =>
  chatOf(page)
    .getByRole('log')
    .getByText(words)
    .first()
    .evaluate((element) => getSelection()?.selectAllChildren(element))

describe('B2: quoting an answer', () => {
  it('takes what was selected with the mouse along with the next message', async () => {
    const { page, sent, complaints } = await openAnswer()

    await chatOf(page).getByRole('log').getByText(REFUNDS).click({ clickCount: 3 })
    await button(page, 'Quote').waitFor()
    await shoot(page, 'quote-button')
    await button(page, 'Quote').click()
    await type(page, 'Even to a gift card?')
    await shoot(page, 'quote-chip')
    await page.keyboard.press('Enter')

    await expectText(page, 'You said: Even to a gift card?')
    expect(sent.at(-1)).toMatchObject({ quoted_text: REFUNDS, content: [{ text: 'Even to a gift card?' }] })
    await chatOf(page).locator('.user-message blockquote').getByText(REFUNDS).waitFor()
    await shoot(page, 'quote-sent')
    expect(await button(page, 'Remove quote').count()).toBe(0)
    expect(complaints).toEqual([])
  })

  it('is reached with Tab, used with Enter, and left with Escape', async () => {
    const { page } = await openAnswer()
    await chatOf(page).getByRole('log').getByText('Returning an order').click()
    await select(page, REFUNDS)
    await button(page, 'Quote').waitFor()

    await page.keyboard.press('Escape')
    await button(page, 'Quote').waitFor({ state: 'detached' })
    await select(page, REFUNDS)
    await button(page, 'Quote').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')

    await button(page, 'Remove quote').waitFor()
    await expect.poll(() => composerOf(page).evaluate((element) => element === document.activeElement)).toBe(true)
    await button(page, 'Remove quote').click()
    await button(page, 'Remove quote').waitFor({ state: 'detached' })
  })

  it('is offered for answers, not for what the person said', async () => {
    const { page } = await openAnswer()
    await select(page, REFUNDS)
    await button(page, 'Quote').waitFor()

    await chatOf(page)
      .locator('.user-message .bubble')
      .evaluate((element) => getSelection()?.selectAllChildren(element))

    await button(page, 'Quote').waitFor({ state: 'detached' })
  })

  it.each([
    [390, 'dark', 'en'],
    [390, 'light', 'ar'],
  ] as const)('stands below the words for fingers, at %i in %s and %s', async (width, theme, locale) => {
    const viewport = { width, height: 800 }
    const { page } = await openAnswer({
      viewport,
      hasTouch: true,
      isMobile: true,
      theme,
      colorScheme: theme,
      locale,
    })
    await select(page, REFUNDS)
    const quote = chatOf(page).locator('.quote-button')
    await quote.waitFor()
    await shoot(page, `quote-${width}-${theme}-${locale}`)

    await quote.tap()

    await chatOf(page).locator('.composer-quote').waitFor()
    await shoot(page, `quote-chip-${width}-${theme}-${locale}`)
  })
})
