import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { button, chatOf, composerOf, eventsOf, expectText, say, waitForEvent } from './support/chat-page.js'
import { launchChromium } from './support/chromium.js'
import { callChat, openComposer, type } from './support/composer-page.js'
import { type HostPages, serveHostPages } from './support/host-page.js'
import type { Running } from './support/http.js'
import { startParley } from './support/parley-server.js'
import { createTestApp } from './support/test-app.js'

const FOLDER = fileURLToPath(new URL('../output/composer', import.meta.url))

let browser: Browser
let pages: HostPages
let parley: Running

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true })
  browser = await launchChromium()
  pages = await serveHostPages()
  parley = await startParley(createTestApp())
})
afterAll(async () => {
  await browser?.close()
  await Promise.all([pages?.close(), parley?.close()])
})

/** A shop with commands of its own, and tools and models to choose from. */
async function openShop(given: Parameters<typeof openComposer>[2] = {}) {
  const opened = await openComposer(browser, { pages, server: parley.url }, given)
  await opened.page.evaluate(() => {
    const chosen: string[] = []
    Object.assign(window, { chosen })
    const commands = [
      { id: 'refund', label: 'Refund an order', description: 'Asks which one', icon: 'reload', group: 'Orders' },
      { id: 'last', label: 'Mention my last order', icon: 'suitcase', group: 'Orders' },
      { id: 'theme', label: 'Toggle the shop’s theme', icon: 'bolt' },
      { id: 'broken', label: 'Broken command' },
    ] as const
    window.change({
      commands: {
        enabled: true,
        onSearch: async (query) => commands.filter(({ label }) => label.toLowerCase().includes(query.toLowerCase())),
        async onSelect({ id }) {
          chosen.push(id)
          if (id === 'broken') throw new Error('not today')
          if (id === 'last') return { type: 'entity', entity: { id: 'o7', title: 'Order 7' } }
          if (id === 'refund') {
            const ids = ['11', '12', '13']
            return { type: 'menu', commands: ids.map((id) => ({ id, label: `Order ${id}`, description: 'Paid' })) }
          }
        },
      },
      composer: {
        placeholder: 'Ask the shop',
        attachments: { enabled: true },
        tools: [
          {
            id: 'search',
            label: 'Search the shop',
            icon: 'search',
            shortLabel: 'Search',
            placeholderOverride: 'What are you looking for?',
          },
          { id: 'picture', label: 'Make a picture', icon: 'square-image', persistent: true },
          { id: 'sums', label: 'Work it out', icon: 'analytics', pinned: true },
        ],
        models: [
          { id: 'old', label: 'Old', description: 'No longer there', disabled: true },
          { id: 'fast', label: 'Fast', description: 'For most questions' },
          { id: 'clever', label: 'Clever', description: 'Thinks longer', default: true },
        ],
      },
    })
  })
  return opened
}

const option = (page: Page, name: string | RegExp): Locator => chatOf(page).getByRole('option', { name })
const shoot = (page: Page, name: string) => page.screenshot({ path: `${FOLDER}/${name}.png`, animations: 'disabled' })
const chosen = (page: Page) => page.evaluate(() => (window as unknown as { chosen: string[] }).chosen)
const toolChanges = async (page: Page) =>
  (await eventsOf(page)).filter(({ name }) => name === 'chatkit.tool.change').map(({ detail }) => detail)

describe('B2: commands', () => {
  it('lists the page’s commands and the composer’s own, in their groups', async () => {
    const { page, complaints } = await openShop()

    await type(page, '/')

    await option(page, 'Refund an order').waitFor()
    await option(page, 'Search the shop').waitFor()
    const groups = chatOf(page).getByRole('listbox').getByRole('group')
    expect(await groups.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')))).toEqual([
      'Commands',
      'Orders',
      'Actions',
      'Tools',
    ])
    await shoot(page, 'commands')
    await type(page, 'ord')
    await expect.poll(() => chatOf(page).getByRole('option').count()).toBe(2)
    expect(complaints).toEqual([])
  })

  it('does what was chosen and leaves the rest of the text as it was', async () => {
    const { page, sent } = await openShop()
    await type(page, 'Please look: /theme')
    await option(page, 'Toggle the shop’s theme').waitFor()

    await page.keyboard.press('Enter')

    await expect.poll(() => composerOf(page).inputValue()).toBe('Please look: ')
    await expect.poll(() => chosen(page)).toEqual(['theme'])
    expect(sent).toEqual([])
  })

  it('does what was written, not what was listed before, when Enter comes quicker than the page', async () => {
    const { page } = await openShop()
    await page.evaluate(() => {
      const { chosen } = window as unknown as { chosen: string[] } // put there above
      const all = [
        { id: 'refund', label: 'Refund an order' },
        { id: 'theme', label: 'Toggle the theme' },
      ]
      const onSearch = (query: string) =>
        new Promise<typeof all>((found) => {
          if (query === '') found(all)
          if (query === 'theme') Object.assign(window, { answer: () => found(all.slice(1)) })
        })
      window.change({ commands: { enabled: true, onSearch, onSelect: async ({ id }) => void chosen.push(id) } })
    })
    await type(page, '/')
    await option(page, 'Refund an order').waitFor()

    await type(page, 'theme')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => 'answer' in window)
    expect(await chosen(page)).toEqual([])
    await page.evaluate(() => (window as unknown as { answer(): void }).answer())

    await expect.poll(() => chosen(page)).toEqual(['theme'])
    await expect.poll(() => composerOf(page).inputValue()).toBe('')
  })

  it('goes on to a further menu, back again, and inserts what a command found', async () => {
    const { page } = await openShop()
    await type(page, '/refund')
    await option(page, 'Refund an order').click()
    await option(page, 'Order 12').waitFor()
    expect(await composerOf(page).inputValue()).toBe('/')
    await shoot(page, 'commands-nested')
    await type(page, '13')
    await expect.poll(() => chatOf(page).getByRole('option').allTextContents()).toEqual(['Order 13Paid'])

    await page.keyboard.press('Backspace')
    await page.keyboard.press('Backspace')
    await page.keyboard.press('Backspace')
    await option(page, 'Mention my last order').click()

    await expect.poll(() => composerOf(page).inputValue()).toBe('@Order 7 ')
    await chatOf(page).locator('.tag-mark').getByText('@Order 7').waitFor({ state: 'attached' })
    expect(await chosen(page)).toEqual(['refund', 'last'])
  })

  it('says when a command failed and lets it be tried again', async () => {
    const { page } = await openShop()
    await type(page, '/broken')
    await option(page, 'Broken command').click()

    await chatOf(page).locator('.suggestions-problem').getByText('“Broken command” did not work. Try again.').waitFor()
    await page.keyboard.press('Enter')

    await expect.poll(() => chosen(page)).toEqual(['broken', 'broken'])
    await waitForEvent(page, 'chatkit.error')
  })

  it('chooses a tool, a model, a file and a new chat', async () => {
    const { page } = await openShop()

    await type(page, '/picture')
    await option(page, 'Make a picture').click()
    await button(page, 'Stop using Make a picture').waitFor()

    await type(page, '/model')
    await option(page, 'Choose a model').click()
    await option(page, /Fast/).waitFor()
    expect(await option(page, /Old/).getAttribute('aria-disabled')).toBe('true')
    await option(page, /Fast/).click()
    await button(page, 'Model: Fast').waitFor()
    expect(await composerOf(page).inputValue()).toBe('')

    await type(page, '/attach')
    const chooser = page.waitForEvent('filechooser')
    await option(page, 'Attach files').click()
    expect((await chooser).isMultiple()).toBe(true)

    await type(page, 'Hello')
    await page.keyboard.press('Enter')
    await expectText(page, 'You said: Hello')
    await type(page, '/new')
    await option(page, 'New chat').click()
    await button(page, 'Return an item').waitFor()
  })
})

describe('B2: tools and models', () => {
  it('shows the chosen tool by its short name with its own placeholder, sends it, and lets it go', async () => {
    const { page, sent } = await openShop()
    await button(page, 'Choose a tool').click()
    await shoot(page, 'tools-menu')
    await chatOf(page).getByRole('menuitemradio', { name: 'Search the shop' }).click()

    await chatOf(page).getByPlaceholder('What are you looking for?').waitFor()
    await chatOf(page).locator('.chip-accent').getByText('Search', { exact: true }).waitFor()
    await shoot(page, 'tool-chosen')
    await type(page, 'shoes')
    await page.keyboard.press('Enter')

    await expectText(page, 'You said: shoes')
    expect(sent[0]?.inference_options).toEqual({ tool_choice: { id: 'search' }, model: 'clever' })
    await chatOf(page).getByPlaceholder('Ask the shop').waitFor()
    expect(await toolChanges(page)).toEqual([{ toolId: 'search' }, { toolId: null }])
  })

  it('keeps a persistent tool, and takes a pinned one from its own button', async () => {
    const { page, sent } = await openShop()
    await callChat(page, 'setComposerValue', { text: 'a cat', selectedToolId: 'picture', selectedModelId: 'fast' })
    await composerOf(page).press('Enter')
    await expectText(page, 'You said: a cat')
    await button(page, 'Stop using Make a picture').waitFor()

    await button(page, 'Work it out').click()
    await say(page, '2 + 2')

    await expectText(page, 'You said: 2 + 2')
    expect(sent.map(({ inference_options }) => inference_options)).toEqual([
      { tool_choice: { id: 'picture' }, model: 'fast' },
      { tool_choice: { id: 'sums' }, model: 'fast' },
    ])
  })

  it('offers the models with what each is for; one that is disabled cannot be chosen', async () => {
    const { page } = await openShop({ viewport: { width: 390, height: 800 }, theme: 'dark', colorScheme: 'dark' })

    await button(page, 'Model: Clever').click()

    const models = chatOf(page).getByRole('menuitemradio')
    await expect
      .poll(() => models.allTextContents())
      .toEqual(['OldNo longer there', 'FastFor most questions', 'CleverThinks longer'])
    expect(await models.first().isDisabled()).toBe(true)
    await shoot(page, 'models-390-dark')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await button(page, 'Model: Fast').waitFor()
    await type(page, '/')
    await option(page, 'Refund an order').waitFor()
    await shoot(page, 'commands-390-dark')
  })
})
