import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ScriptedServer, startScriptedServer } from '../../../browser/scripted-server.js'
import {
  button,
  chatOf,
  composerOf,
  eventsOf,
  expectText,
  say,
  untilAnswered,
  waitForEvent,
} from '../../../browser/support/chat-page.js'
import { launchChromium, openPage, strangers } from '../../../browser/support/chromium.js'
import { type HostPages, serveHostPages } from '../../../browser/support/host-page.js'
import type { Running } from '../../../browser/support/http.js'
import { startParley } from '../../../browser/support/parley-server.js'
import { createXpertSecret, SESSION_KEYS } from '../../../browser/support/session-keys.js'
import { createTestApp, type TestApp } from '../../../browser/support/test-app.js'

let browser: Browser
let pages: HostPages
let parley: Running
let foreign: ScriptedServer
let app: TestApp

beforeAll(async () => {
  app = createTestApp()
  browser = await launchChromium()
  pages = await serveHostPages()
  parley = await startParley(app, { apiKeys: SESSION_KEYS })
  foreign = await startScriptedServer(app)
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([pages?.close(), parley?.close(), foreign?.close()])
})

async function openChat(given: Record<string, string> = {}) {
  const opened = await openPage(browser)
  const secret = await createXpertSecret(parley.url, { expires_after: 600 })
  await opened.page.goto(pages.addressOf('xpert', { server: parley.url, secret, ...given }))
  await waitForEvent(opened.page, 'chatkit.ready')
  await composerOf(opened.page).waitFor()
  return { ...opened, secret }
}

interface Element extends HTMLElement {
  sendUserMessage(params: { text: string; references?: unknown[]; followUpMode?: string | undefined }): Promise<void>
  setComposerValue(params: Record<string, unknown>): Promise<void>
  setThreadId(threadId: string | null): Promise<void>
  sendCustomAction(action: { type: string }): Promise<void>
  focusComposer(): Promise<void>
  fetchUpdates(): Promise<void>
  showHistory(): Promise<void>
  hideHistory(): Promise<void>
}

const element = (page: Page) => page.locator('xpertai-chatkit')
const called = (page: Page) => page.evaluate(() => window.toolCalls)

describe('C5: <xpertai-chatkit> 0.3.4, unchanged, with our frame', () => {
  it('talks with the secret of the page’s own server, in the published events', async () => {
    const { page, requests, complaints, secret } = await openChat()
    const conversation = page.waitForRequest('**/v1/chatkit/conversation/demo')

    await say(page, 'good morning')

    await expectText(page, 'You said: good morning')
    await waitForEvent(page, 'chatkit.response.end')
    expect((await conversation).headers().authorization).toBe(`Bearer ${secret}`)
    expect(await called(page)).toEqual([null])
    const events = await eventsOf(page)
    expect(events.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['chatkit.ready', 'chatkit.response.start', 'chatkit.thread.change']),
    )
    expect(events.filter(({ name }) => name === 'chatkit.ready')).toHaveLength(1)
    expect(strangers(requests, pages.url, parley.url)).toEqual([])
    expect(complaints).toEqual([])
  })

  it('talks with the older session body, which names the assistant and the user', async () => {
    const secret = await createXpertSecret(parley.url, { assistant: { id: 'demo' }, user: 'ben' })
    const { page, complaints } = await openChat({ secret })

    await say(page, 'hello from Ben')

    await expectText(page, 'You said: hello from Ben')
    expect(complaints).toEqual([])
  })

  it('asks for a new secret once when the old one is refused, and goes on', async () => {
    const fresh = await createXpertSecret(parley.url)
    const { page } = await openChat({ secret: `cs-x-${'0'.repeat(64)}`, fresh })

    await say(page, 'still here')

    await expectText(page, 'You said: still here')
    expect(await called(page)).toEqual([null, `cs-x-${'0'.repeat(64)}`])
  })

  it('runs a client tool of the page', async () => {
    const { page } = await openChat()

    await say(page, 'tool')

    await expectText(page, 'The page says "A shop on /xpert".')
    const call = { name: 'read_page', params: { part: 'title' }, id: 'call_1', tool_call_id: 'call_1' }
    expect(await called(page)).toContainEqual(call)
  })

  it('follows every method of the element', async () => {
    const { page } = await openChat()
    const run = (action: (chat: Element) => Promise<void>) => element(page).evaluate(action as never)

    await run((chat) => chat.sendUserMessage({ text: 'first' }))
    await expectText(page, 'You said: first')
    await run((chat) => chat.setComposerValue({ text: 'a draft', selectedModelId: null }))
    await expect.poll(() => composerOf(page).inputValue()).toBe('a draft')
    await run((chat) => chat.setComposerValue({ references: [{ type: 'quote', text: 'as you said' }] }))
    await chatOf(page).getByText('as you said').waitFor()
    await run((chat) => chat.focusComposer())
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('XPERTAI-CHATKIT')
    await run((chat) => chat.showHistory())
    await chatOf(page).getByRole('heading', { name: 'History' }).waitFor()
    await run((chat) => chat.hideHistory())
    await run((chat) => chat.fetchUpdates())
    await run((chat) => chat.setThreadId(null))
    await chatOf(page).getByText('How can we help?').waitFor()
  })

  it('sends what comes while it answers: behind the answer, or in its place', async () => {
    const { page } = await openChat()
    const send = (text: string, followUpMode?: string) =>
      element(page).evaluate((chat, params) => (chat as Element).sendUserMessage(params), { text, followUpMode })
    await say(page, 'hold')
    await expectText(page, 'The first half')

    await send('then this')
    await send('and that', 'queue')
    app.release()

    await expectText(page, 'You said: and that')
    expect(await chatOf(page).getByRole('log').innerText()).toMatch(
      /second half.*You said: then this.*You said: and that/s,
    )
    await untilAnswered(page)
    await say(page, 'hold')
    await expect.poll(() => chatOf(page).getByRole('log').getByText('The first half').count()).toBe(2)

    await send('better this', 'steer')

    await expectText(page, 'You said: better this')
    expect((await eventsOf(page)).filter(({ name }) => name === 'chatkit.response.stop')).toHaveLength(1)
    app.release()
  })

  it('passes a refusal on in words', async () => {
    const { page } = await openChat()

    const message = await element(page).evaluate((chat) =>
      (chat as Element).sendCustomAction({ type: 'nothing' }).then(String, String),
    )

    expect(message).toContain('There is no conversation yet')
  })

  it('changes options in the middle of an answer without interrupting it', async () => {
    const { page } = await openChat()
    await say(page, 'hold')
    await expectText(page, 'The first half')

    await page.evaluate(() => window.change({ theme: 'dark', composer: { placeholder: 'Changed' } }))
    await chatOf(page).getByPlaceholder('Changed').waitFor()
    app.release()

    await expectText(page, 'The first half and the second half.')
    expect(await chatOf(page).locator('html').getAttribute('data-scheme')).toBe('dark')
  })

  it('tells the page of its header button and of an error', async () => {
    const { page } = await openChat()

    await button(page, 'home').click()
    await expect.poll(() => called(page)).toContain('left')

    app.failNext()
    await say(page, 'please')
    await chatOf(page).getByText('The model is out to lunch.').waitFor()
    await expect
      .poll(() => eventsOf(page))
      .toContainEqual({ name: 'chatkit.error', detail: { error: 'The model is out to lunch.' } })
  })

  it('opens a chat of before and says so', async () => {
    const { page } = await openChat()
    await say(page, 'remember me')
    await waitForEvent(page, 'chatkit.response.end')
    const change = (await eventsOf(page)).find(({ name }) => name === 'chatkit.thread.change')
    const { threadId } = Object(change?.detail) as { threadId: string }
    await element(page).evaluate((chat) => (chat as Element).setThreadId(null))

    await element(page).evaluate((chat, id) => (chat as Element).setThreadId(id), threadId)

    await expectText(page, 'You said: remember me')
    await expect.poll(() => eventsOf(page)).toContainEqual({ name: 'chatkit.thread.load.end', detail: { threadId } })
  })

  it('talks to a ChatKit server of somebody else through the page’s own fetch', async () => {
    const { page, complaints } = await openChat({ form: 'own', api: `${foreign.url}/chatkit` })

    await say(page, 'through the page')
    await expectText(page, 'You said: through the page')
    await say(page, 'tool')
    await expectText(page, 'The page says "A shop on /xpert".')

    expect(await called(page)).toContain('fetch')
    expect(complaints).toEqual([])
  })

  it.each(['direct', 'two_phase'])('uploads files through the page: %s', async (type) => {
    const place = 'https://files.example/upload'
    const api = { apiUrl: foreign.url, url: `${foreign.url}/chatkit`, domainKey: 'local' }
    const uploadStrategy = type === 'direct' ? { type, uploadUrl: place } : { type }
    const attachments = { enabled: true }
    const options = JSON.stringify({ api: { ...api, uploadStrategy }, composer: { attachments } })
    const { page } = await openChat({ options })
    const attachment = { id: 'file_1', type: 'file', name: 'notes.txt', mime_type: 'text/plain' }
    const headers = {
      'access-control-allow-origin': '*',
      'access-control-allow-headers': '*',
      'access-control-allow-methods': '*',
    }
    let uploaded = ''
    await page.route(place, (route) => {
      uploaded = route.request().method() === 'OPTIONS' ? uploaded : (route.request().postData() ?? '')
      return route.fulfill({ json: attachment, headers })
    })
    await page.route(api.url, (route) => {
      if (route.request().postDataJSON()?.type !== 'attachments.create') return route.fallback()
      const upload_descriptor = { url: place, method: 'PUT', headers: { 'content-type': 'text/plain' } }
      return route.fulfill({ json: { ...attachment, upload_descriptor }, headers })
    })
    const sent = page.waitForRequest((request) => request.postData()?.includes('threads.create') === true)

    const chooser = page.waitForEvent('filechooser')
    await button(page, 'Attach files').click()
    await (await chooser).setFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('nine') })
    await expect.poll(() => uploaded).toContain('nine')
    await say(page, 'read it')

    expect((await sent).postDataJSON().params.input.attachments).toEqual(['file_1'])
  })

  it('says what a refused request means, and goes on', async () => {
    const { page } = await openChat({ form: 'own', api: `${foreign.url}/chatkit` })
    foreign.failWith(403)

    await say(page, 'let me in')
    await chatOf(page).getByRole('alert').waitFor()

    foreign.failWith(null)
    await say(page, 'again')
    await expectText(page, 'You said: again')
  })

  it('stops an answer that comes through the page', async () => {
    const { page } = await openChat({ form: 'own', api: `${foreign.url}/chatkit` })
    await say(page, 'hold')
    await expectText(page, 'The first half')

    await button(page, 'Stop').click()

    await expect.poll(() => foreign.left.length).toBe(1)
    app.release()
  })
})
