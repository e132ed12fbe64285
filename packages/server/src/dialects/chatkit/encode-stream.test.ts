import { afterEach, describe, expect, it, vi } from 'vitest'
import type { LogEntry, RunStream } from '../../engine/engine.js'
import { delta } from '../../testing/engine-fixture.js'
import { encodeStream } from './encode-stream.js'

afterEach(() => vi.useRealTimers())

/** A stream of one batch, as long as a reader finds that comes late. */
function longStream(events: number): RunStream & { left: unknown[] } {
  const entries: LogEntry[] = Array.from({ length: events }, (_, index) => ({
    sequence: index + 1,
    event: delta('msg_1', 'x'.repeat(1000)),
  }))
  const left: unknown[] = []
  return {
    run: { id: 'run_1', threadId: 'thr_1', attempt: 1 },
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
    const writing = encodeStream(
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
    expect(written.join('').match(/x{1000}/g)).toHaveLength(10_000)
  })

  it('is cut while it waits: nothing more is made for it', async () => {
    const cut = new AbortController()
    const stream = longStream(10_000)
    let writes = 0
    await encodeStream(
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

describe('what our own client reads', () => {
  /** A model that writes a token every `everyMs`; what was not read yet is one batch. */
  function steadyStream(tokens: number, everyMs: number): RunStream {
    let sequence = 0
    const waiting: LogEntry[] = []
    let wake: () => void = () => undefined
    const writing = setInterval(() => {
      sequence += 1
      waiting.push({ sequence, event: delta('msg_1', `${sequence} `) })
      if (sequence === tokens) clearInterval(writing)
      wake()
    }, everyMs)
    return {
      run: { id: 'run_1', threadId: 'thr_1', attempt: 1 },
      entries: (async function* () {
        while (sequence < tokens || waiting.length > 0) {
          if (waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve))
          yield waiting.splice(0)
        }
      })(),
      leave: () => undefined,
    }
  }

  async function read(stream: RunStream) {
    const written: { at: number; text: string }[] = []
    const began = Date.now()
    const done = encodeStream(
      stream,
      'parley',
      unexpected,
    )({
      signal: new AbortController().signal,
      write: (text) => void written.push({ at: Date.now() - began, text }),
    })
    await vi.advanceTimersByTimeAsync(60_000)
    await done
    const said = written.flatMap(({ text }) => [...text.matchAll(/"delta":"([^"]*)"/g)].map(([, words]) => words))
    return { written, said: said.join('') }
  }

  const numbers = (count: number) => Array.from({ length: count }, (_, index) => `${index + 1} `).join('')

  it('comes as often as it draws, however fast the model: the first token at once, and every one of them', async () => {
    vi.useFakeTimers()
    const { written, said } = await read(steadyStream(400, 5))

    expect(said).toBe(numbers(400))
    expect(written[0]).toEqual({ at: 5, text: expect.stringMatching(/^id: 1\ndata: .*"delta":"1 "/) })
    expect(written.length).toBeLessThan(400 / 10)
    expect(written.at(-1)?.text).toMatch(/^id: 400\n/) // from where it goes on when the line breaks
  })

  it('does not wait for a model that takes its time', async () => {
    vi.useFakeTimers()
    const { written, said } = await read(steadyStream(20, 50))

    expect(said).toBe(numbers(20))
    expect(written.map(({ at }) => at)).toEqual(Array.from({ length: 20 }, (_, index) => (index + 1) * 50))
  })
})
