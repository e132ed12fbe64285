import { ParleyError } from '@parley/protocol'
import type { Clock } from '../base/clock.js'
import type { GuardedFetch } from '../base/guarded-fetch.js'
import type { Log } from '../base/log.js'
import type { RunEndRecord, RunEndStore } from '../storage/run-end-store.js'

/** Tells other servers how runs ended. What is to be told survives a restart, and of several servers one tells it. */
export interface Webhooks {
  /** Tells what is due. Called by itself, every few seconds and when a run ends. */
  tick(signal?: AbortSignal): Promise<void>
  start(): void
  stop(): void
}

export interface WebhookParts {
  store: RunEndStore
  clock: Clock
  log: Log
  guardedFetch: GuardedFetch
  /** What is told of a run, in the words of the API that started it. */
  bodyOf(end: RunEndRecord): Promise<unknown>
}

const EVERY_MS = 5000
const AT_ONCE = 100
const MAX_BYTES = 64 * 1024
const TIMEOUT_MS = 15_000
/** Until the next try, behind each but the last. The first is longer than a try can take. */
const PAUSES_MS = [30_000, 5 * 60_000, 30 * 60_000, 3 * 3600_000]

export function createWebhooks({ store, clock, log, guardedFetch, bodyOf }: WebhookParts): Webhooks {
  let stopped = true
  let cancelNext: () => void = () => undefined

  async function tell(due: RunEndRecord, signal: AbortSignal | undefined): Promise<void> {
    const pauseMs = PAUSES_MS[due.tries]
    const nextTry = clock.now().getTime() + (pauseMs ?? TIMEOUT_MS)
    const tried = { ...due, tries: due.tries + 1, next_try_at: new Date(nextTry).toISOString() }
    if (!(await store.claim(due, tried))) return
    try {
      await post(due, signal)
    } catch (cause) {
      if (signal?.aborted) return void (await store.claim(tried, due)) // the next server tries, and need not wait
      const details = { runId: due.run.id, threadId: due.run.thread_id, tries: tried.tries, cause }
      log.warn(pauseMs === undefined ? 'A webhook is given up.' : 'A webhook could not be told.', details)
      if (pauseMs !== undefined) return
    }
    await store.delete(tried)
  }

  async function post(end: RunEndRecord, signal: AbortSignal | undefined): Promise<void> {
    const response = await guardedFetch(end.run.webhook?.url ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(await bodyOf(end)),
      maxBytes: MAX_BYTES,
      timeoutMs: TIMEOUT_MS,
      ...(signal && { signal }),
    })
    await response.body?.cancel()
    if (!response.ok) throw new ParleyError('conflict', `The webhook of a run answered ${response.status}.`)
  }

  async function tick(signal?: AbortSignal): Promise<void> {
    const due = await store.listDue(clock.now().toISOString(), AT_ONCE)
    await Promise.all(due.map((one) => tell(one, signal)))
  }

  async function takeTurn(): Promise<void> {
    await tick().catch((cause: unknown) => log.error('Webhooks could not be looked for.', { cause }))
    if (!stopped) cancelNext = clock.after(EVERY_MS, takeTurn)
  }

  return {
    tick,
    start() {
      stopped = false
      cancelNext = clock.after(0, takeTurn)
    },
    stop() {
      stopped = true
      cancelNext()
    },
  }
}
