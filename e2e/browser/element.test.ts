import type { OpenAIChatKit } from '@openai/chatkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ScriptedServer, startScriptedServer } from './scripted-server.js'
import { eventsOf, expectText, waitForEvent } from './support/chat-page.js'
import { launchChromium, openPage, strangers } from './support/chromium.js'
import { type HostPages, serveHostPages } from './support/host-page.js'
import type { Running } from './support/http.js'
import { serveScript } from './support/script-server.js'
import { createTestApp, type TestApp } from './support/test-app.js'

let browser: Browser
let pages: HostPages
let script: Running
let server: ScriptedServer
let app: TestApp

beforeAll(async () => {
  app = createTestApp()
  browser = await launchChromium()
  pages = await serveHostPages()
  script = await serveScript()
  server = await startScriptedServer(app)
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([pages?.close(), script?.close(), server?.close()])
})

/** A page whose chat talks to somebody else's server: page, script and server have three different origins. */
async function openChat(given: Record<string, string> = {}) {
  const opened = await openPage(browser)
  await opened.page.goto(pages.addressOf('plain', { server: script.url, api: `${server.url}/chatkit`, ...given }))
  await waitForEvent(opened.page, 'chatkit.ready')
  return opened
}

const send = (page: Page, text: string) =>
  page.locator('openai-chatkit').evaluate((chat: OpenAIChatKit, words) => chat.sendUserMessage({ text: words }), text)

/** A method newer than the compiler's idea of the DOM. */
interface MovingParent {
  moveBefore(node: Node, child: Node | null): void
}

/** What a rejected call says; fails when it is not rejected. */
const refusal = (page: Page, run: (chat: OpenAIChatKit) => Promise<void>) =>
  page
    .locator('openai-chatkit')
    .evaluate(run)
    .then(
      () => expect.unreachable('the call was not refused'),
      (error: Error) => error.message,
    )

describe('B2: <openai-chatkit> and a ChatKit server of somebody else', () => {
  it('sends, streams and ends, with the published events, asking nobody else for anything', async () => {
    const { page, requests, complaints } = await openChat()

    await send(page, 'hello there')

    await expectText(page, 'You said: hello there')
    await waitForEvent(page, 'chatkit.response.end')
    const names = (await eventsOf(page)).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['chatkit.response.start', 'chatkit.thread.change']))
    expect(strangers(requests, pages.url, script.url, server.url)).toEqual([])
    expect(complaints).toEqual([])
  })

  it('carries a client tool over to the page and back before the response ends', async () => {
    const { page } = await openChat()

    await send(page, 'tool')

    await expectText(page, 'The page says {"title":"A shop"}.')
    await waitForEvent(page, 'chatkit.response.end')
    expect(await page.evaluate(() => window.toolCalls)).toEqual([{ name: 'read_page', params: { part: 'title' } }])
    const responses = (await eventsOf(page)).filter(({ name }) => name.startsWith('chatkit.response'))
    expect(responses.map(({ name }) => name)).toEqual(['chatkit.response.start', 'chatkit.response.end'])
  })

  it('calls the functions of the newest options', async () => {
    const { page } = await openChat()
    await page.locator('openai-chatkit').evaluate((chat: OpenAIChatKit) => {
      chat.setOptions({ ...window.options, onClientTool: () => ({ version: 'newest' }) })
    })

    await send(page, 'tool')

    await expectText(page, 'The page says {"version":"newest"}.')
  })

  it('takes new options in the middle of an answer without interrupting it', async () => {
    const { page } = await openChat()
    const sent = send(page, 'hold')
    await expectText(page, 'The first half')

    await page.locator('openai-chatkit').evaluate((chat: OpenAIChatKit) => {
      chat.setOptions({ ...window.options, theme: 'dark' })
    })
    app.release()

    await expectText(page, 'The first half and the second half.')
    await sent
    expect(server.left).toEqual([])
  })

  it('opens the thread again where it was when the element is moved in the page', async () => {
    const { page } = await openChat()
    await send(page, 'remember me')
    await expectText(page, 'You said: remember me')

    await page.evaluate(() => {
      const chat = document.querySelector('openai-chatkit')
      if (chat) document.body.appendChild(document.createElement('aside')).append(chat)
    })

    await expectText(page, 'You said: remember me')
  })

  it('is not loaded again by a browser that can move it as it is', async () => {
    const { page, requests } = await openChat()
    await send(page, 'stay')
    await expectText(page, 'You said: stay')
    const loads = () => requests.filter((url) => url.includes('/chatkit/frame/')).length

    await page.evaluate(() => {
      const chat = document.querySelector('openai-chatkit')
      const aside = document.body.appendChild(document.createElement('aside')) as HTMLElement & MovingParent
      if (chat) aside.moveBefore(chat, null)
    })

    await send(page, 'and talk')
    await expectText(page, 'You said: and talk')
    expect(loads()).toBe(1)
  })

  it('makes requests through the page’s own fetch when it has one', async () => {
    const { page } = await openChat()
    await page.locator('openai-chatkit').evaluate((chat: OpenAIChatKit) => {
      const { api } = window.options
      const own: typeof fetch = (url, init) => {
        window.toolCalls.push(String(url))
        return fetch(url, init)
      }
      chat.setOptions({ ...window.options, api: { ...('url' in api ? api : expect.unreachable()), fetch: own } })
    })

    await send(page, 'through the page')

    await expectText(page, 'You said: through the page')
    expect(await page.evaluate(() => window.toolCalls)).toContain(`${server.url}/chatkit`)
  })

  it('refuses a second message while an answer is written, in words', async () => {
    const { page } = await openChat()
    const sent = send(page, 'hold')
    await expectText(page, 'The first half')

    expect(await refusal(page, (chat) => chat.sendUserMessage({ text: 'too early' }))).toMatch(/answer|busy|wait/i)

    app.release()
    await sent
  })

  it('reports options it does not know and goes on without them', async () => {
    const { page } = await openChat()

    await page.locator('openai-chatkit').evaluate((chat: OpenAIChatKit) => {
      Object.assign(window.options, { primaryColor: 'red', header: true })
      chat.setOptions(window.options)
    })
    await send(page, 'still here')

    await expectText(page, 'You said: still here')
    const logs = (await eventsOf(page)).filter(({ name }) => name === 'chatkit.log').map(({ detail }) => detail)
    expect(logs).toMatchObject([
      { name: 'option.ignored', data: { option: 'primaryColor', message: /theme\.color\.accent\.primary/ } },
      { name: 'option.ignored', data: { option: 'header', message: /must be an object/ } },
    ])
  })

  it('keeps what is asked of it before it is in the page until it is', async () => {
    const { page } = await openChat()

    await page.evaluate(() => {
      document.querySelector('openai-chatkit')?.remove()
      const chat = document.createElement('openai-chatkit') as OpenAIChatKit
      chat.setOptions(window.options)
      void chat.sendUserMessage({ text: 'early bird' })
      document.body.append(chat)
    })

    await expectText(page, 'You said: early bird')
  })

  it('fails what is still waiting when it is taken off the page', async () => {
    const { page } = await openChat()

    const message = await page.locator('openai-chatkit').evaluate(async (chat: OpenAIChatKit) => {
      const sent = chat.sendUserMessage({ text: 'hold' })
      chat.remove()
      return sent.then(String, String)
    })

    expect(message).toMatch(/closed|removed/)
    app.release()
  })

  it('has a named, sandboxed frame', async () => {
    const { page } = await openChat()
    const frame = page.locator('openai-chatkit iframe')

    expect(await frame.getAttribute('title')).toBe('Chat')
    expect((await frame.getAttribute('sandbox'))?.split(' ')).not.toContain('allow-top-navigation')

    await page.locator('openai-chatkit').evaluate((chat: OpenAIChatKit) => {
      chat.setOptions({ ...window.options, frameTitle: 'Customer service' })
    })
    expect(await frame.getAttribute('title')).toBe('Customer service')
  })

  it('does not mind its script being loaded twice', async () => {
    const { page, complaints } = await openChat()

    await page.addScriptTag({ url: `${script.url}/chatkit.js` })
    await page.addScriptTag({ url: `${script.url}/chatkit.mjs`, type: 'module' })

    expect(complaints).toEqual([])
  })
})

describe('a session made by the page’s own server', () => {
  it('asks for a secret once, and once more when it is refused', async () => {
    const { page } = await openChat()
    const used: (string | undefined)[] = []
    await page.route('**/v1/chatkit/conversation', async (route) => {
      const { authorization } = route.request().headers()
      used.push(authorization)
      if (authorization === 'Bearer old') return route.fulfill({ status: 401, json: {} })
      await route.fulfill({ json: { data: [], has_more: false } })
    })

    await page.locator('openai-chatkit').evaluate(async (chat: OpenAIChatKit) => {
      const getClientSecret = async (current: string | null) => {
        window.toolCalls.push(current)
        return current === null ? 'old' : 'new'
      }
      chat.setOptions({ ...window.options, api: { getClientSecret } })
      await chat.fetchUpdates()
    })

    expect(await page.evaluate(() => window.toolCalls)).toEqual([null, 'old'])
    expect(used.at(0)).toBe('Bearer old')
    expect(used.at(-1)).toBe('Bearer new')
  })
})
