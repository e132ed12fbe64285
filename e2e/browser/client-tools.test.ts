import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startScriptedServer } from './scripted-server.js'
import { button, chatOf, composerOf, eventsOf, expectText, say, waitForEvent } from './support/chat-page.js'
import { launchChromium, openPage } from './support/chromium.js'
import { type HostPages, serveHostPages } from './support/host-page.js'
import type { Running } from './support/http.js'
import { startParley } from './support/parley-server.js'
import { createTestApp } from './support/test-app.js'

let browser: Browser
let pages: HostPages
let parley: Running
let foreign: Running

beforeAll(async () => {
  const app = createTestApp()
  browser = await launchChromium()
  pages = await serveHostPages()
  parley = await startParley(app)
  foreign = await startScriptedServer(app)
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([pages?.close(), parley?.close(), foreign?.close()])
})

const responsesOf = async (page: Page) =>
  (await eventsOf(page)).map(({ name }) => name).filter((name) => name.startsWith('chatkit.response'))

/** What the page has of a tool that waits for the test: calls that have no result yet, and a way to end the oldest. */
interface HeldTool {
  callsOfTool(): number
  finishTool(result: Record<string, unknown>): void
}

const holdTool = (page: Page) =>
  page.evaluate(() => {
    const calls: ((result: Record<string, unknown>) => void)[] = []
    const held: HeldTool = { callsOfTool: () => calls.length, finishTool: (result) => calls.shift()?.(result) }
    Object.assign(window, held)
    window.change({ onClientTool: () => new Promise((resolve) => calls.push(resolve)) })
  })

const finishTool = (page: Page, result: Record<string, unknown>) =>
  page.evaluate((given) => (window as unknown as HeldTool).finishTool(given), result)

/** Waits until the page has been asked for a result. */
const atWork = (page: Page) => page.waitForFunction(() => (window as unknown as HeldTool).callsOfTool() === 1)

/** What the chat says to a message in between. */
const refusal = (page: Page) =>
  page.evaluate(() => window.chat.sendUserMessage({ text: 'too early' }).then(String, String))

describe.each(['Parley', 'a ChatKit server of somebody else'])('B2: a tool of the page, for %s', (name) => {
  async function openChat() {
    const api = name === 'Parley' ? `${parley.url}/api/chatkit` : `${foreign.url}/chatkit`
    const { page, complaints } = await openPage(browser)
    await page.goto(pages.addressOf('plain', { server: parley.url, api }))
    await waitForEvent(page, 'chatkit.ready')
    return { page, complaints }
  }

  it('locks the composer until the last of its calls is answered, and only then is the response over', async () => {
    const { page, complaints } = await openChat()
    await holdTool(page)

    await say(page, 'tool')
    await atWork(page)
    expect(await refusal(page)).toMatch(/busy/)
    await composerOf(page).fill('a draft')
    await composerOf(page).press('Enter')
    await finishTool(page, { more: true })
    await atWork(page)
    expect(await responsesOf(page)).toEqual(['chatkit.response.start'])
    expect(await refusal(page)).toMatch(/busy/)
    await finishTool(page, { title: 'A shop' })

    await expectText(page, 'The page says {"title":"A shop"}.')
    await waitForEvent(page, 'chatkit.response.end')
    expect(await responsesOf(page)).toEqual(['chatkit.response.start', 'chatkit.response.end'])
    expect(await composerOf(page).inputValue()).toBe('a draft')
    expect(complaints).toEqual([])
  })

  it('tells the agent what went wrong in it', async () => {
    const { page } = await openChat()
    await page.evaluate(() =>
      window.change({
        onClientTool: () => {
          throw new Error('The shelf is empty.')
        },
      }),
    )

    await say(page, 'tool')

    await expectText(page, 'The page says {"error":"The shelf is empty."}.')
    await waitForEvent(page, 'chatkit.error')
  })

  it('is asked again after a reload that nobody answered before', async () => {
    const { page } = await openChat()
    await holdTool(page)
    await say(page, 'tool')
    await atWork(page)

    await page.reload()

    await expectText(page, 'The page says {"title":"A shop"}.')
    expect(await page.evaluate(() => window.toolCalls)).toEqual([{ name: 'read_page', params: { part: 'title' } }])
    await say(page, 'go on')
    await expectText(page, 'You said: go on')
  })

  it('is ended by the stop button; what it says later changes nothing', async () => {
    const { page } = await openChat()
    await holdTool(page)
    await say(page, 'tool')
    await atWork(page)

    await button(page, 'Stop answering').click()
    await waitForEvent(page, 'chatkit.response.end')
    await finishTool(page, { title: 'too late' })
    await say(page, 'go on')

    await expectText(page, 'You said: go on')
    expect(await chatOf(page).getByText('too late').count()).toBe(0)
  })
})
