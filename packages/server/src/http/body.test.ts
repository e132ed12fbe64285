import { ParleyError } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { readJson } from './body.js'

const post = (body: string | Uint8Array, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  new Request('http://parley.test/', { method: 'POST', body, headers })

const failure = (promise: Promise<unknown>): Promise<ParleyError> =>
  promise.then(
    () => expect.unreachable('the body should have been refused'),
    (error) => {
      expect(error).toBeInstanceOf(ParleyError)
      return error
    },
  )

describe('a JSON body', () => {
  it.each([
    ['application/json'],
    ['application/json; charset=UTF-8'],
    ['application/vnd.api+json'],
    ['text/plain;charset=UTF-8'],
  ])('is read when it is declared as %s', async (type) => {
    expect(await readJson(post('{"a":[1,"é"]}', { 'content-type': type }))).toEqual({ a: [1, 'é'] })
  })

  it('is read without any content type', async () => {
    const request = post(new TextEncoder().encode('{}'), {})

    expect(request.headers.get('content-type')).toBeNull()
    expect(await readJson(request)).toEqual({})
  })

  it('keeps keys that look like an attack as plain data', async () => {
    const value = await readJson(post('{"__proto__":{"admin":true},"constructor":{"prototype":1}}'))

    expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor'])
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  it.each([
    ['nothing', '', 'empty'],
    ['something else', 'nope', 'not valid JSON'],
    ['a cut-off object', '{"a":', 'not valid JSON'],
    ['a byte order mark', '\uFEFF{}', 'byte order mark'],
    ['bytes that are not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 'UTF-8'],
    ['a NUL character', '{"params":{"title":"a\\u0000b"}}', 'params.title must not contain U+0000'],
    ['a NUL character in a key', '{"params":{"a\\u0000":1}}', 'A key in params'],
    ['65 nested lists', '['.repeat(65) + ']'.repeat(65), 'nested too deep'],
    ['a million nested lists', '['.repeat(1e6) + ']'.repeat(1e6), 'nested too deep'],
    ['a million nested objects', `${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`, 'nested too deep'],
  ])('is refused with 400 when it is %s', async (_, body, words) => {
    const error = await failure(readJson(post(body)))

    expect(error.code).toBe('invalid_request')
    expect(error.message).toContain(words)
  })

  it.each([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['an upload', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['XML', { 'content-type': 'application/xml' }],
    ['JSON in UTF-16', { 'content-type': 'application/json; charset=utf-16' }],
    ['compressed', { 'content-type': 'application/json', 'content-encoding': 'gzip' }],
  ])('is refused with 415 when it says it is %s', async (_, headers) => {
    expect((await failure(readJson(post('{}', headers)))).code).toBe('unsupported_media_type')
  })

  it('is refused with 413 above the limit, whether the length was declared or not', async () => {
    const large = JSON.stringify('x'.repeat(100))
    const declared = post(large, { 'content-type': 'application/json', 'content-length': '102' })

    expect((await failure(readJson(post(large), { maxBytes: 99 }))).code).toBe('payload_too_large')
    expect((await failure(readJson(declared, { maxBytes: 99 }))).code).toBe('payload_too_large')
    expect(await readJson(post(large), { maxBytes: 102 })).toHaveLength(100)
  })

  it('stops reading an endless body at the limit', async () => {
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1000
        controller.enqueue(new Uint8Array(1000).fill(0x20))
      },
    })
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', body: endless, duplex: 'half' }

    const error = await failure(readJson(new Request('http://parley.test/', init), { maxBytes: 10_000 }))

    expect(error.code).toBe('payload_too_large')
    expect(sent).toBeLessThan(20_000)
  })
})
