import { ParleyError } from '@parley/protocol'
import type { RunRecord } from '../storage/store.js'
import type { Call, ThreadPart, ThreadReading, ThreadStream } from './engine.js'
import type { LiveRun } from './live-run.js'
import type { Parts } from './parts.js'
import { followRun } from './resume.js'
import { readLiveRun } from './run-stream.js'

const PAGE = 100

/** Runs that were, the one that is going on, then each that starts after it, until the reader leaves. */
export async function followThread<Context>(
  parts: Parts<Context>,
  call: Call<Context>,
  threadId: string,
  { from }: ThreadReading = {},
): Promise<ThreadStream> {
  await parts.store.loadThread(threadId, call.context)
  const first = typeof from === 'string' ? await parts.store.loadRun(from, call.context) : undefined
  if (first && first.thread_id !== threadId)
    throw new ParleyError('run_not_found', 'There is no such run in this thread.')
  const begun: ({ run: LiveRun<Context>; after: number } | 'changed')[] = []
  let isOver = false
  let wake: () => void = () => undefined
  const add = (next: (typeof begun)[number]) => {
    begun.push(next)
    wake()
  }
  const end = () => {
    isOver = true
    stop()
    wake()
  }
  const stop = parts.runs.watch(threadId, {
    started: (run, after) => add({ run, after }),
    changed: () => add('changed'),
    ended: end,
  })
  const active = parts.runs.activeOn(threadId)
  if (active) begun.push({ run: active, after: active.log.firstSequence - 1 })
  /** Runs that are read as they go on are not read once more. */
  const isAhead = ({ id }: RunRecord) => begun.some((next) => next !== 'changed' && next.run.record.id === id)

  /** What has not begun is told when it does; what runs elsewhere cannot be read from here. */
  const isReadable = ({ id, status }: RunRecord) =>
    status !== 'queued' && (status !== 'running' || parts.runs.find(id) !== undefined)

  async function* past(): AsyncGenerator<RunRecord> {
    if (from === undefined) return
    if (first) yield first
    let after = first?.id
    do {
      const page = await parts.store.loadRuns(threadId, { limit: PAGE, order: 'asc', after }, call.context)
      yield* page.data
      after = page.has_more ? page.after : undefined
    } while (after !== undefined)
  }

  async function* read(): AsyncGenerator<ThreadPart> {
    try {
      for await (const record of past()) {
        if (isOver) return
        if (isReadable(record) && !isAhead(record)) yield await followRun(parts, call, record, 0)
      }
      for (;;) {
        const next = begun.shift()
        const part = next && (next === 'changed' ? next : readLiveRun(next.run, next.after))
        if (part) yield part
        else if (isOver) return
        else if (begun.length === 0)
          await new Promise<void>((resolve) => {
            wake = resolve
          })
      }
    } finally {
      stop()
    }
  }
  return { parts: read(), leave: end }
}
