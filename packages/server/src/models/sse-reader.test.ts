import { describe, expect, it } from 'vitest'
import { readSseData } from './sse-reader.js'

const STREAM = ': hello\n\ndata: {"a":"ä"}\n\nevent: x\ndata: one\ndata: two\n\nid: 7\n\ndata:[DONE]\n\n'
const EVENTS = ['{"a":"ä"}', 'one\ntwo', '[DONE]']

async function* chunksOf(bytes: Uint8Array, size: number) {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}

const read = async (text: string, size = Number.MAX_SAFE_INTEGER) => {
  const batches: string[][] = []
  for await (const batch of readSseData(chunksOf(new TextEncoder().encode(text), size))) batches.push(batch)
  return batches
}

describe('readSseData', () => {
  it('hands over together what arrived together', async () => {
    expect(await read(STREAM)).toEqual([EVENTS])
  })

  it.each(Array.from({ length: 12 }, (_, size) => size + 1))(
    'reads events cut into pieces of %i bytes',
    async (size) => {
      expect((await read(STREAM, size)).flat()).toEqual(EVENTS)
      expect((await read(STREAM.replaceAll('\n', '\r\n'), size)).flat()).toEqual(EVENTS)
    },
  )

  it('takes a last event without its blank line', async () => {
    expect(await read('data: a\n\ndata: b')).toEqual([['a'], ['b']])
  })
})
