import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startScriptedServer } from './scripted-server.js'
import { button, chatOf, say, waitForEvent } from './support/chat-page.js'
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
let foreign: Running

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true })
  browser = await launchChromium()
  pages = await serveHostPages()
  parley = await startParley(createTestApp())
  foreign = await startScriptedServer(createTestApp())
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([pages?.close(), parley?.close(), foreign?.close()])
})

/** A page whose person has asked these things, each in a chat of its own. */
async function openChat(questions: string[], given: { api?: string; theme?: string } = {}): Promise<Page> {
  const { page } = await openPage(browser, { viewport: { width: 390, height: 844 } })
  await page.goto(pages.addressOf('plain', { server: parley.url, ...given }))
  for (const question of questions) {
    await button(page, 'New chat').waitFor({ state: 'hidden' })
    await say(page, question)
    await chatOf(page).locator('.turn-actions').waitFor()
    await button(page, 'New chat').click()
  }
  return page
}

/** A chat of 62 messages, of which the third and fourth are looked for. */
async function writeLongChat(server: string): Promise<void> {
  const ask = async (text: string, thread?: string): Promise<string> => {
    const input = { content: [{ type: 'input_text', text }], attachments: [], inference_options: {} }
    const response = await fetch(`${server}/api/chatkit`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(
        thread
          ? { type: 'threads.add_user_message', params: { thread_id: thread, input } }
          : { type: 'threads.create', params: { input } },
      ),
    })
    return /"(thr_\w+)"/.exec(await response.text())?.[1] ?? ''
  }
  const thread = await ask('Question 0')
  await ask('A needle in the haystack', thread)
  for (let at = 2; at <= 30; at++) await ask(`Question ${at}`, thread)
}

/** Whether it stands, whole, between the header and the composer. */
const isInView = (element: Locator) =>
  element.evaluate((node) => {
    const { top, bottom } = node.getBoundingClientRect()
    const view = document.querySelector('.thread')?.getBoundingClientRect()
    return view !== undefined && top >= view.top && bottom <= view.bottom
  })

const field = (page: Page) => chatOf(page).getByRole('searchbox', { name: 'Search chats' })
const rows = (page: Page) => chatOf(page).locator('.history-row')

describe('B2: finding earlier chats', () => {
  it('shows what was said, marks it, and is worked by the keyboard alone', async () => {
    const page = await openChat(['Is the Größe of the lamp right?', 'Another matter'])
    await button(page, 'Open chat history').click()
    await rows(page).nth(1).waitFor()

    await field(page).fill('LAMP grosse'.replace('grosse', 'groß'))

    await expect.poll(() => rows(page).count()).toBe(1)
    await expect.poll(() => rows(page).locator('mark').allInnerTexts()).toEqual(['Größ', 'lamp', 'Größ', 'lamp'])
    expect(await rows(page).innerText()).toContain('You said: Is the Größe of the lamp right?')
    await chatOf(page).getByText('1 chat found').waitFor()
    await page.screenshot({ path: `${FOLDER}/search-390-light.png` })
    await field(page).press('ArrowDown')
    await page.keyboard.press('Enter')
    await chatOf(page).getByRole('log').getByText('You said: Is the Größe').waitFor()
  })

  it.each([
    ['light', 390],
    ['dark', 1024],
  ] as const)('opens a chat at the message that was found, far from its end, in %s', async (theme, width) => {
    await writeLongChat(parley.url)
    const { page } = await openPage(browser, { viewport: { width, height: 700 } })
    await page.goto(pages.addressOf('plain', { server: parley.url, theme }))
    await button(page, 'Open chat history').click()
    await field(page).fill('needle haystack')
    await expect.poll(() => rows(page).first().innerText()).toContain('haystack')

    await rows(page).first().getByRole('button').first().click()

    const message = chatOf(page).locator('.assistant-message:focus')
    await message.getByText('You said: A needle in the haystack').waitFor()
    await expect.poll(() => isInView(message)).toBe(true)
    expect(await isInView(chatOf(page).getByText('You said: Question 30'))).toBe(false)
    await page.screenshot({ path: `${FOLDER}/search-found-${width}-${theme}.png` })

    await button(page, 'Jump to newest').click()
    await expect.poll(() => isInView(chatOf(page).getByText('You said: Question 30'))).toBe(true)
  })

  it('says when nothing is found; Escape empties the field, then closes the history and goes back to writing', async () => {
    const page = await openChat(['Something'])
    await button(page, 'Open chat history').focus()
    await page.keyboard.press('Enter')
    await field(page).fill('nowhere to be seen')
    await chatOf(page).getByText('No chat contains “nowhere to be seen”.').waitFor()
    await page.screenshot({ path: `${FOLDER}/search-empty-390-light.png` })

    await page.keyboard.press('Escape')
    await rows(page).first().waitFor()
    await expect.poll(() => field(page).inputValue()).toBe('')
    await page.keyboard.press('Escape')

    await waitForEvent(page, 'chatkit.history.close')
    await expect.poll(() => chatOf(page).locator(':focus').getAttribute('aria-label')).toBe('Message')
  })

  it('leaves the history open when Escape ends renaming', async () => {
    const page = await openChat(['To be renamed'])
    await button(page, 'Open chat history').click()
    await button(page, 'Rename About To be renamed').click()
    await page.keyboard.press('Escape')
    await button(page, 'Rename About To be renamed').waitFor()
  })

  it('looks through the titles where the server cannot search', async () => {
    const page = await openChat(['Lamp shades', 'Chairs'], { api: foreign.url })
    await button(page, 'Open chat history').click()
    await rows(page).nth(1).waitFor()

    await field(page).fill('shades lamp')

    await chatOf(page).getByText('Only titles are searched here.').waitFor()
    await expect.poll(() => rows(page).allInnerTexts()).toEqual(['About Lamp shades'])
    await expect.poll(() => rows(page).locator('mark').allInnerTexts()).toEqual(['Lamp', 'shades'])
  })
})
