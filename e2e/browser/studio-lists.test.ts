import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsIn } from './support/axe.js'
import { launchChromium } from './support/chromium.js'
import { askAsUser, makeAccount, openPlace, type StudioServer, startStudioServer } from './support/studio-page.js'

const PHONE = { width: 390, height: 844 }

let browser: Browser
let studio: StudioServer

beforeAll(async () => {
  ;[browser, studio] = await Promise.all([launchChromium(), startStudioServer()])
  await makeAccount(studio)
})
afterAll(() => Promise.all([browser?.close(), studio?.close()]))

const openStudio = (place: string, viewport = { width: 1280, height: 800 }) =>
  openPlace(browser, studio, place, viewport)

describe('A6: the places of the studio on a phone', () => {
  it.each(['apps', 'keys', 'server'])('shows the current one: %s', async (place) => {
    const page = await openStudio(place, PHONE)
    const row = page.getByRole('navigation', { name: 'Studio' })

    await expect.poll(() => isInSight(page)).toBe(true)
    expect(await row.evaluate((nav) => nav.scrollWidth > nav.clientWidth)).toBe(true)
    expect(await violationsIn(page)).toEqual([])
  })

  it('goes along when another page is opened, and fades where there is more', async () => {
    const page = await openStudio('apps', PHONE)
    const row = page.getByRole('navigation', { name: 'Studio' })
    const mask = () => row.evaluate((nav) => getComputedStyle(nav).maskImage)
    await expect.poll(() => row.getAttribute('data-more')).toBe('end')
    const atStart = await mask()

    await row.getByRole('link', { name: 'Server', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Server', level: 1 }).waitFor()

    await expect.poll(() => isInSight(page)).toBe(true)
    await expect.poll(() => row.getAttribute('data-more')).toBe('start')
    await expect.poll(mask).not.toBe(atStart)
  })
})

/** Whether the whole link of the current place is within the row. */
const isInSight = (page: Page) =>
  page.getByRole('navigation', { name: 'Studio' }).evaluate((nav) => {
    const place = nav.querySelector('[aria-current=page]')?.getBoundingClientRect()
    const { left, right } = nav.getBoundingClientRect()
    return place !== undefined && place.left >= left - 1 && place.right <= right + 1
  })

describe('E7: the list of traces', () => {
  it('leads to each answer from all of its row, and says why a cost is not known', async () => {
    await askAsUser(studio, 'What can you do?')
    const page = await openStudio('traces')
    const row = page.getByRole('listitem').filter({ hasText: 'Completed' })

    expect(await row.getByTitle(/./).getAttribute('title')).toMatch(/model/)
    expect(await row.textContent()).not.toContain('$0.00')
    const arrow = row.locator('svg')
    const box = await arrow.boundingBox()
    if (!box) throw new Error('The row shows no arrow')
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)

    await page.getByRole('heading', { name: 'Trace', level: 1 }).waitFor()
    expect(await page.getByText('$0.00').count()).toBe(0)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await violationsIn(page), colorScheme).toEqual([])
    }
  })
})

describe('A6: forms over a list', () => {
  it('say what is wrong with a choice, and give the focus back when they are through', async () => {
    const page = await openStudio('keys')
    const opener = page.getByRole('button', { name: 'New key' })
    await opener.focus()
    await page.keyboard.press('Enter')
    await page.getByLabel('Name', { exact: true }).fill('Website')
    await page.getByLabel('Chat').uncheck()
    await page.getByRole('button', { name: 'Create key' }).click()

    const choices = page.getByRole('group', { name: 'It may' })
    await expect.poll(() => choices.evaluate((group) => group === document.activeElement)).toBe(true)
    expect(await choices.locator('.wrong').textContent()).toMatch(/\w+/)
    expect(await violationsIn(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.goto(`${studio.url}/studio#/secrets`)
    const add = page.getByRole('button', { name: 'New secret' })
    await add.focus()
    await page.keyboard.press('Enter')
    await page.getByLabel('Name', { exact: true }).fill('DOCS_KEY')
    await page.getByLabel('Host').fill('docs.example.com')
    await page.getByLabel('Secret', { exact: true }).fill('a-secret-of-the-docs')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Delete DOCS_KEY' }).waitFor()
    await expect.poll(() => add.evaluate((button) => button === document.activeElement)).toBe(true)

    await page.getByRole('button', { name: 'Delete DOCS_KEY' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Delete', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('No secrets yet').waitFor()
    const isInList = () =>
      page.getByText('No secrets yet').evaluate((text) => document.activeElement === text.closest('[tabindex]'))
    await expect.poll(isInList).toBe(true)
    expect(await violationsIn(page)).toEqual([])
  })

  it('show the apps where nothing is of that name', async () => {
    const page = await openStudio('constructor')

    await page.getByRole('heading', { name: 'Apps', level: 1 }).waitFor()
    expect(await page.getByRole('link', { name: 'Apps', exact: true }).getAttribute('aria-current')).toBe('page')
  })
})
