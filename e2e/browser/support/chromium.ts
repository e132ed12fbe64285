import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { onTestFinished, TestRunner } from 'vitest'

/** One browser per test file; a context of its own per page. */
export async function launchChromium(...more: string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
      ...more,
    ],
  })
}

/** A page, everything it asked the network for, and everything it complained about. */
export interface WatchedPage {
  page: Page
  requests: string[]
  /** Uncaught errors, policy violations and `console.error`. */
  complaints: string[]
}

/** Opened in a test, it is closed when that test ends: pages left open go on working beside those of later tests. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext(options)
  if (TestRunner.getCurrentTest()) onTestFinished(() => context.close())
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  const requests: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  return { page, requests, complaints }
}

/** Requests to any other origin than the given ones; nothing a chat does may be in it. */
export function strangers(requests: string[], ...origins: string[]): string[] {
  return requests.filter((url) => /^(https?|wss?):/.test(url) && !origins.includes(new URL(url).origin))
}
