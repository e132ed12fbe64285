import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { button, chatOf, composerOf, expectText, say } from './support/chat-page.js'
import { launchChromium } from './support/chromium.js'
import { openComposer } from './support/composer-page.js'
import { type HostPages, serveHostPages } from './support/host-page.js'
import type { Running } from './support/http.js'
import { startParley } from './support/parley-server.js'
import { createSceneApp, SCENES } from './support/thread-scenes.js'

let browser: Browser
let pages: HostPages
let parley: Running
const app = createSceneApp(SCENES)

beforeAll(async () => {
  browser = await launchChromium()
  pages = await serveHostPages()
  parley = await startParley(app)
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([pages?.close(), parley?.close()])
})

const open = async () => (await openComposer(browser, { pages, server: parley.url })).page

async function press(page: Page, name: string | RegExp): Promise<void> {
  await button(page, name).first().press('Enter')
}

const focused = (page: Page) => chatOf(page).locator(':focus')
const isWriting = (page: Page) => expect.poll(() => focused(page).getAttribute('aria-label')).toBe('Message')

describe('the focus of whoever uses the keyboard is never lost', () => {
  it('after beginning with a prompt', async () => {
    const page = await open()
    await press(page, 'Return an item')
    await expectText(page, 'You said: Return an item')
    await isWriting(page)
  })

  it('in a message just sent, when the server has it', async () => {
    const page = await open()
    let answer: () => void = () => undefined
    const mayAnswer = new Promise<void>((resolve) => {
      answer = resolve
    })
    await page.route('**/api/chatkit', async (route) => {
      await mayAnswer
      await route.continue()
    })
    await say(page, 'Hello there')
    const message = chatOf(page).getByRole('log').getByText('Hello there', { exact: true })
    await message.evaluate((element) => {
      element.tabIndex = -1
      element.focus()
    })

    answer()
    await expectText(page, 'You said: Hello there')

    expect(await focused(page).textContent()).toBe('Hello there')
  })

  it('after stopping an answer', async () => {
    const page = await open()
    await say(page, 'progress')
    await expectText(page, 'Asking the warehouse')
    await press(page, 'Stop answering')
    await button(page, 'Send message').waitFor()
    await isWriting(page)
  })

  it('after trying again and after putting a notice away', async () => {
    const page = await open()
    await say(page, 'stream error')
    await press(page, 'Try again')
    await isWriting(page)

    await say(page, 'notices')
    await press(page, 'Dismiss')
    await isWriting(page)
  })

  it('after naming, keeping and deleting a chat', async () => {
    const page = await open()
    for (const text of ['one', 'two']) {
      await say(page, text)
      await expectText(page, `You said: ${text}`)
      await chatOf(page).locator('.turn-actions').waitFor()
      await press(page, 'New chat')
    }
    await press(page, 'Open chat history')
    const words = () => focused(page).textContent()

    await press(page, 'Rename About two')
    await chatOf(page).getByRole('textbox', { name: 'Title' }).fill('Second')
    await page.keyboard.press('Enter')
    await expect.poll(words).toBe('Second')

    await press(page, 'Delete Second')
    await chatOf(page).getByRole('alertdialog', { name: 'Second' }).getByText('Second').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(words).toBe('Second')

    await press(page, 'Delete Second')
    await chatOf(page).getByRole('button', { name: 'Delete', exact: true }).press('Enter')
    await expect.poll(words).toBe('About one')
    for (const others = chatOf(page).locator('.history-row'); (await others.count()) > 0; ) {
      const count = await others.count()
      await others
        .first()
        .getByRole('button', { name: /^Delete / })
        .press('Enter')
      await chatOf(page).getByRole('button', { name: 'Delete', exact: true }).press('Enter')
      await expect.poll(() => others.count()).toBe(count - 1)
    }
    await expect.poll(() => focused(page).getAttribute('aria-label')).toBe('Back to the chat')
  })
})

describe('touch', () => {
  it('does not open the keyboard over what comes', async () => {
    const phone = { viewport: { width: 390, height: 800 }, isMobile: true, hasTouch: true }
    const { page } = await openComposer(browser, { pages, server: parley.url }, phone)
    await button(page, 'Return an item').tap()
    await expectText(page, 'You said: Return an item')
    expect(await composerOf(page).evaluate((field) => field === document.activeElement)).toBe(false)
  })
})
