import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEverything } from '../../packages/server/src/testing/everything-server.js'
import { freePort } from '../../packages/server/src/testing/free-port.js'
import { type OAuthMcpServer, startOAuthMcpServer } from '../../packages/server/src/testing/oauth-mcp-server.js'
import { violationsIn } from './support/axe.js'
import { launchChromium, openPage } from './support/chromium.js'
import { makeAccount, type StudioServer, signIn, startStudioServer } from './support/studio-page.js'

/** Pictures to look at; git does not keep them. */
const FOLDER = fileURLToPath(new URL('../output/studio', import.meta.url))

let browser: Browser
let studio: StudioServer
let everything: { url: string; close(): Promise<void> }
let remote: OAuthMcpServer

beforeAll(async () => {
  const port = await freePort()
  const [chromium, server, tools, oauth] = await Promise.all([
    launchChromium(),
    startStudioServer({ PARLEY_PRIVATE_HOSTS: '127.0.0.1' }),
    startEverything(port),
    startOAuthMcpServer(),
  ])
  browser = chromium
  studio = server
  everything = { ...tools, url: `http://127.0.0.1:${port}/mcp` }
  remote = oauth
  await makeAccount(studio)
})
afterAll(() => Promise.all([browser?.close(), studio?.close(), everything?.close(), remote?.close()]))

/** Phone and desk, light and dark, each without anything that keeps somebody out. */
async function look(page: Page, name: string): Promise<void> {
  for (const width of [1280, 390])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height: 900 })
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      expect(await violationsIn(page), `${name} ${width} ${colorScheme}`).toEqual([])
      await page.screenshot({ path: `${FOLDER}/${name}-${width}-${colorScheme}.png`, fullPage: true })
    }
}

const addServer = async (page: Page, name: string, url: string) => {
  await page.getByRole('button', { name: 'New server' }).click()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('Address').fill(url)
  await page.getByRole('button', { name: 'Add server' }).click()
  await page.getByRole('button', { name: `Test connection ${name}` }).waitFor()
}

describe('A10: MCP servers in the studio', () => {
  it('are added and tried, and their tools are chosen for an app', async () => {
    const { page, complaints } = await openPage(browser)
    await page.goto(`${studio.url}/studio#/mcp`)
    await signIn(page)
    await page.getByText('No MCP servers yet').waitFor()

    await addServer(page, 'Broken', 'http://127.0.0.1:9/mcp')
    await page.getByRole('button', { name: 'Test connection Broken' }).click()
    await page.getByRole('alert').getByText('127.0.0.1:9 could not be reached.').waitFor()
    await addServer(page, 'Everything', everything.url)
    await page.getByRole('button', { name: 'Test connection Everything' }).click()
    await page.getByText('It offers 13 tools.').waitFor()
    await look(page, 'mcp-servers')

    await page.goto(`${studio.url}/studio#/apps/new`)
    await page.getByLabel('Name', { exact: true }).fill('Sums')
    await page.getByRole('button', { name: 'MCP server' }).click()
    await page.getByLabel('Server', { exact: true }).selectOption('Everything')
    await page.getByLabel('All tools, also those it gets later').uncheck()
    await page.getByRole('group', { name: 'Tools' }).getByLabel('Get Sum Tool').check()
    await page.getByLabel('Ask the person').selectOption('Before calls of chosen tools')
    await page.getByLabel('Ask before Get Sum Tool').check()
    await look(page, 'mcp-tools')
    await page.getByRole('button', { name: 'Create app' }).click()
    await page.getByRole('button', { name: 'Save changes' }).waitFor()

    const kept = await page.evaluate(async () => (await fetch('/api/admin/v1/apps?order=desc&limit=1')).json())
    expect(kept.data[0].agent.tools).toEqual([
      { type: 'mcp', server: expect.any(String), tools: ['get-sum'], approval: { always: ['get-sum'] } },
    ])
    expect(complaints.filter((line) => !line.includes('401'))).toEqual([])
  })

  it('are signed in at, and what they are sent is kept as a secret', async () => {
    const { page } = await openPage(browser)
    await page.goto(`${studio.url}/studio#/mcp`)
    await signIn(page)
    await addServer(page, 'Private', remote.url)
    await page.getByRole('button', { name: 'Test connection Private' }).click()
    await page.getByRole('alert').getByText('It asks for a login').waitFor()

    await page.getByRole('button', { name: 'Connect Private' }).click()
    await page.getByText('You are signed in at Private, for this workspace.').waitFor()
    await page.waitForURL(`${studio.url}/studio#/mcp`)
    await page.getByRole('button', { name: 'Test connection Private' }).click()
    await page.getByText('It offers one tool.').waitFor()
    await look(page, 'mcp-signed-in')
    await page.getByRole('button', { name: 'Disconnect Private' }).click()
    await page.getByText('Not signed in').waitFor()

    await page.getByRole('link', { name: 'Secrets' }).click()
    await page.getByText('No secrets yet').waitFor()
    await page.getByRole('button', { name: 'New secret' }).click()
    await page.getByLabel('Name', { exact: true }).fill('DOCS_KEY')
    await page.getByLabel('Host').fill('https://docs.example.com')
    await page.getByLabel('Secret', { exact: true }).fill('a-secret-of-the-docs')
    await page.getByRole('button', { name: 'Add secret' }).click()
    await page.getByText('It must be a host such as').waitFor()
    await look(page, 'new-secret')
    await page.getByLabel('Host').fill('docs.example.com')
    await page.getByRole('button', { name: 'Add secret' }).click()
    await page.getByText('…docs').waitFor()
    await look(page, 'secrets')
    expect(await page.content()).not.toContain('a-secret-of-the-docs')
  })
})
