import type { Annotation, RunEvent, ThreadItem } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { answerItem, answerOpens, delta, done, threadOf, userItem } from '../testing/builders.js'
import { SENT_ID_PREFIX } from './reduce-event.js'
import { reduce } from './reducer.js'
import { toTurns } from './selectors.js'
import { type ChatState, initialState } from './state.js'

const after = (events: RunEvent[], from: ChatState = initialState({}, 'en')) =>
  events.reduce((state, event) => reduce(state, { type: 'event', event }), from)

const part = (state: ChatState, id: string) => {
  const item = state.items.get(id)
  return item?.type === 'assistant_message' ? item.content[0] : undefined
}

const cite = (title: string, index: number): Annotation => ({
  type: 'annotation',
  index,
  source: { type: 'url', title, url: `https://example.org/${title}` },
})

const update = (item_id: string, change: Extract<RunEvent, { type: 'thread.item.updated' }>['update']): RunEvent => ({
  type: 'thread.item.updated',
  item_id,
  update: change,
})

describe('an answer', () => {
  it('grows by its deltas, in the part they name', () => {
    const state = after([
      ...answerOpens('a'),
      delta('a', 'Hel'),
      delta('a', 'lo'),
      update('a', { type: 'assistant_message.content_part.text_delta', content_index: 2, delta: 'third' }),
    ])

    const item = state.items.get('a')
    expect(item?.type === 'assistant_message' && item.content.map(({ text }) => text)).toEqual(['Hello', '', 'third'])
  })

  it('keeps its footnotes when a part is closed without them', () => {
    const open = after([...answerOpens('a'), delta('a', 'Text')])
    const annotated = after(
      [
        update('a', {
          type: 'assistant_message.content_part.annotation_added',
          content_index: 0,
          annotation_index: 0,
          annotation: cite('second', 3),
        }),
        update('a', {
          type: 'assistant_message.content_part.annotation_added',
          content_index: 0,
          annotation_index: 0,
          annotation: cite('first', 1),
        }),
        update('a', {
          type: 'assistant_message.content_part.annotation_added',
          content_index: 0,
          annotation_index: 9,
          annotation: cite('third', 3),
        }),
      ],
      open,
    )
    const closed = after(
      [
        update('a', {
          type: 'assistant_message.content_part.done',
          content_index: 0,
          content: { type: 'output_text', text: 'Text.', annotations: [] },
        }),
      ],
      annotated,
    )

    expect(part(closed, 'a')?.text).toBe('Text.')
    expect(part(closed, 'a')?.annotations.map(({ source }) => source.title)).toEqual(['first', 'second', 'third'])
  })

  it('is replaced whole by its done event, in its place', () => {
    const state = after([...answerOpens('a'), done(userItem('u', 'later')), done(answerItem('a', 'Final'))])

    expect(state.itemIds).toEqual(['a', 'u'])
    expect(part(state, 'a')?.text).toBe('Final')
    expect(state.openIds.size).toBe(0)
  })

  it('leaves nothing behind when it was cut off before its first word', () => {
    const state = reduce(after(answerOpens('a')), { type: 'run.ended' })

    expect(state.itemIds).toEqual([])
  })
})

describe('events about items', () => {
  it('ignore updates of an item that was removed', () => {
    const state = after([...answerOpens('a'), { type: 'thread.item.removed', item_id: 'a' }, delta('a', 'late')])

    expect(state.items.size).toBe(0)
    expect(state.itemIds).toEqual([])
  })

  it('replace an item in its place, also by another kind', () => {
    const state = after([
      done(userItem('x', 'question')),
      done(userItem('y', 'more')),
      { type: 'thread.item.replaced', item: answerItem('x', 'answer') },
    ])

    expect(state.itemIds).toEqual(['x', 'y'])
    expect(state.items.get('x')?.type).toBe('assistant_message')
  })

  it("put the server's copy in the place of the message shown at once", () => {
    const sent = reduce(initialState({}, 'en'), { type: 'item.sent', item: userItem(`${SENT_ID_PREFIX}1`, 'Hi') })

    const received = after([done(userItem('u', 'Hi'))], sent)

    expect(received.itemIds).toEqual(['u'])
    expect(toTurns(received)).toMatchObject([{ key: `${SENT_ID_PREFIX}1`, userId: 'u' }])
  })

  it('change nothing when their kind is not known here', () => {
    const state = initialState({}, 'en')

    expect(reduce(state, { type: 'event', event: { type: 'thread.sparkled' } as unknown as RunEvent })).toBe(state) // a later protocol
  })

  it('build up a workflow task by task', () => {
    const workflow: ThreadItem = {
      id: 'w',
      thread_id: 'thr_1',
      created_at: '2026-11-20T10:00:00Z',
      type: 'workflow',
      workflow: { type: 'reasoning', tasks: [], expanded: false },
    }
    const task = (content: string) => ({ type: 'thought' as const, content, status_indicator: 'none' as const })
    const state = after([
      { type: 'thread.item.added', item: workflow },
      update('w', { type: 'workflow.task.added', task_index: 0, task: task('on') }),
      update('w', { type: 'workflow.task.updated', task_index: 0, task: task('one') }),
      update('w', { type: 'workflow.task.added', task_index: 1, task: task('two') }),
    ])

    const item = state.items.get('w')
    expect(item?.type === 'workflow' && item.workflow.tasks.map((one) => 'content' in one && one.content)).toEqual([
      'one',
      'two',
    ])
  })

  it('stream text into the widget component with that id', () => {
    const text = { type: 'Text', id: 't', value: 'He', streaming: true }
    const item = {
      id: 'w',
      thread_id: 'thr_1',
      created_at: '2026-11-20T10:00:00Z',
      type: 'widget',
      widget: { type: 'Card', children: [{ type: 'Col', children: [text] }] },
    } as ThreadItem
    const state = after([
      { type: 'thread.item.added', item },
      update('w', { type: 'widget.streaming_text.value_delta', component_id: 't', delta: 'llo', done: true }),
    ])

    expect(state.items.get('w')).toMatchObject({
      widget: { children: [{ children: [{ value: 'Hello', streaming: false }] }] },
    })
  })
})

describe('events about the thread', () => {
  it('never clear the items on screen', () => {
    const state = after([
      { type: 'thread.created', thread: threadOf('thr_1') },
      done(userItem('u', 'Hi')),
      { type: 'thread.updated', thread: threadOf('thr_1', { title: 'Greeting' }) },
    ])

    expect(state.itemIds).toEqual(['u'])
    expect(state.thread?.title).toBe('Greeting')
    expect(state.history.threads.map(({ title }) => title)).toEqual(['Greeting'])
  })

  it('show progress until there is something to read', () => {
    const working = after([{ type: 'progress_update', text: 'Looking', icon: 'search' }])

    expect(working.run.progress?.text).toBe('Looking')
    expect(after(answerOpens('a'), working).run.progress).toBeNull()
  })

  it('say what went wrong: the message of a custom error, our words for a code', () => {
    const custom = after([{ type: 'error', code: 'custom', message: 'Out of paper.', allow_retry: false }])
    const coded = after([{ type: 'error', code: 'stream.error', allow_retry: true }])

    expect(custom.problem).toEqual({ code: 'custom', text: 'Out of paper.', retry: false })
    expect(coded.problem).toEqual({ code: 'stream', retry: true })
  })
})

describe('what happens here', () => {
  it('keeps composer text and the running answer when options are replaced', () => {
    const typed = reduce(after(answerOpens('a')), { type: 'composer.changed', composer: { text: 'half a thought' } })
    const themed = reduce(typed, { type: 'options.set', options: { theme: 'dark' }, locale: 'en' })

    expect(themed.composer.text).toBe('half a thought')
    expect(themed.openIds.has('a')).toBe(true)
  })

  it('puts older items before the newer ones, once', () => {
    const state = reduce(after([done(userItem('b', 'new'))]), {
      type: 'older.loaded',
      items: [userItem('a', 'old'), userItem('b', 'new')],
      olderAfter: null,
    })

    expect(state.itemIds).toEqual(['a', 'b'])
  })

  it('drops what came after the message that is tried again', () => {
    const talk = after([done(userItem('u', 'Hi')), done(answerItem('a', 'Hello')), done(userItem('v', 'And?'))])
    const state = reduce(talk, { type: 'items.removed_after', itemId: 'u' })

    expect(state.itemIds).toEqual(['u'])
    expect([...state.items.keys()]).toEqual(['u'])
  })

  it('keeps a persistent tool after sending and lets the others go', () => {
    const tools = [
      { id: 'once', label: 'Once', icon: 'bolt' },
      { id: 'always', label: 'Always', icon: 'bolt', persistent: true },
    ]
    const state = initialState({ composer: { tools } }, 'en')
    const sentWith = (toolId: string) =>
      reduce(reduce(state, { type: 'composer.changed', composer: { toolId } }), { type: 'composer.cleared' })

    expect(sentWith('once').composer.toolId).toBeNull()
    expect(sentWith('always').composer.toolId).toBe('always')
  })
})
