import { describe, expect, it } from 'vitest'
import { consoleLog } from '../base/log.js'
import { scriptedClock } from '../base/scripted-clock.js'
import { sqliteStore } from '../storage/sqlite/sqlite-store.js'
import { type CronRecord, createCrons } from './crons.js'

const owner = { workspaceId: 'shop', userId: 'ada' }
const daily = {
  app_id: 'support',
  schedule: '0 9 * * *',
  payload: { assistant_id: 'support' },
  metadata: {},
  public_url: 'https://chat.example.com',
}
const HOUR = 3600 * 1000

/** Two servers on one database. */
function servers() {
  const clock = scriptedClock(new Date('2026-01-01T08:00:00Z'))
  const { crons: store } = sqliteStore(':memory:')
  const started: string[] = []
  const run = async ({ id }: CronRecord) => {
    started.push(`${id} ${clock.now().toISOString()}`)
  }
  const warned: unknown[] = []
  const log = { ...consoleLog, warn: (_: string, details?: object) => warned.push(details) }
  const revoked = new Set<string>()
  const runnerOf = async ({ key_id = '' }: CronRecord) => (revoked.has(key_id) ? null : 'somebody')
  const [one, other] = [
    createCrons({ store, clock, log, runnerOf, run }),
    createCrons({ store, clock, log, runnerOf, run }),
  ]
  const tick = () => Promise.all([one.tick(), other.tick()])
  return { clock, crons: one, started, tick, revoked, warned }
}

describe('runs on a schedule', () => {
  it('start when their time has come, once on all servers together', async () => {
    const { clock, crons, started, tick } = servers()
    const { id, next_run_at } = await crons.create(owner, daily)

    await tick()
    clock.advance(HOUR)
    await tick()
    await tick()
    clock.advance(24 * HOUR)
    await tick()

    expect(next_run_at).toBe('2026-01-01T09:00:00.000Z')
    expect(started).toEqual([`${id} 2026-01-01T09:00:00.000Z`, `${id} 2026-01-02T09:00:00.000Z`])
  })

  it('make up once for what was missed while no server ran', async () => {
    const { clock, crons, started, tick } = servers()
    const { id } = await crons.create(owner, daily)

    clock.advance(5 * 24 * HOUR)
    await tick()

    expect(started).toEqual([`${id} 2026-01-06T08:00:00.000Z`])
    expect(await crons.load(id, owner)).toMatchObject({ next_run_at: '2026-01-06T09:00:00.000Z' })
  })

  it('end, pause and go on', async () => {
    const { clock, crons, started, tick } = servers()
    const { id } = await crons.create(owner, { ...daily, end_time: '2026-01-01T12:00:00.000Z' })

    expect((await crons.update(id, owner, { enabled: false })).next_run_at).toBeUndefined()
    clock.advance(2 * HOUR)
    await tick()
    expect(started).toEqual([])
    expect((await crons.update(id, owner, { enabled: true })).next_run_at).toBeUndefined()
    expect((await crons.update(id, owner, { end_time: null })).next_run_at).toBe('2026-01-02T09:00:00.000Z')
    await crons.delete(id, owner)
    await expect(crons.load(id, owner)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('stop with the key they were made with, say why, and go on with another one', async () => {
    const { clock, crons, started, tick, revoked, warned } = servers()
    const { id } = await crons.create({ ...owner, key: { id: 'key_1' } }, daily)
    revoked.add('key_1')

    clock.advance(2 * HOUR)
    await tick()

    expect(started).toEqual([])
    const stopped = await crons.load(id, owner)
    expect(stopped).toMatchObject({ enabled: false, stopped_reason: expect.stringContaining('key_1') })
    expect(stopped.next_run_at).toBeUndefined()
    expect(warned).toEqual([{ cronId: id, workspace: 'shop', keyId: 'key_1' }])

    await crons.update(id, { ...owner, key: { id: 'key_2' } }, { metadata: { a: 1 } })
    expect(await crons.load(id, owner)).toMatchObject({ enabled: false, stopped_reason: expect.any(String) })
    const again = await crons.update(id, { ...owner, key: { id: 'key_2' } }, { enabled: true })
    expect(again).not.toHaveProperty('stopped_reason')
    clock.advance(24 * HOUR)
    await tick()
    expect(started).toEqual([`${id} ${clock.now().toISOString()}`])
  })

  it('are refused when they never come', async () => {
    const { crons } = servers()
    const past = { ...daily, end_time: '2026-01-01T08:30:00.000Z' }

    await expect(crons.create(owner, past)).rejects.toMatchObject({ code: 'invalid_request' })
    await expect(crons.create(owner, { ...daily, schedule: 'daily' })).rejects.toThrow('schedule')
  })
})
