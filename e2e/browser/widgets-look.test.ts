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

/** Everything in one card that is drawn in the scheme the chat is not in. */
const THEMED = Object.fromEntries(
  ['light', 'dark'].map((theme) => {
    const children = ['texts', 'boxes', 'buttons'].flatMap((name) => SAMPLES[name]?.children ?? [])
    return [`themed-${theme}`, { type: 'Card', theme, size: 'lg', status: { text: 'Themed', icon: 'star' }, children }]
  }),
)

let browser: Browser
let pages: HostPages
let script: Running
let server: WidgetServer

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true })
  browser = await launchChromium()
  pages = await serveHostPages()
  script = await serveScript()
  server = await startWidgetServer({ ...SAMPLES, ...THEMED }, {})
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

describe.each(['light', 'dark'] as const)('B6: every component in %s', (scheme) => {
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

  it('what opens: the list, the calendar, the errors, the numbers of a chart', async () => {
    const { page, complaints } = await openPage(browser, {
      viewport: { width: 768, height: 1000 },
      colorScheme: scheme,
      reducedMotion: 'reduce',
    })
    const shoot = (name: string) => page.screenshot({ path: `${FOLDER}/open-${name}-${scheme}.png` })
    await page.goto(pages.addressOf('plain', { server: script.url, api: server.url, theme: scheme }))
    await say(page, 'form')
    await waitForEvent(page, 'chatkit.response.end')
    const widget = chatOf(page).locator('.widget')
    await widget.getByRole('button', { name: 'Create' }).click()
    await widget.getByRole('alert').first().waitFor()
    await widget.getByRole('button', { name: 'One of many' }).click()
    await chatOf(page).getByRole('combobox', { name: 'One of many' }).waitFor()
    await shoot('list')
    expect(await violationsIn(page)).toEqual([])

    await widget.getByLabel('City').click()
    await chatOf(page).getByRole('option', { name: 'Oslo' }).waitFor()
    await shoot('select')
    expect(await violationsIn(page)).toEqual([])

    await page.keyboard.press('Enter')
    await widget.getByLabel('Due').click()
    await chatOf(page).getByRole('grid').waitFor()
    await shoot('calendar')
    expect(await violationsIn(page)).toEqual([])
    await page.keyboard.press('Escape')

    await say(page, 'chart')
    const plot = chatOf(page).getByRole('img', { name: 'Shop, Web, Target' })
    await plot.focus()
    await page.keyboard.press('ArrowRight')
    await plot.getByRole('status').waitFor()
    await shoot('tooltip')
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('a root in the other scheme, and all of it from right to left', async () => {
    const { page, complaints } = await openPage(browser, {
      viewport: { width: 768, height: 1300 },
      colorScheme: scheme,
      reducedMotion: 'reduce',
    })
    await page.goto(pages.addressOf('plain', { server: script.url, api: server.url, theme: scheme, locale: 'ar' }))
    const composer = chatOf(page).getByRole('textbox')
    await composer.fill(scheme === 'light' ? 'themed-dark' : 'themed-light')
    await composer.press('Enter')
    await waitForEvent(page, 'chatkit.response.end')
    await chatOf(page).locator('.widget-tone').waitFor()
    await page.screenshot({ path: `${FOLDER}/themed-${scheme}.png` })
    expect(await violationsIn(page)).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
  })
})
