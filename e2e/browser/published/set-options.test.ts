import type { ChatKitOptions } from '@openai/chatkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { button, chatOf, composerOf, expectText, say, waitForEvent } from '../support/chat-page.js'
import { launchChromium, openPage } from '../support/chromium.js'
import { type HostPages, serveHostPages } from '../support/host-page.js'
import type { Running } from '../support/http.js'
import { startParley } from '../support/parley-server.js'
import { createTestApp, type TestApp } from '../support/test-app.js'

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
  await browser?.close()
  await Promise.all([pages?.close(), parley?.close()])
})

async function openChat(page: Page) {
  await page.goto(pages.addressOf('plain', { server: parley.url }))
  await waitForEvent(page, 'chatkit.ready')
}

const CHANGES: [string, Partial<ChatKitOptions>][] = [
  ['the theme', { theme: { colorScheme: 'dark', radius: 'sharp', density: 'compact', typography: { baseSize: 18 } } }],
  ['the language', { locale: 'ar' }],
  ['the header', { header: { title: { text: 'Help desk' } }, frameTitle: 'Help' }],
  ['the history', { history: { showDelete: false, showRename: false } }],
  ['the first screen', { startScreen: { greeting: 'Hello', prompts: [] }, initialThread: 'thr_elsewhere' }],
  ['the actions', { threadItemActions: { feedback: false, retry: false }, thread: { autoScroll: true } }],
  ['the disclaimer', { disclaimer: { text: 'Check it.' } }],
  [
    'the composer',
    {
      composer: {
        placeholder: 'Ask',
        attachments: { enabled: true },
        tools: [{ id: 'web', label: 'Web', icon: 'globe' }],
        models: [{ id: 'small', label: 'Small' }],
      },
    },
  ],
  ['the mentions and commands', { entities: { showComposerMenu: true }, commands: { enabled: true } }],
]

describe('B2: setOptions', () => {
  it.each(CHANGES)(
    'changes %s, and nothing else: not the answer, not the draft, not the open history',
    async (_, changed) => {
      const { page, requests, complaints } = await openPage(browser)
      await openChat(page)
      await say(page, 'hold')
      await expectText(page, 'The first half')
      await composerOf(page).fill('a draft')
      await page.evaluate(() => window.chat.showHistory())
      await chatOf(page).locator('.history').waitFor()

      await page.evaluate((options) => window.change(options), changed)
      app.release()

      await waitForEvent(page, 'chatkit.response.end')
      await chatOf(page).locator('.history').waitFor()
      await page.evaluate(() => window.chat.hideHistory())
      await expectText(page, 'The first half and the second half.')
      expect(await chatOf(page).locator('textarea').inputValue()).toBe('a draft')
      expect(requests.filter((url) => url.includes('/chatkit/frame/'))).toHaveLength(1)
      expect(complaints).toEqual([])
    },
  )

  it('replaces all options: what is not named again is as if it had never been', async () => {
    const { page } = await openPage(browser)
    await openChat(page)
    await page.evaluate(
      (all) => window.change(Object.assign({}, ...all)),
      CHANGES.slice(2).map(([, changed]) => changed),
    )
    await chatOf(page).getByPlaceholder('Ask').waitFor()

    await page.evaluate(() => window.chat.setOptions({ api: window.options.api, locale: 'en' }))

    await chatOf(page).getByPlaceholder('Message the AI').waitFor()
    await chatOf(page).getByText('What can I help with today?').waitFor()
    expect(await chatOf(page).getByText('Check it.').count()).toBe(0)
    expect(await button(page, /^Model/).count()).toBe(0)
    expect(await button(page, 'Attach files').count()).toBe(0)
    expect(await page.locator('openai-chatkit iframe').getAttribute('title')).toBe('Chat')
  })
})
