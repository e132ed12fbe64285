import type { FrameLocator, Page } from 'playwright-core'

export interface SeenEvent {
  name: string
  detail: unknown
}

/** The inside of the page's chat. */
export function chatOf(page: Page): FrameLocator {
  return page.frameLocator('openai-chatkit iframe')
}

/** The chat's events so far, as the page's own listeners got them. */
export function eventsOf(page: Page): Promise<SeenEvent[]> {
  return page.evaluate(() => window.events)
}

export async function waitForEvent(page: Page, name: string): Promise<void> {
  await page.waitForFunction((wanted) => window.events?.some((event) => event.name === wanted), name)
}
