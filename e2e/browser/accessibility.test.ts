import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { frameOf, violationsIn } from './support/axe.js'
import { button, chatOf, composerOf, expectText, say, waitForEvent } from './support/chat-page.js'
import { launchChromium, openPage } from './support/chromium.js'
import { type HostPages, serveHostPages } from './support/host-page.js'
import type { Running } from './support/http.js'
import { startParley } from './support/parley-server.js'
import { createTestApp, type TestApp } from './support/test-app.js'

/** One transparent dot. */
const GIF = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'

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

describe.each(['light', 'dark'] as const)('WCAG 2.2 AA in %s', (scheme) => {
  /** Without motion nothing is half transparent at the moment it is looked at. */
  const looks = { colorScheme: scheme, reducedMotion: 'reduce' } as const

  it('holds with files in the composer, one of which failed, and with a picture in a message', async () => {
    const { page } = await openPage(browser, { viewport: { width: 768, height: 900 }, ...looks })
    await page.goto(pages.addressOf('plain', { server: parley.url, theme: scheme }))
    await composerOf(page).waitFor()
    await page.evaluate(() =>
      window.change({ theme: window.options.theme, composer: { attachments: { enabled: true } } }),
    )
    const picker = chatOf(page).locator('.composer input[type=file]')
    await picker.setInputFiles([
      { name: 'dot.gif', mimeType: 'image/gif', buffer: Buffer.from(GIF, 'base64') },
      { name: 'false.png', mimeType: 'image/png', buffer: Buffer.from('no picture at all') },
    ])
    await chatOf(page).getByRole('alert').getByText('The file says it is image/png').waitFor()
    await chatOf(page).locator('.upload-done').waitFor()
    expect(await violationsIn(frameOf(page))).toEqual([])

    await button(page, 'Remove false.png').click()
    await say(page, 'A very small picture')
    await chatOf(page).getByRole('log').getByRole('img', { name: 'dot.gif' }).waitFor()
    await waitForEvent(page, 'chatkit.response.end')
    expect(await violationsIn(frameOf(page))).toEqual([])
  })

  it('holds on the start screen, in a long conversation, in an error and in the history', async () => {
    const { page } = await openPage(browser, { viewport: { width: 768, height: 900 }, ...looks })
    await page.goto(pages.addressOf('plain', { server: parley.url, theme: scheme }))
    await waitForEvent(page, 'chatkit.ready')
    await button(page, 'Return an item').waitFor()
    expect(await violationsIn(frameOf(page))).toEqual([])

    await say(page, 'showcase')
    await expectText(page, 'Anything else I can do?')
    await waitForEvent(page, 'chatkit.response.end')
    expect(await violationsIn(frameOf(page))).toEqual([])

    app.failNext()
    await say(page, 'and this one?')
    await chatOf(page).getByText('The model is out to lunch.').waitFor()
    expect(await violationsIn(frameOf(page))).toEqual([])

    await button(page, 'Open chat history').click()
    await chatOf(page).getByText('About showcase').first().waitFor()
    expect(await violationsIn(frameOf(page))).toEqual([])
  })

  it('holds on the page to chat on and in its panel', async () => {
    const { page, complaints } = await openPage(browser, looks)
    await page.goto(parley.url)
    await composerOf(page).waitFor()
    expect(await violationsIn(page)).toEqual([])

    await page.getByRole('button', { name: 'Embed this' }).click()
    await page.getByRole('dialog', { name: 'Embed this chat' }).waitFor()
    expect(await violationsIn(page)).toEqual([])
    expect(complaints).toEqual([])
  })
})

describe('without eyes or without a mouse', () => {
  it('announces each answer once it is complete, not word by word', async () => {
    const { page } = await openPage(browser)
    await page.goto(pages.addressOf('plain', { server: parley.url }))
    await waitForEvent(page, 'chatkit.ready')

    await say(page, 'hold')
    await expectText(page, 'The first half')
    const announced = chatOf(page).getByRole('status').filter({ hasText: 'half' })
    expect(await announced.count()).toBe(0)
    app.release()

    await announced.filter({ hasText: 'The first half and the second half.' }).waitFor()
  })

  it('can be done with the keyboard alone: write, stop, open the history, come back', async () => {
    const { page } = await openPage(browser)
    await page.goto(pages.addressOf('plain', { server: parley.url }))
    await waitForEvent(page, 'chatkit.ready')
    const focused = () =>
      frameOf(page).evaluate(
        () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
      )
    const tabTo = async (name: string) => {
      for (let presses = 0; presses < 30; presses += 1) {
        if ((await focused())?.includes(name)) return
        await page.keyboard.press('Tab')
      }
      expect.unreachable(`Tab never reached "${name}"`)
    }

    await tabTo('Message')
    await page.keyboard.type('hold')
    await page.keyboard.press('Enter')
    await expectText(page, 'The first half')
    await tabTo('Stop answering')
    await page.keyboard.press('Enter')
    await waitForEvent(page, 'chatkit.response.end')
    app.release()

    await page.keyboard.press('Shift+Tab')
    await tabTo('Message')
    await page.keyboard.type('a last word')
    await page.keyboard.press('Enter')
    await expectText(page, 'You said: a last word')
  })

  it('opens and closes the panel of the page to chat on with the keyboard', async () => {
    const { page } = await openPage(browser)
    await page.goto(parley.url)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Embed this chat' })
    await dialog.waitFor()
    expect(await dialog.getByRole('region', { name: 'Plain HTML code' }).textContent()).toContain(
      `${parley.url}/chatkit.js`,
    )

    await page.keyboard.press('Escape')

    await dialog.waitFor({ state: 'hidden' })
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Embed this')
  })
})
