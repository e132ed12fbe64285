import { describe, expect, it } from 'vitest'
import { consoleLog } from '../base/log.js'
import { scriptedClock } from '../base/scripted-clock.js'
import { sqliteStore } from '../storage/sqlite/index.js'
import { sampleSession } from '../testing/workspace-samples.js'
import { oldSessions } from './old-sessions.js'

const DAY = 24 * 3600 * 1000

describe('sessions that are over', () => {
  it('can be looked up for a week, and are gone then', async () => {
    const store = sqliteStore(':memory:')
    const clock = scriptedClock()
    const ended = new Date(clock.now().getTime() - 6.9 * DAY).toISOString()
    await store.workspaces.addSession(sampleSession('cksess_1', { expires_at: ended }), 'hash')
    const known = async () => (await store.workspaces.loadSession('shop', 'cksess_1')) !== null
    const old = oldSessions({ store: store.workspaces, clock, log: consoleLog })

    await old.start()
    expect(await known()).toBe(true)
    clock.advance(DAY / 4)

    expect(await known()).toBe(false)
    old.stop()
    await store.close()
  })
})
