import { describe, expect, it } from 'vitest'
import { createSseParser, readSse } from './sse.js'

const bytes = (text: string) => new TextEncoder().encode(text)

/** Everything the parser makes of the text when it arrives in pieces of `size` bytes. */
function parseInPieces(text: string, size: number) {
  const parser = createSseParser()
  const all = bytes(text)
  const messages = []
  for (let at = 0; at < all.length; at += size) messages.push(...parser.push(all.slice(at, at + size)))
  return messages
}

describe('the SSE parser', () => {
  const stream =
    ': hello\n\nid: 1\ndata: {"a":"é漢🙂"}\n\nid:2\r\ndata: one\r\ndata: two\r\n\r\nevent: x\rdata\r\rdata: cut'

  it.each([1, 2, 3, 7, 1000])('reads the same events from chunks of %i bytes', (size) => {
    expect(parseInPieces(stream, size)).toEqual([
      { id: '1', data: '{"a":"é漢🙂"}' },
      { id: '2', data: 'one\ntwo' },
      { id: '2', event: 'x', data: '' },
    ])
  })

  it('sends nothing for comments and heartbeats', () => {
    expect(parseInPieces(': ping\n\n: ping\n\n', 5)).toEqual([])
  })
})

describe('readSse', () => {
  it('releases the body when its reader stops early', async () => {
    let cancelled = false
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(bytes('data: x\n\n')),
      cancel: () => {
        cancelled = true
      },
    })

    for await (const message of readSse(body)) {
      expect(message.data).toBe('x')
      break
    }

    expect(cancelled).toBe(true)
  })
})
