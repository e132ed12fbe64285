import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ChatKitOptions } from '@parley/element'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createGuardedFetch } from '../../packages/server/src/base/guarded-fetch.js'
import { button, chatOf, expectText, say, waitForEvent } from './support/chat-page.js'
import { launchChromium, openPage, strangers } from './support/chromium.js'
import { type HostPages, serveHostPages } from './support/host-page.js'
import type { Running } from './support/http.js'
import { startParley } from './support/parley-server.js'
import { createSceneApp, RED_SQUARE, type SceneApp } from './support/thread-scenes.js'

/** Pictures to look at; git does not keep them. */
const FOLDER = fileURLToPath(new URL('../output/thread', import.meta.url))

let browser: Browser
let pages: HostPages
let parley: Running
let app: SceneApp

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true })
  app = createSceneApp()
  browser = await launchChromium()
  pages = await serveHostPages()
  parley = await startParley(app, { guardedFetch: internet })
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([pages?.close(), parley?.close()])
})

/** The internet: one picture, asked for by the server alone. */
const fetched: string[] = []
const internet = createGuardedFetch(async ({ url }) => {
  fetched.push(url.href)
  const picture = Buffer.from(RED_SQUARE.split(',')[1] ?? '', 'base64')
  return url.pathname === '/lamp.png' ? new Response(picture) : new Response('gone', { status: 404 })
})

async function openChat(options: ChatKitOptions = {}, context: BrowserContextOptions = {}, given = {}): Promise<Page> {
  const { page } = await openPage(browser, { permissions: ['clipboard-read', 'clipboard-write'], ...context })
  await page.goto(pages.addressOf('plain', { server: parley.url, ...given }))
  await waitForEvent(page, 'chatkit.ready')
  await page.evaluate((changed) => window.change(changed as object), options)
  return page
}

async function ask(page: Page, scene: string): Promise<void> {
  await say(page, scene)
  await waitForEvent(page, 'chatkit.response.end')
}

const thread = (page: Page) => chatOf(page).getByRole('log')

describe('B2: what an answer rests on', () => {
  let page: Page
  beforeEach(async () => {
    page = await openChat({ entities: {}, sources: {} })
    await page.evaluate(() => {
      window.change({
        entities: { onClick: (entity: unknown) => window.toolCalls.push(entity) },
        sources: { onFileClick: (file: unknown) => window.toolCalls.push(file) },
      } as object)
    })
    await ask(page, 'sources')
  })

  it('is numbered where it is said, with those of one place together', async () => {
    const markers = thread(page).locator('.citation')

    await expect.poll(() => markers.nth(0).locator('> *').allTextContents()).toEqual(['1', '2'])
    expect(await markers.nth(0).getByRole('link').getAttribute('aria-label')).toBe('Source 1: Returns and refunds')
    expect(await markers.nth(2).textContent()).toBe('Support')
  })

  it('is previewed while its number has the focus, and until Escape is pressed', async () => {
    await thread(page).getByRole('link', { name: 'Source 1' }).focus()

    const card = thread(page).getByRole('tooltip')
    await card.waitFor()
    expect(await card.innerText()).toMatch(
      /Returns and refunds\s+The shop · shop\.example\.com\s+Everything unopened[\s\S]*Mar 14, 2026[\s\S]*Terms of sale/,
    )
    await page.keyboard.press('Escape')
    await card.waitFor({ state: 'detached' })
  })

  it('is opened by the page where it is a file or a thing of the page', async () => {
    await thread(page).getByRole('button', { name: 'Source 2: Terms of sale' }).press('Enter')
    await thread(page).getByRole('button', { name: 'Source 3: Ticket 17' }).press(' ')

    await page.waitForFunction(() => window.toolCalls.length === 2)
    expect(await page.evaluate(() => window.toolCalls)).toMatchObject([
      { filename: 'terms-2026.pdf', title: 'Terms of sale' },
      { id: 'ticket_17', title: 'Ticket 17', data: { id: '17' }, group: 'Internal' },
    ])
  })

  it('is listed below the answer when asked for, by group', async () => {
    await button(page, '5 sources').click()

    const rows = thread(page).locator('.sources li')
    await expect.poll(() => rows.count()).toBe(5)
    expect(await thread(page).locator('.source-group').innerText()).toBe('Internal')
    expect(await rows.filter({ hasText: 'Frequently asked' }).getByRole('link').getAttribute('href')).toBe(
      'https://example.org/faq',
    )
    await rows.filter({ hasText: 'Terms of sale' }).getByRole('button').click()
    await page.waitForFunction(() => window.toolCalls.length === 1)
  })
})

describe('B7: what an agent thinks and does', () => {
  it('shows the thought while it is new, then how long it took', async () => {
    const page = await openChat()
    await say(page, 'reasoning')
    await expectText(page, 'The person wants to send a lamp back.')

    app.release()

    await button(page, 'Thought for 9 s').waitFor()
    await thread(page).getByText('The person wants').waitFor({ state: 'detached' })
    await button(page, 'Thought for 9 s').click()
    await expectText(page, 'The person wants to send a lamp back.')
    await thread(page).getByText('nine', { exact: true }).waitFor()
  })

  it('shows every kind of step', async () => {
    const page = await openChat()
    await say(page, 'steps')
    await button(page, 'Read the delivery note').waitFor()
    app.release()
    await waitForEvent(page, 'chatkit.response.end')

    await button(page, 'Looked up the order').click()

    const steps = thread(page).locator('.workflow')
    await steps.getByText('parcel 1234 delayed').waitFor()
    expect(await steps.getByRole('link').getAttribute('href')).toBe('https://carrier.example.com/1234')
    for (const said of ['note.pdf', 'Looked at the photo', 'They said today.', 'Wrote it down, with care.']) {
      await steps.getByText(said).first().waitFor()
    }
    await thread(page).locator('.turn > .workflow-steps').getByText('Asked the warehouse').waitFor()
  })

  it('is open from the start where the page wants it', async () => {
    const page = await openChat({ thread: { reasoning: 'expanded', steps: 'expanded' } })
    await say(page, 'reasoning')
    await thread(page).locator('.task').getByText('The person wants to send a lamp back.').waitFor()
    app.release()
    await button(page, 'Thought for 9 s').waitFor()
    await expect.poll(() => thread(page).locator('.task').count()).toBe(2)
  })

  it('is not shown where the page does not want it, and the wait for it still is', async () => {
    const page = await openChat({ thread: { reasoning: 'hidden', steps: 'hidden' } })
    await say(page, 'reasoning')
    await thread(page).locator('.turn > .caret').waitFor()
    app.release()
    await expectText(page, 'You can send it back.')
    await waitForEvent(page, 'chatkit.response.end')
    await say(page, 'steps')
    app.release()
    await expectText(page, 'It left the warehouse this morning.')
    expect(await thread(page).locator('.workflow, .workflow-steps').count()).toBe(0)
  })
})

describe('B2: generated pictures', () => {
  it('come step by step, open large, close by Escape and can be kept', async () => {
    const page = await openChat()
    await say(page, 'image')
    await thread(page).getByText('Creating an image').waitFor()
    app.release()
    await thread(page).getByRole('img', { name: 'Creating an image' }).waitFor()
    expect(await thread(page).getByRole('progressbar').getAttribute('value')).toBe('0.5')
    app.release()

    await button(page, 'Open the image large').click()
    const viewer = chatOf(page).getByRole('dialog', { name: 'Generated image' })
    await viewer.waitFor()
    expect(await viewer.getByRole('link', { name: 'Download' }).getAttribute('download')).toBe('image.svg')
    await page.screenshot({ path: `${FOLDER}/viewer.png` })
    const kept = page.waitForEvent('download')
    await viewer.getByRole('link', { name: 'Download' }).click()
    expect((await kept).suggestedFilename()).toBe('image.svg')

    await page.keyboard.press('Escape')
    await viewer.waitFor({ state: 'detached' })
    await expect.poll(() => chatOf(page).locator(':focus').getAttribute('aria-label')).toBe('Open the image large')
  })

  it('are never fetched from elsewhere', async () => {
    const { page, requests } = await openPage(browser)
    await page.goto(pages.addressOf('plain', { server: parley.url }))
    await waitForEvent(page, 'chatkit.ready')
    await ask(page, 'foreign image')
    await thread(page).getByText('Generated image').waitFor()
    expect(requests.filter((url) => url.includes('pictures.example.com'))).toEqual([])
  })
})

describe('copying', () => {
  const clipboard = (page: Page, type: string) =>
    page.evaluate(async (wanted) => {
      const [item] = await navigator.clipboard.read()
      return item?.types.includes(wanted) ? (await item.getType(wanted)).text() : null
    }, type)

  it('takes a table as Markdown and as a table', async () => {
    const page = await openChat()
    await ask(page, 'table')
    await thread(page).locator('.md-table').getByRole('button', { name: 'Copy' }).click()

    await thread(page).getByRole('button', { name: 'Copied' }).waitFor()
    expect(await clipboard(page, 'text/plain')).toBe(
      '| Item | Days |\n| :--- | ---: |\n| **Lamp** | 30 |\n| Book | 14 |\n',
    )
    expect(await clipboard(page, 'text/html')).toContain('<strong>Lamp</strong>')
  })

  it('takes a whole answer without the question', async () => {
    const page = await openChat()
    await ask(page, 'table')
    await thread(page).locator('.turn-actions').getByRole('button', { name: 'Copy' }).click()

    await thread(page).locator('.turn-actions').getByRole('button', { name: 'Copied' }).waitFor()
    expect(await clipboard(page, 'text/plain')).toMatch(/^\| Item \| Days \|\n[\s\S]*That is all\.$/)
  })
})

it('keeps line ends where the page wants them', async () => {
  const page = await openChat({ thread: { lineBreaks: true } })
  await ask(page, 'lines')
  await expect
    .poll(() => thread(page).locator('.assistant-message').innerText())
    .toBe('Roses are red\nViolets are blue')
})

describe.each([
  ['390', 'light', 'en'],
  ['390', 'dark', 'ar'],
  ['768', 'light', 'de'],
  ['1280', 'dark', 'en'],
  ['1280', 'light', 'vi'],
] as const)('pictures at %s in %s, %s', (width, scheme, locale) => {
  it('fits', async () => {
    const viewport = { width: Number(width), height: width === '390' ? 844 : 900 }
    const page = await openChat({}, { viewport, colorScheme: scheme }, { theme: scheme, locale })
    const shoot = (name: string) =>
      page.screenshot({ path: `${FOLDER}/${name}-${width}-${scheme}-${locale}.png`, animations: 'disabled' })
    await say(page, 'sources')
    await thread(page).locator('.sources .disclosure').click()
    await thread(page).locator('.citation').first().getByRole('link').focus()
    await shoot('sources')
    await page.keyboard.press('Escape')
    await say(page, 'steps')
    await thread(page).locator('.workflow').waitFor()
    await shoot('steps-running')
    app.release()
    await thread(page).locator('.turn-last .turn-actions').waitFor()
    await thread(page).locator('.turn-last .workflow .disclosure').click()
    await shoot('steps')
    await say(page, 'reasoning')
    await thread(page).locator('.workflow-thought').waitFor()
    await shoot('reasoning')
    app.release()
    await thread(page).locator('.turn-last .turn-actions').waitFor()
    await say(page, 'table')
    await thread(page).locator('.md-table').hover()
    await shoot('table')
    const overflow = await chatOf(page)
      .locator('body')
      .evaluate((element) => element.ownerDocument.documentElement.scrollWidth - window.innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
  })
})

describe('B2: pictures of places the thread allows', () => {
  it('are fetched by the server and shown; what cannot be had, or is elsewhere, is a link that says where it leads', async () => {
    fetched.length = 0
    const { page, requests, complaints } = await openPage(browser)
    await page.goto(pages.addressOf('plain', { server: parley.url }))
    await ask(page, 'allowed pictures')

    const picture = thread(page).getByRole('img', { name: 'Picture 0' })
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1)
    expect(await picture.getAttribute('src')).toBe(RED_SQUARE)
    const gone = thread(page).getByRole('link', { name: 'Picture 1' })
    expect(await gone.getAttribute('href')).toBe('https://pictures.example/gone.png')
    const elsewhere = thread(page).getByRole('link', { name: 'Picture 2' })
    expect(await elsewhere.getAttribute('href')).toBe('https://else.example/a.png')
    expect(await thread(page).innerText()).toMatch(/pictures\.example[\s\S]*else\.example/)

    expect(fetched.toSorted()).toEqual(['https://cdn.pictures.example/lamp.png', 'https://pictures.example/gone.png'])
    expect(strangers(requests, pages.url, parley.url)).toEqual([])
    expect(complaints.filter((complaint) => !complaint.includes('Failed to load resource'))).toEqual([])
  })
})
