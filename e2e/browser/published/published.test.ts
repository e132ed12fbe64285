import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchChromium } from '../support/chromium.js'
import { type HostPages, serveHostPages } from '../support/host-page.js'
import type { Running } from '../support/http.js'
import { startParley } from '../support/parley-server.js'
import { createTestApp, type TestApp } from '../support/test-app.js'
import { openCheckedChat } from './chat-under-check.js'
import { composerChecks } from './composer.checks.js'
import { entityChecks } from './entity.checks.js'
import { eventChecks } from './event.checks.js'
import { frameChecks } from './frame.checks.js'
import { headerChecks } from './header.checks.js'
import { methodChecks } from './method.checks.js'
import { readSurface } from './surface.js'
import { themeChecks } from './theme.checks.js'
import { threadChecks } from './thread.checks.js'

const CHECKS = [
  ...frameChecks,
  ...headerChecks,
  ...composerChecks,
  ...threadChecks,
  ...entityChecks,
  ...themeChecks,
  ...methodChecks,
  ...eventChecks,
]

const surface = readSurface()
let browser: Browser
let context: BrowserContext
let pages: HostPages
let parley: Running
let app: TestApp

beforeAll(async () => {
  app = createTestApp()
  browser = await launchChromium()
  context = await browser.newContext({ viewport: { width: 800, height: 700 }, locale: 'en-GB' })
  context.setDefaultTimeout(30_000)
  pages = await serveHostPages()
  parley = await startParley(app)
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([pages?.close(), parley?.close()])
})

describe('B2: a page typed by @openai/chatkit alone', () => {
  it.each(CHECKS.map((check) => [check.sees, check] as const))('sees %s', async (_, { given = {}, look }) => {
    const address = pages.addressOf('plain', { server: parley.url })
    const chat = await openCheckedChat({ context, address, surface, given, release: app.release })

    await look(chat)

    await chat.page.close()
  })
})

describe('B2: the published types', () => {
  const shown = CHECKS.flatMap(({ shows }) => shows)
  const isShown = (path: string) => shown.includes(path) || shown.includes(path.replace(/=.*/, '=*'))

  it('have no option, method or event that no check looks at', () => {
    expect(surface.paths.filter((path) => !isShown(path))).toEqual([])
  })

  it('have everything the checks say they show', () => {
    const known = new Set(surface.paths.flatMap((path) => [path, path.replace(/=.*/, '=*')]))
    expect(shown.filter((path) => !known.has(path))).toEqual([])
  })
})
