import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { type ParleyProcess, startParley } from '../../support/parley-process.js'
import { openPage } from './chromium.js'
import type { Running } from './http.js'

export interface StudioServer extends Running {
  server: ParleyProcess
  /** The one-time link it printed. */
  link: string
}

/** The built command as it starts on the internet, with nobody set up yet. */
export async function startStudioServer(more: Record<string, string> = {}): Promise<StudioServer> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-studio-'))
  const server = await startParley({
    PARLEY_DATA: folder,
    ENVIRONMENT: 'production',
    PARLEY_API_KEY: API_KEY,
    ...more,
  })
  const link = /http\S+#link=\S+/.exec(server.output())?.[0]
  if (!link) throw new Error(`The server printed no link:\n${server.output()}`)
  return {
    server,
    link,
    url: server.url,
    async close() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Of the settings; the tests make their own in the studio. */
const API_KEY = 'a-key-of-the-settings-for-these-tests'

export const ADA = { name: 'Ada Lovelace', email: 'ada@example.com', password: 'correct horse battery' }

/** Fills in what a one-time link asks for. */
export async function setUp(page: Page, link: string, { name, email, password } = ADA): Promise<void> {
  await page.goto(link)
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await page.getByRole('heading', { name: 'Apps', level: 1 }).waitFor()
}

/** The same without a browser. */
export async function makeAccount({ url, link }: StudioServer, { name, email, password } = ADA): Promise<void> {
  const token = new URL(link).hash.slice('#link='.length)
  const response = await fetch(`${url}/api/admin/v1/login/account`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ token, name, email, password }),
  })
  if (!response.ok) throw new Error(await response.text())
}

/** A message of somebody on a website, and its answer to the end. */
export async function askAsUser({ url }: StudioServer, text: string): Promise<void> {
  const post = async (path: string, key: string, body: unknown) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` }
    const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(await response.text())
    return response.text()
  }
  const session = await post('/v1/chatkit/sessions', API_KEY, { user: 'ben', workflow: { id: 'demo' } })
  const input = { content: [{ type: 'input_text', text }], attachments: [], inference_options: {} }
  await post('/v1/chatkit/conversation', JSON.parse(session).client_secret, {
    type: 'threads.create',
    params: { input },
  })
}

export async function signIn(page: Page, { email, password } = ADA): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** One of its places, e.g. `apps`, as somebody sees it who has just signed in. */
export async function openPlace(
  browser: Browser,
  { url }: StudioServer,
  place: string,
  viewport = { width: 1280, height: 900 },
): Promise<Page> {
  const { page } = await openPage(browser, { viewport, reducedMotion: 'reduce' })
  await page.goto(`${url}/studio#/${place}`)
  await signIn(page)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return page
}
