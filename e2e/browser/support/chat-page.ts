import type { FrameLocator, Locator, Page } from 'playwright-core'

export interface SeenEvent {
  name: string
  detail: unknown
}

/** The inside of the page's chat, whichever element it is in. */
export function chatOf(page: Page): FrameLocator {
  return page.frameLocator(':is(openai-chatkit, xpertai-chatkit) iframe')
}

export function composerOf(page: Page): Locator {
  return chatOf(page).getByRole('textbox', { name: 'Message' })
}

/** Types and sends as a person does, in whatever language the field is named. */
export async function say(page: Page, text: string): Promise<void> {
  const field = chatOf(page).locator('textarea.composer-text')
  await field.fill(text)
  await untilAnswered(page)
  await field.press('Enter')
}

/** Waits until the chat has stopped answering, for until then it sends nothing. */
export async function untilAnswered(page: Page): Promise<void> {
  await chatOf(page).locator('.stop-mark').waitFor({ state: 'detached' })
}

/** Waits until the chat shows this text somewhere in its messages. */
export async function expectText(page: Page, text: string | RegExp): Promise<void> {
  await chatOf(page).getByRole('log').getByText(text).first().waitFor()
}

export function button(page: Page, name: string | RegExp): Locator {
  return chatOf(page).getByRole('button', { name })
}

/** The chat's events so far, as the page's own listeners got them. */
export function eventsOf(page: Page): Promise<SeenEvent[]> {
  return page.evaluate(() => window.events)
}

/** Waits until the page has been told. The chat tells before it draws: what it shows then is waited for by itself. */
export async function waitForEvent(page: Page, name: string): Promise<void> {
  await page.waitForFunction((wanted) => window.events?.some((event) => event.name === wanted), name)
}
