import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { violationsIn } from './support/axe.js'
import { expectText, say } from './support/chat-page.js'
import { launchChromium, openPage, strangers } from './support/chromium.js'
import { listenAnywhere } from './support/http.js'
import {
  ADA,
  askAsUser,
  makeAccount,
  type StudioServer,
  setUp,
  signIn,
  startStudioServer,
} from './support/studio-page.js'

/** Pictures to look at; git does not keep them. */
const FOLDER = fileURLToPath(new URL('../output/studio', import.meta.url))

let browser: Browser
let studio: StudioServer

beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser?.close())
beforeEach(async () => {
  studio = await startStudioServer()
})
afterEach(() => studio?.close())

const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 })

/** Nothing but the browser's own line about being asked to sign in first. */
const complaintsBut401 = (complaints: string[]) => complaints.filter((line) => !line.includes('401'))

/** In light and in dark. */
async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' }) // a colour on its way to another is none
    expect(await violationsIn(page), colorScheme).toEqual([])
  }
}

describe('A6: the studio', () => {
  it('is set up with the link of the first start, once', async () => {
    const { page, requests, complaints } = await openPage(browser)
    await page.goto(studio.link)
    await heading(page, 'Set up your account').waitFor()
    await expectAccessible(page)

    await setUp(page, studio.link)

    await page.getByRole('link', { name: 'demo' }).waitFor()
    await page.waitForURL(`${studio.url}/studio#/apps`)
    await expectAccessible(page)
    expect(strangers(requests, studio.url)).toEqual([])
    expect(complaints).toEqual([])
    const { page: late } = await openPage(browser)
    await late.goto(studio.link)
    await late.getByRole('alert').getByText('This link was used already').waitFor()
  })

  it('lets people in with their password alone, and out again', async () => {
    await makeAccount(studio)
    const { page, complaints } = await openPage(browser)
    await page.goto(`${studio.url}/studio/`)
    await heading(page, 'Sign in').waitFor()
    await expectAccessible(page)

    await signIn(page, { ...ADA, password: 'wrong horse battery' })
    await page.getByRole('alert').getByText('The email address or the password is not right.').waitFor()
    await signIn(page)
    await page.getByRole('link', { name: 'demo' }).waitFor()
    const [cookie] = await page.context().cookies()
    await page.reload()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await heading(page, 'Sign in').waitFor()

    expect(await page.context().cookies()).toEqual([])
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
    const kept = { headers: { cookie: `${cookie?.name}=${cookie?.value}` } }
    expect((await fetch(`${studio.url}/api/admin/v1/apps`, kept)).status).toBe(401)
    expect(complaintsBut401(complaints)).toEqual([])
  })

  it('makes an app that answers, in its own chat and in pages', async () => {
    await makeAccount(studio)
    const { page, requests, complaints } = await openPage(browser, { viewport: { width: 390, height: 844 } })
    await page.goto(`${studio.url}/studio`)
    await signIn(page)
    await page.getByRole('link', { name: 'New app' }).click()

    await page.getByLabel('Name', { exact: true }).fill('Fruit shop')
    await page.getByLabel('Instructions').fill('Help the customers of a fruit shop.')
    await page.getByRole('button', { name: 'Knowledge' }).click()
    await page.getByLabel('Title').fill('Deliveries')
    await page.getByLabel('Text', { exact: true }).fill('## Islands\n\nParcels to islands take nine days.')
    await page.getByText('More settings').click()
    await page.getByLabel('Id').fill('not an id')
    await page.getByRole('button', { name: 'Create app' }).click()
    await page.getByText('it must be letters, digits').waitFor()
    await expect.poll(() => page.getByLabel('Id').evaluate((field) => field === document.activeElement)).toBe(true)
    await expectAccessible(page)
    await page.getByLabel('Id').fill('shop')
    await page.getByRole('button', { name: 'Create app' }).click()
    await heading(page, 'Fruit shop').waitFor()
    await page.getByRole('button', { name: 'Save changes' }).waitFor()
    await expectAccessible(page)

    await page.getByRole('button', { name: 'Try it' }).click()
    await say(page, 'How long do parcels to islands take?')
    await expectText(page, 'Parcels to islands take nine days.')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('button', { name: 'Embed' }).click()
    const code = await page.getByRole('region', { name: 'Your server code' }).textContent()
    expect(code).toContain(`fetch('${studio.url}/v1/chatkit/sessions'`)
    expect(code).toContain('workflow: { id: "shop" }')
    await expectAccessible(page)
    await page.keyboard.press('Escape')

    await page.getByLabel('Temperature').fill('0.5')
    await page.getByRole('button', { name: 'Save changes' }).click()
    await page.getByText('Saved. It answers the next message.').waitFor()
    expect(strangers(requests, studio.url)).toEqual([])
    expect(complaintsBut401(complaints)).toEqual([expect.stringContaining('400')])
  })

  it('D1: gives an app a key that is shown once, and words to call it with, which work', async () => {
    await makeAccount(studio)
    const { page, complaints } = await openPage(browser)
    await page.goto(`${studio.url}/studio/`)
    await signIn(page)
    await page.getByRole('link', { name: 'demo' }).click()
    await page.getByRole('button', { name: 'API', exact: true }).click()
    const api = page.getByRole('dialog', { name: /^API of/ })

    await api.getByLabel('Name of a new key').fill('production-backend')
    await api.getByRole('button', { name: 'Create key' }).click()
    const secret = (await api.getByRole('region', { name: 'Key', exact: true }).textContent()) ?? ''
    expect(secret).toMatch(/^app-/)
    await expectAccessible(page)
    for (const width of [1280, 390]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height: 900 })
        await page.emulateMedia({ colorScheme })
        await page.screenshot({ path: `${FOLDER}/api-${width}-${colorScheme}.png` })
      }
    }
    await api.getByRole('button', { name: 'I have copied it' }).click()
    await api.getByText(`app-…${secret.slice(-4)}`).waitFor()
    expect(await api.textContent()).not.toContain(secret)
    await api.getByRole('button', { name: 'JavaScript' }).click()
    const snippet = (await api.getByRole('region', { name: 'JavaScript code' }).textContent()) ?? ''
    const said: string[] = []
    await Function(
      'console',
      'process',
      `return (async () => {${snippet}})()`,
    )({ log: (text: string) => said.push(text) }, { env: { PARLEY_APP_KEY: secret } })
    expect(said).toEqual([expect.stringMatching(/\w+/)])
    await api.getByRole('button', { name: 'curl' }).click()
    const words = (await api.getByRole('region', { name: 'curl code' }).textContent()) ?? ''
    const { stdout } = await promisify(execFile)('bash', ['-c', words], {
      env: { ...process.env, PARLEY_APP_KEY: secret },
    })
    expect(JSON.parse(stdout)).toMatchObject({ event: 'message', answer: said[0] })
    const docs = await api.getByRole('link', { name: /API documentation/ }).getAttribute('href')
    expect(docs).toBe(`${studio.url}/docs/demo`)

    await api.getByRole('button', { name: 'Revoke production-backend' }).click()
    await page.getByRole('button', { name: 'Revoke', exact: true }).click()
    await api.getByText(`app-…${secret.slice(-4)}`).waitFor({ state: 'detached' })
    const refused = await fetch(`${studio.url}/v1/chat-messages`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}` },
    })
    expect(refused.status).toBe(401)
    expect(complaintsBut401(complaints)).toEqual([])
  })

  it('has a line of places on a phone that breaks no word', async () => {
    await makeAccount(studio)
    const { page } = await openPage(browser)
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(`${studio.url}/studio/`)
    await signIn(page)
    await heading(page, 'Apps').waitFor()
    await page.screenshot({ path: `${FOLDER}/phone-places.png` })

    const heights = await page
      .getByRole('navigation', { name: 'Studio' })
      .getByRole('link')
      .evaluateAll((links) =>
        links.map((link) => {
          const range = document.createRange()
          range.selectNodeContents(link.lastChild ?? link)
          return range.getClientRects().length
        }),
      )

    expect(new Set(heights)).toEqual(new Set([1]))
  })

  it('makes keys that are shown once, rotated and revoked, and ends sessions', async () => {
    await makeAccount(studio)
    const { page, complaints } = await openPage(browser)
    await page.goto(`${studio.url}/studio#/keys`)
    await signIn(page)
    const sessionWith = (key: string, user: string) =>
      fetch(`${studio.url}/v1/chatkit/sessions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ user, workflow: { id: 'demo' } }),
      })
    const shownSecret = async () => (await page.getByRole('region', { name: 'Key' }).textContent()) ?? ''

    await page.getByText('No keys yet').waitFor()
    await page.getByRole('button', { name: 'New key' }).click()
    await expectAccessible(page)
    await page.getByLabel('Name').fill('Website')
    await page.getByRole('button', { name: 'Create key' }).click()
    await page.getByText('Copy the key now').waitFor()
    const first = await shownSecret()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    expect((await sessionWith(first, 'customer-1')).status).toBe(200)
    expect(await page.content()).not.toContain(first)

    await page.getByRole('button', { name: 'Rotate Website' }).click()
    await page.getByLabel('The old secret stops working').selectOption('At once')
    await page.getByRole('button', { name: 'Make a new secret' }).click()
    await page.getByText('Copy the key now').waitFor()
    const second = await shownSecret()
    await page.getByRole('button', { name: 'I have copied it' }).click()
    expect([(await sessionWith(first, 'x')).status, (await sessionWith(second, 'customer-2')).status]).toEqual([
      401, 200,
    ])

    await page.getByRole('button', { name: 'Revoke Website' }).click()
    await page.getByRole('button', { name: 'Revoke', exact: true }).click()
    await page.getByText('No keys yet').waitFor()
    expect((await sessionWith(second, 'x')).status).toBe(401)

    await page.getByRole('link', { name: 'Users' }).click()
    await page.getByLabel('Find a user').fill('customer-1')
    await page.getByText('customer-2').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'customer-1' }).click()
    await page.getByRole('dialog').getByText('Sessions').waitFor()
    await expectAccessible(page)
    await page.keyboard.press('Escape')

    await page.getByRole('link', { name: 'Sessions' }).click()
    await page.getByRole('button', { name: 'Cancel the session of customer-1' }).click()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Cancel session' }).click()
    await page.getByRole('button', { name: 'Cancel the session of customer-1' }).waitFor({ state: 'detached' })
    expect(complaintsBut401(complaints)).toEqual([])
  })

  it('changes passwords, invites people and takes them away', async () => {
    await makeAccount(studio)
    const { page } = await openPage(browser)
    await page.goto(`${studio.url}/studio#/account`)
    await signIn(page)
    const changed = { ...ADA, password: 'battery staple horse' }

    await page.getByLabel('Current password', { exact: true }).fill('not my password')
    await page.getByLabel('New password', { exact: true }).fill(changed.password)
    await page.getByRole('button', { name: 'Change password' }).click()
    await page.getByText('Is not your password.').waitFor()
    await page.getByLabel('Current password', { exact: true }).fill(ADA.password)
    await page.getByRole('button', { name: 'Change password' }).click()
    await page.getByText('Your password is changed.').waitFor()
    await expectAccessible(page)

    await page.getByRole('button', { name: 'Invite' }).click()
    await page.getByRole('button', { name: 'Make a link' }).click()
    const link = (await page.getByRole('region', { name: 'Link' }).textContent()) ?? ''
    await page.keyboard.press('Escape')
    const { page: other } = await openPage(browser)
    await setUp(other, link, { name: 'Bo', email: 'bo@example.com', password: 'correct horse battery' })
    await page.reload()
    await page.getByRole('button', { name: 'Remove Bo' }).click()
    await page.getByRole('button', { name: 'Remove', exact: true }).click()
    await page.getByText('bo@example.com').waitFor({ state: 'detached' })
    await other.getByRole('link', { name: 'Keys' }).click()
    await other.getByText('You have been signed out.').waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await signIn(page, changed)
    await page.getByRole('button', { name: 'Sign out' }).waitFor()
  })

  it('keeps knowledge: documents are brought, read, searched and deleted', async () => {
    await makeAccount(studio)
    const { page, complaints } = await openPage(browser)
    await page.goto(`${studio.url}/studio#/knowledge`)
    await signIn(page)
    await page.getByText('No knowledge yet').waitFor()
    await page.getByRole('button', { name: 'New knowledge base' }).click()
    await page.getByLabel('Name').fill('Handbook')
    await page.getByRole('button', { name: 'Create knowledge base' }).click()
    await heading(page, 'Handbook').waitFor()
    await expectAccessible(page)

    const policy = { name: 'policy.md', mimeType: 'text/markdown', buffer: Buffer.from('## Returns\n\nThirty days.') }
    const film = { name: 'film.mp4', mimeType: 'video/mp4', buffer: Buffer.from('x') }
    await page.getByLabel('Files').setInputFiles([policy, film])
    await page.getByText('Ready').waitFor()
    await page.getByText('"film.mp4" cannot be read').waitFor()
    await page.getByLabel('What an app would look for').fill('days')
    await page.getByText('Thirty days.').waitFor()
    await expectAccessible(page)
    await page.screenshot({ path: `${FOLDER}/knowledge-dark.png` })
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize({ width: 390, height: 844 })
    await page.screenshot({ path: `${FOLDER}/knowledge-phone.png` })

    await page.getByRole('link', { name: 'Server', exact: true }).click()
    await page.getByText('Mean time to an answer').waitFor()
    await page.goBack()
    await page.getByRole('button', { name: 'Delete film.mp4' }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByText('film.mp4').first().waitFor({ state: 'detached' })
    await page.goto(`${studio.url}/studio#/apps/new`)
    await page.getByRole('button', { name: 'Knowledge' }).click()
    await page.getByLabel('Handbook').check()
    await page.getByLabel('Name', { exact: true }).fill('Helper')
    await page.getByRole('button', { name: 'Remove text 1' }).click()
    await page.getByRole('button', { name: 'Create app' }).click()
    await heading(page, 'Helper').waitFor()
    await page.reload()
    await expect.poll(() => page.getByLabel('Handbook').isChecked()).toBe(true)
    expect(complaintsBut401(complaints)).toEqual([])
  })

  it('E7: shows what an answer did, as a tree on a time line', async () => {
    await makeAccount(studio)
    await askAsUser(studio, 'What can you do?')
    const { page, complaints } = await openPage(browser)
    await page.goto(`${studio.url}/studio#/traces`)
    await signIn(page)
    await page.getByText('Completed').locator('visible=true').first().waitFor()
    await expectAccessible(page)
    await page.getByLabel('Status').selectOption('Failed')
    await page.getByText('No answer is like that.').waitFor()
    await page.getByLabel('Status').selectOption('All')
    await page.getByLabel('App').fill('demo')
    await page.getByRole('link', { name: 'demo' }).click()

    const tree = page.getByRole('list', { name: 'What it did' })
    await tree.getByText('Agent').first().waitFor()
    await tree.getByText('Run', { exact: true }).click()
    await tree.getByText('Began').first().waitFor()
    await expectAccessible(page)
    await page.setViewportSize({ width: 390, height: 844 })
    await page.screenshot({ path: `${FOLDER}/trace-phone.png` })
    expect(complaintsBut401(complaints)).toEqual([])
  })

  it('is not used by pages of a neighbour, though the browser sends the cookie along', async () => {
    await makeAccount(studio)
    const { page } = await openPage(browser)
    await page.goto(`${studio.url}/studio`)
    await signIn(page)
    await heading(page, 'Apps').waitFor()
    const keys = `${studio.url}/api/admin/v1/keys`
    const form = `<form method="post" enctype="text/plain" action="${keys}"><input name='{"name":"' value='"}'><button>Win</button></form>`
    const neighbour = await listenAnywhere((_, response) => response.setHeader('content-type', 'text/html').end(form))
    await page.goto(neighbour.url) // the same host, on another port: for cookies the same site

    const answered = page.waitForResponse(keys)
    await page.getByRole('button', { name: 'Win' }).click()

    const response = await answered
    expect((await response.request().allHeaders()).cookie).toMatch(/^parley\.session_token=/)
    expect(response.status()).toBe(403)
    await page.goto(`${studio.url}/studio#/keys`)
    await page.getByText('No keys yet').waitFor()
    await neighbour.close()
  })

  it('runs no script and no style that is not a file of its own', async () => {
    const { headers } = await fetch(`${studio.url}/studio`)

    const policy = headers.get('content-security-policy')
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "connect-src 'self'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ])
      expect(policy?.split('; ')).toContain(rule)
  })
})
