import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { button, chatOf, composerOf, expectText, waitForEvent } from './support/chat-page.js'
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

type Given = Parameters<typeof openComposer>[2]

/** A shop whose people, orders and articles can be mentioned. */
async function openShop(given?: Given) {
  const opened = await openComposer(browser, { pages, server: parley.url }, given)
  await opened.page.evaluate(() => {
    const entities = [
      {
        id: 'u1',
        title: 'Ann Lee',
        icon: 'user',
        group: 'People',
        interactive: true,
        data: { mail: 'ann@shop.example' },
      },
      { id: 'u2', title: 'Annika Ørsted', icon: 'user', group: 'People' },
      { id: 'o1', title: 'Order 1234', icon: 'suitcase', group: 'Orders', interactive: true },
      {
        id: 'o2',
        title: 'Order 1299, with the annual filter subscription nobody ordered',
        icon: 'suitcase',
        group: 'Orders',
      },
    ] as const
    const seen: { searches: string[]; clicks: unknown[]; answer: ((query: string) => Promise<unknown>) | null } = {
      searches: [],
      clicks: [],
      answer: null,
    }
    Object.assign(window, { seen })
    window.change({
      entities: {
        showComposerMenu: true,
        async onTagSearch(query) {
          seen.searches.push(query)
          if (seen.answer) return (await seen.answer(query)) as never
          return entities.filter(({ title }) => title.toLowerCase().includes(query.toLowerCase()))
        },
        onClick: (entity) => void seen.clicks.push(entity),
        onRequestPreview: async ({ id, title }) => ({
          preview: {
            type: 'Basic',
            children: [
              { type: 'Title', value: title, size: 'sm' },
              { type: 'Text', value: `Known here as ${id}, since 2019.` },
            ],
          } as never,
        }),
      },
    })
  })
  return opened
}

const list = (page: Page): Locator => chatOf(page).getByRole('listbox')
const option = (page: Page, name: string | RegExp): Locator => chatOf(page).getByRole('option', { name })
const marks = (page: Page): Locator => chatOf(page).locator('.tag-mark')
const expectMarks = (page: Page, labels: string[]) => expect.poll(() => marks(page).allTextContents()).toEqual(labels)
const shoot = (page: Page, name: string) => page.screenshot({ path: `${FOLDER}/${name}.png`, animations: 'disabled' })

describe('B2: mentions', () => {
  it('finds, inserts and sends an entity, with the keyboard alone', async () => {
    const { page, sent, complaints } = await openShop()

    await type(page, 'Ask @ann')
    const people = list(page).getByRole('group', { name: 'People' }).getByRole('option')
    await expect.poll(() => people.allTextContents()).toEqual(['Ann Lee', 'Annika Ørsted'])
    await option(page, 'Order 1234').waitFor({ state: 'detached' })
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await type(page, 'about this')

    expect(await composerOf(page).inputValue()).toBe('Ask @Ann Lee about this')
    await expectMarks(page, ['@Ann Lee'])
    await page.keyboard.press('Enter')
    await expectText(page, 'You said: Ask Ann Lee about this')
    const tag = {
      type: 'input_tag',
      id: 'u1',
      text: 'Ann Lee',
      group: 'People',
      interactive: true,
      data: { mail: 'ann@shop.example' },
    }
    expect(sent[0]?.content).toEqual([
      { type: 'input_text', text: 'Ask ' },
      tag,
      { type: 'input_text', text: ' about this' },
    ])
    expect(complaints).toEqual([])
  })

  it('tells screen readers which line is marked', async () => {
    const { page } = await openShop()

    await type(page, '@')
    await option(page, 'Ann Lee').waitFor()
    await page.keyboard.press('ArrowDown')

    const composer = composerOf(page)
    await chatOf(page).getByRole('option', { name: 'Annika Ørsted', selected: true }).waitFor()
    expect(await composer.getAttribute('aria-controls')).toBe(await list(page).getAttribute('id'))
    const marked = async () =>
      chatOf(page)
        .locator(`[id="${await composer.getAttribute('aria-activedescendant')}"]`)
        .textContent()
    await expect.poll(marked).toBe('Annika Ørsted')
    await expect.poll(() => chatOf(page).getByRole('status').allTextContents()).toContain('4 suggestions')
    await page.keyboard.press('Escape')
    await list(page).waitFor({ state: 'detached' })
    await expect.poll(() => composer.getAttribute('aria-activedescendant')).toBeNull()
    expect(await composer.inputValue()).toBe('@')
  })

  it('deletes a tag as one character, and undo brings it back as a tag', async () => {
    const { page, sent } = await openShop()
    await type(page, 'For @ann')
    await option(page, 'Ann Lee').click()
    expect(await composerOf(page).inputValue()).toBe('For @Ann Lee ')

    await page.keyboard.press('Backspace')
    await page.keyboard.press('Backspace')

    expect(await composerOf(page).inputValue()).toBe('For ')
    await page.keyboard.press('Control+z')
    expect(await composerOf(page).inputValue()).toContain('For @Ann Lee')
    await expectMarks(page, ['@Ann Lee'])
    await page.keyboard.press('End')
    await type(page, '!')
    await page.keyboard.press('Enter')
    await expect.poll(() => sent.length).toBe(1)
    expect(sent[0]?.content).toMatchObject([{ text: 'For ' }, { type: 'input_tag', id: 'u1' }, { type: 'input_text' }])
  })

  it('steps over a tag with the cursor as over one letter', async () => {
    const { page } = await openShop()
    await type(page, '@ann')
    await option(page, 'Ann Lee').click()

    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    await type(page, 'To ')

    expect(await composerOf(page).inputValue()).toBe('To @Ann Lee ')
    await expectMarks(page, ['@Ann Lee'])
  })

  it('shows the latest answer only, says when there is none and when the search failed', async () => {
    const { page } = await openShop()
    await page.evaluate(() => {
      const { seen } = window as unknown as { seen: { answer: (query: string) => Promise<unknown> } } // set above
      const late: Record<string, () => void> = {}
      Object.assign(window, { late })
      seen.answer = (query) =>
        new Promise((resolve, reject) => {
          if (query === 'x') reject(new Error('no search today'))
          else if (query === 'zz') resolve([])
          else late[query] = () => resolve([{ id: query, title: `Found ${query}` }])
        })
    })
    const answer = (query: string) =>
      page.waitForFunction((query) => {
        const { late } = window as unknown as { late: Record<string, () => void> } // set above
        late[query]?.()
        return query in late
      }, query)

    await type(page, '@a')
    await page.waitForFunction(() => 'a' in (window as unknown as { late: object }).late)
    await type(page, 'b')
    await answer('ab')
    await answer('a')
    await option(page, 'Found ab').waitFor()
    expect(await option(page, 'Found a').allTextContents()).toEqual(['Found ab'])

    await composerOf(page).fill('')
    await type(page, '@zz')
    await chatOf(page).getByText('Nothing found for “zz”').first().waitFor()

    await composerOf(page).fill('')
    await type(page, '@x')
    await chatOf(page).getByText('The search did not work.').first().waitFor()
    await page.evaluate(() => {
      const { seen } = window as unknown as { seen: { answer: unknown } } // set above
      seen.answer = null
    })
    await button(page, 'Try again').click()
    await chatOf(page).getByText('Nothing found for “x”').first().waitFor()
  })

  it('asks once for letters typed in one go', async () => {
    const { page } = await openShop()

    await composerOf(page).fill('@')
    await option(page, 'Ann Lee').waitFor()

    await composerOf(page).evaluate((element) => {
      const field = element as HTMLTextAreaElement // the composer is one
      for (const value of ['@o', '@or', '@ord', '@order']) {
        field.value = value
        field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }))
      }
    })

    await expect.poll(() => chatOf(page).getByRole('option').count()).toBe(2)
    const searches = await page.evaluate(() => (window as unknown as { seen: { searches: string[] } }).seen.searches)
    expect(searches).toEqual(['', 'order'])
  })

  it('opens from its button, and is filled by the page', async () => {
    const { page, sent } = await openShop()

    await button(page, 'Mention').click()
    await option(page, 'Order 1234').click()
    expect(await composerOf(page).inputValue()).toBe('@Order 1234 ')

    await callChat(page, 'setComposerValue', {
      content: [
        { type: 'input_text', text: 'Where is ' },
        { type: 'input_tag', id: 'o9', text: 'Order 9', data: {} },
        { type: 'input_text', text: '?' },
      ],
    })
    await expectMarks(page, ['@Order 9'])
    await composerOf(page).press('Enter')
    await expect.poll(() => sent[0]?.content).toMatchObject([{ text: 'Where is ' }, { id: 'o9' }, { text: '?' }])
  })

  it('keeps what was begun in one thread while another is on screen', async () => {
    const { page } = await openShop()
    await type(page, '@ann')
    await option(page, 'Ann Lee').click()
    await page.keyboard.press('Enter')
    await waitForEvent(page, 'chatkit.response.end')
    await type(page, 'and @1234')
    await option(page, 'Order 1234').click()

    await button(page, 'New chat').click()
    await expect.poll(() => composerOf(page).inputValue()).toBe('')
    await button(page, 'Open chat history').click()
    await chatOf(page).getByRole('button', { name: 'About Ann Lee' }).first().click()

    await marks(page).waitFor()
    expect(await composerOf(page).inputValue()).toBe('and @Order 1234 ')
  })

  it('shows what the page knows of a mention, and hands a click to the page', async () => {
    const { page, complaints } = await openShop()
    await type(page, '@ann')
    await option(page, 'Ann Lee').click()
    await marks(page).hover({ force: true })
    await chatOf(page).getByText('Known here as u1, since 2019.').waitFor()
    await shoot(page, 'mention-preview-writing')
    await page.keyboard.press('Enter')
    const chip = chatOf(page).getByRole('log').getByRole('button', { name: '@Ann Lee' })

    await chip.hover()
    await chatOf(page).getByText('Known here as u1, since 2019.').waitFor()
    await shoot(page, 'mention-preview')
    await page.mouse.move(5, 5)
    await chatOf(page).getByText('Known here as u1, since 2019.').waitFor({ state: 'detached' })
    await composerOf(page).focus()
    await chip.focus()
    await page.keyboard.press('Enter')

    const clicks = () => page.evaluate(() => (window as unknown as { seen: { clicks: unknown[] } }).seen.clicks)
    await expect
      .poll(clicks)
      .toMatchObject([{ id: 'u1', title: 'Ann Lee', group: 'People', data: { mail: 'ann@shop.example' } }])
    expect(complaints).toEqual([])
  })

  it('never sends half a syllable: the Enter that ends a word of an input method', async () => {
    const { page, sent } = await openShop()
    const keyboard = await page.context().newCDPSession(page)
    await composerOf(page).focus()

    await keyboard.send('Input.imeSetComposition', { text: '@안ㄴ', selectionStart: 3, selectionEnd: 3 })
    await keyboard.send('Input.dispatchKeyEvent', {
      type: 'rawKeyDown',
      key: 'Enter',
      code: 'Enter',
      windowsVirtualKeyCode: 229,
    })
    expect(sent).toEqual([])
    await keyboard.send('Input.insertText', { text: '@안녕' })
    expect(await composerOf(page).inputValue()).toBe('@안녕')
    expect(sent).toEqual([])
    await chatOf(page).getByText('Nothing found for “안녕”').first().waitFor()
    await page.keyboard.press('Enter')

    await expect.poll(() => sent[0]?.content).toEqual([{ type: 'input_text', text: '@안녕' }])
  })

  it('lets one Enter end the word and choose, where the input method passes it on', async () => {
    const { page } = await openShop()
    const keyboard = await page.context().newCDPSession(page)
    await composerOf(page).focus()
    await keyboard.send('Input.imeSetComposition', { text: '@order 1', selectionStart: 8, selectionEnd: 8 })
    await option(page, 'Order 1234').waitFor()
    await keyboard.send('Input.dispatchKeyEvent', {
      type: 'rawKeyDown',
      key: 'Enter',
      code: 'Enter',
      windowsVirtualKeyCode: 229,
    })
    await keyboard.send('Input.insertText', { text: '@order 1' })

    await keyboard.send('Input.dispatchKeyEvent', { type: 'char', text: '\r', unmodifiedText: '\r' })

    await expectMarks(page, ['@Order 1234'])
  })

  it.each([
    [390, 'light', 'en'],
    [390, 'dark', 'ar'],
    [1280, 'light', 'vi'],
  ] as const)('looks right at %i in %s and %s', async (width, theme, locale) => {
    const { page } = await openShop({ viewport: { width, height: 800 }, theme, colorScheme: theme, locale })
    const composer = chatOf(page).getByRole('textbox')
    await composer.pressSequentially('Please compare @1299')
    await option(page, /1299/).click()
    await composer.pressSequentially('with @')
    await option(page, 'Ann Lee').waitFor()
    await shoot(page, `mentions-${width}-${theme}-${locale}`)
  })
})
