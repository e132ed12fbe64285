import { ParleyError } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { decodeBase64, decodeRequest } from './decode.js'

const create = (input: unknown) => ({ type: 'threads.create', params: { input } })
const inThread = (type: string, params: object) => ({ type, params: { thread_id: 'thr_1', ...params } })

function messageOf(body: unknown): string {
  try {
    decodeRequest(body)
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(ParleyError)
    expect(thrown).toMatchObject({ code: 'invalid_request' })
    return (thrown as ParleyError).message
  }
  return expect.unreachable('the body should have been refused')
}

describe('a request that is wrong', () => {
  it.each<[unknown, string]>([
    [null, 'The body must be a JSON object such as {"type":"threads.list","params":{}}.'],
    [[], 'The body must be a JSON object such as {"type":"threads.list","params":{}}.'],
    [{ type: 'threads.list' }, 'params is missing; it must be an object.'],
    [create({ content: [{ type: 'input_text', text: 7 }] }), 'params.input.content[0].text must be a string.'],
    [create({ content: [{ type: 'input_text' }] }), 'params.input.content[0].text is missing; it must be a string.'],
    [create({ content: [{ type: 'poem' }] }), 'params.input.content[0].type must be "input_text" or "input_tag".'],
    [create({ content: 'Hi' }), 'params.input.content must be a list.'],
    [inThread('items.list', { limit: 1.5 }), 'params.limit must be a whole number.'],
    [inThread('items.list', { limit: -1 }), 'params.limit must be 0 or more.'],
    [inThread('items.list', { order: 'up' }), 'params.order must be "asc" or "desc".'],
    [inThread('threads.retry_after_item', { item_id: '' }), 'params.item_id must not be empty.'],
    [
      inThread('threads.retry_after_item', { item_id: 'x'.repeat(257) }),
      'params.item_id must be at most 256 characters long.',
    ],
    [inThread('threads.add_client_tool_output', {}), 'params.result is missing.'],
    [inThread('threads.custom_action', { action: {} }), 'params.action.type is missing; it must be a string.'],
    [{ type: 'message' }, 'content is missing; it must be a string.'],
  ])('reads which field and what to do: %j', (body, message) => {
    expect(messageOf(body)).toBe(message)
  })

  it.each([[{}], [{ type: 'threads.fly' }], [{ type: 7 }], [{ type: 'constructor' }], [{ type: '__proto__' }]])(
    'reads all types there are: %j',
    (body) => {
      const message = messageOf(body)

      expect(message).toMatch(/^type (is missing|.* is not known)\. Known types: threads\.create, /)
      expect(message).toContain('input.transcribe, runs.resume, runs.cancel, threads.search, images.read.')
    },
  )

  it('names up to three fields at once', () => {
    expect(messageOf(inThread('items.feedback', { thread_id: 1, item_ids: 2, kind: 3 })).split(';')).toHaveLength(3)
  })
})

describe('a request that is right', () => {
  it('gets its defaults', () => {
    expect(decodeRequest(create({ content: [] }))).toMatchObject({
      type: 'threads.create',
      params: { input: { content: [], attachments: [], inference_options: {} } },
    })
  })

  it('may be a message as a person types it', () => {
    const text = [{ type: 'input_text', text: 'Hello' }]

    expect(decodeRequest({ type: 'message', content: 'Hello' })).toMatchObject({
      type: 'threads.create',
      params: { input: { content: text } },
    })
    expect(decodeRequest({ type: 'message', content: 'Hello', thread_id: 'thr_1' })).toMatchObject({
      type: 'threads.add_user_message',
      params: { thread_id: 'thr_1', input: { content: text } },
    })
  })

  it('may say null as the result of a tool', () => {
    expect(decodeRequest(inThread('threads.add_client_tool_output', { result: null }))).toMatchObject({
      params: { result: null },
    })
  })

  it('keeps what looks like an attack inside free data', () => {
    const payload = JSON.parse('{"__proto__":{"admin":true},"constructor":1}')
    const request = decodeRequest(inThread('threads.custom_action', { action: { type: 'a', payload } }))

    expect(JSON.stringify(request)).toContain('"__proto__":{"admin":true}')
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })
})

describe('audio', () => {
  it('is decoded from base64', () => {
    expect(decodeBase64('AP+A', 'audio')).toEqual(new Uint8Array([0, 255, 128]))
  })

  it.each([[''], ['AP+'], ['A P+'], ['AP+*'], ['====']])('is refused when it is %j', (text) => {
    expect(() => decodeBase64(text, 'params.audio_base64')).toThrow(/^params\.audio_base64 must be base64/)
  })
})
