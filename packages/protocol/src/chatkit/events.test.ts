import type { Entity, Attachment as PublishedAttachment } from '@openai/chatkit'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { z } from 'zod'
import {
  type AssistantMessageItem,
  type Attachment,
  chatKitRequestSchema,
  type EntitySource,
  omitNulls,
  type Page,
  pageSchema,
  type Thread,
  type ThreadItem,
  type ThreadStreamEvent,
  threadItemSchema,
  threadItemUpdateSchema,
  threadMetadataSchema,
  type threadSchema,
  threadStreamEventSchema,
} from '../index.js'
import { everyItem, everyUpdate } from './fixtures/every-kind.js'
import { goldenEvents, goldenRequest } from './fixtures/golden-transcript.js'

const thread = {
  id: 'thr_1',
  title: 'A title',
  created_at: '2026-11-20T22:42:46.143160',
  status: { type: 'locked', reason: 'Paid' },
  allowed_image_domains: ['e.com'],
  metadata: {},
  items: { data: everyItem, has_more: true, after: 'itm_1' },
}

const everyEvent = [
  { type: 'thread.created', thread },
  { type: 'thread.updated', thread },
  ...['thread.item.added', 'thread.item.done', 'thread.item.replaced'].flatMap((type) =>
    everyItem.map((item) => ({ type, item })),
  ),
  ...everyUpdate.map((update) => ({ type: 'thread.item.updated', item_id: 'itm_1', update })),
  { type: 'thread.item.removed', item_id: 'itm_1' },
  { type: 'stream_options', stream_options: { allow_cancel: false, new_option: 1 } },
  { type: 'progress_update', text: 'Looking', icon: 'search' },
  { type: 'client_effect', name: 'blink', data: { times: null } },
  { type: 'error', code: 'custom', message: 'No', allow_retry: true },
  { type: 'notice', level: 'danger', message: '**No**', title: 'Oh' },
]

describe('the recorded answer of the reference server', () => {
  it('starts with a request we read', () => {
    const request = JSON.parse(goldenRequest)

    expect(chatKitRequestSchema.parse(request)).toEqual({ ...request, metadata: {} })
  })

  it.each(goldenEvents)('is read and written again without a change: %.60s', (line) => {
    const event = JSON.parse(line)

    const read = threadStreamEventSchema.parse(event)

    expect(JSON.parse(JSON.stringify(omitNulls(read)))).toEqual(event)
  })
})

describe('items, updates and events', () => {
  it.each(everyItem.map((item) => [item.type, item]))('%s survives being stored, unknown fields too', (_, item) => {
    expect(threadItemSchema.parse(item)).toStrictEqual(item)
  })

  it.each(everyUpdate.map((update) => [update.type, update]))('%s is read whole', (_, update) => {
    expect(threadItemUpdateSchema.parse(update)).toStrictEqual(update)
  })

  it.each(everyEvent.map((event) => [event.type, event]))('%s is read whole', (_, event) => {
    expect(threadStreamEventSchema.parse({ ...event, extra: 1 })).toStrictEqual({ ...event, extra: 1 })
  })

  it('covers eleven items, ten updates and twelve events', () => {
    expect([everyItem.length, everyUpdate.length, new Set(everyEvent.map(({ type }) => type)).size]).toEqual([
      11, 10, 12,
    ])
  })

  it('reads null as missing, and leaves free-form nulls alone', () => {
    const item = {
      type: 'client_tool_call',
      id: 'a',
      thread_id: 't',
      created_at: '2026-11-20T22:42:46Z',
      call_id: 'c',
      name: 'n',
      arguments: { a: null },
    }
    const image = { ...item, type: 'generated_image', image: null }

    expect(threadItemSchema.parse(item)).toEqual({ ...item, status: 'pending' })
    expect(threadItemSchema.parse(image)).toEqual({ ...image, image: undefined })
  })

  it('fills in what older servers leave out', () => {
    const bare = { type: 'user_message', id: 'a', thread_id: 't', created_at: '2026-11-20T22:42:46+02:00', content: [] }

    expect(threadItemSchema.parse(bare)).toEqual({ ...bare, attachments: [], inference_options: {} })
    expect(threadStreamEventSchema.parse({ type: 'error' })).toEqual({
      type: 'error',
      code: 'custom',
      allow_retry: false,
    })
    expect(threadMetadataSchema.parse({ id: 't', created_at: '2026-11-20T22:42:46Z', title: null })).toEqual({
      id: 't',
      created_at: '2026-11-20T22:42:46Z',
      status: { type: 'active' },
      metadata: {},
    })
  })

  it('cannot be used to poison a prototype', () => {
    const item = JSON.parse(
      '{"type":"end_of_turn","id":"a","thread_id":"t","created_at":"2026-11-20T22:42:46Z","__proto__":{"admin":true}}',
    )

    expect('admin' in threadItemSchema.parse(item)).toBe(false)
  })

  it.each([
    ['an unknown kind', { type: 'thread.flew' }, 'type'],
    ['an unknown item', { type: 'thread.item.done', item: { type: 'poem' } }, 'item.type'],
    [
      'a date that is none',
      { type: 'thread.item.done', item: { ...everyItem[8], created_at: 'now' } },
      'item.created_at',
    ],
    ['an empty id', { type: 'thread.item.removed', item_id: '' }, 'item_id'],
    [
      'a widget without a root',
      { type: 'thread.item.done', item: { ...everyItem[3], widget: { type: 'Row' } } },
      'item.widget.type',
    ],
    ['an unknown icon', { type: 'progress_update', text: 'x', icon: 'unicorn' }, 'icon'],
  ])('refuses %s and says where', (_, event, path) => {
    expect(threadStreamEventSchema.safeParse(event).error?.issues[0]?.path.join('.')).toBe(path)
  })
})

describe('the types', () => {
  it('narrow on type', () => {
    const item = {} as ThreadItem // never read: only its type is looked at
    if (item.type === 'assistant_message') expectTypeOf(item).toEqualTypeOf<AssistantMessageItem>()
    expectTypeOf<ThreadItem['type']>().not.toEqualTypeOf<string>()
    expectTypeOf<ThreadStreamEvent['type']>().not.toEqualTypeOf<string>()
    expectTypeOf<AssistantMessageItem>().not.toHaveProperty('contents')
  })

  it('declared by hand say what their schemas say', () => {
    const page = pageSchema(threadItemSchema)
    expectTypeOf<z.infer<typeof threadSchema>>().toExtend<Thread>()
    expectTypeOf<Thread>().toExtend<z.infer<typeof threadSchema>>()
    expectTypeOf<z.infer<typeof page>>().toExtend<Page<ThreadItem>>()
    expectTypeOf<Page<ThreadItem>>().toExtend<z.infer<typeof page>>()
  })

  it('take what is written against the published types', () => {
    expectTypeOf<PublishedAttachment>().toExtend<Attachment>()
    expectTypeOf<
      Required<Pick<Entity, 'id' | 'title' | 'interactive' | 'data'>> & { type: 'entity' }
    >().toExtend<EntitySource>()
  })
})
