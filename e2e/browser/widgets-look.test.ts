import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { frameOf, violationsIn } from './support/axe.js'
import { chatOf, say, waitForEvent } from './support/chat-page.js'
import { launchChromium, openPage } from './support/chromium.js'
import { type HostPages, serveHostPages } from './support/host-page.js'
import type { Running } from './support/http.js'
import { serveScript } from './support/script-server.js'
import { CASES } from './support/widget-cases.js'
import { startWidgetServer, type WidgetServer } from './support/widget-server.js'

/** Pictures to look at, one folder per run of the tests; git does not keep them. */
const FOLDER = fileURLToPath(new URL('../output/widgets', import.meta.url))

let browser: Browser
let pages: HostPages
let script: Running
let server: WidgetServer

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true })
  browser = await launchChromium()
  pages = await serveHostPages()
  script = await serveScript()
  server = await startWidgetServer(CASES, {})
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([pages?.close(), script?.close(), server?.close()])
})

describe.each(['light', 'dark'] as const)('B6: a used widget in %s', (scheme) => {
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
    expect(await violationsIn(frameOf(page))).toEqual([])

    await widget.getByLabel('City').click()
    await chatOf(page).getByRole('option', { name: 'Oslo' }).waitFor()
    await shoot('select')
    expect(await violationsIn(frameOf(page))).toEqual([])

    await page.keyboard.press('Enter')
    await widget.getByLabel('Due').click()
    await chatOf(page).getByRole('grid').waitFor()
    await shoot('calendar')
    expect(await violationsIn(frameOf(page))).toEqual([])
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
})
