import type { ChatKitOptions } from '@parley/element'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { button, chatOf, composerOf, expectText, say } from './support/chat-page.js'
import { launchChromium, openPage } from './support/chromium.js'
import type { Running } from './support/http.js'
import { startParley } from './support/parley-server.js'
import { createTestApp } from './support/test-app.js'

let browser: Browser
let server: Running

beforeAll(async () => {
  browser = await launchChromium()
  server = await startParley(createTestApp())
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

/** A page on which the first screen is all there is of the chat until `release`. */
async function openFirstScreen(options: ChatKitOptions, width = 420) {
  const { page, complaints } = await openPage(browser, { viewport: { width, height: 720 } })
  let release: () => void = () => undefined
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route(/\/assets\/frame-[^/]*\.js$/, async (route) => {
    await released
    await route.continue()
  })
  const body = `<!doctype html><script src="/chatkit.js"></script>
    <openai-chatkit id="chat" style="position:fixed;inset:0"></openai-chatkit>
    <script>chat.setOptions(${JSON.stringify(options)})</script>`
  await page.route(`${server.url}/own`, (route) => route.fulfill({ contentType: 'text/html', body }))
  await page.goto(`${server.url}/own`, { waitUntil: 'commit' }) // a page has loaded when its frames have
  await fieldOf(page).waitFor()
  return { page, complaints, release }
}

/** By its kind: its name is in the chat's language. */
const fieldOf = (page: Page) => chatOf(page).locator('textarea')

/** The chat stands when what only its own code draws is there. */
const whenChatStands = (page: Page) => button(page, 'Chat history').waitFor()

describe('the first screen', () => {
  it('can be written in before the chat is there, which goes on with the same field, text and cursor', async () => {
    const { page, complaints, release } = await openFirstScreen({})
    const field = composerOf(page)
    await field.pressSequentially('Hello there')
    await field.press('Home')
    const before = await field.elementHandle()

    release()
    await whenChatStands(page)

    expect(await field.evaluate((element, other) => element === other, before)).toBe(true)
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.type('Oh. ')
    expect(await field.inputValue()).toBe('Oh. Hello there')
    await page.keyboard.press('Enter')
    await expectText(page, 'You said: Oh. Hello there')
    expect(complaints).toEqual([])
  })

  it.each(['Enter', 'button'])(
    'keeps a message that is sent before the chat is there, and sends it then (%s)',
    async (way) => {
      const { page, complaints, release } = await openFirstScreen({})
      await composerOf(page).fill('Early words')

      if (way === 'Enter') await composerOf(page).press('Enter')
      else await button(page, 'Send message').click()
      expect(await composerOf(page).inputValue()).toBe('Early words')
      release()

      await expectText(page, 'You said: Early words')
      expect(await composerOf(page).inputValue()).toBe('')
      expect(complaints).toEqual([])
    },
  )

  it('sends it into the conversation that is being opened', async () => {
    const { page: first, release: releaseFirst } = await openFirstScreen({})
    releaseFirst()
    await say(first, 'One')
    await expectText(first, 'You said: One')
    const { page, release } = await openFirstScreen({ initialThread: await newestThread(first) })
    await composerOf(page).fill('Two')
    await composerOf(page).press('Enter')
    release()

    await expectText(page, 'You said: Two')
    await expectText(page, 'You said: One')
  })

  it('sends nothing that nobody wrote', async () => {
    const { page, release } = await openFirstScreen({})
    await composerOf(page).press('Enter')
    await composerOf(page).fill('Later')
    release()

    await whenChatStands(page)
    expect(await composerOf(page).inputValue()).toBe('Later')
    expect(await chatOf(page).getByRole('log').count()).toBe(0)
  })

  const prompts = [
    { label: 'What is Parley?', prompt: 'What is Parley?' },
    { label: 'Which settings are there?', prompt: 'Which settings are there?', icon: 'bolt' as const },
  ]
  it.each<[string, ChatKitOptions]>([
    ['as it is', {}],
    ['with a greeting and prompts', { startScreen: { greeting: 'Good day', prompts } }],
    ['without a header, in the dark', { header: { enabled: false }, theme: 'dark' }],
    ['with tools', { composer: { placeholder: 'Ask', tools: [{ id: 'a', label: 'A', icon: 'bolt' }] } }],
    [
      'with files and small print',
      { composer: { attachments: { enabled: true } }, disclaimer: { text: 'No promises.' } },
    ],
    ['in German', { locale: 'de', startScreen: { greeting: 'Guten Tag' } }],
    ['in Arabic', { locale: 'ar', theme: { colorScheme: 'light', density: 'compact', radius: 'sharp' } }],
  ])('stands where the chat will stand: %s', async (_name, options) => {
    for (const width of [420, 1000]) {
      const { page, release } = await openFirstScreen(options, width)
      const first = await drawn(page)
      release()
      await page.locator('openai-chatkit').evaluate((chat) => Object(chat).focusComposer())
      expect(await drawn(page)).toEqual(first)
    }
  })
})

/** Where the field is and how it looks. */
function drawn(page: Page) {
  return fieldOf(page).evaluate((field) => {
    const { x, y, width, height } = field.getBoundingClientRect()
    const { color, backgroundColor, direction, font } = getComputedStyle(field)
    const ground = getComputedStyle(field.closest('.chat') ?? field).backgroundColor
    return { box: [x, y, width, height].map(Math.round), color, backgroundColor, direction, font, ground }
  })
}

async function newestThread(page: Page): Promise<string> {
  const answer = await page.request.post(`${server.url}/api/chatkit`, {
    data: { type: 'threads.list', params: { limit: 1, order: 'desc' } },
  })
  return (await answer.json()).data[0].id
}
