import type { AssistantMessageItem, RunEvent, ThreadMetadata } from '@parley/protocol'
import { expect, it } from 'vitest'
import { testParley } from '../../testing/test-parley.js'

/** What the reference server answers to the message "stream". Source: the recorded transcript of the ChatKit contract, 1.6. */
const GOLDEN = `data: {"type":"thread.created","thread":{"id":"thr_333c8417","created_at":"2026-11-20T22:42:46.224711","status":{"type":"active"},"metadata":{},"items":{"data":[],"has_more":false}}}

data: {"type":"thread.item.done","item":{"id":"msg_9092bbc9","thread_id":"thr_333c8417","created_at":"2026-11-20T22:42:46.225192","type":"user_message","content":[{"type":"input_text","text":"stream"}],"attachments":[],"inference_options":{}}}

data: {"type":"stream_options","stream_options":{"allow_cancel":true}}

data: {"type":"thread.item.added","item":{"id":"msg_939b80a1","thread_id":"thr_333c8417","created_at":"2026-11-20T22:42:46.225542","type":"assistant_message","content":[]}}

data: {"type":"thread.item.updated","item_id":"msg_939b80a1","update":{"type":"assistant_message.content_part.added","content_index":0,"content":{"annotations":[],"text":"","type":"output_text"}}}

data: {"type":"thread.item.updated","item_id":"msg_939b80a1","update":{"type":"assistant_message.content_part.text_delta","content_index":0,"delta":"Hi "}}

data: {"type":"thread.item.updated","item_id":"msg_939b80a1","update":{"type":"assistant_message.content_part.annotation_added","content_index":0,"annotation_index":0,"annotation":{"type":"annotation","source":{"title":"E","type":"url","url":"https://e.com"},"index":3}}}

data: {"type":"thread.item.updated","item_id":"msg_939b80a1","update":{"type":"assistant_message.content_part.done","content_index":0,"content":{"annotations":[],"text":"Hi there","type":"output_text"}}}

data: {"type":"thread.item.done","item":{"id":"msg_939b80a1","thread_id":"thr_333c8417","created_at":"2026-11-20T22:42:46.308194","type":"assistant_message","content":[{"annotations":[],"text":"Hi there","type":"output_text"}]}}

`

/** Ids become their kind and order of appearance, times become one word; nothing else changes. */
function withoutChance(stream: string): string {
  const names = new Map<string, string>()
  return stream
    .replaceAll(/"(thr|msg)_[0-9a-f]+"/g, (id, kind) => {
      const name = names.get(id) ?? `"${kind}_${names.size}"`
      names.set(id, name)
      return name
    })
    .replaceAll(/"\d{4}-\d\d-\d\dT[\d:.]+Z?"/g, '"TIME"')
}

async function* respond(thread: ThreadMetadata): AsyncGenerator<RunEvent> {
  const item: AssistantMessageItem = {
    id: 'msg_939b80a1',
    thread_id: thread.id,
    created_at: new Date().toISOString(),
    type: 'assistant_message',
    content: [],
  }
  const part = (text: string) => ({ annotations: [], text, type: 'output_text' as const })
  const source = { title: 'E', type: 'url' as const, url: 'https://e.com' }
  const update = (change: Extract<RunEvent, { update: unknown }>['update']): RunEvent => ({
    type: 'thread.item.updated',
    item_id: item.id,
    update: change,
  })
  yield { type: 'thread.item.added', item }
  yield update({ type: 'assistant_message.content_part.added', content_index: 0, content: part('') })
  yield update({ type: 'assistant_message.content_part.text_delta', content_index: 0, delta: 'Hi ' })
  yield update({
    type: 'assistant_message.content_part.annotation_added',
    content_index: 0,
    annotation_index: 0,
    annotation: { type: 'annotation', source, index: 3 },
  })
  yield update({ type: 'assistant_message.content_part.done', content_index: 0, content: part('Hi there') })
  yield { type: 'thread.item.done', item: { ...item, content: [part('Hi there')] } }
}

it('writes the recorded transcript of the reference byte for byte, apart from ids and times', async () => {
  const parley = testParley({ respond })
  const input = { content: [{ type: 'input_text', text: 'stream' }], attachments: [], inference_options: {} }

  const response = await parley.send('threads.create', { input })

  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(withoutChance(await response.text())).toBe(withoutChance(GOLDEN))
})
