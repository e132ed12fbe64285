import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsIn } from './support/axe.js'
import { chatOf } from './support/chat-page.js'
import { launchChromium } from './support/chromium.js'
import { makeAccount, openPlace, type StudioServer, startStudioServer } from './support/studio-page.js'

/** Pictures to look at; git does not keep them. */
const FOLDER = fileURLToPath(new URL('../output/studio', import.meta.url))

const DESK = `
import { defineApp, streamText } from '@parley/server'

export default defineApp({
  respond: (thread) => streamText(thread, 'Good morning.'),
  aliases: ['wf_68e6f2'],
  inputs: [{ variable: 'order', label: 'Order number', type: 'text-input', required: true }],
  presentation: { opening_statement: 'What may it be today?', suggested_questions: ['Where is my order?'] },
})
`

let browser: Browser
let studio: StudioServer
const apps = mkdtempSync(join(tmpdir(), 'parley-studio-apps-'))

beforeAll(async () => {
  writeFileSync(join(apps, 'desk.ts'), DESK)
  writeFileSync(join(apps, 'broken.ts'), 'export default 42')
  ;[browser, studio] = await Promise.all([launchChromium(), startStudioServer({ PARLEY_APPS: apps })])
  await makeAccount(studio)
})
afterAll(async () => {
  await Promise.all([browser?.close(), studio?.close()])
  rmSync(apps, { recursive: true, force: true })
})

const openStudio = (place: string) => openPlace(browser, studio, place)

/** What the page says below a name. */
const factOf = (page: Page, name: string) =>
  page.getByRole('term').filter({ hasText: name }).locator('xpath=following-sibling::dd').textContent()

describe('A6: the page of an app that is code', () => {
  it('says what it is, how it begins and how to call it', async () => {
    const page = await openStudio('apps/desk')
    await page.getByRole('heading', { name: 'Call it' }).waitFor()

    expect(await factOf(page, 'What answers')).toBe('A function')
    expect(await factOf(page, 'Written in')).toBe('desk.ts')
    expect(await factOf(page, 'Other names')).toBe('wf_68e6f2')
    expect(await factOf(page, 'order')).toBe('Order number, has to be filled in')
    await page.getByText('What may it be today?', { exact: true }).waitFor()
    expect(await page.getByRole('region', { name: 'Page code' }).textContent()).toContain(
      '"greeting": "What may it be today?"',
    )
    expect(await page.getByRole('region', { name: 'curl code' }).textContent()).toContain('"order": "Text"')
    const docs = page.getByRole('link', { name: 'API documentation of desk' })
    expect(await docs.getAttribute('href')).toBe(`${studio.url}/docs/desk`)
    for (const width of [1280, 768, 390])
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height: 900 })
        await page.emulateMedia({ colorScheme })
        expect(await violationsIn(page), `${width} ${colorScheme}`).toEqual([])
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
        await page.screenshot({ path: `${FOLDER}/code-app-${width}-${colorScheme}.png`, fullPage: true })
      }

    await page.getByRole('button', { name: 'Try it' }).click()
    await chatOf(page).getByRole('button', { name: 'Where is my order?' }).waitFor()
  })

  it('names the agent, the model and the tools of the demo', async () => {
    const page = await openStudio('apps/demo')
    await page.getByRole('heading', { name: 'Tools' }).waitFor()

    expect(await factOf(page, 'What answers')).toBe('An agent, Parley guide')
    expect(await factOf(page, 'Model')).toBe('The server’s')
    expect(await factOf(page, 'calculate')).toBe('Works out an arithmetic expression.')
    await page.getByText('How do I connect a model?', { exact: true }).waitFor()
  })

  it('says what is wrong with a file that cannot be read', async () => {
    const page = await openStudio('apps')
    await page.getByRole('link', { name: 'broken' }).getByText('Needs attention').click()

    await page.getByText('exports nothing that answers').waitFor()
    expect(await factOf(page, 'What answers')).toBe('Nothing: its file cannot be read')
  })
})
