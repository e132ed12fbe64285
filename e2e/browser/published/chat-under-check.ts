import type { ChatKitOptions } from '@openai/chatkit'
import type { BrowserContext, Request } from 'playwright-core'
import { button, chatOf, composerOf, eventsOf, expectText, say, waitForEvent } from '../support/chat-page.js'
import type { CheckedChat, SentBody } from './check.js'
import type { Surface } from './surface.js'

export interface ChatToOpen {
  context: BrowserContext
  /** Address of the page. */
  address: string
  surface: Surface
  given: Partial<ChatKitOptions>
  release(): void
}

/** Opens the page of one check. */
export async function openCheckedChat({ context, address, surface, given, release }: ChatToOpen): Promise<CheckedChat> {
  const page = await context.newPage()
  const requests: Request[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST') requests.push(request)
  })
  const change = (options: Partial<ChatKitOptions>) => page.evaluate((changed) => window.change(changed), options)
  await page.goto(address)
  await waitForEvent(page, 'chatkit.ready')
  if (Object.keys(given).length > 0) await change(given)

  const ended = async () => (await eventsOf(page)).filter(({ name }) => name === 'chatkit.response.end').length
  return {
    page,
    surface,
    frame: chatOf(page),
    composer: composerOf(page),
    button: (name) => button(page, name),
    change,
    async say(text) {
      const before = await ended()
      await say(page, text)
      await page.waitForFunction(
        (count) => window.events.filter(({ name }) => name === 'chatkit.response.end').length > count,
        before,
      )
    },
    reads: (text) => expectText(page, text),
    release,
    sent: (type) => requests.flatMap((request) => bodyOf(request, type)),
    headers: () => requests.map((request) => request.headers()),
    events: async (wanted) => (await eventsOf(page)).flatMap(({ name, detail }) => (name === wanted ? [detail] : [])),
    called: () => page.evaluate(() => window.toolCalls),
  }
}

function bodyOf(request: Request, type: string): SentBody[] {
  if (!request.headers()['content-type']?.startsWith('application/json')) return []
  const body = request.postDataJSON() as SentBody // only our own client posts JSON
  return body.type === type ? [body] : []
}
