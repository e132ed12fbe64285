import { Client } from '@langchain/langgraph-sdk'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventsOf } from '../../../browser/support/chat-page.js'
import { launchChromium, openPage } from '../../../browser/support/chromium.js'
import { type HostPages, serveHostPages } from '../../../browser/support/host-page.js'
import type { Running } from '../../../browser/support/http.js'
import { startParley } from '../../../browser/support/parley-server.js'
import { createTestApp, type TestApp } from '../../../browser/support/test-app.js'

let browser: Browser
let pages: HostPages
let parley: Running
let app: TestApp
let client: Client

beforeAll(async () => {
  app = createTestApp()
  browser = await launchChromium()
  pages = await serveHostPages()
  parley = await startParley(app)
  client = new Client({ apiUrl: parley.url, apiKey: null, callerOptions: { maxRetries: 0 } })
})
afterAll(async () => {
  app?.release()
  await browser?.close()
  await Promise.all([pages?.close(), parley?.close()])
})

async function openChat(options: { ui?: string } = {}) {
  const opened = await openPage(browser)
  await opened.page.goto(pages.addressOf('langgraph', { server: parley.url, ...options }))
  return opened
}

async function say(page: Page, text: string) {
  await page.getByLabel('Message').fill(text)
  await page.getByRole('button', { name: 'Send' }).click()
}

const saw = (page: Page, text: string) => page.locator('li', { hasText: text }).first().waitFor()
const shown = (page: Page) => page.locator('li').allTextContents()
const threadOf = (page: Page) => new URL(page.url()).searchParams.get('thread') ?? ''
const finished = (page: Page) => page.waitForFunction(() => window.events.some(({ name }) => name === 'finish'))

describe('C6: useStream in Chromium', () => {
  it('talks: values, messages, updates, custom and events reach the page', async () => {
    const { page, complaints } = await openChat()

    await say(page, 'good morning')
    await saw(page, 'You said: good morning')
    await finished(page)
    await say(page, 'effect')
    await page.waitForFunction(() => window.events.some(({ name }) => name === 'custom'))

    expect(await shown(page)).toEqual(expect.arrayContaining(['good morning', 'You said: good morning']))
    const events = await eventsOf(page)
    const names = new Set(events.map(({ name }) => name))
    expect([...names]).toEqual(expect.arrayContaining(['created', 'updates', 'custom', 'events', 'finish']))
    expect(events.find(({ name }) => name === 'updates')?.detail).toMatchObject({
      agent: { messages: [{ type: 'ai' }] },
    })
    expect(names).not.toContain('error')
    expect(complaints).toEqual([])
  })

  it('stops, and what was written stays', async () => {
    const { page } = await openChat()
    await say(page, 'hold')
    await saw(page, 'The first half')

    await page.getByRole('button', { name: 'Stop' }).click()

    const threadId = threadOf(page)
    await expect.poll(async () => (await client.runs.list(threadId))[0]?.status).toBe('interrupted')
    expect(await client.threads.getState(threadId)).toMatchObject({
      values: { messages: [{}, { content: 'The first half ' }] },
    })
  })

  it('joins its run again after a reload', async () => {
    const { page, complaints } = await openChat()
    await say(page, 'hold')
    await saw(page, 'The first half')

    await page.reload()
    await saw(page, 'The first half')
    app.release()

    await saw(page, 'The first half and the second half.')
    expect(await shown(page)).toEqual(['hold', 'The first half and the second half.'])
    expect(complaints).toEqual([])
  })

  it('shows what a run waits for, after a reload too, and goes on with the answer', async () => {
    const { page } = await openChat()
    await say(page, 'tool')
    await page.locator('output', { hasText: 'read_page' }).waitFor()
    await finished(page)

    await page.reload()
    await page.locator('output', { hasText: 'read_page' }).waitFor()
    await page.getByRole('button', { name: 'Resume' }).click()

    await saw(page, 'The page says {"city":"Bonn"}.')
    await expect.poll(() => page.locator('output').textContent()).toBe('')
    expect(await client.threads.get(threadOf(page))).toMatchObject({ status: 'idle' })
  })

  it('edits a message, goes back to what was before, goes on there, and finds all of it after a reload', async () => {
    const { page, complaints } = await openChat()
    const branch = (number: number) => page.getByRole('button', { name: `Branch ${number}`, exact: true })
    await say(page, 'first')
    await saw(page, 'You said: first')
    await finished(page)

    await page.getByRole('button', { name: 'Edit' }).click()
    await saw(page, 'You said: edited')
    await branch(2).waitFor()
    expect(await shown(page)).toEqual(['edited', 'You said: edited'])
    await branch(1).click()
    await expect.poll(() => shown(page)).toEqual(['first', 'You said: first'])

    await say(page, 'second')
    await saw(page, 'You said: second')
    await page.reload()
    const line = ['first', 'You said: first', 'second', 'You said: second']
    await expect.poll(() => shown(page)).toEqual(line)
    await branch(1).click()
    await expect.poll(() => shown(page)).toEqual(['edited', 'You said: edited'])
    expect(complaints).toEqual([])
  })

  it('answers again, and both answers stay to choose from', async () => {
    const { page } = await openChat()
    await say(page, 'first')
    await saw(page, 'You said: first')
    await finished(page)

    await page.getByRole('button', { name: 'Again' }).click()

    await page.getByRole('button', { name: 'Branch 2' }).waitFor()
    expect(await shown(page)).toEqual(['first', 'You said: first'])
    const history = await client.threads.getHistory<{ messages: { id: string }[] }>(threadOf(page))
    const answers = new Set(history.map(({ values }) => values.messages[1]?.id).filter(Boolean))
    expect(answers.size).toBe(2)
  })

  it('shows a message before the server has it, and then the one the server has', async () => {
    const { page, complaints } = await openChat()
    await page.getByLabel('Message').fill('good morning')

    await page.getByRole('button', { name: 'Show at once' }).click()
    await saw(page, 'You said: good morning')
    await finished(page)

    const all = (await eventsOf(page)).filter(({ name }) => name === 'shown').map(({ detail }) => detail)
    expect(all).toContain('good morning, in a moment')
    expect(await shown(page)).toEqual(['good morning', 'You said: good morning'])
    expect(complaints).toEqual([])
  })

  it('says what went wrong, after a reload too, until there is an answer', async () => {
    const { page } = await openChat()
    const alert = (text: string) => expect.poll(() => page.getByRole('alert').textContent()).toBe(text)
    app.failNext()
    await say(page, 'good morning')
    await alert('The model is out to lunch.')

    await page.reload()
    await alert('The model is out to lunch.')
    expect(await shown(page)).toEqual(['good morning'])
    await say(page, 'again')
    await saw(page, 'You said: again')
    await alert('')
  })

  it('draws components that its page brings, and the fallback for those of the app, which has none', async () => {
    const { page } = await openChat({ ui: 'card' })

    await page.locator('strong', { hasText: 'A card of Bonn' }).waitFor()
    await page.locator('em', { hasText: 'No card.' }).waitFor()
  })
})
