import { describe, expect, it } from 'vitest'
import { createSseReader } from './sse-reader.js'

const STREAM = ': hello\n\ndata: {"a":"ä"}\n\nevent: x\ndata: one\ndata: two\n\nid: 7\n\ndata:[DONE]\n\n'
const EVENTS = ['{"a":"ä"}', 'one\ntwo', '[DONE]']

const piecesOf = (text: string, size: number) =>
  Array.from({ length: Math.ceil(text.length / size) }, (_, index) => text.slice(index * size, (index + 1) * size))

const read = (text: string, size = text.length) => {
  const reader = createSseReader()
  return [...piecesOf(text, size).map((piece) => reader.read(piece)), reader.end()].filter(({ length }) => length > 0)
}

describe('createSseReader', () => {
  it('hands over together what arrived together', () => {
    expect(read(STREAM)).toEqual([EVENTS])
  })

  it.each(Array.from({ length: 12 }, (_, size) => size + 1))(
    'reads events cut into pieces of %i characters',
    (size) => {
      expect(read(STREAM, size).flat()).toEqual(EVENTS)
      expect(read(STREAM.replaceAll('\n', '\r\n'), size).flat()).toEqual(EVENTS)
    },
  )

  it('skips a byte order mark', () => {
    expect(read('\uFEFFdata: a\n\n')).toEqual([['a']])
  })

  it('takes a last event without its blank line', () => {
    expect(read('data: a\n\ndata: b')).toEqual([['a'], ['b']])
  })
})
