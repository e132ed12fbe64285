import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { frameOf } from './support/axe.js'
import { button, chatOf, composerOf, expectText, say } from './support/chat-page.js'
import { launchChromium, openPage } from './support/chromium.js'
import { openComposer, type } from './support/composer-page.js'
import { type HostPages, serveHostPages } from './support/host-page.js'
import type { Running } from './support/http.js'
import { startParley } from './support/parley-server.js'
import { createTestApp } from './support/test-app.js'

const FOLDER = fileURLToPath(new URL('../output/composer', import.meta.url))

let browser: Browser
let pages: HostPages
let parley: Running
/** What the server makes of the next recording. */
let hear: (audio: { data: Uint8Array; mediaType: string }) => Promise<string>

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true })
  // A microphone that beeps, so that there is something to record.
  browser = await launchChromium('--use-fake-device-for-media-stream')
  pages = await serveHostPages()
  parley = await startParley({ ...createTestApp(), transcribe: (audio) => hear(audio) })
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([pages?.close(), parley?.close()])
})
beforeEach(() => {
  hear = async ({ data, mediaType }) => `${mediaType} ${data.byteLength > 500 ? 'with a sound in it' : 'empty'}`
})

async function openMicrophone(given: Parameters<typeof openComposer>[2] = {}) {
  const opened = await openComposer(browser, { pages, server: parley.url }, { permissions: ['microphone'], ...given })
  await opened.page.evaluate(() => window.change({ composer: { dictation: { enabled: true } } }))
  return opened
}

const shoot = (page: Page, name: string) => page.screenshot({ path: `${FOLDER}/${name}.png`, animations: 'disabled' })
const isLoud = (page: Page) =>
  chatOf(page)
    .locator('.dictation-levels > span')
    .evaluateAll((bars) => bars.some((bar) => !/scaleY\(0\.1\)|^$/.test((bar as HTMLElement).style.transform)))

describe('B9: the microphone', () => {
  const allowed = (page: Page) => page.locator('openai-chatkit iframe').getAttribute('allow')

  it('is lent to the frame from the start where the page wants dictation from the start', async () => {
    const { page, requests } = await openPage(browser, { permissions: ['microphone'] })
    await page.goto(pages.addressOf('plain', { server: parley.url, dictation: 'yes' }))
    await button(page, 'Dictate').waitFor()

    expect(await allowed(page)).toBe('clipboard-write; microphone')
    expect(requests.filter((url) => url.includes('/chatkit/frame/'))).toHaveLength(1)
  })

  it('is not lent without dictation; once the page wants it, it is lent when nobody is disturbed', async () => {
    const { page, complaints } = await openComposer(
      browser,
      { pages, server: parley.url },
      { permissions: ['microphone'] },
    )
    expect(await allowed(page)).toBe('clipboard-write')
    const listen = () =>
      frameOf(page).evaluate(() => navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'hears', String))
    expect(await listen()).toContain('NotAllowedError')
    await say(page, 'Hello')
    await expectText(page, 'You said: Hello')
    await type(page, 'half a thought')

    await page.evaluate(() => window.change({ composer: { dictation: { enabled: true }, placeholder: 'Changed' } }))
    await chatOf(page).getByPlaceholder('Changed').waitFor()
    expect(await composerOf(page).inputValue()).toBe('half a thought')
    expect(await button(page, 'Dictate').count()).toBe(0)
    await composerOf(page).fill('')
    await composerOf(page).blur()
    await page.evaluate(() => document.body.appendChild(document.createElement('button')).focus())

    await button(page, 'Dictate').waitFor()
    await expectText(page, 'You said: Hello')
    expect(await listen()).toBe('hears')
    await say(page, 'And again')
    await expectText(page, 'You said: And again')
    expect(complaints).toEqual([expect.stringContaining('microphone is not allowed')]) // of the question above
  })
})

describe('B9: dictation', () => {
  it('records, shows that it hears, and puts the text where the cursor was, without sending it', async () => {
    const { page, sent, complaints } = await openMicrophone()
    await type(page, 'Please note:')

    await button(page, 'Dictate').click()
    await chatOf(page)
      .getByRole('timer')
      .getByText(/0:0[1-9]/)
      .waitFor()
    await expect.poll(() => isLoud(page)).toBe(true)
    await shoot(page, 'dictation-recording')
    await page.keyboard.press('Enter')

    await expect.poll(() => composerOf(page).inputValue()).toBe('Please note: audio/webm with a sound in it')
    expect(sent).toEqual([])
    await type(page, '!')
    expect(await composerOf(page).inputValue()).toMatch(/in it!$/)
    expect(complaints).toEqual([])
  })

  it('is discarded with Escape, and asks the server nothing', async () => {
    const { page, requests } = await openMicrophone()
    await button(page, 'Dictate').click()
    await button(page, 'Insert what was said').waitFor()

    await page.keyboard.press('Escape')

    await button(page, 'Dictate').waitFor()
    expect(await composerOf(page).inputValue()).toBe('')
    expect(requests.filter((url) => url.includes('transcribe'))).toEqual([])
    await expect.poll(() => composerOf(page).evaluate((element) => element === document.activeElement)).toBe(true)
  })

  it('keeps the recording when it could not be turned into text, and tries again', async () => {
    const { page } = await openMicrophone()
    let tries = 0
    hear = async () => {
      tries++
      if (tries === 1) throw new Error('the host is down')
      return 'second time lucky'
    }
    await button(page, 'Dictate').click()
    await button(page, 'Insert what was said').click()

    await chatOf(page).getByRole('alert').waitFor()
    await shoot(page, 'dictation-failed')
    await button(page, 'Turn it into text again').click()

    await expect.poll(() => composerOf(page).inputValue()).toBe('second time lucky')
  })

  it('says when nothing was heard', async () => {
    const { page } = await openMicrophone()
    hear = async () => '  '
    await button(page, 'Dictate').click()
    await button(page, 'Insert what was said').click()

    await chatOf(page).getByText('Nothing was heard.').waitFor()
    await button(page, 'Dismiss').click()
    await button(page, 'Dictate').waitFor()
  })

  it.each([
    ['NotAllowedError', 'The microphone is blocked.'],
    ['NotFoundError', 'No microphone was found.'],
    ['NotReadableError', 'The recording did not work.'],
    [null, 'This browser cannot record here.'],
  ])('says what to do when the browser answers %s', async (name, words) => {
    const { page } = await openMicrophone()
    await chatOf(page)
      .locator('body')
      .evaluate((_, name) => {
        const getUserMedia = () => Promise.reject(new DOMException('no', name ?? ''))
        Object.defineProperty(navigator, 'mediaDevices', { value: name && { getUserMedia } })
      }, name)

    await button(page, 'Dictate').click()

    await chatOf(page).getByRole('alert').getByText(words).waitFor()
    await button(page, 'Dismiss').click()
    await type(page, 'typed instead')
    expect(await composerOf(page).inputValue()).toBe('typed instead')
  })

  it('fits a phone in the dark', async () => {
    const { page } = await openMicrophone({ viewport: { width: 320, height: 560 }, theme: 'dark', colorScheme: 'dark' })
    await button(page, 'Dictate').waitFor()
    await shoot(page, 'dictation-idle-320-dark')
    await button(page, 'Dictate').click()
    await expect.poll(() => isLoud(page)).toBe(true)
    await shoot(page, 'dictation-320-dark')
  })
})
