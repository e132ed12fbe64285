import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ScriptedClock, scriptedClock } from '../base/scripted-clock.js'
import { sqliteStore } from '../storage/sqlite/index.js'
import type { ServerStore } from '../storage/workspace-store.js'
import { type ApiKeys, createApiKeys } from './api-keys.js'

let store: ServerStore
let clock: ScriptedClock
let keys: ApiKeys
beforeEach(() => {
  store = sqliteStore(':memory:')
  clock = scriptedClock()
  keys = createApiKeys(store.workspaces, { clock, given: [] })
})
afterEach(() => store.close())

const listed = async (workspaceId = 'shop') => (await keys.list(workspaceId, { limit: 10, order: 'asc' })).data

const website = { workspaceId: 'shop', name: 'Website', scopes: ['chat' as const] }

describe('API keys', () => {
  it('are shown once: what is kept does not hold them', async () => {
    const { key, record } = await keys.create(website)

    expect(key).toMatch(/^sk-parley-[\w-]{43}$/)
    const kept = await listed()
    expect(kept).toEqual([record])
    expect(JSON.stringify(kept)).not.toContain(key.slice(0, -4))
    expect(record.ending).toBe(key.slice(-4))
  })

  it('tell by their beginning when they reach one app only', async () => {
    expect((await keys.create({ ...website, appId: 'demo' })).key).toMatch(/^app-/)
  })

  it('tell by their beginning when they are for knowledge alone', async () => {
    const { key, record } = await keys.create({ ...website, scopes: ['knowledge'] })

    expect(key).toMatch(/^dataset-/)
    expect((await keys.rotate('shop', record.id)).key).toMatch(/^dataset-/)
    expect((await keys.create({ ...website, scopes: ['knowledge', 'admin'] })).key).toMatch(/^sk-parley-/)
  })

  it('say when they were used, to the minute', async () => {
    const { key } = await keys.create(website)
    const lastUsed = async () => (await listed())[0]?.last_used_at

    await keys.check(key)
    const first = await lastUsed()
    clock.advance(30_000)
    await keys.check(key)
    expect(await lastUsed()).toBe(first)
    clock.advance(31_000)
    await keys.check(key)

    expect(first).toBe('2026-01-01T00:00:00.000Z')
    expect(await lastUsed()).toBe('2026-01-01T00:01:01.000Z')
  })

  it('are worth nothing from the moment they expire, are replaced or are deleted', async () => {
    const expiring = await keys.create({ ...website, expiresAt: new Date(clock.now().getTime() + 1000) })
    const replaced = await keys.create(website)
    const deleted = await keys.create(website)
    const good = async () =>
      Promise.all([expiring, replaced, deleted].map(async ({ key }) => (await keys.check(key)) !== null))
    expect(await good()).toEqual([true, true, true])

    clock.advance(1000)
    const { key } = await keys.rotate('shop', replaced.record.id)
    await keys.delete('shop', deleted.record.id)

    expect(await good()).toEqual([false, false, false])
    expect(await keys.check(key)).toMatchObject({ id: replaced.record.id, name: 'Website' })
    await expect(keys.rotate('bank', replaced.record.id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(keys.delete('bank', replaced.record.id)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('overlap with the key before them for as long as was asked, and never with the one before that', async () => {
    const { key: first, record } = await keys.create(website)
    const { key: second } = await keys.rotate('shop', record.id, { overlapSeconds: 60 })
    const good = () => Promise.all([first, second].map(async (key) => (await keys.check(key)) !== null))

    expect(await good()).toEqual([true, true])
    expect((await listed())[0]?.previous).toEqual({ ending: first.slice(-4), expires_at: '2026-01-01T00:01:00.000Z' })
    clock.advance(60_000)
    expect(await good()).toEqual([false, true])

    const { key: third } = await keys.rotate('shop', record.id, { overlapSeconds: 60 })
    await keys.rotate('shop', record.id, { overlapSeconds: 60 })
    expect(await good()).toEqual([false, false])
    expect(await keys.check(third)).not.toBeNull()
    await keys.delete('shop', record.id)
    expect(await keys.check(third)).toBeNull()
  })

  it('of the settings work without being stored, and not without the settings', async () => {
    const given = [{ key: 'key-of-the-settings', id: 'key_settings', workspaceId: 'shop', scopes: ['chat' as const] }]
    const withSettings = createApiKeys(store.workspaces, { clock, given })

    expect(await withSettings.check('key-of-the-settings')).toMatchObject({ id: 'key_settings', workspace_id: 'shop' })
    expect(await keys.check('key-of-the-settings')).toBeNull()
    expect(await listed()).toEqual([])
  })
})
