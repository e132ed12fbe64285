import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ChatKitOptions } from '@parley/element'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { button, chatOf, say, waitForEvent } from './support/chat-page.js'
import { launchChromium, openPage } from './support/chromium.js'
import { type HostPages, serveHostPages } from './support/host-page.js'
import type { Running } from './support/http.js'
import { startParley } from './support/parley-server.js'
import { createSceneApp, RED_SQUARE } from './support/thread-scenes.js'

/** Pictures to look at; git does not keep them. */
const FOLDER = fileURLToPath(new URL('../output/thread', import.meta.url))

let browser: Browser
let pages: HostPages
let parley: Running

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true })
  browser = await launchChromium()
  pages = await serveHostPages()
  parley = await startParley(createSceneApp())
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([pages?.close(), parley?.close()])
})

async function openChat(options: ChatKitOptions, width = 390): Promise<Page> {
  const { page } = await openPage(browser, { viewport: { width, height: 844 } })
  await page.goto(pages.addressOf('plain', { server: parley.url }))
  await waitForEvent(page, 'chatkit.ready')
  await page.evaluate((changed) => window.change(changed as object), options)
  return page
}

const styleOf = (page: Page, selector: string, property: string) =>
  chatOf(page)
    .locator(selector)
    .first()
    .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property)

async function setProperty(page: Page, name: string, value: string): Promise<void> {
  await page.evaluate(
    ([key, to]) => document.querySelector<HTMLElement>('openai-chatkit')?.style.setProperty(key, to),
    [name, value] as const,
  )
}

describe('B5: the simple theme keys', () => {
  it('work with the plain element', async () => {
    const page = await openChat({
      theme: {
        primaryColor: '#7c3aed',
        backgroundColor: '#101418',
        fontFamily: 'Georgia, serif',
        borderRadius: '6px',
        messageBackground: '#1e2a38',
        userMessageColor: '#ffd28a',
        botMessageColor: '#d5f5e3',
      },
    })
    await say(page, 'sources')
    await waitForEvent(page, 'chatkit.response.end')

    expect(await styleOf(page, '.bubble', 'background-color')).toBe('rgb(30, 42, 56)')
    expect(await styleOf(page, '.bubble', 'color')).toBe('rgb(255, 210, 138)')
    expect(await styleOf(page, '.bubble', 'border-radius')).toBe('6px')
    expect(await styleOf(page, '.assistant-message', 'color')).toBe('rgb(213, 245, 227)')
    expect(await styleOf(page, '.assistant-message', 'background-color')).toBe('rgb(30, 42, 56)')
    expect(await styleOf(page, '.chat', 'font-family')).toMatch(/^Georgia/)
    expect(await styleOf(page, 'html', 'color-scheme')).toBe('dark')
    await page.screenshot({ path: `${FOLDER}/simple-theme-390.png` })
  })
})

describe('B2: looks of the page’s own', () => {
  it('follow the properties its CSS gives the element, also when they change', async () => {
    const page = await openChat({})
    await setProperty(page, '--parley-user-bubble', '#0b57d0')
    await setProperty(page, '--parley-assistant-bubble', 'oklch(0.95 0.02 250)')
    await setProperty(page, '--parley-column-width', '30rem')
    await say(page, 'sources')
    await waitForEvent(page, 'chatkit.response.end')
    await expect.poll(() => styleOf(page, '.bubble', 'background-color')).toBe('rgb(11, 87, 208)')
    expect(await styleOf(page, '.bubble', 'color')).toBe('oklch(1 0 0)')
    expect(await styleOf(page, '.assistant-message', 'border-radius')).toBe('20px')
    await page.screenshot({ path: `${FOLDER}/look-390.png` })

    await setProperty(page, '--parley-user-bubble', '')

    await expect.poll(() => styleOf(page, '.bubble', 'background-color')).not.toBe('rgb(11, 87, 208)')
  })

  it('never load anything or set anything else', async () => {
    const { page, requests } = await openPage(browser)
    await page.goto(pages.addressOf('plain', { server: parley.url }))
    await waitForEvent(page, 'chatkit.ready')
    await setProperty(page, '--parley-user-bubble', 'url(https://spy.example.com/a.png)')
    await setProperty(page, '--parley-assistant-bubble', 'var(--accent)')
    await setProperty(page, '--parley-bubble-radius', 'calc(1px); background: red')
    await setProperty(page, '--parley-unknown', 'red')
    await page.evaluate(() =>
      window.change({ appearance: { avatars: { user: 'https://spy.example.com/b.png', assistant: '"x' } } } as object),
    )
    await setProperty(page, '--parley-link', 'rgb(1, 2, 3)')
    await expect.poll(() => styleOf(page, 'html', '--link')).toBe('rgb(1, 2, 3)')

    for (const name of [
      '--user-bubble',
      '--assistant-bubble',
      '--bubble-radius',
      '--user-picture',
      '--assistant-letters',
    ]) {
      expect(await styleOf(page, 'html', name)).toBe('')
    }
    expect(requests.filter((url) => url.includes('spy.example.com'))).toEqual([])
  })

  it('include avatars of letters and of pictures', async () => {
    const page = await openChat({ appearance: { avatars: { user: 'AL', assistant: RED_SQUARE } } }, 768)
    await say(page, 'sources')
    await waitForEvent(page, 'chatkit.response.end')
    const drawn = await chatOf(page)
      .locator('.user-message')
      .evaluate((element) => getComputedStyle(element, '::after').content)
    expect(drawn).toBe('"AL"')
    await page.screenshot({ path: `${FOLDER}/avatars-768.png` })
  })

  it('include the place of its headings in the outline of the page', async () => {
    const page = await openChat({ header: { title: { text: 'Help' } }, appearance: { headingLevel: 3 } })
    const headings = () =>
      chatOf(page)
        .getByRole('heading')
        .evaluateAll((all) => all.map((heading) => [heading.ariaLevel, heading.textContent]))
    await expect.poll(headings).toEqual([
      ['3', 'Help'],
      ['4', 'How can we help?'],
    ])

    await say(page, 'this:\n\n# Lamps')
    await waitForEvent(page, 'chatkit.response.end')
    await expect.poll(headings).toContainEqual(['3', 'Lamps'])

    await button(page, 'Open chat history').click()
    await expect.poll(headings).toContainEqual(['4', 'Today'])
  })
})
