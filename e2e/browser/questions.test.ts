import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { StructuredInput } from '@parley/protocol'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { button, chatOf, composerOf, expectText, say } from './support/chat-page.js'
import { launchChromium } from './support/chromium.js'
import { openComposer } from './support/composer-page.js'
import { type HostPages, serveHostPages } from './support/host-page.js'
import type { Running } from './support/http.js'
import { startParley } from './support/parley-server.js'
import { type AnsweringApp, createTestApp } from './support/test-app.js'

const FOLDER = fileURLToPath(new URL('../output/composer', import.meta.url))

const INPUTS: StructuredInput[] = [
  {
    type: 'multiple_choice',
    id: 'size',
    question: 'Which size do you wear?',
    options: [{ value: 'Small' }, { value: 'Medium' }, { value: 'Large' }],
    multiple: false,
  },
  {
    type: 'multiple_choice',
    id: 'colours',
    question: 'Which colours do you like?',
    options: [{ value: 'Red' }, { value: 'Green' }],
    multiple: true,
  },
  { type: 'freeform', id: 'note', question: 'Anything else?', description: 'For the parcel service, for instance.' },
]

let browser: Browser
let pages: HostPages
let parley: Running

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true })
  browser = await launchChromium()
  pages = await serveHostPages()
  parley = await startParley(curious())
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([pages?.close(), parley?.close()])
})

/** Asks when it is told to, and repeats everything else. */
function curious(): AnsweringApp {
  const app = createTestApp()
  return {
    async *answer(turn, context) {
      if (!('text' in turn) || turn.text !== 'ask') return yield* app.answer(turn, context)
      const head = { id: context.newId('message'), thread_id: context.threadId, created_at: new Date().toISOString() }
      yield {
        type: 'thread.item.done',
        item: { ...head, type: 'structured_input', status: 'pending', inputs: INPUTS },
      }
    },
  }
}

async function openQuestions(given: Parameters<typeof openComposer>[2] = {}) {
  const opened = await openComposer(browser, { pages, server: parley.url }, given)
  const submissions: unknown[] = []
  opened.page.on('request', (request) => {
    const body = request.method() === 'POST' && request.postDataJSON()
    if (body?.type === 'threads.add_structured_input') submissions.push(body.params.input)
  })
  await say(opened.page, 'ask')
  await chatOf(opened.page).getByRole('form', { name: 'Questions' }).waitFor()
  return { ...opened, submissions }
}

const shoot = (page: Page, name: string) => page.screenshot({ path: `${FOLDER}/${name}.png`, animations: 'disabled' })
const group = (page: Page, name: string) => chatOf(page).getByRole('group', { name })

describe('B2: questions of the agent', () => {
  it('take the composer’s place, are answered with the keyboard, and stay in the thread with their answers', async () => {
    const { page, submissions, complaints } = await openQuestions()
    expect(await composerOf(page).count()).toBe(0)
    expect(await button(page, 'Send answers').isDisabled()).toBe(true)

    await group(page, 'Which size do you wear?').getByRole('radio', { name: 'Small' }).focus()
    await page.keyboard.press('ArrowDown')
    await group(page, 'Which colours do you like?').getByRole('checkbox', { name: 'Green' }).check()
    await group(page, 'Which colours do you like?').getByRole('textbox', { name: 'Something else' }).fill('Plum')
    await page.keyboard.press('Enter')

    await composerOf(page).waitFor()
    expect(submissions).toEqual([
      {
        status: 'answered',
        answers: {
          size: { values: ['Medium'], skipped: false },
          colours: { values: ['Green', 'Plum'], skipped: false },
          note: { values: [], skipped: true },
        },
      },
    ])
    await expectText(page, 'Green, Plum')
    await expectText(page, 'Skipped')
    await say(page, 'ask')
    await chatOf(page).getByRole('form', { name: 'Questions' }).waitFor()
    expect(await button(page, 'Send answers').isDisabled()).toBe(true)
    expect(complaints).toEqual([])
  })

  it('can be skipped', async () => {
    const { page, submissions } = await openQuestions()

    await button(page, 'Skip').click()

    await composerOf(page).waitFor()
    expect(submissions).toEqual([{ status: 'skipped', answers: {} }])
  })

  it('keep what was filled in when the server could not be reached', async () => {
    const { page } = await openQuestions()
    await chatOf(page).getByRole('textbox', { name: 'Anything else?' }).fill('Ring twice')
    await page.route('**/api/chatkit', (route) =>
      route.fulfill({ status: 400, json: { error: { message: 'Not now.' } } }),
    )

    await button(page, 'Send answers').click()
    await chatOf(page).getByText('Not now.').first().waitFor()
    await page.unroute('**/api/chatkit')

    expect(await chatOf(page).getByRole('textbox', { name: 'Anything else?' }).inputValue()).toBe('Ring twice')
    await button(page, 'Send answers').click()
    await expectText(page, 'Ring twice')
  })

  it.each([
    [390, 'light'],
    [1280, 'dark'],
  ] as const)('look right at %i in %s', async (width, theme) => {
    const { page } = await openQuestions({ viewport: { width, height: 800 }, theme, colorScheme: theme })
    await group(page, 'Which size do you wear?').getByRole('radio', { name: 'Large' }).check()
    await shoot(page, `questions-${width}-${theme}`)
  })
})
