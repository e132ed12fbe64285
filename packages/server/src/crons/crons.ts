import { ParleyError } from '@parley/protocol'
import type { Clock } from '../base/clock.js'
import type { Log } from '../base/log.js'
import type { CronOwner, CronRecord, CronStore } from '../storage/cron-store.js'
import { nextTime } from './next-time.js'

export type { CronOwner, CronRecord } from '../storage/cron-store.js'

/** What its maker decides about a schedule. */
export type NewCron = Pick<
  CronRecord,
  'app_id' | 'thread_id' | 'schedule' | 'end_time' | 'payload' | 'metadata' | 'public_url'
> & { enabled?: boolean | undefined }

export interface CronChange {
  schedule?: string | undefined
  end_time?: string | null | undefined
  enabled?: boolean | undefined
  payload?: Record<string, unknown> | undefined
  metadata?: Record<string, unknown> | undefined
}

/** Whoever makes or changes a schedule: it runs as long as their key is good. */
export interface CronMaker extends CronOwner {
  key?: { id: string }
}

/** Runs that start by themselves, on a schedule; they survive a restart, and of several servers one starts each. */
export interface Crons {
  /** @throws {ParleyError} `invalid_request` for a schedule that is none or never comes, `conflict` for too many */
  create(maker: CronMaker, cron: NewCron): Promise<CronRecord>
  /** @throws {ParleyError} `not_found` */
  load(id: string, owner: CronOwner): Promise<CronRecord>
  list(owner: CronOwner): Promise<CronRecord[]>
  /** @throws {ParleyError} `not_found`, `invalid_request` */
  update(id: string, maker: CronMaker, change: CronChange): Promise<CronRecord>
  /** @throws {ParleyError} `not_found` */
  delete(id: string, owner: CronOwner): Promise<void>
  /** Starts what is due. Called by itself, every few seconds. */
  tick(): Promise<void>
  start(): void
  stop(): void
}

export interface CronParts<Runner> {
  store: CronStore
  clock: Clock
  log: Log
  /** In whose name it runs. `null`: the key behind it is not good any more, and it stops. */
  runnerOf(cron: CronRecord): Promise<Runner | null>
  /** Starts one run. What it throws goes into the log: the schedule stays. */
  run(cron: CronRecord, runner: Runner): Promise<void>
}

const EVERY_MS = 5000
const AT_ONCE = 100
/** Of one user. */
const MOST = 100

export function createCrons<Runner>({ store, clock, log, runnerOf, run }: CronParts<Runner>): Crons {
  let stopped = true
  let cancelNext: () => void = () => undefined
  const now = () => clock.now().toISOString()

  const load = async (id: string, owner: CronOwner) => (await store.load(id, owner)) ?? missing(id)

  /** When it starts next; a time that was missed is made up for once. */
  function withNext(cron: CronRecord): CronRecord {
    const { next_run_at: _, ...rest } = cron
    const next = cron.enabled ? nextTime(cron.schedule, clock.now())?.toISOString() : undefined
    const isOver = next === undefined || (cron.end_time !== undefined && next > cron.end_time)
    return isOver ? rest : { ...rest, next_run_at: next }
  }

  async function fire(due: CronRecord): Promise<void> {
    const runner = await runnerOf(due)
    if (runner === null) return stop(due)
    if (!(await store.claim(due, withNext(due)))) return
    try {
      await run(due, runner)
    } catch (cause) {
      log.warn('A scheduled run could not start.', { cronId: due.id, workspace: due.workspace_id, cause })
    }
  }

  /** The key that vouched for it is gone: whoever turns it on again does so with another one. */
  async function stop(due: CronRecord): Promise<void> {
    const { next_run_at: _, ...rest } = due
    const stopped_reason = `The API key "${due.key_id}" is not valid any more. Enable the schedule with another key to go on.`
    if (await store.claim(due, { ...rest, enabled: false, stopped_reason, updated_at: now() }))
      log.warn('A schedule was stopped: its API key is not valid any more.', {
        cronId: due.id,
        workspace: due.workspace_id,
        keyId: due.key_id,
      })
  }

  async function tick(): Promise<void> {
    for (const due of await store.listDue(now(), AT_ONCE)) await fire(due)
  }

  async function takeTurn(): Promise<void> {
    await tick().catch((cause: unknown) => log.error('Scheduled runs could not be looked for.', { cause }))
    if (!stopped) cancelNext = clock.after(EVERY_MS, takeTurn)
  }

  return {
    async create({ workspaceId, userId, key }, { enabled = true, ...cron }) {
      if ((await store.list({ workspaceId, userId })).length >= MOST)
        throw new ParleyError('conflict', `There are ${MOST} schedules already. Delete one first.`)
      const time = now()
      const owner = {
        id: crypto.randomUUID(),
        workspace_id: workspaceId,
        user_id: userId,
        ...(key && { key_id: key.id }),
      }
      const wanted = withNext({ ...cron, ...owner, enabled: true, created_at: time, updated_at: time })
      if (!wanted.next_run_at)
        throw new ParleyError('invalid_request', `schedule: "${cron.schedule}" never comes, or not before end_time.`)
      const made = enabled ? wanted : withNext({ ...wanted, enabled })
      await store.add(made)
      return made
    },
    load,
    list: (owner) => store.list(owner),
    async update(id, { key, ...owner }, { end_time, ...change }) {
      const { end_time: before, key_id: _, stopped_reason, ...cron } = await load(id, owner)
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
      const end = end_time === undefined ? before : (end_time ?? undefined)
      const changed = withNext({
        ...cron,
        ...given,
        ...(key && { key_id: key.id }),
        ...(end !== undefined && { end_time: end }),
        ...(stopped_reason !== undefined && !change.enabled && { stopped_reason }),
        updated_at: now(),
      })
      if (!(await store.save(changed))) missing(id)
      return changed
    },
    async delete(id, owner) {
      if (!(await store.delete(id, owner))) missing(id)
    },
    tick,
    start() {
      stopped = false
      cancelNext = clock.after(EVERY_MS, takeTurn)
    },
    stop() {
      stopped = true
      cancelNext()
    },
  }
}

function missing(id: string): never {
  throw new ParleyError('not_found', `There is no schedule "${id}".`)
}
