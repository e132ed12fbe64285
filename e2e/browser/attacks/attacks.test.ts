import type { OpenAIChatKit } from '@openai/chatkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chatOf, eventsOf, waitForEvent } from '../support/chat-page.js'
import { launchChromium, openPage, strangers, type WatchedPage } from '../support/chromium.js'
import { type HostPages, serveHostPages } from '../support/host-page.js'
import type { Running } from '../support/http.js'
import { serveScript } from '../support/script-server.js'
import { type Attack, EVIL } from './attack.js'
import { startAttackServer } from './attack-server.js'
import { listenForAnybody } from './evil-host.js'
import { findIn } from './findings.js'
import { ITEMS } from './items.js'
import { MARKDOWN } from './markdown.js'
import { OPTIONS } from './options.js'
import { WIDGETS } from './widgets.js'

const ALL = [...MARKDOWN, ...WIDGETS, ...ITEMS, ...OPTIONS]

let browser: Browser
let pages: HostPages
let script: Running
let server: Running
let evil: Awaited<ReturnType<typeof listenForAnybody>>

beforeAll(async () => {
  evil = await listenForAnybody()
  browser = await launchChromium(
    `--host-resolver-rules=MAP *.${EVIL} 127.0.0.1:${evil.port}, MAP ${EVIL} 127.0.0.1:${evil.port}`,
  )
  pages = await serveHostPages()
  script = await serveScript()
  server = await startAttackServer(ALL)
})
afterAll(async () => {
  await browser?.close()
  evil?.close()
  await Promise.all([pages?.close(), script?.close(), server?.close()])
})

it('are many, and each is one of its own', () => {
  expect(new Set(ALL.map(({ name }) => name)).size).toBe(ALL.length)
  expect(ALL.length).toBeGreaterThanOrEqual(100)
})

describe.each([
  ['what a model writes', MARKDOWN],
  ['widgets', WIDGETS],
  ['files, citations, steps and events', ITEMS],
  ['options and sandboxes', OPTIONS],
])('B6: %s of an attacker', (_, attacks) => {
  let watched: WatchedPage
  let page: Page
  let dialogs = 0

  beforeAll(async () => {
    watched = await openPage(browser, { viewport: { width: 480, height: 700 } })
    page = watched.page
    page.on('dialog', (dialog) => {
      dialogs++
      void dialog.dismiss()
    })
    await page.goto(pages.addressOf('plain', { server: script.url, api: server.url }))
    await waitForEvent(page, 'chatkit.ready')
    return () => page.context().close()
  })

  it.each(attacks.map((attack) => [attack.name, attack] as const))('%s', async (name, attack) => {
    watched.complaints.length = 0
    watched.requests.length = 0
    evil.connections.length = 0
    evil.requests.length = 0
    await carryOut(page, attack)

    expect(await findIn(chatOf(page).locator('body'))).toEqual([])
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false)
    // A page in a sandbox makes the browser open a line before it is refused to go there: nothing is said on it.
    expect(attack.inSandbox ? evil.requests : evil.connections).toEqual([])
    if (!attack.inSandbox) expect(strangers(watched.requests, pages.url, script.url, server.url)).toEqual([])
    expect(page.context().pages()).toHaveLength(1)
    expect(dialogs).toBe(0)
    expect(new URL(page.url()).origin).toBe(pages.url)
    if (!attack.inSandbox) expect(watched.complaints).toEqual([])
    expect((await eventsOf(page)).filter(({ name }) => name === 'chatkit.error')).toHaveLength(attack.errors ?? 0)
    await answers(page, name)
  })
})

/** Asks for the attack and waits until all of it has arrived and been drawn. */
async function carryOut(page: Page, { name, options = {}, events, inSandbox }: Attack): Promise<void> {
  await page.evaluate((changed) => {
    window.events.length = 0
    window.change(changed as object)
  }, options)
  await page
    .locator('openai-chatkit')
    .evaluate((chat: OpenAIChatKit, text) => chat.sendUserMessage({ text, newThread: true }), name)
  await waitForEvent(page, 'chatkit.response.end')
  const chat = chatOf(page)
  if (/"type":"widget"/.test(JSON.stringify(events))) await chat.locator('.widget').first().waitFor()
  if (inSandbox) await chat.locator('.widget-sandbox iframe').waitFor()
  await chat
    .locator('body')
    .evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestIdleCallback(drawn))))
}

/** The chat goes on as if nothing had been. */
async function answers(page: Page, name: string): Promise<void> {
  await expect.poll(() => chatOf(page).getByRole('log').innerText()).toContain(name.slice(0, 20))
}
