import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findSample } from '../../apps/chat/src/samples/catalogue.js'
import { frameOf } from './support/axe.js'
import { chatOf } from './support/chat-page.js'
import { launchChromium, openPage, strangers, type WatchedPage } from './support/chromium.js'
import { showSample } from './support/gallery-page.js'
import type { Running } from './support/http.js'
import { serveScript } from './support/script-server.js'

/** What is loaded with the first code, formula or diagram. */
const DRAWERS = /\/assets\/(code|math|diagram)-|KaTeX|\/assets\/(typescript|sql)-/

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
  watched = await openPage(browser, {
    viewport: { width: 1280, height: 1000 },
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  page = watched.page
  return async () => {
    expect(strangers(watched.requests, server.url)).toEqual([])
    await page.context().close()
  }
})

const log = () => chatOf(page).getByRole('log')
const open = (id: string) => page.goto(`${server.url}/gallery?theme=light#${id}`)
const sourceOf = (id: string) => String((findSample(id) ?? expect.unreachable()).source)
const copied = () => page.evaluate(() => navigator.clipboard.readText())

describe('what is drawn on first use', () => {
  it('costs nothing before there is any, and breaks no policy when there is', async () => {
    await open('lists')
    await log().getByText('Pack the item').waitFor()
    expect(watched.requests.filter((url) => DRAWERS.test(url))).toEqual([])

    for (const id of ['code', 'math', 'flowchart']) await showSample(page, findSample(id) ?? expect.unreachable())
    await log()
      .getByRole('img', { name: /^Diagram/ })
      .waitFor()
    expect(watched.requests.filter((url) => DRAWERS.test(url))).not.toEqual([])
    expect(watched.complaints).toEqual([])
  })

  it('stays plain text where it cannot be loaded', async () => {
    await page.route(/\/assets\/(code|math|diagram)-.*\.js/, (route) => route.abort())
    for (const id of ['code', 'math', 'flowchart']) {
      const failed = page.waitForEvent('requestfailed')
      await open(id)
      await failed
      await log().locator('.markdown').first().waitFor()
    }
    await log().getByText('start([Item comes back])').waitFor()
    expect(await log().locator('svg[role=img]').count()).toBe(0)
  })
})

describe('code', () => {
  it('is coloured, once, when its fence has closed, and copies as it was written', async () => {
    await open('code')
    await log().locator('.hljs-keyword').first().waitFor()
    await frameOf(page).evaluate(() => {
      const lengths = new WeakMap<Element, number>()
      window.grown = 0
      new MutationObserver(() => {
        for (const code of document.querySelectorAll('.md-code code')) {
          if (!code.querySelector('span')) continue
          const length = code.textContent?.length ?? 0
          if ((lengths.get(code) ?? length) !== length) window.grown += 1
          lengths.set(code, length)
        }
      }).observe(document.body, { subtree: true, childList: true, characterData: true })
    })

    await page.getByRole('button', { name: 'Replay' }).click()
    await log().locator('.language-yaml .hljs-attr').first().waitFor()

    expect(await frameOf(page).evaluate(() => window.grown)).toBe(0)
    const texts = await log().locator('.md-code code').allTextContents()
    expect(texts.map((text) => `${text}\`\`\``).every((text) => sourceOf('code').includes(text))).toBe(true)
    await log().locator('.md-code').first().getByRole('button', { name: 'Copy' }).click()
    await expect.poll(copied).toBe(texts[0])
  })
})

describe('formulas', () => {
  it('are read by screen readers as MathML, and copy as their source', async () => {
    await open('math')
    const formula = log().getByRole('math').first()
    await formula.waitFor({ state: 'attached' })

    expect(await log().locator('annotation').first().textContent()).toBe('ax^2 + bx + c = 0')
    await expect.poll(() => log().getByRole('math').count()).toBe(7)
    await log().getByText('A ticket costs $5, two cost $9.').waitFor()
    await chatOf(page).getByRole('button', { name: 'Copy', exact: true }).last().click()
    await expect.poll(copied).toBe(sourceOf('math'))
  })

  it('that are no formulas, or reach out of the page, stay text', async () => {
    await open('math')
    await log().getByRole('math').first().waitFor({ state: 'attached' })
    await page
      .locator('textarea.code')
      .fill('$\\frac{1$ and $\\href{javascript:alert(1)}{x}$ and $\\includegraphics{https://a.example/x.png}$ and $y$')

    await expect.poll(() => log().getByRole('math').count()).toBeLessThan(4)
    await log().getByText('$\\frac{1$').waitFor()
    expect(await log().locator('.md-math a[href], .md-math img').count()).toBe(0)
    expect(watched.complaints).toEqual([])
  })
})

describe('diagrams', () => {
  it('say what they show, and give way to their code', async () => {
    await open('flowchart')
    const drawing = log().getByRole('img', { name: /Item comes back → Was it opened\?; .*Refund in full \(no\)/ })
    await drawing.waitFor()

    await log().getByRole('button', { name: 'Code' }).click()
    await log().getByText('start([Item comes back])').waitFor()
    await drawing.waitFor({ state: 'hidden' })
    await log().getByRole('button', { name: 'Copy', exact: true }).first().click()
    await expect.poll(async () => `\`\`\`mermaid\n${await copied()}\`\`\``).toBe(sourceOf('flowchart'))

    await log().getByRole('button', { name: 'Diagram' }).click()
    await drawing.waitFor()
  })

  it('of a kind we do not draw, or with a mistake, stay code', async () => {
    await open('flowchart')
    await log().getByRole('img').waitFor()
    await page
      .locator('textarea.code')
      .fill('```mermaid\npie\n"a": 1\n```\n\n```mermaid\ngraph TD\nA[one -->\n```\n\nDone.')

    await log().getByText('Done.').waitFor()
    await log().getByText('A[one -->').waitFor()
    expect(await log().getByRole('img').count()).toBe(0)
    expect(watched.complaints).toEqual([])
  })
})

declare global {
  interface Window {
    /** How often coloured code has changed. */
    grown: number
  }
}
