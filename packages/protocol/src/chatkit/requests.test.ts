import type { UserMessageContent as PublishedContent } from '@openai/chatkit'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { z } from 'zod'
import {
  type ChatKitRequest,
  type ChatKitRequestType,
  chatKitRequestSchema,
  chatKitRequestSchemas,
  LIMITS,
  type UserMessageInput,
  type userMessageInputSchema,
} from '../index.js'

const input: UserMessageInput = {
  content: [
    { type: 'input_text', text: 'Hi' },
    { type: 'input_tag', id: 'x', text: '@x', data: { a: null }, group: 'g', interactive: true },
  ],
  attachments: ['atc_1'],
  quoted_text: 'q',
  inference_options: { tool_choice: { id: 'search' }, model: 'm' },
}
const thread_id = 'thr_1'
const action = { type: 'open', payload: { id: 1, none: null } }

const everyRequest: { [Type in ChatKitRequestType]: Extract<ChatKitRequest, { type: Type }>['params'] } = {
  'threads.create': { input },
  'threads.add_user_message': { thread_id, input },
  'threads.add_client_tool_output': { thread_id, result: { any: [null] } },
  'threads.add_structured_input': {
    thread_id,
    item_id: 'itm_1',
    input: { status: 'answered', answers: { q1: { values: ['a'], skipped: false } } },
  },
  'threads.retry_after_item': { thread_id, item_id: 'itm_1' },
  'threads.custom_action': { thread_id, item_id: 'itm_1', action },
  'threads.sync_custom_action': { thread_id, item_id: 'itm_1', action },
  'threads.get_by_id': { thread_id },
  'threads.list': { limit: 9999, order: 'asc', after: 'thr_0' },
  'threads.update': { thread_id, title: '' },
  'threads.delete': { thread_id },
  'items.list': { thread_id, limit: 0, order: 'desc', after: 'itm_0' },
  'items.feedback': { thread_id, item_ids: ['itm_1'], kind: 'negative' },
  'attachments.create': { name: 'a.txt', size: 0, mime_type: 'text/plain' },
  'attachments.delete': { attachment_id: 'atc_1' },
  'input.transcribe': { audio_base64: 'AA==', mime_type: 'audio/webm;codecs=opus' },
}
const types = Object.keys(everyRequest) as ChatKitRequestType[]

const content = (...parts: unknown[]) => ({ input: { content: parts } })
const text = { type: 'input_text', text: 'x' }

describe('a request', () => {
  it.each(types)('%s is read whole, alone and in the union', (type) => {
    const request = { type, params: everyRequest[type], metadata: { tenant: null } }

    expect(chatKitRequestSchema.parse(request)).toStrictEqual(request)
    expect(chatKitRequestSchemas[type].parse(request)).toStrictEqual(request)
  })

  it.each([
    ['metadata', 'threads.delete', { thread_id }, { thread_id }],
    [
      'attachments, inference options and the data of a tag',
      'threads.create',
      content({ type: 'input_tag', id: 'x', text: '@x' }),
      {
        input: {
          content: [{ type: 'input_tag', id: 'x', text: '@x', data: {}, interactive: false }],
          attachments: [],
          inference_options: {},
        },
      },
    ],
    ['order', 'threads.list', {}, { order: 'desc' }],
    [
      'limit and cursor given as null',
      'items.list',
      { thread_id, limit: null, after: null },
      { thread_id, order: 'desc' },
    ],
    [
      'the whole submission',
      'threads.add_structured_input',
      { thread_id, item_id: 'i', input: {} },
      { thread_id, item_id: 'i', input: { status: 'answered', answers: {} } },
    ],
    [
      'the item of an action given as null',
      'threads.custom_action',
      { thread_id, item_id: null, action: { type: 'x' } },
      { thread_id, action: { type: 'x' } },
    ],
    ['a null result', 'threads.add_client_tool_output', { thread_id, result: null }, { thread_id, result: null }],
  ])('may leave out %s', (_, type, params, read) => {
    expect(chatKitRequestSchema.parse({ type, params })).toEqual({ type, params: read, metadata: {} })
  })

  it('loses the fields we do not know, wherever they are', () => {
    const stray = { stray: 1 }
    const request = {
      ...stray,
      type: 'threads.create',
      params: {
        ...stray,
        input: { ...stray, content: [{ ...text, ...stray }], inference_options: { model: 'm', ...stray } },
      },
    }

    expect(chatKitRequestSchema.parse(request)).toStrictEqual({
      type: 'threads.create',
      params: { input: { content: [text], attachments: [], inference_options: { model: 'm' } } },
      metadata: {},
    })
  })

  it.each([
    ['an unknown type', 'threads.fly', {}, 'type'],
    ['no params', 'threads.get_by_id', undefined, 'params'],
    ['params that are a list', 'threads.get_by_id', [], 'params'],
    ['no thread id', 'threads.get_by_id', {}, 'params.thread_id'],
    ['an empty id', 'threads.delete', { thread_id: '' }, 'params.thread_id'],
    ['an endless id', 'threads.delete', { thread_id: 'x'.repeat(LIMITS.idLength + 1) }, 'params.thread_id'],
    ['no input', 'threads.create', {}, 'params.input'],
    ['no content', 'threads.create', { input: {} }, 'params.input.content'],
    ['an unknown part', 'threads.create', content(text, { type: 'input_smell' }), 'params.input.content.1.type'],
    ['a text that is none', 'threads.create', content({ type: 'input_text', text: 1 }), 'params.input.content.0.text'],
    [
      'an endless text',
      'threads.create',
      content({ type: 'input_text', text: 'x'.repeat(LIMITS.textLength + 1) }),
      'params.input.content.0.text',
    ],
    ['a tag without an id', 'threads.create', content({ type: 'input_tag', text: '@x' }), 'params.input.content.0.id'],
    [
      'attachments that are no ids',
      'threads.create',
      { input: { content: [], attachments: [{}] } },
      'params.input.attachments.0',
    ],
    ['no result', 'threads.add_client_tool_output', { thread_id }, 'params.result'],
    [
      'an unknown answer state',
      'threads.add_structured_input',
      { thread_id, item_id: 'i', input: { status: 'pending' } },
      'params.input.status',
    ],
    [
      'answers that are no texts',
      'threads.add_structured_input',
      { thread_id, item_id: 'i', input: { answers: { q: { values: [1] } } } },
      'params.input.answers.q.values.0',
    ],
    ['no item', 'threads.retry_after_item', { thread_id }, 'params.item_id'],
    ['an action without a type', 'threads.custom_action', { thread_id, action: { payload: 1 } }, 'params.action.type'],
    ['no action', 'threads.sync_custom_action', { thread_id }, 'params.action'],
    ['half an entry', 'threads.list', { limit: 1.5 }, 'params.limit'],
    ['less than nothing', 'threads.list', { limit: -1 }, 'params.limit'],
    ['a limit in words', 'items.list', { thread_id, limit: '20' }, 'params.limit'],
    ['an unknown order', 'threads.list', { order: 'random' }, 'params.order'],
    ['a null title', 'threads.update', { thread_id, title: null }, 'params.title'],
    ['an unknown feedback', 'items.feedback', { thread_id, item_ids: [], kind: 'meh' }, 'params.kind'],
    ['a file of half a byte', 'attachments.create', { name: 'a', size: 0.5, mime_type: 'b' }, 'params.size'],
    ['no attachment', 'attachments.delete', {}, 'params.attachment_id'],
    ['no audio', 'input.transcribe', { mime_type: 'audio/mp4' }, 'params.audio_base64'],
  ])('with %s is refused, and the path says where', (_, type, params, path) => {
    const { error } = chatKitRequestSchema.safeParse({ type, params })

    expect(error?.issues.map((issue) => issue.path.join('.'))).toEqual([path])
  })

  it.each([[null], ['threads.list'], [[]], [{}], [{ params: {} }]])('%j is none', (body) => {
    expect(chatKitRequestSchema.safeParse(body).success).toBe(false)
  })
})

describe('the request types', () => {
  it('narrow on type', () => {
    const request = {} as ChatKitRequest // never read: only its type is looked at
    if (request.type === 'threads.update')
      expectTypeOf(request.params).toEqualTypeOf<{ thread_id: string; title: string }>()
    expectTypeOf<z.infer<typeof chatKitRequestSchema>>().toExtend<ChatKitRequest>()
  })

  it('take the content that is written against the published types', () => {
    expectTypeOf<PublishedContent[]>().toExtend<z.input<typeof userMessageInputSchema>['content']>()
  })
})
