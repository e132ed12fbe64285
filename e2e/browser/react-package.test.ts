import type * as Published from '@openai/chatkit-react'
import type * as Ours from '@parley/react'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest'
import { button, chatOf, composerOf, eventsOf, expectText, say, waitForEvent } from './support/chat-page.js'
import { launchChromium, openPage, strangers } from './support/chromium.js'
import { CUSTOM_CASES } from './support/custom-widget-cases.js'
import { type HostPages, serveHostPages } from './support/host-page.js'
import type { Running } from './support/http.js'
import { startParley } from './support/parley-server.js'
import { createSecret, SESSION_KEYS } from './support/session-keys.js'
import { createTestApp, type TestApp } from './support/test-app.js'
import { startWidgetServer, type WidgetServer } from './support/widget-server.js'

let browser: Browser
let pages: HostPages
let parley: Running
let app: TestApp

beforeAll(async () => {
  app = createTestApp()
  browser = await launchChromium()
  pages = await serveHostPages()
  parley = await startParley(app, { apiKeys: SESSION_KEYS })
})
afterAll(async () => {
  app.release()
  await browser?.close()
  await Promise.all([pages?.close(), parley?.close()])
})

describe.each([
  ['React 19', 'parley-react' as const],
  ['React 18', 'parley-react-18' as const],
])('A17: @parley/react and Parley, %s', (react, name) => {
  async function openChat() {
    const opened = await openPage(browser)
    await opened.page.goto(pages.addressOf(name, { server: parley.url }))
    await waitForEvent(opened.page, 'chatkit.ready')
    return opened
  }

  it('takes over what a server drew, loads the script once and talks', async () => {
    const { page, requests, complaints } = await openChat()

    await say(page, 'good morning')

    await expectText(page, 'You said: good morning')
    await waitForEvent(page, 'chatkit.response.end')
    const change = (await eventsOf(page)).filter((event) => event.name === 'chatkit.thread.change').at(-1)
    expect(change?.detail).toEqual({ threadId: expect.stringMatching(/^thr_/) })
    expect(requests.filter((url) => url.endsWith('/chatkit.js'))).toHaveLength(1)
    expect(strangers(requests, pages.url, parley.url)).toEqual([])
    expect(await page.locator('openai-chatkit').getAttribute('class')).toBe('chat')
    expect(complaints).toEqual([])
  })

  it('runs a client tool of the page', async () => {
    const { page } = await openChat()

    await say(page, 'tool')

    await expectText(page, `The page says {"title":"A shop on ${react}.`)
    expect(await page.evaluate(() => window.toolCalls)).toEqual([{ name: 'read_page', params: { part: 'title' } }])
  })

  it('changes an option in the middle of an answer without interrupting it', async () => {
    const { page } = await openChat()
    await say(page, 'hold')
    await expectText(page, 'The first half')

    await page.evaluate(() => window.change({ theme: 'dark', composer: { placeholder: 'Changed' } }))
    await chatOf(page).getByPlaceholder('Changed').waitFor()
    app.release()

    await expectText(page, 'The first half and the second half.')
  })
})

/** A page of a person whose own server has made a session. */
async function openSession(form: string) {
  const opened = await openPage(browser)
  const secret = await createSecret(parley.url)
  const conversation = opened.page.waitForRequest('**/v1/chatkit/conversation{,/demo}')
  await opened.page.goto(pages.addressOf('parley-react', { server: parley.url, form, secret }))
  await waitForEvent(opened.page, 'chatkit.ready')
  return { ...opened, secret, conversation }
}

describe.each([
  ['B5: { workflowId, getClientSecret }', 'session'],
  ['C5: { frameUrl, api: { apiUrl, xpertId, getClientSecret } }', 'xpert'],
])('%s', (_, form) => {
  it('talks with the secret of the page’s own server, asked for once', async () => {
    const { page, complaints, secret, conversation } = await openSession(form)

    await say(page, 'with a session')

    await expectText(page, 'You said: with a session')
    expect(await page.evaluate(() => window.toolCalls)).toEqual([null])
    expect((await conversation).headers().authorization).toBe(`Bearer ${secret}`)
    expect(complaints).toEqual([])
  })
})

it('B5: the simple options reach the chat', async () => {
  const { page } = await openSession('session')

  await chatOf(page).getByText('Welcome to the shop').waitFor()
  expect(await composerOf(page).getAttribute('placeholder')).toBe('Ask the shop')
  expect(await composerOf(page).evaluate((element) => getComputedStyle(element).fontFamily)).toContain('Inter')
  await page.locator('#state').getByText('ready', { exact: true }).waitFor()
})

it('B5: the page hears of every message and tool, and a message that is too long is not sent', async () => {
  const { page } = await openSession('session')

  await say(page, 'tool')
  await waitForEvent(page, 'chatkit.response.end')
  const heard = async () =>
    (await eventsOf(page)).flatMap(({ name, detail }) => (name === 'message' || name === 'tool' ? [detail] : []))
  await expect.poll(heard).toMatchObject([
    { role: 'user', content: 'tool', created_at: expect.stringMatching(/^\d{4}-/) },
    { name: 'read_page', arguments: { part: 'title' }, result: { title: expect.stringContaining('A shop') } },
    { role: 'assistant', content: expect.stringContaining('The page says') },
  ])

  await say(page, 'This message has more than its forty letters.')
  await chatOf(page)
    .getByRole('alert')
    .getByText('A message may have up to 40 characters. This one has 5 too many.')
    .waitFor()
  expect(await button(page, 'Send message').isDisabled()).toBe(true)
  await say(page, 'This one is short.')
  await expectText(page, 'You said: This one is short.')
})

describe('B6: custom widgets that are components of the page', () => {
  let widgets: WidgetServer
  beforeAll(async () => {
    widgets = await startWidgetServer(CUSTOM_CASES, {})
    return () => widgets.close()
  })

  it.each(['parley-react', 'parley-react-18'] as const)(
    '%s: see its contexts, keep their state, act and go',
    async (name) => {
      const { page, complaints } = await openPage(browser)
      await page.goto(pages.addressOf(name, { server: parley.url, api: widgets.url, form: 'widgets' }))
      await waitForEvent(page, 'chatkit.ready')
      const product = page.getByRole('region', { name: 'Product' })

      await say(page, 'counting')
      await product.getByRole('button', { name: 'Like 0' }).click()
      await product.getByRole('button', { name: 'Add' }).click()
      await product.getByText('Kettle ×2 in a cart of 1').waitFor()
      await product.getByRole('button', { name: 'Like 1' }).waitFor()
      widgets.release()
      await expectText(page, 'sold out')
      await product.waitFor({ state: 'detached' })

      await say(page, 'product')
      await product.getByText('Kettle ×1 in a cart of 1').waitFor()
      await page.waitForFunction(
        () => window.events.filter((event) => event.name === 'chatkit.response.end').length === 2,
      )
      await product.getByRole('button', { name: 'Buy' }).click()
      await expect.poll(() => widgets.requests.at(-1)?.type).toBe('threads.custom_action')
      expect(widgets.requests.at(-1)?.params.action).toEqual({ type: 'buy', payload: { title: 'Kettle' } })
      widgets.release()
      await expectText(page, 'Did buy')
      expect(complaints).toEqual([])
    },
  )
})

describe('types beside those of @openai/chatkit-react 1.6', () => {
  it('takes what the published hook takes and gives what it gives', () => {
    expectTypeOf<Published.UseChatKitOptions>().toExtend<Ours.UseChatKitOptions>()
    expectTypeOf<keyof Ours.UseChatKitResult>().toEqualTypeOf<keyof Published.UseChatKitReturn>()
    expectTypeOf<keyof Published.ChatKitControl['handlers']>().toEqualTypeOf<keyof Ours.ChatKitHandlers>()
  })

  it('knows by its options what a hook gives', () => {
    type Session = (options: { workflowId: string; getClientSecret: () => Promise<string> }) => Ours.UseChatKitSession
    type Control = (options: Published.UseChatKitOptions) => Ours.UseChatKitResult
    expectTypeOf<typeof Ours.useChatKit>().toExtend<Session>()
    expectTypeOf<typeof Ours.useChatKit>().toExtend<Control>()
  })
})
