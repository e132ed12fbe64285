import { ParleyError } from '@parley/protocol'
import { threadOf } from '../../../engine/caller-threads.js'
import type { RunRecord, StartOptions } from '../../../engine/engine.js'
import { loadItems } from '../../../engine/load-items.js'
import type { OwnedThread } from '../../../engine/user-threads.js'
import type { XpertCaller, XpertParts } from '../routes.js'
import { encodeValues, interruptsOf } from '../threads/encode.js'
import { encodeRun } from './encode.js'
import type { RunBody } from './schema.js'

const MAX_BYTES = 64 * 1024
const TIMEOUT_MS = 15_000

/** Where a server is called is for servers to say. @throws {ParleyError} `forbidden`, `not_configured` */
export function assertWebhook<Context>(
  { guardedFetch }: XpertParts<Context>,
  { principal }: XpertCaller<Context>,
  { webhook }: Pick<RunBody, 'webhook'>,
): void {
  if (!webhook) return
  if (principal.session)
    throw new ParleyError('forbidden', 'webhook is for servers. Use an API key in place of the client secret.')
  if (!guardedFetch)
    throw new ParleyError('not_configured', 'This server calls no webhooks: it reaches no other servers.')
}

/** What is told of a run. */
interface Told<Context> {
  parts: XpertParts<Context>
  caller: XpertCaller<Context>
  owned: OwnedThread
  body: RunBody
  passing: boolean
}

/** Tells another server how a run ended, once, if it is to be told. */
export function webhookOf<Context>(start: Told<Context>): StartOptions['whenEnded'] {
  const { webhook } = start.body
  const { guardedFetch } = start.parts
  if (!webhook || !guardedFetch) return undefined
  return async (run, signal) => {
    const response = await guardedFetch(webhook, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(await endOf(start, run)),
      maxBytes: MAX_BYTES,
      timeoutMs: TIMEOUT_MS,
      signal,
    })
    await response.body?.cancel()
    if (!response.ok) throw new ParleyError('conflict', `The webhook of a run answered ${response.status}.`)
  }
}

/** The run, and the state it ends with; a thread that was the run's own is gone by then. */
async function endOf<Context>({ parts, caller, owned, passing }: Told<Context>, run: RunRecord) {
  const told = { ...encodeRun(run, owned.owner.appId), ...(run.error && { error: run.error }) }
  if (passing) return { ...told, values: null }
  const { call } = await threadOf(parts, caller, run.thread_id)
  const { thread } = await parts.engine.readThread(call, run.thread_id)
  const items = await loadItems(parts.engine, call, run.thread_id)
  const interrupts = interruptsOf(items, run)
  return {
    ...told,
    values: { ...encodeValues(thread, items), ...(run.status === 'waiting' && { __interrupt__: interrupts }) },
  }
}
