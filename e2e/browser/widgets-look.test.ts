import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chatOf, say, waitForEvent } from './support/chat-page.js'
import { launchChromium, openPage, strangers } from './support/chromium.js'
import { type HostPages, serveHostPages } from './support/host-page.js'
import type { Running } from './support/http.js'
import { serveScript } from './support/script-server.js'
import { SAMPLES } from './support/widget-samples.js'
import { startWidgetServer, type WidgetServer } from './support/widget-server.js'

/** Pictures to look at, one folder per run of the tests; git does not keep them. */
const FOLDER = fileURLToPath(new URL('../output/widgets', import.meta.url))
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

let browser: Browser
let pages: HostPages
let script: Running
let server: WidgetServer

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true })
  browser = await launchChromium()
  pages = await serveHostPages()
  script = await serveScript()
  server = await startWidgetServer(SAMPLES, {})
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([pages?.close(), script?.close(), server?.close()])
})

async function violationsIn(page: Page): Promise<string[]> {
  const frame = page.frames().find((one) => one.url().includes('/chatkit/frame/'))!
  await frame.evaluate(AXE)
  const results = await frame.evaluate(async (tags): Promise<AxeResults> => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') } // put there by the line above
    return axe.run(document, { runOnly: { type: 'tag', values: tags } })
  }, WCAG_22_AA)
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`)
}

describe.each(['light', 'dark'] as const)('every component in %s', (scheme) => {
  it.each(Object.keys(SAMPLES))(
    '%s: fits at 320 and 768 px, asks no stranger for anything, breaks no WCAG rule',
    async (name) => {
      const { page, requests, complaints } = await openPage(browser, {
        viewport: { width: 768, height: 1000 },
        colorScheme: scheme,
        reducedMotion: 'reduce',
      })
      await page.goto(pages.addressOf('plain', { server: script.url, api: server.url, theme: scheme }))
      await say(page, name)
      await chatOf(page).locator('.widget').waitFor()
      await waitForEvent(page, 'chatkit.response.end')
      await page.waitForLoadState('networkidle')
      if (name === 'chart') await chatOf(page).locator('.widget-line').first().waitFor()

      await page.screenshot({ path: `${FOLDER}/${name}-${scheme}.png`, animations: 'disabled' })
      expect(await violationsIn(page)).toEqual([])

      await page.setViewportSize({ width: 320, height: 1000 })
      const body = chatOf(page).locator('body')
      expect(await body.evaluate((element) => element.ownerDocument.documentElement.scrollWidth)).toBeLessThanOrEqual(
        320,
      )
      await page.screenshot({ path: `${FOLDER}/${name}-${scheme}-320.png`, animations: 'disabled' })
      expect(strangers(requests, pages.url, script.url, server.url)).toEqual([])
      expect(complaints).toEqual([])
      await page.context().close()
    },
  )
})
