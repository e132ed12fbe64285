import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsIn } from './support/axe.js'
import { startBuiltServer } from './support/built-server.js'
import { launchChromium, openPage, strangers } from './support/chromium.js'
import type { Running } from './support/http.js'

let browser: Browser
let server: Running

beforeAll(async () => {
  browser = await launchChromium()
  server = await startBuiltServer()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

describe('D1: the documentation of an app', () => {
  describe.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)('in %s, %i px', (colorScheme, width) => {
    it.each(['/docs', '/docs/demo', '/docs/demo/chatkit', '/docs/demo/clickai'])(
      '%s breaks no rule of WCAG 2.2 AA, fits, asks no stranger and complains of nothing',
      async (path) => {
        const { page, requests, complaints } = await openPage(browser, {
          viewport: { width, height: 900 },
          colorScheme,
        })
        await page.goto(server.url + path)

        expect(await violationsIn(page)).toEqual([])
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(wide, 'scrolls sideways').toBeLessThanOrEqual(0)
        expect(strangers(requests, server.url)).toEqual([])
        expect(complaints).toEqual([])
      },
    )
  })

  it('shows the language somebody chose, on the next page too, and copies what is seen', async () => {
    const { page } = await openPage(browser, { permissions: ['clipboard-read', 'clipboard-write'] })
    await page.goto(`${server.url}/docs/demo`)
    await page.getByRole('button', { name: 'Python' }).first().click()
    await page.getByRole('link', { name: 'Hosted ChatKit', exact: true }).last().click()
    const article = page.locator('#createsession')

    await article.getByRole('button', { name: 'Python', pressed: true }).waitFor()
    await article.getByRole('button', { name: 'Copy' }).click()
    await article.getByRole('button', { name: 'Copied' }).waitFor()

    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(copied).toContain('import urllib.request')
    expect(copied).toBe(await article.locator('pre:visible').textContent())
  })

  it('finds an operation by words, with the keyboard alone', async () => {
    const { page } = await openPage(browser)
    await page.goto(`${server.url}/docs/demo/openai-hosted`)

    await page.keyboard.press('/')
    await page.keyboard.type('cancel session')
    await page.getByText('1 found').waitFor()
    await page.keyboard.press('Enter')

    await expect.poll(() => page.evaluate(() => location.hash)).toBe('#cancelsession')
    expect(await page.locator('#cancelsession h3').isVisible()).toBe(true)
  })
})
