import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { card } from '../../apps/chat/src/samples/widgets/parts.js'
import { button, chatOf, eventsOf, expectText, say, waitForEvent } from './support/chat-page.js'
import { launchChromium, openPage, strangers, type WatchedPage } from './support/chromium.js'
import { type HostPages, serveHostPages } from './support/host-page.js'
import type { Running } from './support/http.js'
import { serveScript } from './support/script-server.js'
import { CASES } from './support/widget-cases.js'
import { startWidgetServer, type WidgetServer } from './support/widget-server.js'

let browser: Browser
let pages: HostPages
let script: Running
let server: WidgetServer
let watched: WatchedPage
let page: Page

beforeAll(async () => {
  browser = await launchChromium()
  pages = await serveHostPages()
  script = await serveScript()
  server = await startWidgetServer(CASES, card({ type: 'Text', value: 'Swapped by sync' }))
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([pages?.close(), script?.close(), server?.close()])
})
beforeEach(async () => {
  server.requests.length = 0
  watched = await openPage(browser, { viewport: { width: 768, height: 1100 } })
  page = watched.page
  await page.goto(pages.addressOf('plain', { server: script.url, api: server.url }))
  return () => page.context().close()
})

async function show(name: string): Promise<Locator> {
  await say(page, name)
  const widget = chatOf(page).locator('.widget')
  await widget.waitFor()
  return widget
}

/** What a picture asks for, it asks for when it is drawn: two frames later nothing more can come. */
const hasDrawn = (page: Page) =>
  page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))))

const hasFocus = (field: Locator) => field.evaluate((element) => element === document.activeElement)

const actionsSent = () =>
  server.requests.flatMap(({ type, params }) =>
    type.endsWith('custom_action') ? [{ type, action: params.action }] : [],
  )

describe('B6: a form', () => {
  it('sends its values, nested by name, with the action that submits it', async () => {
    const widget = await show('form')
    await waitForEvent(page, 'chatkit.response.end')
    await widget.getByLabel('Title').fill('Milk')
    await widget.getByLabel('City').click()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await widget.getByRole('button', { name: 'One of many' }).click()
    await chatOf(page).getByRole('combobox', { name: 'One of many' }).fill('option 1')
    await chatOf(page).getByRole('option', { name: 'Option 12' }).click()
    await widget.getByLabel('Due').press('ArrowDown')
    await chatOf(page).getByRole('grid').waitFor()
    await page.keyboard.press('PageDown')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Enter')
    await widget.getByLabel('High').check()
    await widget.getByLabel('Remind me').uncheck()
    await button(page, 'Create').click()

    await expect.poll(actionsSent).toEqual([
      {
        type: 'threads.custom_action',
        action: {
          type: 'create',
          payload: {
            from: 'card',
            todo: { title: 'Milk' },
            notes: '',
            mail: '',
            city: 'bgo',
            many: 'v12',
            due: '2026-12-19T00:00:00.000Z',
            level: 'high',
            remind: false,
            nick: 'A name to write over',
          },
        },
      },
    ])
    await chatOf(page).locator('.widget[inert]').waitFor()
    server.release()
    await expectText(page, 'Did create')
    await chatOf(page).locator('.widget:not([inert])').waitFor()
    expect(watched.complaints).toEqual([])
  })

  it('is not sent while the browser finds a field wrong; what is wrong stands beside the field', async () => {
    const widget = await show('form')
    await waitForEvent(page, 'chatkit.response.end')
    await widget.getByPlaceholder('you@example.com').fill('not an address')
    await button(page, 'Create').click()

    const title = widget.getByLabel('Title')
    await expect
      .poll(() => widget.getByRole('alert').allTextContents())
      .toEqual(['Please fill out this field.', expect.stringContaining('@')])
    await expect.poll(() => hasFocus(title)).toBe(true)
    expect(await title.getAttribute('aria-invalid')).toBe('true')
    expect(actionsSent()).toEqual([])

    await title.fill('Milk')
    await expect.poll(() => widget.getByRole('alert').count()).toBe(1)
  })

  it('leaves a value out where the action has the key, and reports it', async () => {
    await show('clash')
    await waitForEvent(page, 'chatkit.response.end')
    await button(page, 'Save').click()

    await expect
      .poll(actionsSent)
      .toEqual([{ type: 'threads.custom_action', action: { type: 'save', payload: { title: 'mine' } } }])
    await waitForEvent(page, 'chatkit.error')
    server.release()
  })

  it('closes an open list with Escape and gives the focus back', async () => {
    const widget = await show('form')
    const city = widget.getByLabel('City')
    await city.click()
    await chatOf(page).getByRole('listbox').waitFor()
    await page.keyboard.press('Escape')
    await chatOf(page).getByRole('listbox').waitFor({ state: 'detached' })
    await expect.poll(() => hasFocus(city)).toBe(true)
  })
})

describe('B6: an action', () => {
  it('of the server is streamed, spins in its button, and blocks the others until it is answered', async () => {
    await show('actions')
    await waitForEvent(page, 'chatkit.response.end')
    await button(page, 'Server').click()

    await chatOf(page).locator('button[aria-busy=true]', { hasText: 'Server' }).waitFor()
    expect(await button(page, 'Whole').getAttribute('aria-disabled')).toBe('true')
    await button(page, 'Whole').click({ force: true })
    server.release()
    await expectText(page, 'Did on_server')

    expect(actionsSent()).toEqual([
      { type: 'threads.custom_action', action: { type: 'on_server', payload: { id: 7 } } },
    ])
  })

  it('of the page and without a stream run while an answer is written', async () => {
    await show('actions')
    await waitForEvent(page, 'chatkit.response.end')
    await page.evaluate(() => {
      const seen: unknown[] = []
      Object.assign(window, { seen })
      window.change({ widgets: { onAction: async (action, item) => void seen.push([action, item.widget.type]) } })
    })
    await button(page, 'Server').click()
    await chatOf(page).locator('button[aria-busy=true]').waitFor()
    await button(page, 'Client').click()
    await chatOf(page).getByLabel('Loud').check()
    await expect
      .poll(() => page.evaluate(() => (window as unknown as { seen: unknown[] }).seen)) // put there above
      .toEqual([
        [{ type: 'on_page', payload: { id: 8 } }, 'Card'],
        [{ type: 'toggled', payload: { loud: true } }, 'Card'],
      ])

    await button(page, 'Sync').click()
    await expectText(page, 'Swapped by sync')
    expect(actionsSent().map(({ type }) => type)).toEqual(['threads.custom_action', 'threads.sync_custom_action'])
    server.release()
    await expectText(page, 'Did on_server')
  })

  it('of a whole widget makes it inert while it runs', async () => {
    await show('actions')
    await waitForEvent(page, 'chatkit.response.end')
    await button(page, 'Whole').click()
    await chatOf(page).locator('.widget[inert][aria-busy=true]').waitFor()
    server.release()
    await expectText(page, 'Did whole')
    await chatOf(page).locator('.widget:not([inert])').waitFor()
  })

  it('of a row is pressed anywhere in it; more rows come when asked for', async () => {
    await show('list')
    await waitForEvent(page, 'chatkit.response.end')
    expect(await chatOf(page).getByText('Tromsø').count()).toBe(0)
    await button(page, 'Show more').click()
    const newest = button(page, /Tromsø/)
    await expect.poll(() => hasFocus(newest)).toBe(true)
    await chatOf(page).getByText('Tromsø').click({ force: true }) // the row's own button lies over its words
    await expect
      .poll(actionsSent)
      .toEqual([{ type: 'threads.custom_action', action: { type: 'open', payload: { city: 'Tromsø' } } }])
    server.release()
  })
})

describe('B6: a widget that is updated', () => {
  it('keeps what was typed, writes Markdown on, takes in new and changed components', async () => {
    const widget = await show('live')
    await widget.locator('strong', { hasText: 'bold' }).waitFor()
    await widget.getByLabel('field').fill('mine')
    server.release()
    await widget.getByText('Swapped').waitFor()
    await widget.getByText('start and end').waitFor()

    expect(await widget.getByLabel('field').inputValue()).toBe('mine')
    await expect.poll(() => widget.locator('strong').allTextContents()).toEqual(['bold'])
    await waitForEvent(page, 'chatkit.response.end')
    await expect.poll(() => widget.getAttribute('aria-busy')).toBe('false')
  })
})

describe('B6: every component', () => {
  it('is drawn with every prop it has, without a complaint', async () => {
    const widget = await show('every')
    await waitForEvent(page, 'chatkit.response.end')
    await widget.locator('.widget-plot').first().waitFor()
    await widget.locator('.widget-bar').first().waitFor()
    await widget.getByRole('radiogroup', { name: 'R' }).waitFor()
    await hasDrawn(page)

    expect(strangers(watched.requests, pages.url, script.url, server.url)).toEqual([])
    expect(watched.complaints).toEqual([])
  })

  it('that is a collapsed card puts its body away', async () => {
    const widget = await show('collapsing')
    const field = widget.getByLabel('kept')
    await field.waitFor({ state: 'hidden' })
    server.release()
    await field.waitFor({ state: 'visible' })
  })
})

describe('B6: a chart', () => {
  it('has a table for who cannot see it and says the numbers under the arrow keys', async () => {
    const widget = await show('chart')
    const plot = widget.getByRole('img', { name: 'Shop, Web, Target' })
    await plot.focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')

    await widget.getByRole('status').filter({ hasText: 'Feb' }).waitFor()
    expect(await widget.getByRole('table').first().getByRole('row').nth(4).innerText()).toContain('–')
  })
})

describe('B6: a hostile widget', () => {
  it('does nothing: no script, no request, no size beyond the chat, no complaint', async () => {
    const widget = await show('hostile')
    await waitForEvent(page, 'chatkit.response.end')
    await widget.getByText('inside unknown').waitFor()
    await widget.getByText('evil.example').first().waitFor()
    await hasDrawn(page)

    const box = await widget.boundingBox()
    expect(box?.width).toBeLessThanOrEqual(768)
    expect(strangers(watched.requests, pages.url, script.url, server.url)).toEqual([])
    expect(await chatOf(page).locator('a[href^=javascript]').count()).toBe(0)
    expect(
      await chatOf(page)
        .locator('body')
        .evaluate(() => 'hacked' in window),
    ).toBe(false)
    expect(watched.complaints).toEqual([])
    expect((await eventsOf(page)).filter(({ name }) => name === 'chatkit.error')).toEqual([])
  })

  it('is cut where it is too deep', async () => {
    const widget = await show('deep')

    expect(await widget.locator('.widget-card').count()).toBeLessThanOrEqual(33)
    expect(watched.complaints).toEqual([])
  })
})
