import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
import { launchChromium, openPage } from '../../../browser/support/chromium.js'
import { type HostPages, serveHostPages } from '../../../browser/support/host-page.js'
import type { Running } from '../../../browser/support/http.js'
import { startParley } from '../../../browser/support/parley-server.js'
import { createXpertSecret, SESSION_KEYS } from '../../../browser/support/session-keys.js'
import { createTestApp } from '../../../browser/support/test-app.js'

let browser: Browser
let pages: HostPages
let parley: Running

beforeAll(async () => {
  browser = await launchChromium()
  pages = await serveHostPages()
  parley = await startParley(createTestApp(), { apiKeys: SESSION_KEYS })
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([pages?.close(), parley?.close()])
})

async function openChat(options: Record<string, unknown> = {}, given: Record<string, string> = {}) {
  const opened = await openPage(browser)
  const secret = await createXpertSecret(parley.url, { expires_after: 600 })
  const written = { server: parley.url, secret, options: JSON.stringify(options), ...given }
  await opened.page.goto(pages.addressOf('xpert', written))
  await waitForEvent(opened.page, 'chatkit.ready')
  const values = async () => {
    const change = (await eventsOf(opened.page)).findLast(({ name }) => name === 'chatkit.thread.change')
    const { threadId } = Object(change?.detail) as { threadId: string }
    const headers = { authorization: `Bearer ${secret}` }
    const state = await fetch(`${parley.url}/api/ai/threads/${threadId}/state`, { headers })
    return Object((await state.json()) as unknown).values as Record<string, unknown>
  }
  return { ...opened, secret, values }
}

const called = (page: Page) => page.evaluate(() => window.toolCalls)
const write = (page: Page, text: string) => composerOf(page).pressSequentially(text)

describe('C5: options of <xpertai-chatkit> 0.3.4', () => {
  it('sends the state and the context of every request along, and those of one message', async () => {
    const request = { state: { plan: 'pro', human: {} }, context: { region: 'eu', env: { TOKEN: 'secret' } } }
    const { page, values } = await openChat({ request })

    await say(page, 'hello')
    await expectText(page, 'You said: hello')
    expect(await values()).toMatchObject({ plan: 'pro', region: 'eu' })

    await untilAnswered(page)
    await page.locator('xpertai-chatkit').evaluate((chat) => {
      const element = chat as HTMLElement & { sendUserMessage(params: object): Promise<void> }
      return element.sendUserMessage({ text: 'again', state: { plan: 'free', seats: 3 } })
    })
    await expectText(page, 'You said: again')
    const state = await values()
    expect(state).toMatchObject({ plan: 'free', region: 'eu', seats: 3 })
    expect(JSON.stringify(state)).not.toContain('secret')
  })

  it('speaks for the organization that came with the secret', async () => {
    const { page } = await openChat({}, { organization: 'acme' })
    const conversation = page.waitForRequest('**/v1/chatkit/conversation/demo')

    await say(page, 'hello')

    await expectText(page, 'You said: hello')
    expect((await conversation).headers()['organization-id']).toBe('acme')
  })

  it('offers the slash commands of the page and carries them out', async () => {
    const { page } = await openChat({
      composer: {
        slashCommands: [
          { name: 'review', label: 'Review', action: { type: 'submit_prompt', template: 'Review {{args}}.' } },
          { name: 'greet', label: 'Greet', action: { type: 'insert_text', template: 'Dear reader' } },
          { name: 'cart', label: 'Cart', action: { type: 'client_action', action: { type: 'open_cart' } } },
        ],
      },
    })
    const choice = (name: string) => chatOf(page).getByRole('option', { name })

    await write(page, '/gre')
    await choice('Greet').click()
    await expect.poll(() => composerOf(page).inputValue()).toBe('Dear reader')
    await composerOf(page).fill('')

    await write(page, '/rev')
    await choice('Review').click()
    await expect.poll(() => composerOf(page).inputValue()).toBe('/review ')
    await write(page, 'the plan')
    await composerOf(page).press('Enter')
    await expectText(page, 'You said: Review the plan.')

    await untilAnswered(page)
    await write(page, '/cart')
    await choice('Cart').click()
    await expect.poll(() => called(page)).toContainEqual(['action', { type: 'open_cart' }, 'slash_command'])
    expect(await composerOf(page).inputValue()).toBe('')
  })

  it('shows the pet alone until it is called, and what was said in its bubble', async () => {
    const { page, complaints } = await openChat({ displayMode: 'pet' })
    const pet = page.getByRole('img')
    const isOpen = () => page.locator('xpertai-chatkit').getAttribute('data-chat-open')
    const address = `${parley.url}/pets/boba/spritesheet.webp`
    const picture = await page.evaluate(async (url) => (await fetch(url)).headers.get('content-type'), address)

    expect(picture).toBe('image/svg+xml')
    expect(await isOpen()).toBeNull()
    await pet.first().click()
    await expect.poll(isOpen).toBe('true')
    await say(page, 'hello pet')
    await expectText(page, 'You said: hello pet')
    const bubble = page.getByText('You said: hello pet')
    expect(await bubble.count()).toBe(0) // it would lie over the chat

    await page.evaluate(() => Object(document.activeElement).blur())
    await expect
      .poll(() => eventsOf(page))
      .toContainEqual({
        name: 'chatkit.log',
        detail: {
          name: 'thread.summary',
          data: expect.objectContaining({
            title: 'About hello pet',
            message: 'You said: hello pet',
            status: 'completed',
          }),
        },
      })
    await bubble.first().waitFor()
    expect(complaints).toEqual([])
  })

  it('looks and reads as the page wants it', async () => {
    const { page } = await openChat({
      locale: 'zh-Hans',
      theme: {
        colorScheme: 'dark',
        radius: 'sharp',
        density: 'compact',
        typography: { baseSize: 18, fontFamily: 'Georgia' },
        color: { accent: { primary: '#ff0000', level: 1 }, surface: { background: '#101010', foreground: '#202020' } },
      },
      header: { title: { text: 'Help desk' } },
      history: { enabled: false },
      disclaimer: { text: 'May be wrong. [Why?](https://example.com)' },
    })
    await chatOf(page).getByRole('heading', { name: 'Help desk' }).waitFor()
    const root = chatOf(page).locator('html')

    expect(await root.getAttribute('lang')).toBe('zh-CN')
    expect(await root.getAttribute('data-scheme')).toBe('dark')
    expect(await root.evaluate((element) => getComputedStyle(element).fontSize)).toBe('18px')
    const ground = await chatOf(page)
      .locator('.chat')
      .evaluate((element) => getComputedStyle(element).backgroundColor)
    expect(ground).toMatch(/^oklch\(0\.173 /) // #101010
    await chatOf(page).getByRole('link', { name: 'Why?' }).waitFor()
    expect(await chatOf(page).locator('.chat-head button').count()).toBe(0) // no way to a history
  })

  it('opens the thread it is to begin with, and lets answers be rated and tried again', async () => {
    const first = await openChat()
    await say(first.page, 'remember me')
    await expectText(first.page, 'You said: remember me')
    const change = (await eventsOf(first.page)).find(({ name }) => name === 'chatkit.thread.change')
    const { threadId: initialThread } = Object(change?.detail) as { threadId: string }

    const { page } = await openChat({ initialThread, threadItemActions: { feedback: true, retry: true, share: true } })

    await expectText(page, 'You said: remember me')
    await button(page, 'Good answer').click()
    await expect.poll(() => button(page, 'Good answer').getAttribute('aria-pressed')).toBe('true')
    await button(page, 'Try again').click()
    await expectText(page, 'You said: remember me')
  })

  it('offers files, tools and models, and sends what was chosen', async () => {
    const { page } = await openChat({
      composer: {
        placeholder: 'Ask away',
        attachments: { enabled: true, maxCount: 1, accept: { 'text/plain': ['.txt'] } },
        tools: [{ id: 'search', label: 'Search', icon: 'search', pinned: true }],
        models: [
          { id: 'big', label: 'Big', default: true },
          { id: 'small', label: 'Small' },
        ],
      },
    })
    await chatOf(page).getByPlaceholder('Ask away').waitFor()
    const sent = page.waitForRequest((request) => request.postData()?.includes('threads.create') === true)
    const chooser = page.waitForEvent('filechooser')
    await button(page, 'Attach files').click()
    await (await chooser).setFiles({ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('nine') })
    await chatOf(page).getByText('notes.txt').waitFor()
    await button(page, 'Search').first().click()

    await say(page, 'read it')

    const { params } = (await sent).postDataJSON()
    expect(params.input.attachments).toHaveLength(1)
    expect(params.input.inference_options).toMatchObject({ tool_choice: { id: 'search' }, model: 'big' })
  })

  it('finds, shows and opens what can be mentioned, and hands a widget’s action to the page', async () => {
    const { page } = await openChat()

    await write(page, 'ask @ad')
    await chatOf(page).getByRole('option', { name: 'Ada Lovelace' }).click()
    await composerOf(page).press('Enter')
    await chatOf(page)
      .getByRole('log')
      .getByRole('button', { name: /Ada Lovelace/ })
      .click()
    await expect.poll(() => called(page)).toContainEqual(['click', 'ada'])
    expect(await called(page)).toContainEqual(['search', 'ad'])

    await untilAnswered(page)
    await say(page, 'card')
    await button(page, 'Ask the client').click()
    const action = expect.objectContaining({ type: 'on_client', payload: { id: 7 } })
    await expect.poll(() => called(page)).toContainEqual(['action', action, 'Card'])
  })

  it('is found at an address of the page’s own', async () => {
    const { page } = await openPage(browser)
    const secret = await createXpertSecret(parley.url)
    await page.route(`${pages.url}/{chatkit,v1}/**`, async (route) => {
      const { pathname, search } = new URL(route.request().url())
      await route.fulfill({ response: await route.fetch({ url: parley.url + pathname + search }) })
    })

    await page.goto(pages.addressOf('xpert', { server: parley.url, secret, frame: '/chatkit/frame/' }))

    await say(page, 'at home')
    await expectText(page, 'You said: at home')
  })
})

describe('the frame of Xpert’s first example, which the page posts its secret to', () => {
  it('talks as soon as it has one', async () => {
    const { page, complaints } = await openPage(browser)
    const secret = await createXpertSecret(parley.url)
    await page.goto(pages.addressOf('xpert', { server: parley.url, secret }))

    await page.evaluate(
      ([frame, clientSecret]) => {
        const iframe = Object.assign(document.createElement('iframe'), { src: frame, title: 'Chat', id: 'bare' })
        iframe.onload = () => iframe.contentWindow?.postMessage({ type: 'chatkit:client-secret', clientSecret }, '*')
        document.body.replaceChildren(iframe)
      },
      [`${parley.url}/chatkit/frame/?xpertId=demo`, secret],
    )

    const chat = page.frameLocator('#bare')
    await chat.locator('textarea').fill('hello')
    await chat.locator('textarea').press('Enter')
    await chat.getByRole('log').getByText('You said: hello').waitFor()
    expect(complaints).toEqual([])
  })
})
