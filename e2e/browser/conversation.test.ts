import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { button, chatOf, composerOf, eventsOf, expectText, say, waitForEvent } from './support/chat-page.js'
import { launchChromium, openPage, strangers } from './support/chromium.js'
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

describe.each([
  ['the published React bindings', 'react' as const],
  ['the bare element', 'plain' as const],
])('B1: a conversation with Parley through %s', (_, kind) => {
  async function openChat(given: Record<string, string> = {}) {
    const opened = await openPage(browser)
    await opened.page.goto(pages.addressOf(kind, { server: parley.url, ...given }))
    await waitForEvent(opened.page, 'chatkit.ready')
    return opened
  }

  it('streams an answer and asks nobody but the page and its server for anything', async () => {
    const { page, requests, complaints } = await openChat()

    await say(page, 'good morning')

    await expectText(page, 'You said: good morning')
    await waitForEvent(page, 'chatkit.response.end')
    const change = (await eventsOf(page)).filter(({ name }) => name === 'chatkit.thread.change').at(-1)
    expect(change?.detail).toEqual({ threadId: expect.stringMatching(/^thr_/) })
    expect(strangers(requests, pages.url, parley.url)).toEqual([])
    expect(complaints).toEqual([])
  })

  it('begins with a starter prompt', async () => {
    const { page } = await openChat()

    await button(page, 'Return an item').click()

    await expectText(page, 'You said: Return an item')
  })

  it('stops in the middle and keeps what was written', async () => {
    const { page } = await openChat()
    await say(page, 'hold')
    await expectText(page, 'The first half')

    await button(page, 'Stop answering').click()

    await waitForEvent(page, 'chatkit.response.end')
    app.release()
    await page.reload()
    await expectText(page, 'The first half')
    await say(page, 'and on')
    await expectText(page, 'You said: and on')
    expect(await chatOf(page).getByText('the second half').count()).toBe(0)
  })

  it('shows everything and goes on streaming when the page is loaded again in mid-answer', async () => {
    const { page } = await openChat()
    await say(page, 'hold')
    await expectText(page, 'The first half')

    await page.reload()
    await expectText(page, 'The first half')
    app.release()

    await expectText(page, 'The first half and the second half.')
  })

  it('changes its theme in mid-answer without interrupting it or losing what is being typed', async () => {
    const { page } = await openChat()
    await say(page, 'hold')
    await expectText(page, 'The first half')
    await composerOf(page).fill('my next question')
    const groundOf = () =>
      chatOf(page)
        .locator('#chat > *')
        .evaluate((chat) => getComputedStyle(chat).backgroundColor)
    const light = await groundOf()

    await page.evaluate(() => window.change({ theme: 'dark' }))

    await expect.poll(groundOf).not.toBe(light)
    app.release()
    await expectText(page, 'The first half and the second half.')
    expect(await composerOf(page).inputValue()).toBe('my next question')
  })

  it('runs a tool of the page and goes on with what it said', async () => {
    const { page } = await openChat()

    await say(page, 'tool')

    await expectText(page, 'The page says {"title":"A shop"}.')
    await waitForEvent(page, 'chatkit.response.end')
    const responses = (await eventsOf(page)).filter(({ name }) => name.startsWith('chatkit.response'))
    expect(responses.map(({ name }) => name)).toEqual(['chatkit.response.start', 'chatkit.response.end'])
  })

  it('says what went wrong and tries again', async () => {
    const { page } = await openChat()
    app.failNext()

    await say(page, 'ask the model')
    await chatOf(page).getByText('The model is out to lunch.').waitFor()
    await button(page, 'Try again').first().click()

    await expectText(page, 'You said: ask the model')
    expect(await chatOf(page).getByText('The model is out to lunch.').count()).toBe(0)
  })

  it('answers again on request', async () => {
    const { page } = await openChat()
    await say(page, 'again please')
    await expectText(page, 'You said: again please')
    await waitForEvent(page, 'chatkit.response.end')

    await button(page, 'Try again').click()

    await expect
      .poll(async () => (await eventsOf(page)).filter(({ name }) => name === 'chatkit.response.end').length)
      .toBe(2)
    expect(await chatOf(page).getByRole('log').getByText('You said: again please').count()).toBe(1)
  })

  it('lists earlier conversations, opens, renames and deletes them', async () => {
    const { page } = await openChat()
    await say(page, `first of ${kind}`)
    await expectText(page, `You said: first of ${kind}`)
    await waitForEvent(page, 'chatkit.response.end')
    await button(page, 'New chat').click()
    await say(page, `second of ${kind}`)
    await expectText(page, `You said: second of ${kind}`)

    await button(page, 'Open chat history').click()
    await button(page, `About first of ${kind}`).first().click()
    await expectText(page, `You said: first of ${kind}`)

    await button(page, 'Open chat history').click()
    await button(page, `Rename About first of ${kind}`).click()
    await chatOf(page).getByRole('textbox', { name: 'Title' }).fill(`Renamed by ${kind}`)
    await chatOf(page).getByRole('textbox', { name: 'Title' }).press('Enter')
    await button(page, `Rename Renamed by ${kind}`).waitFor()

    await button(page, `Delete About second of ${kind}`).click()
    await button(page, /^Delete$/).click()
    await expect.poll(() => chatOf(page).getByText(`About second of ${kind}`).count()).toBe(0)

    await page.reload()
    await button(page, 'Open chat history').click()
    await chatOf(page).getByText(`Renamed by ${kind}`).waitFor()
    expect(await chatOf(page).getByText(`About second of ${kind}`).count()).toBe(0)
  })
})
