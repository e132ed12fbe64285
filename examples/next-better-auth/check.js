// Installs Next.js into this folder when it is missing, starts it and Parley, and does what people do: node check.js
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inChromium, startParley, talk } from '../in-chromium.mjs'
import { ensureInstalled, listenForNext, runCheck } from '../in-next.mjs'

const dir = fileURLToPath(new URL('.', import.meta.url))
ensureInstalled(dir)
const app = await listenForNext(dir)
const parley = await startParley({
  ENVIRONMENT: 'production',
  BETTER_AUTH_URL: app.url,
  RATE_LIMIT_REQUESTS: '0',
  PARLEY_LOG: 'text',
})
const data = mkdtempSync(join(tmpdir(), 'parley-example-'))

const chatOf = (page) => page.frameLocator('openai-chatkit iframe')

async function signUp(page, name) {
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await page.getByLabel('E-mail').fill(`${name.toLowerCase()}@example.com`)
  await page.getByLabel('Password').fill('correct horse battery')
  await page.getByRole('button', { name: 'Sign up' }).click()
  await chatOf(page).getByText(`How can I help, ${name}?`).waitFor()
}

/** What the chat server says to a page of this app. */
const ask = (page, body, path = '') =>
  page.evaluate(
    async ([content, url]) => {
      const response = await fetch(url, { method: 'POST', body: content })
      return { status: response.status, body: await response.json() }
    },
    [JSON.stringify(body), `/api/chatkit${path}`],
  )

/** In how many pieces an answer arrives: one, when somebody on the way held it back. */
const pieces = (page) =>
  page.evaluate(async () => {
    const body = JSON.stringify({ type: 'message', content: 'What is Parley?' })
    const response = await fetch('/api/chatkit', { method: 'POST', body })
    const reader = response.body.getReader()
    let count = 0
    while (!(await reader.read()).done) count += 1
    return count
  })

await runCheck(async () => {
  try {
    process.env.NEXT_PUBLIC_BACKEND_URL = parley.url
    process.env.BETTER_AUTH_URL = app.url
    process.env.BETTER_AUTH_SECRET = 'only-for-this-check-only-for-this-check'
    process.env.AUTH_DATABASE = join(data, 'auth.db')
    await app.serve(['/', '/api/auth/ok', '/api/chatkit/health'])
    await inChromium(app.url, async ({ page, chat }) => {
      const stranger = await ask(page, { type: 'threads.list', params: {} })
      assert.equal(stranger.status, 401)
      assert.equal(stranger.body.error.code, 'unauthorized')

      await signUp(page, 'Ada')
      await talk(chat, 'Hello from Ada')
      assert.ok((await pieces(page)) >= 3, 'the answer has to be streamed as it is written')
      const legacy = await ask(page, {}, '/session')
      assert.match(legacy.body.error.message, /POST \/api\/chatkit/)

      await page.reload()
      await chat.getByRole('button', { name: 'Chat history' }).click()
      await chat.getByText('Hello from Ada').first().click()
      await chat.getByRole('log').getByText('Hello from Ada').waitFor()

      const context = await page.context().browser().newContext()
      const others = await context.newPage()
      await others.goto(app.url)
      await signUp(others, 'Bob')
      assert.deepEqual((await ask(others, { type: 'threads.list', params: {} })).body.data, [])
      await context.close()

      const elsewhere = await page.context().newPage()
      await elsewhere.goto(app.url)
      await elsewhere.getByRole('button', { name: 'Sign out' }).click()
      await elsewhere.getByRole('button', { name: 'Sign in' }).waitFor()
      await chat.getByRole('textbox').fill('Am I still here?')
      await chat.getByRole('textbox').press('Enter')
      await chat.getByText('You are not signed in here, or no longer.').first().waitFor()
    })
    console.log('Sign up, chat, reload, another person and sign out work with Next.js and Better Auth.')
  } finally {
    await parley.close()
    rmSync(data, { recursive: true, force: true })
  }
})
