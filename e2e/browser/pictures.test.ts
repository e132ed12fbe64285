import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { frameOf } from './support/axe.js'
import { chatOf, composerOf, say, waitForEvent } from './support/chat-page.js'
import { launchChromium, openPage } from './support/chromium.js'
import { SEEN_SAMPLES, showSample } from './support/gallery-page.js'
import { type HostPages, serveHostPages } from './support/host-page.js'
import type { Running } from './support/http.js'
import { startParley } from './support/parley-server.js'
import { addPictureFonts, PICTURE_FONT } from './support/picture-fonts.js'
import { comparePicture, isPicture, pictureNames } from './support/pictures.js'
import { serveScript } from './support/script-server.js'
import { THEME_CASES, THEMED_CHAT } from './support/theme-cases.js'
import { createSceneApp } from './support/thread-scenes.js'

const SCHEMES = ['light', 'dark'] as const
const ROOM = 12

let browser: Browser
let server: Running

beforeAll(async () => {
  browser = await launchChromium('--force-color-profile=srgb', '--font-render-hinting=none', '--disable-lcd-text')
  server = await serveScript()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

describe.each(SCHEMES)('B6, B7: the picture of every sample in %s', (scheme) => {
  let page: Page
  beforeAll(async () => {
    const looks = { colorScheme: scheme, reducedMotion: 'reduce', locale: 'en-GB', timezoneId: 'UTC' } as const
    page = (await openPage(browser, { viewport: { width: 520, height: 2200 }, ...looks })).page
    await page.goto(`${server.url}/gallery?theme=${scheme}&locale=en-GB&font=${PICTURE_FONT}#Spacer`)
    await chatOf(page).locator('.widget').waitFor()
    await addPictureFonts(page)
    return () => page.context().close()
  })

  it.each(SEEN_SAMPLES.map((sample) => [sample.id, sample] as const))('%s', async (id, sample) => {
    const isWhole = sample.kind === 'options' || sample.kind === 'events' || id === 'structured_input'
    // Room for the longest sample, so that nothing of it is scrolled away; what fills the chat needs little.
    const height = id === 'structured_input' ? '760px' : isWhole ? '520px' : '1900px'
    await page.locator('.live').evaluate((element, value) => element.style.setProperty('height', value), height)
    await showSample(page, sample)

    await expectPicture(`${scheme}/${id}`, page, chatOf(page).locator(isWhole ? '.chat-main' : '.turn'))
  })
})

describe('B5: the picture of every kind of theme option', () => {
  let host: HostPages
  let parley: Running
  let page: Page
  beforeAll(async () => {
    host = await serveHostPages()
    parley = await startParley(createSceneApp())
    const looks = { reducedMotion: 'reduce', locale: 'en-GB', timezoneId: 'UTC' } as const
    page = (await openPage(browser, { viewport: { width: 420, height: 640 }, ...looks })).page
    await page.goto(host.addressOf('plain', { server: parley.url }))
    await waitForEvent(page, 'chatkit.ready')
    await addPictureFonts(page)
    await page.evaluate((options) => Object.assign(window.options, options), THEMED_CHAT as object)
    await say(page, 'sources')
    await chatOf(page).locator('.turn-actions').waitFor()
    await composerOf(page).fill('Thank you')
    return async () => {
      await page.context().close()
      await Promise.all([host.close(), parley.close()])
    }
  })

  it.each(Object.entries(THEME_CASES))('%s', async (name, { options, look = {} }) => {
    await page.evaluate(
      ([options, look]) => {
        const chat = window.chat as HTMLElement
        chat.removeAttribute('style')
        Object.assign(chat.style, { position: 'fixed', inset: '0' })
        for (const [property, value] of Object.entries(look)) chat.style.setProperty(property, value)
        window.change(options as object)
      },
      [options, look] as const,
    )

    await expectPicture(`theme/${name}`, page, chatOf(page).locator('.chat'), 0)
  })
})

it('there is no picture of what is gone', () => {
  const samples = SCHEMES.flatMap((scheme) => SEEN_SAMPLES.map(({ id }) => `${scheme}/${id}`))
  const wanted = [...samples, ...Object.keys(THEME_CASES).map((name) => `theme/${name}`)]
  expect(pictureNames().filter((name) => !wanted.includes(name))).toEqual([])
})

/** How often a picture is taken before it is wrong: fonts arrive, heights settle. */
const TRIES = 20

/** Takes the place on screen, with a little room around, until it is the picture that is kept. */
async function expectPicture(name: string, page: Page, place: Locator, room = ROOM): Promise<void> {
  let screenshot = await shoot(page, place, room)
  for (let tries = 1; tries < TRIES && !isPicture(name, screenshot); tries++)
    screenshot = await shoot(page, place, room)

  const wrong = comparePicture(name, screenshot)
  expect(wrong, wrong ?? '').toBeNull()
}

async function shoot(page: Page, place: Locator, room: number): Promise<Buffer> {
  await page.evaluate(() => document.fonts.ready)
  // Where the cursor stands is not what the picture is of.
  await frameOf(page).evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
  const box = (await place.boundingBox()) ?? expect.unreachable('nothing to take a picture of')
  const clip = { x: box.x - room, y: box.y - room, width: box.width + 2 * room, height: box.height + 2 * room }
  return page.screenshot({ clip, animations: 'disabled', caret: 'hide' })
}
