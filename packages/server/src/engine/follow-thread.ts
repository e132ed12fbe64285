import type { Call, RunStream, ThreadStream } from './engine.js'
import type { LiveRun } from './live-run.js'
import type { Parts } from './parts.js'
import { readLiveRun } from './run-stream.js'

/** The run that is going on, then each that starts after it, until the reader leaves. */
export async function followThread<Context>(
  parts: Parts<Context>,
  { context }: Call<Context>,
  threadId: string,
): Promise<ThreadStream> {
  await parts.store.loadThread(threadId, context)
  const begun: { run: LiveRun<Context>; after: number }[] = []
  let isOver = false
  let wake: () => void = () => undefined
  const end = () => {
    isOver = true
    stop()
    wake()
  }
  const stop = parts.runs.watch(threadId, {
    started(run, after) {
      begun.push({ run, after })
      wake()
    },
    ended: end,
  })
  const active = parts.runs.activeOn(threadId)
  if (active) begun.push({ run: active, after: active.log.firstSequence - 1 })

  async function* read(): AsyncGenerator<RunStream> {
    try {
      for (;;) {
        const next = begun.shift()
        const stream = next && readLiveRun(next.run, next.after)
        if (stream) yield stream
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
  return { runs: read(), leave: end }
}
