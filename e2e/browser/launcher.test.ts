import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ChatKitElement, ChatKitOptions } from '@parley/element'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { frameOf, violationsIn } from './support/axe.js'
import { button, chatOf, composerOf, expectText, say, waitForEvent } from './support/chat-page.js'
import { launchChromium, openPage } from './support/chromium.js'
import { type HostPages, serveHostPages } from './support/host-page.js'
import type { Running } from './support/http.js'
import { startParley } from './support/parley-server.js'
import { createTestApp } from './support/test-app.js'

/** Pictures to look at; git does not keep them. */
const FOLDER = fileURLToPath(new URL('../output/thread', import.meta.url))

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

async function openChat(options: ChatKitOptions, width: number, locale = 'en'): Promise<Page> {
  const { page } = await openPage(browser, { viewport: { width, height: 800 }, reducedMotion: 'reduce' })
  await page.goto(pages.addressOf('plain', { server: parley.url, locale }))
  await waitForEvent(page, 'chatkit.ready')
  await page.evaluate((changed) => window.change(changed as object), options)
  return page
}

const boxOf = (page: Page) =>
  page.locator('openai-chatkit').evaluate((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect()
    return { left, top, right, bottom }
  })

describe('B2: the launcher', () => {
  it('opens the chat as a panel in the corner, gives it the focus, and takes it back on Escape', async () => {
    const page = await openChat({ launcher: true }, 1280)
    const opener = page.getByRole('button', { name: 'Open chat', exact: true })
    await opener.waitFor()
    expect(await page.locator('openai-chatkit').isVisible()).toBe(false)
    await page.screenshot({ path: `${FOLDER}/launcher-closed-1280.png` })

    await opener.click()

    await composerOf(page).waitFor()
    await expect.poll(() => composerOf(page).evaluate((field) => field === document.activeElement)).toBe(true)
    await expect.poll(() => boxOf(page)).toEqual({ left: 864, top: 36, right: 1264, bottom: 716 })
    await page.screenshot({ path: `${FOLDER}/launcher-open-1280.png` })
    await page.keyboard.press('Escape')
    await opener.waitFor()
    await expect
      .poll(() => page.evaluate(() => document.querySelector('openai-chatkit')?.shadowRoot?.activeElement?.className))
      .toBe('launcher')
  })

  it('fills a phone, and is closed by the button in its header', async () => {
    const page = await openChat({ launcher: { open: true } }, 390)
    await composerOf(page).waitFor()
    await expect.poll(() => boxOf(page)).toEqual({ left: 0, top: 0, right: 390, bottom: 800 })
    await page.screenshot({ path: `${FOLDER}/launcher-390.png` })

    await button(page, 'Close chat').click()

    await page.getByRole('button', { name: 'Open chat' }).waitFor()
  })

  it('shows that an answer came while it was closed, in the chat’s language', async () => {
    const page = await openChat({ launcher: { side: 'start' } }, 768, 'de')
    await page.getByRole('button', { name: 'Chat öffnen', exact: true }).waitFor()

    await page.evaluate(() =>
      document.querySelector<ChatKitElement>('openai-chatkit')?.sendUserMessage({ text: 'Are you there?' }),
    )

    await page.getByRole('button', { name: 'Chat öffnen. Neue Nachricht' }).click()
    await expectText(page, 'You said: Are you there?')
    await page.getByRole('button', { name: 'Chat schließen', exact: true }).first().waitFor()
    await expect.poll(async () => (await boxOf(page)).left).toBe(16)
  })
})

describe('B2, B7: the launcher and axe', () => {
  it.each([
    ['light', 'en'],
    ['dark', 'ar'],
  ] as const)('find nothing wrong with each other in %s, %s', async (theme, locale) => {
    const page = await openChat({ launcher: true, theme }, 1280, locale)
    const opener = page.locator('openai-chatkit .launcher')
    await opener.waitFor()
    expect(await violationsIn(page)).toEqual([])

    await opener.click()
    await chatOf(page).getByRole('textbox').waitFor()

    await expect.poll(() => opener.getAttribute('aria-expanded')).toBe('true')
    expect(await violationsIn(page)).toEqual([])
    expect(await violationsIn(frameOf(page))).toEqual([])
  })
})

describe('B2: a chat as high as what is in it', () => {
  it('grows with the conversation up to the most the page allows', async () => {
    const page = await openChat({ autoHeight: true }, 768)
    const height = async () => {
      const { top, bottom } = await boxOf(page)
      return bottom - top
    }
    await expect.poll(height).toBeLessThan(420)
    const atStart = await height()
    await say(page, 'Hello')
    await waitForEvent(page, 'chatkit.response.end')
    await expect.poll(height).not.toBe(atStart)
    const afterOne = await height()
    await page.screenshot({ path: `${FOLDER}/auto-height-768.png` })

    await say(page, 'showcase')
    await chatOf(page).getByText('Anything else I can do?').waitFor()

    await expect.poll(height).toBe(640)
    expect(afterOne).toBeLessThan(640)
  })
})
