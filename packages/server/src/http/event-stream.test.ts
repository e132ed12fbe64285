import { describe, expect, it } from 'vitest'
import { eventStreamResponse, eventWriterOf } from './event-stream.js'

const text = new TextDecoder()

describe('an event stream response', () => {
  it('carries the headers that keep proxies from buffering, and the text of its writer', async () => {
    const response = eventStreamResponse(async (sink) => {
      await sink.write('data: 1\n\n')
      await sink.write('data: 2\n\n')
    })

    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-cache')
    expect(response.headers.get('x-accel-buffering')).toBe('no')
    expect(await response.text()).toBe('data: 1\n\ndata: 2\n\n')
  })

  it('hands its writer to a host that writes to the socket itself', async () => {
    const seen: string[] = []
    const response = eventStreamResponse(async (sink) => void sink.write('data: 1\n\n'))

    await eventWriterOf(response)?.({ signal: new AbortController().signal, write: (chunk) => void seen.push(chunk) })

    expect(seen).toEqual(['data: 1\n\n'])
    expect(eventWriterOf(new Response(''))).toBeUndefined()
  })

  it('writes only a little ahead of its reader', async () => {
    let written = 0
    const response = eventStreamResponse(async (sink) => {
      for (; written < 100; written += 1) await sink.write(`data: ${written}\n\n`)
    })
    const reader = response.body!.getReader()

    expect(text.decode((await reader.read()).value)).toBe('data: 0\n\n')
    expect(text.decode((await reader.read()).value)).toBe('data: 1\n\n')
    expect(written).toBeLessThan(20)
  })

  it.each([
    ['while a write waits', true],
    ['before the first read', false],
  ])('tells the writer that its reader left %s', async (_, readFirst) => {
    let over = false
    const response = eventStreamResponse(async (sink) => {
      while (!sink.signal.aborted) await sink.write('data: x\n\n')
      over = true
    })
    const reader = response.body!.getReader()
    if (readFirst) await reader.read()

    await reader.cancel()

    await expect.poll(() => over).toBe(true)
  })

  it('lets every waiting write go on, also when a heartbeat came between', async () => {
    let over = 0
    const response = eventStreamResponse(async (sink) => {
      const writes = Array.from({ length: 40 }, () => sink.write('data: x\n\n'))
      await Promise.all(writes)
      over = writes.length
    })

    expect((await response.text()).match(/data/g)).toHaveLength(40)
    expect(over).toBe(40)
  })

  it('passes the failure of its writer on', async () => {
    const response = eventStreamResponse(() => Promise.reject(new TypeError('broken')))

    await expect(response.text()).rejects.toThrow('broken')
  })
})
