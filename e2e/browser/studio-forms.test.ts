import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsIn } from './support/axe.js'
import { chatOf } from './support/chat-page.js'
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

/** Nothing scrolls, so that no button is half below the bar that stays. */
const TALL = 4000

/** Phone and desk, light and dark, each without anything that keeps somebody out. */
async function look(page: Page, name: string): Promise<void> {
  for (const width of [1280, 390])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: TALL })
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      expect(await violationsIn(page), `${name} ${width} ${colorScheme}`).toEqual([])
      await page.screenshot({ path: `${FOLDER}/${name}-${width}-${colorScheme}.png` })
    }
}

/** What the admin API says, by the cookie of the page. */
const read = (page: Page, path: string) =>
  page.evaluate(async (url) => (await fetch(url)).json(), `${studio.url}/api/admin/v1${path}`)

describe('A6: model hosts in the studio', () => {
  it('are added with a key and prices, changed, chosen for an app, and deleted', async () => {
    const page = await openStudio('models')
    await page.getByText('No model hosts yet').waitFor()
    await page.getByRole('button', { name: 'New model host' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Ours')
    await page.getByLabel('Address').fill('https://ada:secret@models.example.com/v1')
    await page.getByLabel('Key', { exact: true }).fill('sk-our-secret-key')
    for (const [number, model] of ['qwen3', 'qwen3'].entries()) {
      await page.getByRole('button', { name: 'Price', exact: true }).click()
      const price = page.getByRole('group', { name: `Price ${number + 1}` })
      await price.getByLabel('Model', { exact: true }).fill(model)
      await price.getByLabel('Read').fill('0.4')
      await price.getByLabel('Written').fill('1.6')
    }
    await page.getByRole('button', { name: 'Add model host' }).click()
    await page.getByText('This model has a price above already.').waitFor()
    const second = page.getByRole('group', { name: 'Price 2' }).getByLabel('Model', { exact: true })
    await expect.poll(() => second.evaluate((field) => field === document.activeElement)).toBe(true)
    await look(page, 'model-host')
    await second.fill('qwen3-vl')
    await page.getByRole('button', { name: 'Add model host' }).click()
    await page.getByText('It must hold no user name and no password').waitFor()
    expect(await page.getByLabel('Address').getAttribute('aria-invalid')).toBe('true')
    await page.getByLabel('Address').fill('https://models.example.com/v1')
    await page.getByRole('button', { name: 'Add model host' }).click()
    await page.getByText('qwen3, qwen3-vl').waitFor()
    expect(await page.content()).not.toContain('sk-our-secret-key')

    await page.getByRole('button', { name: 'Change Ours' }).click()
    await page.getByRole('button', { name: 'Remove the price of qwen3-vl' }).click()
    await page.getByRole('group', { name: 'Price 1' }).getByLabel('Cached').fill('0.1')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('qwen3-vl').waitFor({ state: 'detached' })
    await look(page, 'models')
    const kept = (await read(page, '/providers')).data[0]
    expect(kept).toMatchObject({ prices: { qwen3: { input: 0.4, cached: 0.1, output: 1.6 } }, masked: '…-key' })

    await page.goto(`${studio.url}/studio#/apps/new`)
    await page.getByLabel('Name', { exact: true }).fill('Helper')
    await page.getByLabel('Model host').selectOption('Ours')
    await page.getByLabel('Model', { exact: true }).fill('qwen3')
    await page.getByRole('button', { name: 'Create app' }).click()
    await page.getByRole('button', { name: 'Save changes' }).waitFor()
    expect((await read(page, '/apps?order=desc&limit=1')).data[0].agent).toMatchObject({
      provider: kept.id,
      model: 'qwen3',
    })

    await page.goto(`${studio.url}/studio#/models`)
    await page.getByRole('button', { name: 'Delete Ours' }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByText('No model hosts yet').waitFor()
  })
})

describe('A6: the form of an app', () => {
  it('says how it presents itself, and its chat begins so', async () => {
    const page = await openStudio('apps/new')
    await page.getByLabel('Name', { exact: true }).fill('Fruit shop')
    await page.getByText('How it presents itself').click()
    await page.getByLabel('Greeting').fill('What may it be today?')
    await page.getByRole('button', { name: 'Question', exact: true }).click()
    await page.getByLabel('Question 1', { exact: true }).fill('Which apples are sweet?')
    await page.getByLabel('Accent', { exact: true }).fill('green')
    await page.getByLabel('Tags').fill('fruit, shop')
    await page.getByText('How it presents itself').click()
    await page.getByRole('button', { name: 'Create app' }).click()
    await page.getByText('It must be a color such as #4a90d9').waitFor() // closed as it was, it opens
    await look(page, 'presentation')
    await page.getByLabel('Accent', { exact: true }).fill('#4a90d9')
    await page.getByRole('button', { name: 'Create app' }).click()
    await page.getByRole('button', { name: 'Save changes' }).waitFor()
    expect((await read(page, '/apps?order=desc&limit=1')).data[0].presentation).toEqual({
      opening_statement: 'What may it be today?',
      suggested_questions: ['Which apples are sweet?'],
      color: '#4a90d9',
      tags: ['fruit', 'shop'],
    })

    await page.getByText('How it presents itself').click()
    expect(await page.getByLabel('Question 1', { exact: true }).inputValue()).toBe('Which apples are sweet?')
    await page.getByLabel('Tags').fill('')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('Saved. It answers the next message.').waitFor()
    expect((await read(page, '/apps?order=desc&limit=1')).data[0].presentation.tags).toBeUndefined()
    await page.getByRole('button', { name: 'Try it' }).click()
    await chatOf(page).getByText('What may it be today?').waitFor()
    await chatOf(page).getByRole('button', { name: 'Which apples are sweet?' }).waitFor()
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('button', { name: 'Embed' }).click()
    const code = await page.getByRole('region', { name: 'Your page code' }).textContent()
    expect(code).toContain('"greeting": "What may it be today?"')
  })

  it('asks for what an app needs to know when a conversation begins', async () => {
    const page = await openStudio('apps/new')
    await page.getByLabel('Name', { exact: true }).fill('Orders')
    const add = async (number: number, kind: string, variable: string) => {
      await page.getByRole('button', { name: 'Field', exact: true }).click()
      const field = page.getByRole('group', { name: `Field ${number}`, exact: true })
      await field.getByLabel('Variable').fill(variable)
      await field.getByLabel('Kind', { exact: true }).selectOption(kind)
      return field
    }
    const order = await add(1, 'Short text', 'order number')
    await order.getByLabel('Label').fill('Order number')
    await order.getByLabel('Most characters').fill('20')
    await order.getByLabel('People have to fill it in').check()
    const topic = await add(2, 'One of several', 'topic')
    await topic.getByLabel('Choices').fill('Delivery\n\nReturns')
    await (await add(3, 'Files', 'photos')).getByLabel('Pictures').check()
    const more = await add(4, 'JSON object', 'more')
    await more.getByLabel('Begins with').fill('no json')
    await page.getByRole('button', { name: 'Create app' }).click()
    await page.getByText('This is no JSON object.').waitFor()
    await more.getByLabel('Begins with').fill('{"a":1}')
    await page.getByRole('button', { name: 'Create app' }).click()
    await page.getByText('It must be letters, digits and _').waitFor()
    await expect
      .poll(() => order.getByLabel('Variable').evaluate((field) => field === document.activeElement))
      .toBe(true)
    await look(page, 'inputs')
    await order.getByLabel('Variable').fill('order')
    await page.getByRole('button', { name: 'Create app' }).click()
    await page.getByRole('button', { name: 'Save changes' }).waitFor()

    const inputs = [
      { variable: 'order', label: 'Order number', required: true, type: 'text-input', max_length: 20 },
      { variable: 'topic', label: '', required: false, type: 'select', options: ['Delivery', 'Returns'] },
      { variable: 'photos', label: '', required: false, type: 'file-list', allowed_file_types: ['image'] },
      { variable: 'more', label: '', required: false, type: 'json_object', default: { a: 1 } },
    ]
    expect((await read(page, '/apps?order=desc&limit=1')).data[0].agent.inputs).toEqual(inputs)
    await page.getByRole('button', { name: 'Remove more' }).click()
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('Saved. It answers the next message.').waitFor()
    expect((await read(page, '/apps?order=desc&limit=1')).data[0].agent.inputs).toEqual(inputs.slice(0, 3))
  })
})

describe('A6: an app that is not saved yet', () => {
  it('is not lost to a click: the studio asks first', async () => {
    const page = await openStudio('apps/new')
    await page.getByLabel('Name', { exact: true }).fill('Half an app')

    await page.getByRole('link', { name: 'Keys' }).click()
    await page.getByRole('heading', { name: 'Leave without saving?' }).waitFor()
    await look(page, 'leave')
    await page.getByRole('button', { name: 'Stay' }).click()
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Half an app')
    await page.getByRole('link', { name: 'Keys' }).click()
    await page.getByRole('button', { name: 'Leave', exact: true }).click()

    await page.getByRole('heading', { name: 'Keys', level: 1 }).waitFor()
  })
})
