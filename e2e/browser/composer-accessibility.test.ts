import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { frameOf, violationsIn } from './support/axe.js'
import { button, chatOf, composerOf, expectText, say, untilAnswered } from './support/chat-page.js'
import { launchChromium } from './support/chromium.js'
import { openComposer } from './support/composer-page.js'
import { type HostPages, serveHostPages } from './support/host-page.js'
import type { Running } from './support/http.js'
import { startParley } from './support/parley-server.js'
import { createTestApp } from './support/test-app.js'

let browser: Browser
let pages: HostPages
let parley: Running

beforeAll(async () => {
  browser = await launchChromium('--use-fake-device-for-media-stream')
  pages = await serveHostPages()
  parley = await startParley(createTestApp())
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([pages?.close(), parley?.close()])
})

describe.each([
  ['light', 'en'],
  ['dark', 'ar'],
] as const)('WCAG 2.2 AA in %s and %s', (theme, locale) => {
  it('holds with every list and every part of the composer open', async () => {
    const { page } = await openComposer(
      browser,
      { pages, server: parley.url },
      { theme, locale, colorScheme: theme, reducedMotion: 'reduce', permissions: ['microphone'] },
    )
    await page.evaluate(() =>
      window.change({
        theme: window.options.theme,
        locale: window.options.locale,
        entities: {
          showComposerMenu: true,
          onTagSearch: async () => [{ id: 'u1', title: 'Ann Lee', icon: 'user', group: 'People', interactive: true }],
          onRequestPreview: async () => ({
            preview: { type: 'Basic', children: [{ type: 'Text', value: 'Since 2019.' }] } as never, // as the docs write it
          }),
        },
        commands: {
          enabled: true,
          onSearch: async () => [{ id: 'c', label: 'Refund', description: 'Asks which one' }],
        },
        composer: {
          dictation: { enabled: true },
          tools: [{ id: 't', label: 'Search', icon: 'search' }],
          models: [
            { id: 'a', label: 'A', default: true },
            { id: 'b', label: 'B', disabled: true },
          ],
        },
      }),
    )
    const composer = chatOf(page).getByRole('textbox')
    const isFine = async () => expect(await violationsIn(frameOf(page))).toEqual([])

    await composer.pressSequentially('/')
    await chatOf(page).getByRole('option', { name: 'Refund' }).waitFor()
    await isFine()
    await composer.fill('@')
    await chatOf(page).getByRole('option', { name: 'Ann Lee' }).click()
    await isFine()
    await composer.press('Enter')
    await chatOf(page).getByRole('button', { name: '@Ann Lee' }).focus()
    await chatOf(page).getByText('Since 2019.').waitFor()
    await isFine()
    await say(page, 'showcase')
    await expectText(page, 'Anything else I can do?')
    await untilAnswered(page)
    const answer = chatOf(page).getByRole('log').getByText('Refunds arrive').first()
    await answer.evaluate((element) => getSelection()?.selectAllChildren(element))
    await chatOf(page).locator('.quote-button').click()
    await chatOf(page).locator('.composer-quote').waitFor()
    await isFine()
    await chatOf(page).locator('.model-button').click()
    await isFine()
    await page.keyboard.press('Escape')
    await chatOf(page).locator('.composer-end > .icon-button').first().click()
    await chatOf(page).getByRole('timer').waitFor()
    await isFine()
  })
})

describe('B2: the composer', () => {
  it('takes what is pasted as plain text, grows to eight lines and scrolls from there', async () => {
    const { page, sent } = await openComposer(browser, { pages, server: parley.url })
    const height = () => composerOf(page).evaluate((element) => element.clientHeight)
    const oneLine = await height()
    await composerOf(page).focus()
    await composerOf(page).evaluate((element) => {
      const data = new DataTransfer()
      data.setData('text/html', '<b onclick="window.hacked=1">bold</b><img src=x onerror="window.hacked=1">')
      data.setData('text/plain', 'bold')
      const isFree = element.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      )
      if (isFree) document.execCommand('insertText', false, data.getData('text/plain')) // as the browser then does
    })
    expect(await composerOf(page).inputValue()).toBe('bold')

    await composerOf(page).fill(Array.from({ length: 40 }, (_, line) => `line ${line}`).join('\n'))

    const grown = await height()
    expect(grown).toBeGreaterThan(oneLine * 5)
    expect(await composerOf(page).evaluate((element) => element.scrollHeight > element.clientHeight)).toBe(true)
    await composerOf(page).fill(Array.from({ length: 80 }, () => 'line').join('\n'))
    expect(await height()).toBe(grown)
    await composerOf(page).fill('')
    expect(await height()).toBe(oneLine)
    await say(page, 'short')
    await expect.poll(() => sent.length).toBe(1)
    expect(await button(page, 'Send message').isDisabled()).toBe(true)
  })
})
