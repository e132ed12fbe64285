import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { API_KEY_SCOPES } from '../auth/api-keys.js'
import { scriptedClock } from '../base/scripted-clock.js'
import { streamText } from '../chatkit-server/stream-text.js'
import { sqliteStore } from '../storage/sqlite/index.js'
import { testParley } from '../testing/test-parley.js'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const KEY = 'sk-shop'
const say = { messages: [{ role: 'user', content: 'Hi' }] }

/** A browser’s run that waits for its time, and the server that comes after the one that accepted it. */
async function waitingRun(afterSeconds: number) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-calls-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const clock = scriptedClock()
  const start = async () => {
    const parley = testParley({
      store: sqliteStore(join(folder, 'parley.db')),
      respond: (thread) => streamText(thread, 'Hello'),
      apiKeys: [{ key: KEY, id: 'key_shop', workspaceId: 'shop', scopes: [...API_KEY_SCOPES] }],
      clock,
    })
    await parley.start()
    onTestFinished(() => parley.close())
    return parley
  }
  const first = await start()
  const made = await first.fetch(
    '/v1/chatkit/sessions',
    { user: 'ada', workflow: { id: 'demo' } },
    { as: null, headers: { authorization: `Bearer ${KEY}`, 'openai-beta': 'chatkit_beta=v1' } },
  )
  const { client_secret } = (await made.json()) as { client_secret: string }
  const bySession = { as: null, headers: { authorization: `Bearer ${client_secret}` } }
  const thread = await first.fetch('/api/ai/threads', {}, bySession)
  const { thread_id } = (await thread.json()) as { thread_id: string }
  const body = { assistant_id: 'demo', input: say, after_seconds: afterSeconds }
  const accepted = await first.fetch(`/api/ai/threads/${thread_id}/runs`, body, bySession)
  expect(accepted.status).toBe(200)

  const { run_id } = (await accepted.json()) as { run_id: string }

  return {
    clock,
    stop: () => first.close(),
    /** How the run ended on the server that came next. */
    async end() {
      const second = await start()
      const byKey = { as: null, headers: { 'x-api-key': KEY, 'x-principal-user-id': 'ada' } }
      const path = `/api/ai/threads/${thread_id}/runs/${run_id}`
      const joined = await second.fetch(`${path}/join`, undefined, byKey)
      const said = await joined.text()
      const run = await second.fetch(path, undefined, byKey)
      return { ...((await run.json()) as object), said }
    },
  }
}

it('begins what was accepted before the session expired, as the server would have that accepted it', async () => {
  const { clock, stop, end } = await waitingRun(30 * 60)
  await stop()
  clock.advance(30 * MINUTE_MS)

  expect(await end()).toMatchObject({ status: 'success', said: expect.stringContaining('Hello') })
})

it('does not begin what nobody can be asked about any more, and says so', async () => {
  const { clock, stop, end } = await waitingRun((7 * DAY_MS) / 1000)
  await stop()
  clock.advance(8 * DAY_MS)

  expect(await end()).toMatchObject({ status: 'error' })
})
