import { describe, expect, it } from 'vitest'
import { linesResponse } from './lines.js'

describe('an answer of lines', () => {
  it('is one JSON value a line', async () => {
    async function* lines() {
      yield { a: 1 }
      yield { text: 'two\nlines, é' }
    }

    const response = linesResponse(lines())

    expect(response.headers.get('content-type')).toBe('application/x-ndjson')
    expect(await response.text()).toBe('{"a":1}\n{"text":"two\\nlines, é"}\n')
  })

  it('makes lines no faster than they are read, and none once nobody reads', async () => {
    let made = 0
    let ended = false
    async function* lines() {
      try {
        for (;;) {
          made += 1
          yield 'x'.repeat(100_000)
        }
      } finally {
        ended = true
      }
    }

    const reader = linesResponse(lines()).body?.getReader()
    await reader?.read()
    await reader?.read()
    const madeByThen = made
    await reader?.cancel()

    expect(madeByThen).toBe(2)
    expect([made, ended]).toEqual([2, true])
  })

  it('breaks off when a line cannot be made', async () => {
    async function* lines() {
      yield 'first'
      throw new TypeError('the database is gone')
    }

    await expect(linesResponse(lines()).text()).rejects.toThrow()
  })
})
