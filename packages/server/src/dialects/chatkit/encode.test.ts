import type { RunEvent, ThreadItem, UserMessageItem } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import type { LogEntry } from '../../engine/engine.js'
import { encodeBatch, encodeItems, encodeThread, type Reader } from './encode.js'

const common = { thread_id: 'thr_1', created_at: '2026-11-20T22:42:46.143Z' }
const hidden: ThreadItem = { ...common, id: 'h', type: 'hidden_context_item', content: 'secret' }
const message: UserMessageItem = {
  ...common,
  id: 'm',
  type: 'user_message',
  content: [],
  attachments: [{ type: 'file', id: 'a', name: 'a.txt', mime_type: 'text/plain', metadata: { path: '/secret' } }],
  inference_options: {},
  quoted_text: undefined,
}
const thread = {
  id: 'thr_1',
  created_at: common.created_at,
  status: { type: 'active' as const },
  metadata: { owner: 'secret' },
  items: { data: [], has_more: false },
}
const entry = (event: RunEvent, sequence = 1): LogEntry => ({ event, sequence })
const delta = (text: string): RunEvent => ({
  type: 'thread.item.updated',
  item_id: 'msg_1',
  update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: text },
})
const started: RunEvent = { type: 'run.started', run_id: 'run_1', thread_id: 'thr_1', attempt: 1 }

const textOf = (entries: LogEntry[], reader: Reader) => [...encodeBatch(entries, reader)].join('')

describe('what our own client reads', () => {
  it('has tokens that follow each other as one, under the last one’s number', () => {
    const done: RunEvent = { type: 'thread.item.removed', item_id: 'other' }
    const batch = [entry(delta('Hel'), 1), entry(delta('lo'), 2), entry(done, 3), entry(delta('!'), 4)]

    const events = textOf(batch, 'parley').split('\n\n').filter(Boolean)

    expect(events).toEqual([
      `id: 2\ndata: ${JSON.stringify(delta('Hello'))}`,
      `id: 3\ndata: ${JSON.stringify(done)}`,
      `id: 4\ndata: ${JSON.stringify(delta('!'))}`,
    ])
  })

  it('has the texts of different parts apart', () => {
    const other: RunEvent = { ...delta('b'), item_id: 'msg_2' } as RunEvent
    const events = textOf([entry(delta('a'), 1), entry(other, 2)], 'parley')
      .split('\n\n')
      .filter(Boolean)

    expect(events).toHaveLength(2)
  })
})

describe('what a foreign client reads', () => {
  it('is exactly one data line per event', () => {
    const text = textOf([entry(delta('Hi "you"\n')), entry(delta('\u2028é😀'))], 'foreign')

    expect(text).toBe(
      'data: {"type":"thread.item.updated","item_id":"msg_1","update":{"type":"assistant_message.content_part.text_delta","content_index":0,"delta":"Hi \\"you\\"\\n"}}\n\n' +
        'data: {"type":"thread.item.updated","item_id":"msg_1","update":{"type":"assistant_message.content_part.text_delta","content_index":0,"delta":"\u2028é😀"}}\n\n',
    )
  })

  it('holds a token exactly as any other event is written', () => {
    const event = delta('x')

    expect(textOf([entry(event)], 'foreign')).toBe(`data: ${JSON.stringify(event)}\n\n`)
  })

  it('has no run events and nothing where a batch held nothing else', () => {
    expect(textOf([entry(started)], 'foreign')).toBe('')
  })

  it('leaves out fields that are null', () => {
    const event: RunEvent = { type: 'error', code: 'stream.error', message: undefined, allow_retry: true }

    expect(textOf([entry(event)], 'foreign')).toBe(
      'data: {"type":"error","code":"stream.error","allow_retry":true}\n\n',
    )
  })
})

describe('what our own client reads', () => {
  it('has ids to resume from, and run events', () => {
    const text = textOf([entry(started, 4), entry(delta('x'), 5)], 'parley')

    expect(text).toMatch(/^id: 4\ndata: {"type":"run\.started".*}\n\nid: 5\ndata: {.*}\n\n$/)
  })
})

describe('every reader', () => {
  it('gets a long batch in pieces of whole events, none much larger than 64 KB', () => {
    const entries = Array.from({ length: 500 }, (_, index) => entry(delta('x'.repeat(1000)), index))

    const pieces = [...encodeBatch(entries, 'foreign')]

    expect(pieces.join('')).toBe(entries.map((one) => textOf([one], 'foreign')).join(''))
    expect(pieces.length).toBeGreaterThan(5)
    for (const piece of pieces) expect(piece.length).toBeLessThan(70_000)
    for (const piece of pieces) expect(piece).toMatch(/^data: .*\n\n$/s)
  })

  it.each(['foreign', 'parley'] as const)('sees no hidden item, no metadata (%s)', (reader) => {
    const text = textOf(
      [
        entry({ type: 'thread.created', thread: { ...thread, items: { data: [hidden], has_more: false } } }),
        entry({ type: 'thread.updated', thread }),
        entry({ type: 'thread.item.added', item: hidden }),
        entry({ type: 'thread.item.done', item: hidden }),
        entry({ type: 'thread.item.replaced', item: hidden }),
        entry({ type: 'thread.item.done', item: message }),
      ],
      reader,
    )

    expect(text).not.toContain('secret')
    expect(text).toContain('"metadata":{},"items":{"data":[],"has_more":false}')
    expect(text).toContain('"type":"thread.item.removed","item_id":"h"')
  })

  it('gets an event that is not a token serialised once', () => {
    const shared = entry({ type: 'progress_update', text: 'Working' })
    const first = textOf([shared], 'foreign')
    shared.event = { type: 'progress_update', text: 'Changed' }

    expect(textOf([shared], 'foreign')).toBe(first)
  })
})

describe('JSON answers', () => {
  it('hold visible items only', () => {
    expect(encodeItems({ data: [hidden, message], has_more: false }).data).toHaveLength(1)
  })

  it('hold the fields of a thread that the protocol knows', () => {
    const stored = { ...thread, tenant: 'secret' }

    expect(JSON.stringify(encodeThread(stored))).not.toContain('secret')
  })
})
