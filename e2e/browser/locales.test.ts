import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chatOf, expectText, waitForEvent } from './support/chat-page.js'
import { launchChromium, openPage } from './support/chromium.js'
import { type HostPages, serveHostPages } from './support/host-page.js'
import type { Running } from './support/http.js'
import { startParley } from './support/parley-server.js'
import { createTestApp } from './support/test-app.js'

/** Pictures to look at; git does not keep them. */
const FOLDER = fileURLToPath(new URL('../output/locales', import.meta.url))

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

const htmlOf = (page: Page) =>
  chatOf(page)
    .locator('html')
    .evaluate(({ ownerDocument: { documentElement } }) => `${documentElement.lang} ${documentElement.dir}`)

/** Waits for the words of the language; a chat is in English until they have come. */
const fieldNamed = (page: Page, name: string) => chatOf(page).getByRole('textbox', { name, exact: true })

const changeLocale = (page: Page, locale: string) =>
  page.evaluate((locale) => window.change({ locale } as object), locale)

describe('the locale a page asks for', () => {
  let page: Page
  beforeAll(async () => {
    page = (await openPage(browser)).page
    await page.goto(pages.addressOf('plain', { server: parley.url, locale: 'de' }))
    await fieldNamed(page, 'Nachricht').waitFor()
    return () => page.context().close()
  })

  it.each([
    ['pt', 'pt-BR', 'pt-BR ltr', 'Mensagem'],
    ['zh-Hant', 'zh-TW', 'zh-TW ltr', '訊息'],
    ['fr-CA', 'fr-CA', 'fr ltr', 'Message'],
    ['ar', 'ar', 'ar rtl', 'رسالة'],
    ['ur', 'ur', 'ur rtl', 'پیغام'],
    ['bg-BG', 'bg-BG', 'en ltr', 'Message'],
    ['nonsense!', 'en', 'en ltr', 'Message'],
  ])('%s is %s for the server, and the words say which language they are in', async (locale, sent, html, field) => {
    await changeLocale(page, locale)
    await expect.poll(() => htmlOf(page)).toBe(html)
    await fieldNamed(page, field).waitFor()
    const asked = page.waitForRequest((request) => request.postData()?.includes(`in ${locale}`) === true)
    await fieldNamed(page, field).fill(`in ${locale}`)
    await fieldNamed(page, field).press('Enter')

    expect((await asked).headers()['accept-language']).toBe(sent)
    await expectText(page, `You said: in ${locale}`)
    await chatOf(page).locator('.turn-last .turn-actions').waitFor()
  })

  it('is the browser’s own when the page names none', async () => {
    const { page } = await openPage(browser, { locale: 'es-MX' })
    await page.goto(pages.addressOf('plain', { server: parley.url }))
    await chatOf(page).getByRole('textbox').waitFor()
    await page.evaluate(() => window.change({ locale: undefined }))
    await fieldNamed(page, 'Mensaje').waitFor()

    await expect.poll(() => htmlOf(page)).toBe('es ltr')
  })
})

describe('the words of a language on the smallest phone', () => {
  let page: Page
  beforeAll(async () => {
    page = (await openPage(browser, { viewport: { width: 320, height: 640 }, reducedMotion: 'reduce' })).page
    await page.goto(pages.addressOf('plain', { server: parley.url }))
    await waitForEvent(page, 'chatkit.ready')
    return () => page.context().close()
  })

  it.each(['de', 'vi', 'ar', 'ur', 'ru', 'hi', 'ko', 'pl', 'id', 'zh-TW'])('have room: %s', async (locale) => {
    await page.context().setOffline(false) // whatever became of the test before
    await changeLocale(page, locale)
    await page.evaluate(async () => {
      await window.chat.hideHistory()
      await window.chat.setThreadId(null)
    })
    await expect.poll(() => htmlOf(page)).toContain(locale)
    await chatOf(page).locator('.start').waitFor()
    const shot = async (name: string) => {
      await page.screenshot({ path: `${FOLDER}/${locale}-${name}.png` })
      const wide = await chatOf(page)
        .locator('html')
        .evaluate((html) => html.scrollWidth - window.innerWidth)
      expect(wide, `${name} scrolls sideways`).toBeLessThanOrEqual(0)
    }
    await shot('start')
    await chatOf(page).getByRole('textbox').fill('showcase')
    await chatOf(page).getByRole('textbox').press('Enter')
    await expectText(page, 'Anything else I can do?')
    await chatOf(page).locator('.turn-last .turn-actions').waitFor()
    await shot('conversation')
    await page.context().setOffline(true)
    await chatOf(page).locator('.offline').waitFor()
    await shot('offline')
    await page.context().setOffline(false)
    await chatOf(page).locator('.offline').waitFor({ state: 'detached' })
    await chatOf(page).getByRole('button').first().click() // the history stands first in the header
    await chatOf(page).getByRole('list').first().waitFor()
    await shot('history')
  })
})
