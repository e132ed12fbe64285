import OpenAI from 'openai'
import type { SessionCreateParams } from 'openai/resources/beta/chatkit/sessions'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HostedServer, startHostedServer } from '../clients/openai/hosted-server.js'
import { chatOf, expectText, say, waitForEvent } from './support/chat-page.js'
import { launchChromium, openPage, strangers } from './support/chromium.js'
import { type HostPages, serveHostPages } from './support/host-page.js'

let browser: Browser
let pages: HostPages
let server: HostedServer

beforeAll(async () => {
  browser = await launchChromium()
  pages = await serveHostPages()
  server = await startHostedServer()
})
afterAll(async () => {
  server?.app.release()
  await browser?.close()
  await Promise.all([pages?.close(), server?.close()])
})

const chatkit = () => server.clientOf(OpenAI).beta.chatkit

/** A page with the published `@openai/chatkit-react`, whose own server creates a session whenever it is asked. */
async function openChat(user: string, changes: Partial<SessionCreateParams> = {}, fragment = '') {
  const opened = await openPage(browser)
  const sessions: { id: string; client_secret: string }[] = []
  await opened.page.route('**/api/create-session', async (route) => {
    const session = await chatkit().sessions.create({ user, workflow: { id: 'demo' }, ...changes })
    sessions.push(session)
    await route.fulfill({ json: { client_secret: session.client_secret } })
  })
  await opened.page.goto(pages.addressOf('react', { server: server.url, session: 'own' }) + fragment)
  await waitForEvent(opened.page, 'chatkit.ready')
  return { ...opened, sessions, secretsAskedWith: () => opened.page.evaluate(() => window.toolCalls) }
}

describe('B4: hosted mode with @openai/chatkit-react', () => {
  it('talks for the session’s user, on the first secret, asking nobody else for anything', async () => {
    const { page, requests, complaints, secretsAskedWith } = await openChat('ada')

    await say(page, 'good morning')

    await expectText(page, 'You said: good morning')
    await waitForEvent(page, 'chatkit.response.end')
    expect(await secretsAskedWith()).toEqual([null])
    expect(strangers(requests, pages.url, server.url)).toEqual([])
    expect(complaints).toEqual([])
    const { data } = await chatkit().threads.list({ user: 'ada' })
    expect(data.map(({ title }) => title)).toEqual(['About good morning'])
  })

  it('goes on without a word when the secret has expired', async () => {
    const { page, sessions, secretsAskedWith } = await openChat('bea')
    await say(page, 'before')
    await expectText(page, 'You said: before')
    await waitForEvent(page, 'chatkit.response.end')

    server.clock.advance(600_000)
    await say(page, 'after')

    await expectText(page, 'You said: after')
    expect(await secretsAskedWith()).toEqual([null, sessions[0]?.client_secret])
    expect(await chatOf(page).getByRole('alert').count()).toBe(0)
    const { data } = await chatkit().threads.list({ user: 'bea' })
    expect(data).toHaveLength(1)
  })

  it('opens an earlier thread again on a new page', async () => {
    const first = await openChat('cleo')
    await say(first.page, 'remember me')
    await expectText(first.page, 'You said: remember me')
    const [thread] = (await chatkit().threads.list({ user: 'cleo' })).data

    const { page } = await openChat('cleo', {}, `#${thread?.id}`)

    await expectText(page, 'You said: remember me')
  })

  it('stops writing when its session is cancelled, and starts anew with the next message', async () => {
    const { page, sessions } = await openChat('dora')
    await say(page, 'hold')
    await expectText(page, 'The first half')

    await chatkit().sessions.cancel(sessions[0]?.id ?? '')
    await waitForEvent(page, 'chatkit.response.end')
    await say(page, 'still there?')

    await expectText(page, 'You said: still there?')
    expect(sessions).toHaveLength(2)
  })

  it('lists no more threads than the session allows', async () => {
    const titles = async (history: { enabled?: boolean; recent_threads?: number }) => {
      const { page } = await openChat('ella', { chatkit_configuration: { history } })
      await chatOf(page)
        .getByRole('button', { name: /history|chats/i })
        .first()
        .click()
      const rows = chatOf(page).getByRole('button', { name: /^About / })
      if (history.enabled !== false) await rows.first().waitFor()
      return rows.count()
    }
    for (const text of ['first', 'second', 'third']) {
      const { page } = await openChat('ella')
      await say(page, text)
      await expectText(page, `You said: ${text}`)
      await waitForEvent(page, 'chatkit.response.end')
    }

    expect(await titles({})).toBe(3)
    expect(await titles({ recent_threads: 2 })).toBe(2)
    expect(await titles({ enabled: false })).toBe(0)
  })

  it('says so when the session has no more requests in this minute', async () => {
    // the chat's own look at its history is the first
    const { page } = await openChat('fay', { rate_limits: { max_requests_per_1_minute: 2 } })
    await say(page, 'once')
    await expectText(page, 'You said: once')

    await say(page, 'twice')

    await chatOf(page)
      .getByRole('alert')
      .getByText(/too many/i)
      .waitFor()
  })
})
