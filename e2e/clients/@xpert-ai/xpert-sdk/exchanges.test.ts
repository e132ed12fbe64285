import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { type AnyClientServer, KEYS, startAnyClientServer } from '../../parley/any-client-server.js'
import { recordExchanges } from '../../record-exchanges.js'
import { replayExchanges } from '../../replay-exchanges.js'

/*
 * Xpert's SDK 0.0.11 is in no package registry, so that these tests cannot bring it along. What it says was recorded from
 * the SDK itself, as it is in its public repository, calling a server of these tests; here it is said again.
 */

let server: AnyClientServer
beforeAll(async () => {
  server = await startAnyClientServer()
})
afterAll(() => server?.close())

/** The answers are written anew with `--update`; what the SDK said stays. */
it.each(['guide', 'conversations', 'files-and-more'])(
  'C1, C4: what Xpert’s SDK says and hears stays what was recorded: %s',
  async (name) => {
    const fixture = `fixtures/${name}.txt`
    const recorder = await recordExchanges(server.url)
    onTestFinished(recorder.close)

    await replayExchanges(readFileSync(new URL(fixture, import.meta.url), 'utf8'), recorder, {
      'x-api-key': KEYS.shop,
      'x-principal-user-id': name,
    })

    await expect(recorder.exchanges()).toMatchFileSnapshot(fixture)
  },
)
