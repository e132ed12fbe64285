import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { composerOf, waitForEvent } from './chat-page.js'
import { openPage, type WatchedPage } from './chromium.js'
import type { HostPages } from './host-page.js'

/** What the chat sent as a message, in order. */
export type SentInput = Record<string, unknown>

/** A bare page with the chat, and every message its composer sends. */
export async function openComposer(
  browser: Browser,
  { pages, server, api }: { pages: HostPages; server: string; api?: string },
  { theme, locale, ...context }: BrowserContextOptions & { theme?: 'light' | 'dark'; locale?: string } = {},
): Promise<WatchedPage & { sent: SentInput[] }> {
  const opened = await openPage(browser, context)
  const sent: SentInput[] = []
  opened.page.on('request', (request) => {
    const input = request.method() === 'POST' && request.postDataJSON()?.params?.input
    if (input?.content) sent.push(input)
  })
  await opened.page.goto(pages.addressOf('plain', { server, ...(api && { api }), theme, locale }))
  await waitForEvent(opened.page, 'chatkit.ready')
  return { ...opened, sent }
}

/** Types letter by letter, as a person does, at the cursor. */
export async function type(page: Page, text: string): Promise<void> {
  await composerOf(page).pressSequentially(text)
}

/** What the chat's element can be told by its page. */
export function callChat(page: Page, method: string, ...args: unknown[]): Promise<void> {
  return page.evaluate(
    ({ method, args }) => {
      const chat = document.querySelector('openai-chatkit') as unknown as Record<
        string,
        (...given: unknown[]) => unknown
      > // our own element
      return chat[method]?.(...args) as Promise<void>
    },
    { method, args },
  )
}
