import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findSample } from '../../apps/chat/src/samples/catalogue.js'
import { frameOf } from './support/axe.js'
import { chatOf, composerOf } from './support/chat-page.js'
import { launchChromium, openPage, strangers, type WatchedPage } from './support/chromium.js'
import { showSample } from './support/gallery-page.js'
import type { Running } from './support/http.js'
import { serveScript } from './support/script-server.js'

let browser: Browser
let server: Running
let watched: WatchedPage
let page: Page

beforeAll(async () => {
  browser = await launchChromium()
  server = await serveScript()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})
beforeEach(async () => {
  watched = await openPage(browser, { viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
  page = watched.page
  return async () => {
    expect(watched.complaints).toEqual([])
    expect(strangers(watched.requests, server.url)).toEqual([])
    await page.context().close()
  }
})

const log = () => chatOf(page).getByRole('log')
const source = () => page.locator('textarea.code')

describe('the gallery', () => {
  it('opens the sample its address names, and follows the list, the search and the back button', async () => {
    await page.goto(`${server.url}/gallery?theme=light#Card`)
    await log().getByText('Visit of an engineer').waitFor()

    await page.getByRole('searchbox', { name: 'Search samples' }).fill('chart')
    await page.getByRole('link', { name: 'Chart', exact: true }).click()
    await chatOf(page).getByRole('img', { name: 'Shop, Web, Target' }).waitFor()
    expect(new URL(page.url()).hash).toBe('#Chart')

    await page.goBack()
    await log().getByText('Visit of an engineer').waitFor()
  })

  it('draws what is edited at once, and names every fault by its path while the last good one stays', async () => {
    await page.goto(`${server.url}/gallery?theme=light#Card`)
    await log().getByText('Visit of an engineer').waitFor()
    const own = await source().inputValue()

    await source().fill(own.replace('Visit of an engineer', 'Visit of a plumber'))
    await log().getByText('Visit of a plumber').waitFor()

    await source().fill(own.replace('"Visit of an engineer"', '7').replace('"success"', '"green"'))
    const faults = page.getByRole('status').filter({ hasText: 'children' })
    await faults.getByText('children[0].children[0].value').waitFor()
    await faults.getByText('children[0].children[2].color').waitFor()
    expect(await log().getByText('Visit of a plumber').isVisible()).toBe(true)

    await source().fill(own.replace('"Card",', '"Card"'))
    await page.getByText('line 3', { exact: true }).waitFor()

    await page.getByRole('button', { name: 'Reset' }).click()
    await log().getByText('Visit of an engineer').waitFor()
  })

  it('streams a sample again, and streams it in answer to anything one writes', async () => {
    await page.goto(`${server.url}/gallery?theme=light#assistant_message`)
    await log().getByText('ask again.').waitFor()

    const replay = await frameOf(page).evaluateHandle(() => {
      const isHalfDrawn = (words = document.querySelector('[role=log]')?.textContent) =>
        words?.includes('The cycle in four steps') && !words.includes('ask again.')
      const halfDrawn = new Promise<void>((seen) => {
        new MutationObserver(() => document.querySelector('.stop-mark') && isHalfDrawn() && seen()).observe(
          document.body,
          { subtree: true, childList: true, characterData: true },
        )
      })
      return { halfDrawn }
    })
    await page.getByRole('button', { name: 'Replay' }).click()
    await replay.evaluate(({ halfDrawn }) => halfDrawn)
    await log().getByText('ask again.').waitFor()

    await showSample(page, findSample('Spacer') ?? expect.unreachable())
    await composerOf(page).fill('Once more')
    await composerOf(page).press('Enter')
    await expect.poll(() => chatOf(page).locator('.widget').count()).toBe(2)
  })

  it('shows the look one chooses, and keeps it in the address', async () => {
    await page.goto(`${server.url}/gallery?theme=light#Card`)
    await log().getByText('Visit of an engineer').waitFor()
    const root = chatOf(page).locator('html')

    await page.getByRole('button', { name: 'Dark' }).click()
    await page.getByRole('combobox', { name: 'Radius' }).selectOption('sharp')
    await page.getByRole('combobox', { name: 'Density' }).selectOption('compact')
    await page.getByLabel('Accent').fill('#0a7f5a')
    await page.getByRole('combobox', { name: 'Locale' }).fill('ar')
    await page.keyboard.press('Enter')

    await chatOf(page).locator('html[dir=rtl]').waitFor()
    const seen = await root.evaluate(({ dataset, style }) => ({
      scheme: dataset.scheme,
      radius: style.getPropertyValue('--radius-card'),
      gap: style.getPropertyValue('--turn-gap'),
    }))
    expect(seen).toEqual({ scheme: 'dark', radius: '0px', gap: '16px' })
    await expect
      .poll(() => Object.fromEntries(new URL(page.url()).searchParams))
      .toEqual({ theme: 'dark', radius: 'sharp', density: 'compact', accent: '#0a7f5a', locale: 'ar' })
  })

  it('tells what page and server hear of a sample', async () => {
    await page.goto(`${server.url}/gallery?theme=light#Card`)
    await chatOf(page).getByRole('button', { name: 'Book the visit' }).click()

    const heard = page.getByRole('region', { name: 'What page and server hear' })
    await heard.getByText('threads.custom_action').waitFor()
    expect(await heard.textContent()).toContain('"type":"book"')

    await showSample(page, findSample('Checkbox') ?? expect.unreachable())
    await chatOf(page).getByRole('checkbox', { name: 'Play a sound' }).check()
    await heard.getByText('widgets.onAction').waitFor()
  })

  it('lists the props of a component as the server checks them', async () => {
    await page.goto(`${server.url}/gallery?theme=light#Title`)
    const value = page.getByRole('row', { name: /value required/ })
    await value.waitFor()
    expect(await value.textContent()).toContain('string')
    expect(await page.getByRole('row', { name: /^weight/ }).textContent()).toContain('"semibold"')
  })

  it('is used with the keyboard, and on a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(`${server.url}/gallery?theme=light#Card`)
    await log().getByText('Visit of an engineer').waitFor()

    await page.getByRole('button', { name: 'All samples' }).press('Enter')
    await page.getByRole('link', { name: 'Spacer' }).press('Enter')

    await log().getByText('Middle').waitFor()
    await page.getByRole('link', { name: 'Spacer' }).waitFor({ state: 'hidden' })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  })
})
