import type { RunRecord, RunStream } from '../../../engine/engine.js'
import type { OwnedThread } from '../../../engine/user-threads.js'
import type { ThreadValues } from '../threads/schema.js'
import { multitaskSchema, type RunBody, type RunResult, type WireRun } from './schema.js'

const STATUSES: Record<RunRecord['status'], WireRun['status']> = {
  queued: 'pending',
  running: 'running',
  waiting: 'interrupted',
  completed: 'success',
  failed: 'error',
  cancelled: 'interrupted',
  interrupted: 'error',
}

export const encodeRun = (run: RunRecord, assistant_id: string): WireRun => ({
  run_id: run.id,
  thread_id: run.thread_id,
  assistant_id,
  created_at: run.created_at,
  updated_at: run.ended_at ?? run.created_at,
  status: STATUSES[run.status],
  metadata: run.metadata ?? {},
  kwargs: run.request ?? {},
  multitask_strategy: multitaskSchema.safeParse(run.request?.multitask_strategy).data ?? null,
})

/** A run at the moment of its start, which may be over already. */
export const encodeStarted = (
  { stream, owned }: { stream: RunStream; owned: OwnedThread },
  body: RunBody,
  now: string,
): WireRun => ({
  run_id: stream.run.id,
  thread_id: stream.run.threadId,
  assistant_id: owned.owner.appId,
  created_at: now,
  updated_at: now,
  status: 'pending',
  metadata: body.metadata ?? {},
  kwargs: stream.run.request ?? {},
  multitask_strategy: body.multitask_strategy ?? null,
})

/** What the run said, with the state after it. */
export const encodeResult = (values: ThreadValues, said: readonly string[]): RunResult => ({
  ...values,
  role: 'ai',
  content: said.join('\n\n'),
})

/** Where a run is read, for the headers that clients go by: below whatever base they use. `null`: it has no thread to stay on. */
export function pathOfRun(threadId: string | null, runId: string): string {
  const run = `/runs/${encodeURIComponent(runId)}`
  return threadId === null ? run : `/threads/${encodeURIComponent(threadId)}${run}`
}
