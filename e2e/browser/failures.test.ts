import type { OpenAIChatKit } from '@openai/chatkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chatOf, eventsOf, waitForEvent } from './support/chat-page.js'
import { launchChromium, openPage } from './support/chromium.js'
import { type HostPages, serveHostPages } from './support/host-page.js'
import { listenAnywhere, type Running } from './support/http.js'
import { serveScript } from './support/script-server.js'

let browser: Browser
let pages: HostPages
let script: Running

beforeAll(async () => {
  browser = await launchChromium()
  pages = await serveHostPages()
  script = await serveScript()
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([pages?.close(), script?.close()])
})

const alertOf = (page: Page) => page.locator('openai-chatkit').getByRole('alert')

const firstError = async (page: Page) => {
  await waitForEvent(page, 'chatkit.error')
  return page.evaluate(() => {
    const detail = window.events.find(({ name }) => name === 'chatkit.error')?.detail as { error: Error } // as published
    return { isError: detail.error instanceof Error, message: detail.error.message }
  })
}

describe('a chat that cannot be loaded says why', () => {
  it('when the server is down, and tries again on request', async () => {
    const { page } = await openPage(browser)
    await page.route('**/chatkit/frame/', (route) => route.abort('connectionrefused'))
    await page.goto(pages.addressOf('plain', { server: script.url }))

    await alertOf(page).getByText(`could not be loaded from ${script.url}. Check that the server is running`).waitFor()
    expect(await firstError(page)).toEqual({ isError: true, message: expect.stringContaining('reachable') })

    await page.unroute('**/chatkit/frame/')
    await alertOf(page).getByRole('button', { name: 'Try again' }).click()
    await waitForEvent(page, 'chatkit.ready')
    await alertOf(page).waitFor({ state: 'detached' })
  })

  it('when the address answers but is no chat', async () => {
    const { page } = await openPage(browser)
    await page.route('**/chatkit/frame/', (route) => route.fulfill({ status: 404, body: 'Not found' }))
    await page.goto(pages.addressOf('plain', { server: script.url }))

    await alertOf(page).getByText('answers, but the chat did not start').waitFor()
    expect((await firstError(page)).message).toContain(`${script.url}/chatkit/frame/`)
  })

  it('when the page’s own policy forbids the frame', async () => {
    const { page } = await openPage(browser)
    const csp = `default-src 'self'; script-src 'self' ${script.url}; frame-src 'self'`
    await page.goto(pages.addressOf('plain', { server: script.url, csp }))

    await alertOf(page).getByText(`Add ${script.url} to its frame-src.`).waitFor()
  })

  it('when the code for conversations did not come with it', async () => {
    const { page } = await openPage(browser)
    await page.route('**/assets/thread-view-*.js', (route) => route.abort('connectionreset'))
    await page.goto(pages.addressOf('plain', { server: script.url }))
    const chat = chatOf(page)
    await chat.getByRole('textbox').fill('Are you there?')
    await chat.getByRole('textbox').press('Enter')
    await chat.getByRole('alert').waitFor()

    await page.unroute('**/assets/thread-view-*.js')
    await chat.getByRole('button', { name: 'Try again' }).click()
    await chat.getByRole('textbox').fill('Are you there now?')
    await chat.getByRole('textbox').press('Enter')
    await chat.getByText('Are you there now?', { exact: true }).waitFor()
  })

  it('rejects the calls that were waiting with the same sentence', async () => {
    const { page } = await openPage(browser)
    await page.route('**/chatkit/frame/', (route) => route.abort('connectionrefused'))
    await page.goto(pages.addressOf('plain', { server: script.url }))
    await page.waitForFunction(() => document.querySelector('openai-chatkit'))

    const message = await page
      .locator('openai-chatkit')
      .evaluate((chat: OpenAIChatKit) => chat.focusComposer().catch(String))

    expect(message).toContain('could not be loaded')
  })
})

describe('B11: a chat whose requests fail says why', () => {
  it('when another origin’s CORS rules refuse the page', async () => {
    const strict = await listenAnywhere((_, response) => response.writeHead(200).end('{}'))
    const { page } = await openPage(browser)
    await page.goto(pages.addressOf('plain', { server: script.url, api: `${strict.url}/chatkit` }))
    await waitForEvent(page, 'chatkit.ready')

    const { message } = await firstError(page)

    expect(message).toContain(`CORS rules allow ${pages.url}`)
    expect(message).toContain('chatkit-frame-instance-id')
    await strict.close()
  })

  it('with a strict policy of the page that allows it, works and breaks none of its rules', async () => {
    const { page, complaints } = await openPage(browser)
    const csp = `default-src 'none'; script-src 'self' ${script.url}; frame-src ${script.url}; style-src 'self'; require-trusted-types-for 'script'`
    await page.route('**/api/chatkit', (route) => route.fulfill({ json: { data: [], has_more: false } }))
    await page.goto(pages.addressOf('plain', { server: script.url, csp }))

    await waitForEvent(page, 'chatkit.ready')

    await chatOf(page).locator('#chat').waitFor()
    expect(await eventsOf(page)).not.toContainEqual(expect.objectContaining({ name: 'chatkit.error' }))
    expect(complaints).toEqual([])
  })
})
