import type { Clock } from '../base/clock.js'
import type { GuardedFetch } from '../base/guarded-fetch.js'
import type { Log } from '../base/log.js'
import type { Engine } from '../engine/engine.js'
import type { ServerStore } from '../storage/workspace-store.js'
import { createWebhooks, type Webhooks } from '../webhooks/webhooks.js'
import type { Caller } from './caller.js'

interface WebhookServer {
  store: ServerStore
  guardedFetch: GuardedFetch
  clock: Clock
  log: Log
  engine(): Engine<Caller>
}

/** Webhooks are asked for by LangGraph's clients, and are told in their words. */
export const runWebhooks = ({ store, guardedFetch, clock, log, engine }: WebhookServer): Webhooks =>
  createWebhooks({
    store: store.runEnds,
    guardedFetch,
    clock,
    log,
    async bodyOf({ run, owner }) {
      const { readEnd } = await import('../dialects/xpert/index.js')
      const publicUrl = run.webhook?.public_url ?? ''
      const context: Caller = { ...owner, method: 'api_key', publicUrl, uuids: true, state: {} }
      return readEnd({ engine: engine() }, { contextIn: () => context }, { run, owner })
    },
  })
