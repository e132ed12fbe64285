import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ICONS } from '../../apps/chat/src/views/icons.js'
import { NAMED_ICONS } from '../../apps/chat/src/views/named-icons.js'
import { ICON_NAMES } from '../../packages/protocol/src/index.js'
import { launchChromium } from './support/chromium.js'

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())

const DRAWN: Record<string, string> = { ...NAMED_ICONS, ...ICONS }

describe('B6: icons', () => {
  it('has a drawing for every name of the protocol', () => {
    expect(ICON_NAMES.filter((name) => !DRAWN[name])).toEqual([])
  })

  it('keeps every drawing within its square', async () => {
    const page = await browser.newPage()
    const outside = await page.evaluate((drawn) => {
      const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
      document.body.append(svg)
      return Object.entries(drawn).flatMap(([name, drawing]) => {
        const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
        path.setAttribute('d', drawing)
        svg.replaceChildren(path)
        const { x, y, width, height } = path.getBBox()
        return x < 1.5 || y < 1.5 || x + width > 18.5 || y + height > 18.5 ? [name] : []
      })
    }, DRAWN)
    expect(outside).toEqual([])
  })
})
