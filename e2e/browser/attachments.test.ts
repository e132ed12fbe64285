import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ChatKitOptions } from '@openai/chatkit'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBuiltServer } from './support/built-server.js'
import { button, chatOf, composerOf, expectText, say } from './support/chat-page.js'
import { launchChromium, openPage } from './support/chromium.js'
import { type HostPages, serveHostPages } from './support/host-page.js'
import type { Running } from './support/http.js'
import { startParley } from './support/parley-server.js'
import { createTestApp } from './support/test-app.js'

/** Pictures to look at; git does not keep them. */
const FOLDER = fileURLToPath(new URL('../output/attachments', import.meta.url))

let browser: Browser
let pages: HostPages
let parley: Running
let other: Running
let picture: Buffer

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true })
  browser = await launchChromium()
  pages = await serveHostPages()
  parley = await startParley(createTestApp())
  other = await startParley(createTestApp())
  const { page } = await openPage(browser, { viewport: { width: 300, height: 200 } })
  await page.setContent('<body style="background: linear-gradient(120deg, coral, gold, teal)">')
  picture = await page.screenshot({ type: 'png' })
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([pages?.close(), parley?.close(), other?.close()])
})

type Attachments = NonNullable<NonNullable<ChatKitOptions['composer']>['attachments']>

/** A chat that takes files, on somebody's page; `api` is another server than the script's, if given. */
async function openChat(limits: Partial<Attachments> = {}, given: { api?: string; locale?: string } = {}) {
  const watched = await openPage(browser, { viewport: { width: 900, height: 700 } })
  const { page } = watched
  await page.goto(pages.addressOf('plain', { server: parley.url, ...given }))
  await chatOf(page).getByRole('textbox').waitFor()
  const composer = { attachments: { enabled: true, ...limits } }
  await page.evaluate((composer) => window.change({ composer }), composer)
  await chatOf(page).locator('.composer input[type=file]').waitFor({ state: 'attached' })
  return watched
}

const note = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') }
const image = () => ({ name: 'sunset.png', mimeType: 'image/png', buffer: picture })

const chips = (page: Page): Locator => chatOf(page).locator('.upload')
const uploaded = (page: Page): Locator => chatOf(page).locator('.upload-done')
const alert = (page: Page): Locator => chatOf(page).getByRole('alert')
const pictureIn = (page: Page): Locator => chatOf(page).getByRole('log').getByRole('img', { name: 'sunset.png' })

async function pick(page: Page, ...files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await button(page, 'Attach files').click()
  await (await chooser).setFiles(files)
}

/** From 0 to 1; -1 where the bar does not say. */
const shareOf = (page: Page) =>
  chatOf(page)
    .getByRole('progressbar')
    .evaluate((bar) => (bar as HTMLProgressElement).position) // what has this role in an upload

/** As over a line so slow that 900 KB are on their way for as long as anybody looks. */
async function slowUploads(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  const line = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 20_000 }
  await session.send('Network.emulateNetworkConditions', line)
}

/** Whether the browser has drawn it: its address answered with a picture. */
const isDrawn = (picture: Locator) => picture.evaluate((element) => (element as HTMLImageElement).naturalWidth > 0)

/** Drops or pastes files as the browser reports it; a test cannot hold a real mouse with a real file. */
async function give(page: Page, event: 'dragover' | 'drop' | 'paste', name = 'dropped.txt'): Promise<void> {
  await composerOf(page).evaluate(
    (field, { event, name }) => {
      const data = new DataTransfer()
      data.items.add(new File(['dropped'], name, { type: 'text/plain' }))
      const init = { bubbles: true, cancelable: true }
      field.dispatchEvent(
        event === 'paste'
          ? new ClipboardEvent(event, { ...init, clipboardData: data })
          : new DragEvent(event, { ...init, dataTransfer: data }),
      )
    },
    { event, name },
  )
}

describe('B8: files in the chat', () => {
  it('are picked, shown, sent, and shown again after a reload', async () => {
    const { page, complaints } = await openChat()
    await pick(page, image(), note)
    await expect.poll(() => uploaded(page).count()).toBe(2)
    await expect.poll(() => isDrawn(chips(page).locator('img'))).toBe(true)
    await page.screenshot({ path: `${FOLDER}/composer.png` })

    await say(page, 'Look at this')
    await expectText(page, 'You said: Look at this')
    expect(await chips(page).count()).toBe(0)
    await expect.poll(() => isDrawn(pictureIn(page))).toBe(true)
    await expectText(page, 'notes.txt')
    await page.screenshot({ path: `${FOLDER}/message.png` })

    await page.reload()
    await pictureIn(page).waitFor()
    await expect.poll(() => isDrawn(pictureIn(page))).toBe(true)
    expect(complaints).toEqual([])
  })

  it('can be sent without a word', async () => {
    const { page } = await openChat()
    await pick(page, note)
    await uploaded(page).waitFor()
    await composerOf(page).press('Enter')
    await expectText(page, 'notes.txt')
  })

  it('are dragged over the whole chat, which says what will happen', async () => {
    const { page } = await openChat()
    await give(page, 'dragover')
    await chatOf(page).getByText('Drop files here to attach them').waitFor()
    await page.screenshot({ path: `${FOLDER}/drop.png` })
    await give(page, 'drop')
    await uploaded(page).filter({ hasText: 'dropped.txt' }).waitFor()
    expect(await chatOf(page).locator('.drop-zone').count()).toBe(0)
  })

  it('are pasted', async () => {
    const { page } = await openChat()
    await give(page, 'paste', 'pasted.txt')
    await uploaded(page).filter({ hasText: 'pasted.txt' }).waitFor()
  })

  it('show that they are on their way; the message waits for them', async () => {
    const { page } = await openChat()
    let goOn: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    await page.route('**/api/chatkit/files/**', async (route) => {
      await held
      await route.continue()
    })
    await pick(page, note)
    await chatOf(page).getByRole('progressbar', { name: 'Uploading notes.txt' }).waitFor()
    await composerOf(page).fill('Not yet')
    expect(await button(page, 'Send message').isDisabled()).toBe(true)
    await page.screenshot({ path: `${FOLDER}/progress.png` })

    goOn()
    await uploaded(page).waitFor()
    await expect.poll(() => button(page, 'Send message').isDisabled()).toBe(false)
  })

  it.each([
    ['our server', () => ({})],
    ['another server, through the page', () => ({ api: `${other.url}/api/chatkit` })],
  ])('show how much of them has arrived at %s', async (_, given) => {
    const { page } = await openChat({}, given())
    await slowUploads(page)
    await pick(page, { ...note, buffer: Buffer.alloc(900_000) })

    await expect.poll(() => shareOf(page)).toBeGreaterThan(0)
    expect(await shareOf(page)).toBeLessThan(1)
    await page.screenshot({ path: `${FOLDER}/share.png` })
  })

  it('show no share where nothing can tell it: the page’s own fetch sends them', async () => {
    const { page } = await openChat()
    let goOn: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    await page.route('**/api/chatkit/files/**', async (route) => {
      await held
      await route.continue()
    })
    await page.evaluate((url) => {
      const ownFetch: typeof fetch = (input, init) => fetch(input, init)
      window.change({ api: { url, domainKey: 'local', fetch: ownFetch }, composer: { attachments: { enabled: true } } })
    }, `${parley.url}/api/chatkit`)
    await pick(page, note)
    await chatOf(page).getByRole('progressbar', { name: 'Uploading notes.txt' }).waitFor()

    expect(await shareOf(page)).toBe(-1)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.screenshot({ path: `${FOLDER}/no-share.png` })
    goOn()
    await uploaded(page).waitFor()
  })

  it('are taken away again, on the server too', async () => {
    const { page } = await openChat()
    await pick(page, note)
    await uploaded(page).waitFor()
    const deleted = page.waitForRequest((request) => request.postData()?.includes('attachments.delete') ?? false)
    await button(page, 'Remove notes.txt').click()

    expect((await (await deleted).response())?.status()).toBe(200)
    await chips(page).waitFor({ state: 'detached' })
  })

  it('say what went wrong at the file itself, and can be tried again', async () => {
    const { page } = await openChat()
    await page.route('**/api/chatkit/files/**', (route) => route.abort(), { times: 1 })
    await pick(page, note)
    await alert(page).getByText('Could not be uploaded.').waitFor()
    await page.screenshot({ path: `${FOLDER}/failed.png` })
    await button(page, 'Upload notes.txt again').click()
    await uploaded(page).waitFor()
  })

  it('repeat the server’s own words about its limit', async () => {
    const { page } = await openChat()
    await pick(page, { ...note, name: 'big.bin', buffer: Buffer.alloc(2 * 1024 * 1024) })
    await alert(page).getByText('“big.bin” is too large. Files up to 1 MB are accepted here.').waitFor()
  })
})

describe('B8: limits', () => {
  it.each<[string, Partial<Attachments>, string]>([
    ['a size', { maxSize: 3 }, '“notes.txt” is too large. Each file may have up to 3 bytes.'],
    ['a size for a kind', { maxSize: { 'image/*': 9e9, 'text/*': 2, '*': 9e9 } }, 'up to 2 bytes'],
    ['a size for all other kinds', { maxSize: { 'image/*': 9e9, '': 1 } }, 'up to 1 byte'],
    ['a number', { maxCount: 0 }, 'One message takes up to 0 files.'],
    ['a kind', { accept: { 'image/png': ['.png'] } }, '“notes.txt” cannot be attached here. Accepted: .png.'],
  ])('are said in words before anything is sent: %s', async (_, limits, words) => {
    const { page, requests } = await openChat(limits)
    await give(page, 'drop', 'notes.txt')
    await alert(page).getByText(words).waitFor()

    expect(await chips(page).count()).toBe(0)
    expect(requests.filter((url) => url.includes('/files/'))).toEqual([])
    await page.screenshot({ path: `${FOLDER}/limit.png` })
  })

  it('take what fits and say what did not', async () => {
    const { page } = await openChat({ maxCount: 2 })
    await pick(page, note, { ...note, name: 'b.txt' }, { ...note, name: 'c.txt' })
    await alert(page).getByText('One message takes up to 2 files.').waitFor()
    await expect.poll(() => uploaded(page).count()).toBe(2)
  })
})

describe('B8: other ways', () => {
  it('go through the page to a server of somebody else, bytes and all', async () => {
    const { page, requests } = await openChat({}, { api: `${other.url}/api/chatkit` })
    await pick(page, image())
    await uploaded(page).waitFor()
    await say(page, 'From afar')
    await expectText(page, 'You said: From afar')
    expect(requests.filter((url) => url.includes('/files/')).every((url) => url.startsWith(other.url))).toBe(true)
  })

  it.each([
    ['our server', () => parley.url],
    ['another server', () => other.url],
  ])('upload in one step to %s', async (_, urlOf) => {
    const { page } = await openChat()
    const api = {
      url: `${urlOf()}/api/chatkit`,
      domainKey: 'local',
      uploadStrategy: { type: 'direct' as const, uploadUrl: `${urlOf()}/api/chatkit/files` },
    }
    await page.evaluate(({ api }) => window.change({ api, composer: { attachments: { enabled: true } } }), { api })
    await pick(page, image(), note)
    await expect.poll(() => uploaded(page).count()).toBe(2)
    await say(page, 'In one step')
    await expectText(page, 'You said: In one step')
    await expectText(page, 'notes.txt')
  })

  it('come from the page: setComposerValue takes files', async () => {
    const { page } = await openChat()
    await page.evaluate(() => {
      const chat = document.querySelector('openai-chatkit') as HTMLElement & {
        setComposerValue(value: unknown): Promise<void>
      }
      return chat.setComposerValue({ text: 'Ready', files: [new File(['x'], 'by-page.txt', { type: 'text/plain' })] })
    })
    await uploaded(page).filter({ hasText: 'by-page.txt' }).waitFor()
    await composerOf(page).press('Enter')
    await expectText(page, 'You said: Ready')
    await expectText(page, 'by-page.txt')
  })

  it('are words in every direction and on the smallest phone', async () => {
    const { page } = await openChat({}, { locale: 'ar' })
    await page.setViewportSize({ width: 320, height: 640 })
    const chooser = page.waitForEvent('filechooser')
    await button(page, 'إرفاق ملفات').click()
    await (await chooser).setFiles([image(), { ...note, name: `${'long-name-'.repeat(12)}.txt` }])
    await expect.poll(() => uploaded(page).count()).toBe(2)
    await page.screenshot({ path: `${FOLDER}/phone-rtl.png` })
  })

  it('are taken on the page a fresh server prints', async () => {
    const server = await startBuiltServer()
    const { page } = await openPage(browser)
    await page.goto(server.url)
    await pick(page, image(), note)
    await expect.poll(() => uploaded(page).count()).toBe(2)
    await page.screenshot({ path: `${FOLDER}/home.png` })
    await say(page, 'Here are two files')
    await button(page, 'Copy').last().waitFor()
    await expect.poll(() => isDrawn(pictureIn(page))).toBe(true)
    await server.close()
  })
})
