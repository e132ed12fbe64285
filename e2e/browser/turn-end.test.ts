import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ChatKitOptions } from '@parley/element'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { button, chatOf, composerOf, eventsOf, say, waitForEvent } from './support/chat-page.js'
import { launchChromium, openPage } from './support/chromium.js'
import { type HostPages, serveHostPages } from './support/host-page.js'
import type { Running } from './support/http.js'
import { startParley } from './support/parley-server.js'
import { createSceneApp, type SceneApp } from './support/thread-scenes.js'

/** Pictures to look at; git does not keep them. */
const FOLDER = fileURLToPath(new URL('../output/thread', import.meta.url))

let browser: Browser
let pages: HostPages
let parley: Running
let app: SceneApp

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true })
  app = createSceneApp()
  browser = await launchChromium()
  pages = await serveHostPages()
  parley = await startParley(app)
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([pages?.close(), parley?.close()])
})

async function openChat(options: ChatKitOptions = {}, theme = 'light'): Promise<Page> {
  const { page } = await openPage(browser, { viewport: { width: 390, height: 844 } })
  await page.goto(pages.addressOf('plain', { server: parley.url, theme }))
  await waitForEvent(page, 'chatkit.ready')
  await page.evaluate((changed) => window.change(changed as object), options)
  return page
}

const thread = (page: Page) => chatOf(page).getByRole('log')

describe('B2: while and after an answer comes', () => {
  it('says what is going on until there is something to read, and keeps nothing of it', async () => {
    const page = await openChat()
    await say(page, 'progress')
    await thread(page).getByRole('status').getByText('Asking the warehouse').waitFor()
    app.release()
    await thread(page).getByText('Writing it down').waitFor()
    await thread(page).getByText('Asking the warehouse').waitFor({ state: 'detached' })
    app.release()

    await thread(page).getByText('Here it is.').waitFor()
    await thread(page).getByText('Writing it down').waitFor({ state: 'detached' })
  })

  it('offers what can be done with an answer as soon as the agent says that its turn has ended', async () => {
    const page = await openChat()
    await say(page, 'end of turn')
    await thread(page).locator('.turn-actions').waitFor()
    await thread(page).locator('.caret').waitFor({ state: 'detached' })
    expect((await eventsOf(page)).some(({ name }) => name === 'chatkit.response.end')).toBe(false)
    app.release()
    await waitForEvent(page, 'chatkit.response.end')
  })

  it('shows notices of every level, which can be put away', async () => {
    const page = await openChat({}, 'dark')
    await say(page, 'notices')
    await waitForEvent(page, 'chatkit.response.end')
    await thread(page).getByText('Opening hours').waitFor()
    await thread(page).getByRole('alert').getByText('the policy').waitFor()
    expect(await thread(page).locator('.notice strong').allInnerTexts()).toEqual(['Opening hours', 'until six'])
    await page.screenshot({ path: `${FOLDER}/notices-390-dark.png`, animations: 'disabled' })

    await button(page, 'Dismiss').first().click()

    await expect.poll(() => thread(page).locator('.notice').count()).toBe(2)
  })

  it('says why a locked chat takes no message, and that a closed one is closed', async () => {
    const page = await openChat()
    await say(page, 'locked')
    await waitForEvent(page, 'chatkit.response.end')
    await chatOf(page).getByPlaceholder('A colleague looks into it.').waitFor()
    expect(await composerOf(page).isDisabled()).toBe(true)

    await button(page, 'New chat').click()
    await say(page, 'closed')
    await chatOf(page).getByText('This chat is closed.').waitFor()
    await composerOf(page).waitFor({ state: 'detached' })
    await page.screenshot({ path: `${FOLDER}/closed-390.png`, animations: 'disabled' })
  })

  it('says what went wrong, in the agent’s words or ours, and lets it be tried again where that helps', async () => {
    const page = await openChat()
    await say(page, 'custom error')
    await thread(page).getByRole('alert').getByText('Your plan has no pictures.').waitFor()
    expect(await thread(page).locator('.problem').getByRole('button').count()).toBe(0)

    await say(page, 'stream error')
    await thread(page).getByRole('alert').getByText('The answer could not be finished.').waitFor()
    await thread(page).locator('.problem').getByRole('button', { name: 'Try again' }).waitFor()
    const errors = async () => (await eventsOf(page)).filter(({ name }) => name === 'chatkit.error').length
    await expect.poll(errors).toBe(2)
  })

  it('shows the page’s disclaimer as Markdown', async () => {
    const page = await openChat({ disclaimer: { text: 'Answers may be **wrong**.', highContrast: true } })
    await chatOf(page).locator('.disclaimer strong').getByText('wrong').waitFor()
  })
})
