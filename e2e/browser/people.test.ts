import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { button, chatOf, composerOf, expectText, say, waitForEvent } from './support/chat-page.js'
import { launchChromium, openPage } from './support/chromium.js'
import { type HostPages, serveHostPages } from './support/host-page.js'
import type { Running } from './support/http.js'
import { openLine } from './support/line.js'
import { startParley } from './support/parley-server.js'
import { createTestApp, type TestApp } from './support/test-app.js'

/** Pictures to look at; git does not keep them. */
const FOLDER = fileURLToPath(new URL('../output/people', import.meta.url))

let browser: Browser
let pages: HostPages
let parley: Running
let app: TestApp

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true })
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

async function openChat(looks: BrowserContextOptions = {}, server = parley.url): Promise<Page> {
  const { page } = await openPage(browser, looks)
  await page.goto(pages.addressOf('plain', { server }))
  await waitForEvent(page, 'chatkit.ready')
  return page
}

const frameOf = (page: Page): Frame =>
  page.frames().find((frame) => frame.url().includes('/chatkit/frame/')) ?? expect.unreachable('no frame')

const focusedName = (page: Page) =>
  frameOf(page).evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
  )

const responses = (page: Page) =>
  page.evaluate(() => window.events.filter(({ name }) => name === 'chatkit.response.end').length)

describe('who listens instead of looking', () => {
  it('hears every answer once, also one in the same words as the last', async () => {
    const page = await openChat()
    const heard = await frameOf(page).evaluateHandle(() => {
      const announced: string[] = []
      const watch = new MutationObserver(() => {
        for (const region of document.querySelectorAll('[role=status]')) {
          const text = region.textContent ?? ''
          if (text.includes('You said') && announced.at(-1) !== text) announced.push(text)
          if (text === '') announced.push('')
        }
      })
      watch.observe(document.body, { subtree: true, childList: true, characterData: true })
      return announced
    })
    for (const count of [1, 2]) {
      await say(page, 'same')
      await expect.poll(() => responses(page)).toBe(count)
      await chatOf(page).getByRole('status').filter({ hasText: 'You said: same' }).waitFor()
    }

    const announced = async () =>
      (await heard.jsonValue()).filter((text, at, all) => text !== '' && all[at - 1] !== text)
    await expect.poll(announced).toEqual(['New answer: You said: same', 'New answer: You said: same'])
  })

  it('hears the words of an answer, not the marks that shape them', async () => {
    const page = await openChat()
    await say(page, '**bold** and [a link](https://example.com)')
    await chatOf(page).getByRole('status').filter({ hasText: 'You said: bold and a link' }).waitFor()
  })

  it('finds the conversation as a log that does not speak by itself, and a name on every control', async () => {
    const page = await openChat()
    await say(page, 'Hello')
    await expectText(page, 'You said: Hello')
    const session = await page.context().newCDPSession(page)
    const frames = await session.send('Page.getFrameTree')
    const frameId = frames.frameTree.childFrames?.[0]?.frame.id
    const { nodes } = await session.send('Accessibility.getFullAXTree', { ...(frameId && { frameId }) })

    const shown = nodes.filter((node) => !node.ignored)
    const log = shown.find((node) => node.role?.value === 'log')
    expect(log?.name?.value).toBe('Conversation')
    expect(log?.properties?.find(({ name }) => name === 'live')?.value.value ?? 'off').toBe('off')
    const controls = shown.filter((node) => ['button', 'textbox', 'link', 'menuitem'].includes(node.role?.value))
    expect(controls.length).toBeGreaterThan(3)
    expect(controls.filter((node) => !node.name?.value)).toEqual([])
  })
})

describe('who uses the keyboard', () => {
  it('walks a menu with arrows, Home and End, leaves it with Tab, and comes back with Escape', async () => {
    const page = await openChat()
    await page.evaluate(() => {
      const tools = ['Search', 'Orders', 'Weather'].map((label) => ({ id: label, label, icon: 'search' as const }))
      window.change({ composer: { tools } })
    })
    await button(page, 'Choose a tool').focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => focusedName(page)).toContain('Search')
    for (const [key, name] of [
      ['End', 'Weather'],
      ['ArrowDown', 'Search'],
      ['ArrowUp', 'Weather'],
      ['Home', 'Search'],
      ['Escape', 'Choose a tool'],
    ] as const) {
      await page.keyboard.press(key)
      await expect.poll(() => focusedName(page), { message: key }).toContain(name)
    }
    await chatOf(page).getByRole('menu').waitFor({ state: 'detached' })

    await page.keyboard.press('Enter')
    await chatOf(page).getByRole('menu').waitFor()
    await page.keyboard.press('Tab')
    await chatOf(page).getByRole('menu').waitFor({ state: 'detached' })
  })

  it('opens the history and comes back with Escape, to the button or to the message', async () => {
    const page = await openChat()
    await say(page, 'Hello')
    await expectText(page, 'You said: Hello')
    await button(page, 'Open chat history').focus()
    await page.keyboard.press('Enter')
    await chatOf(page).getByText('About Hello').first().waitFor()
    await page.keyboard.press('Escape')

    await composerOf(page).waitFor()
    await expect.poll(() => focusedName(page)).toBe('Open chat history')

    await page.keyboard.press('Enter')
    await chatOf(page).getByRole('button', { name: 'About Hello', exact: true }).first().focus()
    await page.keyboard.press('Escape')
    await expect.poll(() => focusedName(page)).toBe('Message')
  })
})

describe('who wants no motion', () => {
  it('sees none: at the start, while an answer is written, in a menu and in the history', async () => {
    const page = await openChat({ reducedMotion: 'reduce' })
    const moving = () =>
      frameOf(page).evaluate(() =>
        document
          .getAnimations()
          .filter((animation) => Number(animation.effect?.getComputedTiming().duration) > 0)
          .map((animation) => (animation as CSSAnimation).animationName ?? String(animation)),
      )
    expect(await moving()).toEqual([])
    await say(page, 'hold')
    await expectText(page, 'The first half')
    expect(await moving()).toEqual([])
    app.release()
    await waitForEvent(page, 'chatkit.response.end')
    await button(page, 'Open chat history').click()
    await chatOf(page).getByText('About hold').first().waitFor()
    expect(await moving()).toEqual([])
  })
})

describe('B11: a connection that is lost in the middle of an answer', () => {
  it('is said, comes back by itself, and the answer goes on where it was, each word once', async () => {
    const line = await openLine(parley.url)
    onTestFinished(() => line.close())
    const page = await openChat({}, line.url)
    await say(page, 'hold')
    await expectText(page, 'The first half')
    const resumed = page.waitForRequest((request) => request.postData()?.includes('runs.resume') ?? false)
    const cut = page.waitForEvent('requestfailed')

    await page.context().setOffline(true)
    const banner = chatOf(page).getByText('You are offline.')
    await banner.waitFor()
    await page.screenshot({ path: `${FOLDER}/offline.png` })
    line.cut()
    await cut
    app.release() // the server goes on meanwhile, and what it writes does not get through
    await page.context().setOffline(false)

    await resumed
    await banner.waitFor({ state: 'detached' })
    await expectText(page, 'The first half and the second half.')
    await expect.poll(() => responses(page)).toBe(1)
    const log = (await chatOf(page).getByRole('log').textContent()) ?? ''
    expect(log.split('The first half').length - 1).toBe(1)
    expect(await chatOf(page).getByRole('alert').count()).toBe(0)
  })
})

describe('who needs it larger or in colours of their own', () => {
  it.each([
    ['200 %', { width: 640, height: 400 }],
    ['400 %', { width: 320, height: 256 }],
  ])('can read and write at %s', async (name, viewport) => {
    const page = await openChat({ viewport, deviceScaleFactor: 2 })
    await say(page, 'showcase')
    await expectText(page, 'Anything else I can do?')
    await page.screenshot({ path: `${FOLDER}/zoom-${viewport.width}.png` })

    const { wide, log } = await frameOf(page).evaluate(() => ({
      wide: document.documentElement.scrollWidth - window.innerWidth,
      log: document.querySelector('.thread')?.clientHeight ?? 0,
    }))
    expect(wide, name).toBeLessThanOrEqual(0)
    expect(log, 'height left for reading').toBeGreaterThan(90)
    await composerOf(page).fill('line\n'.repeat(12))
    await button(page, 'Send message').click()
    await expect.poll(() => responses(page)).toBe(2)
  })

  it('sees borders, focus and state with forced colours', async () => {
    const page = await openChat({ forcedColors: 'active', reducedMotion: 'reduce' })
    await say(page, 'showcase')
    await expectText(page, 'Anything else I can do?')
    await button(page, 'Copy').last().focus()
    await page.keyboard.press('Tab')
    await page.screenshot({ path: `${FOLDER}/forced-colors.png` })

    const bare = await frameOf(page).evaluate(() => {
      const hasEdge = (element: Element) => {
        const { borderTopWidth, borderTopStyle } = getComputedStyle(element)
        return borderTopStyle !== 'none' && borderTopWidth !== '0px'
      }
      const focused = document.activeElement
      return {
        composer: hasEdge(document.querySelector('.composer') ?? document.body),
        bubble: hasEdge(document.querySelector('.bubble') ?? document.body),
        outline: focused ? getComputedStyle(focused).outlineStyle : 'none',
      }
    })
    expect(bare).toEqual({ composer: true, bubble: true, outline: 'solid' })
  })
})
