import { describe, expect, it } from 'vitest'
import { type Pace, pacedBody } from './paced-body.js'

/** A clock that is moved by hand, so that what waits for it waits until then. */
function handClock({ hidden = false } = {}) {
  let now = 1000
  const waiting: { due: number; go: () => void }[] = []
  const pace: Pace = {
    now: () => now,
    wait: (ms) => new Promise((go) => waiting.push({ due: now + ms, go })),
    nextTask: () => new Promise((resolve) => setImmediate(resolve)),
    isHidden: () => hidden,
  }
  const advance = (ms: number) => {
    now += ms
    for (const { due, go } of waiting) if (due <= now) go()
  }
  return { pace, advance, isWaiting: () => waiting.some(({ due }) => due > now) }
}

function source() {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  let cancelled: unknown
  const body = new ReadableStream<Uint8Array>({
    start: (given) => {
      controller = given
    },
    cancel: (reason) => {
      cancelled = reason
    },
  })
  return {
    body,
    write: (text: string) => controller?.enqueue(new TextEncoder().encode(text)),
    close: () => controller?.close(),
    fail: (error: Error) => controller?.error(error),
    cancelled: () => cancelled,
  }
}

/** What has arrived so far, and the failure the reading ended with. */
function follow(body: ReadableStream<Uint8Array>) {
  const seen = { text: '', ended: false, error: null as unknown }
  const decoder = new TextDecoder()
  const reading = (async () => {
    for await (const chunk of body) seen.text += decoder.decode(chunk, { stream: true })
    seen.ended = true
  })().catch((error: unknown) => {
    seen.error = error
  })
  return { seen, reading }
}

describe('a paced body', () => {
  it('passes the first text on at once and what follows in one gulp after a pause', async () => {
    const { pace, advance, isWaiting } = handClock()
    const { body, write } = source()
    const { seen } = follow(pacedBody(body, pace))

    write('one ')
    await expect.poll(() => seen.text).toBe('one ')
    await expect.poll(isWaiting).toBe(true)
    write('two ')
    write('three ')
    await new Promise((resolve) => setImmediate(resolve))
    expect(seen.text).toBe('one ')

    advance(33)

    await expect.poll(() => seen.text).toBe('one two three ')
  })

  it('pauses longer after a gulp that nobody could read in time', async () => {
    const { pace, advance, isWaiting } = handClock()
    const { body, write } = source()
    const { seen } = follow(pacedBody(body, pace))

    write('x'.repeat(1000))
    await expect.poll(isWaiting).toBe(true)
    write('more')
    advance(33)
    await new Promise((resolve) => setImmediate(resolve))
    expect(seen.text).toHaveLength(1000)

    advance(33)

    await expect.poll(() => seen.text).toHaveLength(1004)
  })

  it('does not pause while nobody looks', async () => {
    const { pace, isWaiting } = handClock({ hidden: true })
    const { body, write, close } = source()
    const { seen, reading } = follow(pacedBody(body, pace))

    write('one ')
    await expect.poll(() => seen.text).toBe('one ')
    write('two')
    close()
    await reading

    expect(seen).toEqual({ text: 'one two', ended: true, error: null })
    expect(isWaiting()).toBe(false)
  })

  it('passes on all that came before the line broke, and then the failure', async () => {
    const { pace } = handClock({ hidden: true })
    const { body, write, fail } = source()
    const { seen, reading } = follow(pacedBody(body, pace))

    write('half')
    await expect.poll(() => seen.text).toBe('half')
    fail(new TypeError('network'))
    await reading

    expect(seen.error).toEqual(new TypeError('network'))
  })

  it('lets go of the answer when its reader does', async () => {
    const { pace } = handClock()
    const { body, cancelled } = source()

    await pacedBody(body, pace).cancel('enough')

    expect(cancelled()).toBe('enough')
  })
})
