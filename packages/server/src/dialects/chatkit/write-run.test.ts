import { afterEach, describe, expect, it, vi } from 'vitest'
import type { LogEntry, RunStream } from '../../engine/engine.js'
import { delta } from '../../testing/engine-fixture.js'
import { writeRun } from './write-run.js'

afterEach(() => vi.useRealTimers())

/** A stream of one batch, as long as a reader finds that comes late. */
function longStream(events: number): RunStream & { left: unknown[] } {
  const entries: LogEntry[] = Array.from({ length: events }, (_, index) => ({
    sequence: index + 1,
    event: delta('msg_1', 'x'.repeat(1000)),
  }))
  const left: unknown[] = []
  return {
    run: { id: 'run_1', threadId: 'thr_1' },
    entries: (async function* () {
      yield entries
    })(),
    leave: (how) => left.push(how),
    left,
  }
}

const unexpected = () => expect.unreachable('nothing fails here')

describe('a reader that does not read', () => {
  it('is written one piece and nothing more, heartbeats included, until it reads again', async () => {
    vi.useFakeTimers()
    const written: string[] = []
    let read: () => void = () => undefined
    const writing = writeRun(
      longStream(10_000),
      'parley',
      unexpected,
    )({
      signal: new AbortController().signal,
      write(text) {
        written.push(text)
        return new Promise((resolve) => {
          read = resolve
        })
      },
    })

    await vi.advanceTimersByTimeAsync(10 * 60_000)
    expect(written).toHaveLength(1)
    expect(written.join('').length).toBeLessThan(70_000)

    read()
    await vi.advanceTimersByTimeAsync(10 * 60_000)
    expect(written).toHaveLength(2)

    const keepReading = setInterval(() => read(), 1)
    await vi.advanceTimersByTimeAsync(60_000)
    clearInterval(keepReading)
    await writing
    expect(written.join('').match(/"delta":"x{1000}"/g)).toHaveLength(10_000)
  })

  it('is cut while it waits: nothing more is made for it', async () => {
    const cut = new AbortController()
    const stream = longStream(10_000)
    let writes = 0
    await writeRun(
      stream,
      'parley',
      unexpected,
    )({
      signal: cut.signal,
      async write() {
        writes += 1
        cut.abort()
      },
    })

    expect(writes).toBe(1)
    expect(stream.left).toEqual([{ canReturn: true }])
  })
})
