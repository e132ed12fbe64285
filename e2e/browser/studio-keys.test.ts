import { fileURLToPath } from 'node:url'
import { Client } from '@langchain/langgraph-sdk'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsIn } from './support/axe.js'
import { launchChromium } from './support/chromium.js'
import { makeAccount, openPlace, type StudioServer, startStudioServer } from './support/studio-page.js'

/** Pictures to look at; git does not keep them. */
const FOLDER = fileURLToPath(new URL('../output/studio', import.meta.url))

let browser: Browser
let studio: StudioServer

beforeAll(async () => {
  ;[browser, studio] = await Promise.all([launchChromium(), startStudioServer()])
  await makeAccount(studio)
})
afterAll(() => Promise.all([browser?.close(), studio?.close()]))

const openStudio = (place: string) => openPlace(browser, studio, place)

/** Phone and desk, light and dark, each without anything that keeps somebody out. */
async function look(page: Page, name: string): Promise<void> {
  const before = page.viewportSize()
  for (const [width, height] of [
    [1280, 900],
    [390, 844],
  ] as const)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      expect(await violationsIn(page), `${name} ${width} ${colorScheme}`).toEqual([])
      await page.screenshot({ path: `${FOLDER}/${name}-${width}-${colorScheme}.png` })
    }
  if (before) await page.setViewportSize(before)
}

/** Presses Tab until it is there, as somebody without a mouse does. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor()
  for (let presses = 0; presses < 60; presses += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${wanted}`)
}

async function press(page: Page, wanted: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, wanted)
  await page.keyboard.press(key)
}

/** The names of the events that a message of LangGraph's form is answered with. */
async function eventsWith(apiKey: string, assistant: string): Promise<string[]> {
  const client = new Client({ apiUrl: `${studio.url}/api/ai`, apiKey, callerOptions: { maxRetries: 0 } })
  const input = { messages: [{ role: 'user', content: 'Hello' }] }
  const names: string[] = []
  for await (const { event } of client.runs.stream(null, assistant, { input })) names.push(event)
  return names
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const shownSecret = async (page: Page) =>
  (await page.getByRole('region', { name: 'Key', exact: true }).textContent()) ?? ''

/** What has the focus: the same as for the document's body, which nobody hears, is none. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const { activeElement: element } = document
    if (!element || element === document.body) return 'nothing'
    const label = document.getElementById(element.getAttribute('aria-labelledby') ?? '')
    return element.getAttribute('aria-label') ?? (label ?? element).textContent?.trim()
  })

describe('D1: from an app to a key that calls it, by keyboard alone', () => {
  it('loses nobody on the way: a key is made, copied, used, and revoked', async () => {
    const page = await openStudio('apps/new')
    await tabTo(page, page.getByLabel('Name', { exact: true }))
    await page.keyboard.type('Order desk')
    await page.keyboard.press('Enter')
    await press(page, button(page, 'API'))
    const api = page.getByRole('dialog', { name: 'API of Order desk' })

    await tabTo(page, api.getByLabel('Name of a new key'))
    await page.keyboard.type('production-backend')
    await page.keyboard.press('Enter')
    await page.getByText('It is not shown again').waitFor()
    await expect.poll(() => focused(page)).toBe('Your new key')
    await look(page, 'app-key')
    const secret = await shownSecret(page)
    await press(page, button(page, 'I have copied it'))
    await page.getByText('It is not shown again').waitFor({ state: 'detached' })
    await expect.poll(() => focused(page)).toBe('Keys of this app')
    await page.keyboard.press('Tab')
    expect(await api.getByLabel('Name of a new key').evaluate((field) => field === document.activeElement)).toBe(true)

    const answer = await fetch(`${studio.url}/v1/chat-messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ inputs: {}, query: 'Hello', response_mode: 'blocking', user: 'ada' }),
    })
    expect(await answer.json()).toMatchObject({ answer: expect.stringMatching(/\w/) })

    await press(page, button(page, 'Revoke production-backend'))
    await page.getByRole('dialog', { name: 'Revoke production-backend?' }).waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => focused(page)).toBe('Revoke production-backend')
    expect(await api.isVisible()).toBe(true)
    await page.keyboard.press('Enter')
    await press(page, button(page, 'Revoke'))
    await button(page, 'Revoke production-backend').waitFor({ state: 'detached' })
    await expect.poll(() => focused(page)).toBe('Keys of this app')
    await page.keyboard.press('Escape')
    await expect.poll(() => focused(page)).toBe('API')
    expect((await fetch(`${studio.url}/v1/info`, { headers: { authorization: `Bearer ${secret}` } })).status).toBe(401)
  })

  it('shows a key on the page of keys, and leads back to it', async () => {
    const page = await openStudio('keys')
    await press(page, button(page, 'New key'))
    await tabTo(page, page.getByLabel('Name', { exact: true }))
    await page.keyboard.type('Website')
    await page.keyboard.press('Enter')
    await page.getByText('Copy the key now').waitFor()

    await expect.poll(() => focused(page)).toBe('Your new key')
    await press(page, button(page, 'I have copied it'))
    await expect.poll(() => focused(page)).toBe('New key')
  })
})

describe('B10: the language of streams, by keyboard alone', () => {
  it('is chosen for a key, and taken back while servers go on using it', async () => {
    const page = await openStudio('keys')

    await press(page, button(page, 'New key'))
    await tabTo(page, page.getByLabel('Name', { exact: true }))
    await page.keyboard.type('Of Xpert')
    await press(page, page.getByText('More settings'))
    await tabTo(page, page.getByLabel('Language of streams'))
    await page.keyboard.type('Xp')
    await look(page, 'key-language')
    await press(page, button(page, 'Create key'))
    await page.getByText('Copy the key now').waitFor()
    const secret = await shownSecret(page)
    await press(page, button(page, 'I have copied it'))
    await page.getByText('In Xpert’s language').waitFor()
    expect(await eventsWith(secret, 'demo')).toEqual(expect.arrayContaining(['', 'complete']))

    await press(page, button(page, 'Change Of Xpert'))
    await tabTo(page, page.getByLabel('Language of streams'))
    await page.keyboard.type('As')
    await look(page, 'key-change')
    await press(page, button(page, 'Save'))
    await page.getByText('In Xpert’s language').waitFor({ state: 'detached' })
    expect(await eventsWith(secret, 'demo')).toEqual(expect.arrayContaining(['metadata', 'values']))
    await look(page, 'keys')
  })

  it('is chosen for an app', async () => {
    const page = await openStudio('keys')
    await press(page, button(page, 'New key'))
    await tabTo(page, page.getByLabel('Name', { exact: true }))
    await page.keyboard.type('Says nothing')
    await page.keyboard.press('Enter')
    await page.getByText('Copy the key now').waitFor()
    const secret = await shownSecret(page)
    await page.goto(`${studio.url}/studio#/apps/new`)

    await tabTo(page, page.getByLabel('Name', { exact: true }))
    await page.keyboard.type('Helper')
    await press(page, page.getByText('More settings'))
    await tabTo(page, page.getByLabel('Id', { exact: true }))
    await page.keyboard.type('helper')
    await tabTo(page, page.getByLabel('Language of streams'))
    await page.keyboard.type('Xp')
    await look(page, 'app-language')
    await press(page, button(page, 'Create app'))
    await button(page, 'Save changes').waitFor()
    expect(await eventsWith(secret, 'helper')).toContain('complete')

    await press(page, page.getByText('More settings'))
    expect(await page.getByLabel('Language of streams').inputValue()).toBe('xpert')
    await tabTo(page, page.getByLabel('Language of streams'))
    await page.keyboard.type('As')
    await press(page, button(page, 'Save changes'))
    await page.getByText('Saved. It answers the next message.').waitFor()
    expect(await eventsWith(secret, 'helper')).toContain('metadata')
  })
})
