import type { ThreadItem } from '@parley/protocol'
import type { NotedThread, RunRecord } from '../../../engine/engine.js'
import { encodeValues, interruptsOf } from '../threads/encode.js'
import { encodeRun } from './encode.js'

/** What a webhook is told: the run, and the state it ends with; `null` when its thread is gone. */
export function encodeEnd(
  run: RunRecord,
  { appId, found }: { appId: string; found: { thread: NotedThread; items: ThreadItem[] } | undefined },
): Record<string, unknown> {
  const told = { ...encodeRun(run, appId), ...(run.error && { error: run.error }) }
  if (!found) return { ...told, values: null }
  const asked = run.status === 'waiting' && { __interrupt__: interruptsOf(found.items, run) }
  return { ...told, values: { ...encodeValues(found.thread, found.items), ...asked } }
}
