import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { API_KEY_SCOPES } from '../../../auth/api-keys.js'
import { sqliteStore } from '../../../storage/sqlite/index.js'
import { echo, KEYS, langGraphParley } from '../testing.fixture.js'

const say = (content: string) => ({ messages: [{ role: 'user', content }] })
const OTHER_KEY = 'sk-parley-the-next-one'
const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

/** Servers over one database, one after the other. */
function servers() {
  const folder = mkdtempSync(join(tmpdir(), 'parley-waiting-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return async (key: { id: string; key: string }) => {
    const given = { ...key, workspaceId: 'test', scopes: [...API_KEY_SCOPES] }
    const store = sqliteStore(join(folder, 'parley.db'))
    const parley = langGraphParley({ app: echo, store, log, apiKeys: [given] })
    await parley.start()
    onTestFinished(() => parley.close())
    return { parley, client: parley.client({ apiKey: key.key, headers: { 'x-principal-user-id': 'ada' } }) }
  }
}

it('SEC: a run that waited does not begin once the key that asked for it is gone; what was said stays', async () => {
  const start = servers()
  const first = await start({ id: 'key_shop', key: KEYS.shop })
  const { thread_id } = await first.client.threads.create()
  const { run_id } = await first.client.runs.create(thread_id, 'demo', { input: say('later'), afterSeconds: 3600 })
  await first.parley.close()

  const { client } = await start({ id: 'key_next', key: OTHER_KEY })

  expect((await client.runs.get(thread_id, run_id)).status).toBe('error')
  expect((await client.threads.getState(thread_id)).values).toMatchObject({ messages: [{ content: 'later' }] })
})

it('C1: a run that waits for its time is cancelled on the next server as on the first', async () => {
  const start = servers()
  const key = { id: 'key_shop', key: KEYS.shop }
  const first = await start(key)
  const { thread_id } = await first.client.threads.create()
  const { run_id } = await first.client.runs.create(thread_id, 'demo', { input: say('later'), afterSeconds: 3600 })
  await first.parley.close()

  const { client } = await start(key)

  expect((await client.runs.get(thread_id, run_id)).status).toBe('pending')
  await client.runs.cancel(thread_id, run_id)
  expect((await client.runs.get(thread_id, run_id)).status).toBe('interrupted')
})
