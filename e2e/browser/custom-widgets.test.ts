import { isDeepStrictEqual } from 'node:util'
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { button, chatOf, composerOf, expectText, say, waitForEvent } from './support/chat-page.js'
import { launchChromium, openPage, strangers, type WatchedPage } from './support/chromium.js'
import { CUSTOM_CASES } from './support/custom-widget-cases.js'
import { type HostPages, serveHostPages } from './support/host-page.js'
import type { Running } from './support/http.js'
import { serveScript } from './support/script-server.js'
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
  server = await startWidgetServer(CUSTOM_CASES, {})
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([pages?.close(), script?.close(), server?.close()])
})
beforeEach(async () => {
  server.requests.length = 0
  watched = await openPage(browser, { viewport: { width: 768, height: 700 } })
  page = watched.page
  await page.goto(pages.addressOf('plain', { server: script.url, api: server.url }))
  await waitForEvent(page, 'chatkit.ready')
  await page.evaluate(drawProducts)
  return () => page.context().close()
})

/** In the page: a widget as a page's author writes it, and one that is a file. */
function drawProducts(): void {
  const POLL = `<!doctype html><style>body{margin:0;font:16px sans-serif} form{height:180px}</style>
    <form><h2></h2><button>Tea</button></form><p id="network"></p><script>
    widget.watch(({ data, theme }) => { document.querySelector('h2').textContent = data.question + ' ' + theme })
    document.querySelector('form').onsubmit = (event) => {
      event.preventDefault()
      widget.sendAction({ type: 'vote', payload: { for: 'tea' } })
    }
    widget.sendAction({ type: 'vote', payload: { for: 'nobody' } })
    </script>`
  window.change({
    customWidgets: {
      product_card: (data: Record<string, unknown>, widget: Record<string, unknown>) => {
        const box = widget.box as HTMLElement // what the chat hands over
        const note = box.querySelector('input')?.value ?? ''
        box.innerHTML = '<h3></h3><input aria-label="Note"><button>Buy</button>'
        box.querySelector('h3')!.textContent = `${data.title} ×${data.count ?? 1} ${widget.theme} ${widget.isStreaming}`
        box.querySelector('input')!.value = note
        box.querySelector('button')!.onclick = () =>
          (widget.sendAction as (action: object) => void)({ type: 'buy', payload: { title: data.title } })
        Object.assign(box.style, { height: '140px', background: 'lightyellow', color: 'black' })
        const { signal } = widget as { signal: AbortSignal }
        signal.onabort = () => window.toolCalls.push('removed')
      },
      poll: { html: POLL },
    },
  } as never)
}

const product = (): Locator => page.locator('openai-chatkit [data-widget=product_card]')
const sandbox = (): FrameLocator => chatOf(page).frameLocator('.widget-sandbox iframe')
const settle = () => waitForEvent(page, 'chatkit.response.end')

const actionsSent = () =>
  server.requests.flatMap(({ type, params }) => (type === 'threads.custom_action' ? [params.action] : []))

/** Where the widget is on screen, and where the chat keeps its place. */
async function boxes() {
  const place = await chatOf(page).locator('.widget-page').boundingBox()
  const drawn = await product().boundingBox()
  return { place, drawn }
}

const isInPlace = async () => {
  const { place, drawn } = await boxes()
  return isDeepStrictEqual(place, drawn)
}

describe('B6: a widget that the page draws', () => {
  it('stands in the page’s own document, exactly over its place, as high as the page makes it', async () => {
    await say(page, 'product')
    await product().getByText('Kettle ×1 light').waitFor()

    await expect.poll(async () => (await boxes()).place?.height).toBe(140)
    await expect.poll(isInPlace).toBe(true)
    expect(watched.complaints).toEqual([])
  })

  it('may be the root of a widget, by name', async () => {
    await say(page, 'named')

    await product().getByText('Lamp').waitFor()
    expect(await chatOf(page).getByText('drawn by the chat').count()).toBe(0)
  })

  it('that the page does not know leaves what it holds', async () => {
    await say(page, 'fallback')
    await expectText(page, 'drawn by the chat')

    await page.evaluate(() => window.change({ customWidgets: {} } as never))
    await say(page, 'named')
    await expectText(page, 'drawn by the chat')
    expect(watched.complaints).toEqual([])
  })

  it('is drawn again while the answer streams, and told when it goes', async () => {
    await say(page, 'counting')
    await product().getByText('Kettle ×2 light true').waitFor()
    await product().getByLabel('Note').fill('for Ada')
    server.release()

    await expectText(page, 'sold out')
    await expect.poll(() => product().count()).toBe(0)
    await expect.poll(() => page.evaluate(() => window.toolCalls)).toContain('removed')
  })

  it('follows the theme', async () => {
    await say(page, 'product')
    await product().getByText('light').waitFor()
    await page.evaluate(() => window.change({ theme: 'dark' }))
    // The change replaces all options: the widgets, too.
    await page.evaluate(() => Object.assign(window.options, { theme: 'dark' }))
    await page.evaluate(drawProducts)

    await product().getByText('dark').waitFor()
  })

  it('sends actions as a button of the chat does', async () => {
    await say(page, 'product')
    await settle()
    await product().getByRole('button', { name: 'Buy' }).click()

    await expect.poll(actionsSent).toEqual([{ type: 'buy', payload: { title: 'Kettle' } }])
    server.release()
    await expectText(page, 'Did buy')
  })

  it('scrolls with the conversation, wherever the wheel is turned, and is cut at its edges', async () => {
    await say(page, 'long')
    await settle()
    await product().getByText('Kettle').waitFor()
    const thread = chatOf(page).locator('.thread')
    const atSamePlace = async () => {
      const { place, drawn } = await boxes()
      return place && drawn && Math.abs(place.y - drawn.y) < 1
    }

    await page.mouse.move(300, 300)
    await page.mouse.wheel(0, 5000)
    await expect
      .poll(() => thread.evaluate((element) => element.scrollHeight - element.clientHeight - element.scrollTop))
      .toBeLessThan(1)
    await expect.poll(atSamePlace).toBe(true)
    await product().hover()
    const before = await thread.evaluate((element) => element.scrollTop)
    await page.mouse.wheel(0, -120)

    await expect.poll(() => thread.evaluate((element) => element.scrollTop)).toBeLessThan(before)
    await expect.poll(atSamePlace).toBe(true)
    await page.mouse.wheel(0, -5000)
    await expect.poll(() => thread.evaluate((element) => element.scrollTop)).toBe(0)
    const composer = await composerOf(page).boundingBox()
    const corner = { x: (composer?.x ?? 0) + 5, y: (composer?.y ?? 0) + 5 }
    const under = () => page.evaluate(({ x, y }) => document.elementFromPoint(x, y)?.localName, corner)
    await expect.poll(under).toBe('openai-chatkit')
  })

  it('is on the keyboard’s way from what stands before it to what stands behind it, and back', async () => {
    await say(page, 'product')
    await settle()
    await product().getByText('Kettle').waitFor()
    const focused = () =>
      page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent)
    const after = button(page, 'After')
    const isOnAfter = () => after.evaluate((element) => element === document.activeElement)

    await after.focus()
    await page.keyboard.press('Shift+Tab')
    await expect.poll(focused).toBe('Buy')
    await page.keyboard.press('Shift+Tab')
    expect(await focused()).toBe('Note')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')

    await expect.poll(isOnAfter).toBe(true)
  })

  it('never covers what the chat shows over the conversation', async () => {
    await say(page, 'product')
    await product().getByText('Kettle').waitFor()
    await chatOf(page)
      .locator('body')
      .evaluate((body) => {
        const menu = body.appendChild(document.createElement('div'))
        menu.className = 'floating'
        menu.id = 'over'
        const place = document.querySelector('.widget-page')?.getBoundingClientRect()
        Object.assign(menu.style, {
          position: 'fixed',
          left: '0',
          top: `${place?.top}px`,
          width: '768px',
          height: '60px',
        })
        menu.onclick = () => menu.remove()
      })

    await expect
      .poll(() =>
        page
          .locator('openai-chatkit')
          .evaluate((chat) => chat.shadowRoot?.querySelector<HTMLElement>('.widgets')?.style.clipPath),
      )
      .toContain('evenodd')
    await chatOf(page).locator('#over').click()
    await expect.poll(() => chatOf(page).locator('#over').count()).toBe(0)
  })
})

describe('B6: a widget that is the page’s HTML', () => {
  it('runs in a sandbox, gets its data, is as high as it is, and acts only after a touch', async () => {
    await page.clock.install()
    await say(page, 'file')
    await settle()
    await sandbox().getByText('Tea or coffee? light').waitFor()
    const frame = chatOf(page).locator('.widget-sandbox iframe')

    await expect.poll(async () => (await frame.boundingBox())?.height).toBeGreaterThan(180)
    expect(await frame.getAttribute('sandbox')).toBe('allow-scripts allow-forms')
    expect(
      await sandbox()
        .locator('body')
        .evaluate(() => window.origin),
    ).toBe('null')
    expect(actionsSent()).toEqual([])
    await page.clock.fastForward(6000) // what was typed into the chat is long ago
    await sandbox().getByRole('button', { name: 'Tea' }).click()
    await expect.poll(actionsSent).toEqual([{ type: 'vote', payload: { for: 'tea' } }])
    server.release()
    await expectText(page, 'Did vote')
    expect(strangers(watched.requests, pages.url, script.url, server.url)).toEqual([])
  })

  it('is fetched by the page when it is a file; a file that is not there leaves what the widget holds', async () => {
    await page.route('**/poll.html', (route) => route.fulfill({ contentType: 'text/html', body: '<p>from a file</p>' }))
    await page.evaluate(() => window.change({ customWidgets: { poll: { url: '/poll.html' } } } as never))
    await say(page, 'file')
    await sandbox().getByText('from a file').waitFor()

    await page.route('**/gone.html', (route) => route.fulfill({ status: 404 }))
    await page.evaluate(() => window.change({ customWidgets: { nobody_knows: { url: '/gone.html' } } } as never))
    await say(page, 'fallback')
    await expectText(page, 'drawn by the chat')
    await waitForEvent(page, 'chatkit.error')
  })
})

describe('B6: a user interface of an MCP server', () => {
  it('is greeted, gets its data, and may call a tool', async () => {
    await page.clock.install()
    await say(page, 'mcp')
    await settle()
    await sandbox().getByText('Bergen').waitFor()
    expect(await chatOf(page).locator('.widget-sandbox iframe').getAttribute('title')).toBe('Weather')
    await page.clock.pauseAt(Date.now() + 60_000)
    await composerOf(page).press('Shift')
    await sandbox().getByRole('button', { name: 'Call' }).click() // so soon after a key in the chat nobody knows who asks
    await page.clock.resume()
    await button(page, 'Allow “mcp.tool”').click()

    await expect
      .poll(actionsSent)
      .toEqual([{ type: 'mcp.tool', payload: { name: 'forecast', arguments: { days: 3 } } }])
    server.release()
    await sandbox().getByText('{"content":[]}').waitFor()
  })

  it('opens no link by itself: the chat says where it leads, and the person opens it', async () => {
    await say(page, 'mcp')
    await sandbox().getByText('Bergen').waitFor()
    await sandbox().getByRole('button', { name: 'Visit' }).click()
    const link = chatOf(page).getByRole('link', { name: 'weather.example' })
    await link.waitFor()
    expect(await link.getAttribute('href')).toBe('https://weather.example/bergen')

    await sandbox().getByRole('button', { name: 'Bad link' }).click()
    await link.waitFor({ state: 'detached' })
    expect(page.context().pages()).toHaveLength(1)
    expect(strangers(watched.requests, pages.url, script.url, server.url)).toEqual([])
  })

  it('may come as bytes; what is no HTML leaves what the node holds', async () => {
    await say(page, 'mcp_blob')
    await sandbox().getByText('from bytes ✓').waitFor()

    await say(page, 'mcp_other')
    await expectText(page, 'plain weather')
    expect(watched.complaints).toEqual([])
  })
})
