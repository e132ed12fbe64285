import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { frameOf, violationsIn } from './support/axe.js'
import { launchChromium, openPage, strangers, type WatchedPage } from './support/chromium.js'
import { SEEN_SAMPLES, showSample } from './support/gallery-page.js'
import type { Running } from './support/http.js'
import { serveScript } from './support/script-server.js'

let browser: Browser
let server: Running

beforeAll(async () => {
  browser = await launchChromium()
  server = await serveScript()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

describe.each([
  ['light', 'theme=light'],
  ['dark', 'theme=dark'],
  ['Arabic, from right to left', 'theme=light&locale=ar'],
])('every sample of the gallery in %s', (_, look) => {
  let watched: WatchedPage
  let page: Page
  beforeAll(async () => {
    watched = await openPage(browser, { viewport: { width: 390, height: 1400 }, reducedMotion: 'reduce' })
    page = watched.page
    await page.goto(`${server.url}/gallery?${look}#Card`)
    return () => page.context().close()
  })

  it.each(SEEN_SAMPLES.map((sample) => [sample.id, sample] as const))(
    'B6, B7: %s breaks no rule of WCAG 2.2 AA, and fits on a phone',
    async (_id, sample) => {
      await showSample(page, sample)
      expect(await violationsIn(frameOf(page))).toEqual([])
      const wide = await frameOf(page).evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(wide, 'scrolls sideways').toBeLessThanOrEqual(0)
    },
  )

  it('the page around them breaks none either, asks no stranger, and complains of nothing', async () => {
    expect(await violationsIn(page)).toEqual([])
    expect(strangers(watched.requests, server.url)).toEqual([])
    expect(watched.complaints).toEqual([])
  })
})
