import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chatOf, composerOf, say } from './support/chat-page.js'
import { launchChromium } from './support/chromium.js'
import { callChat, openComposer } from './support/composer-page.js'
import { type HostPages, serveHostPages } from './support/host-page.js'
import type { Running } from './support/http.js'
import { startParley } from './support/parley-server.js'
import { createSceneApp, type Scene } from './support/thread-scenes.js'

let browser: Browser
let pages: HostPages
let parley: Running

beforeAll(async () => {
  browser = await launchChromium()
  pages = await serveHostPages()
  parley = await startParley(createSceneApp({ ask }))
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([pages?.close(), parley?.close()])
})

/** More questions than a phone has room for. */
async function* ask({ newId, threadId }: Parameters<Scene>[0]): ReturnType<Scene> {
  const options = ['Red', 'Green', 'Blue', 'Yellow'].map((value) => ({ value }))
  const inputs = ['walls', 'floor', 'door'].map(
    (id) => ({ id, type: 'multiple_choice', question: `Colour of the ${id}?`, options, multiple: false }) as const,
  )
  const head = { id: newId('message'), thread_id: threadId, created_at: new Date().toISOString() }
  yield { type: 'thread.item.done', item: { ...head, type: 'structured_input', status: 'pending', inputs } }
}

/** A phone's chat that offers everything a composer can have, in words longer than anybody expects. */
async function openFullComposer(width: number, locale: string): Promise<Page> {
  const phone = { viewport: { width, height: 800 }, isMobile: true, hasTouch: true }
  const { page } = await openComposer(browser, { pages, server: parley.url }, { ...phone, locale })
  await page.evaluate(() =>
    window.change({
      locale: window.options.locale,
      entities: { showComposerMenu: true, onTagSearch: async () => [] },
      composer: {
        attachments: { enabled: true },
        dictation: { enabled: true },
        tools: [
          { id: 'long', label: 'Compare the prices of every shop in the whole country', icon: 'globe' },
          { id: 'web', label: 'Search the web', icon: 'globe' },
          { id: 'draw', label: 'Draw a picture', icon: 'square-image', pinned: true },
        ],
        models: [
          { id: 'deep', label: 'Deep thinker with a long name', description: 'Takes its time', default: true },
          { id: 'fast', label: 'Fast' },
        ],
      },
    }),
  )
  await chatOf(page).locator('.model-button').waitFor()
  return page
}

interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

const boxOf = (element: Locator): Promise<Box> => element.evaluate((node) => node.getBoundingClientRect().toJSON())

/** Pairs of controls of the composer that lie on top of each other, and those that reach out of it. */
async function misplaced(page: Page): Promise<string[]> {
  const composer = chatOf(page).locator('.composer')
  const field = await boxOf(composer)
  const controls = await Promise.all((await composer.locator('.composer-bar button').all()).map(boxOf))
  const reachOut = controls.filter(({ left, right }) => left < field.left || right > field.right)
  const overlap = controls.flatMap((one, at) =>
    controls
      .slice(at + 1)
      .filter(
        (other) =>
          Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
          Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1,
      ),
  )
  return [...reachOut.map(() => 'reaches out'), ...overlap.map(() => 'overlaps')]
}

describe.each([
  [320, 'en'],
  [390, 'de'],
  [390, 'ar'],
] as const)('B2: a composer with everything at %i px in %s', (width, locale) => {
  it('keeps its controls apart, also with a tool of a long name chosen', async () => {
    const page = await openFullComposer(width, locale)
    expect(await misplaced(page)).toEqual([])

    await callChat(page, 'setComposerValue', { selectedToolId: 'long' })
    await chatOf(page).locator('.chip').waitFor()
    expect(await misplaced(page)).toEqual([])
  })

  it('opens its menus within the screen', async () => {
    const page = await openFullComposer(width, locale)
    for (const menu of await chatOf(page).locator('.menu > button').all()) {
      await menu.click()
      const { left, right, top } = await boxOf(chatOf(page).getByRole('menu'))
      expect(left).toBeGreaterThanOrEqual(0)
      expect(right).toBeLessThanOrEqual(width)
      expect(top).toBeGreaterThanOrEqual(0)
      await page.keyboard.press('Escape')
    }
  })
})

describe('B2: more questions than fit', () => {
  it('leave the buttons that answer and skip in sight', async () => {
    const { page } = await openComposer(
      browser,
      { pages, server: parley.url },
      { viewport: { width: 390, height: 640 } },
    )
    await say(page, 'ask')
    const form = chatOf(page).getByRole('form')
    await form.waitFor()
    const { bottom } = await boxOf(form)
    for (const name of ['Skip', 'Send answers'])
      expect((await boxOf(form.getByRole('button', { name }))).bottom, name).toBeLessThan(bottom)
    await form.getByRole('button', { name: 'Skip' }).click()
    await composerOf(page).waitFor()
  })
})
