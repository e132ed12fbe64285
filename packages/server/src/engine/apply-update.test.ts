import type { ThreadItem, ThreadItemUpdate } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { applyUpdate } from './apply-update.js'

const common = { id: 'item_1', thread_id: 'thr_1', created_at: '2026-01-01T00:00:00Z' }
const part = (text: string, annotations: object[] = []) => ({ type: 'output_text', text, annotations })
const source = (title: string) => ({ type: 'annotation', source: { type: 'url', title, url: 'https://example.com' } })
const step = (title: string) => ({ type: 'custom', title, status_indicator: 'none' })
const card = (...children: object[]) => ({ type: 'Card', children })

const assistant = (...content: object[]) => ({ ...common, type: 'assistant_message', content })
const workflow = (...tasks: object[]) => ({
  ...common,
  type: 'workflow',
  workflow: { type: 'custom', tasks, expanded: false },
})
const widget = (root: object) => ({ ...common, type: 'widget', widget: root })

/** The item after one update; both are written down as they are on the wire. */
function after(item: object, update: object): unknown {
  const copy = structuredClone(item)
  applyUpdate(copy as ThreadItem, update as ThreadItemUpdate)
  return copy
}

describe('an update of an assistant message', () => {
  it('adds a part, and empty parts before it', () => {
    const update = { type: 'assistant_message.content_part.added', content_index: 2, content: part('c') }

    expect(after(assistant(part('a')), update)).toEqual(assistant(part('a'), part(''), part('c')))
  })

  it('appends text', () => {
    const update = { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: ' there' }

    expect(after(assistant(part('Hi')), update)).toEqual(assistant(part('Hi there')))
  })

  it('makes the part a first text needs', () => {
    const update = { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: 'Hi' }

    expect(after(assistant(), update)).toEqual(assistant(part('Hi')))
  })

  it.each([
    [0, ['new', 'old']],
    [1, ['old', 'new']],
    [9, ['old', 'new']],
  ])('puts an annotation at index %i, at the end when that lies behind it', (annotation_index, titles) => {
    const type = 'assistant_message.content_part.annotation_added'
    const update = { type, content_index: 0, annotation_index, annotation: source('new') }

    expect(after(assistant(part('a', [source('old')])), update)).toEqual(assistant(part('a', titles.map(source))))
  })

  it('replaces a part that is done', () => {
    const update = { type: 'assistant_message.content_part.done', content_index: 0, content: part('all of it') }

    expect(after(assistant(part('all')), update)).toEqual(assistant(part('all of it')))
  })
})

describe('an update of a workflow', () => {
  it('adds a task', () => {
    const update = { type: 'workflow.task.added', task_index: 1, task: step('two') }

    expect(after(workflow(step('one')), update)).toEqual(workflow(step('one'), step('two')))
  })

  it('replaces a task', () => {
    const update = { type: 'workflow.task.updated', task_index: 0, task: step('done') }

    expect(after(workflow(step('one'), step('two')), update)).toEqual(workflow(step('done'), step('two')))
  })

  it('leaves a workflow alone when it has no task with that number', () => {
    const update = { type: 'workflow.task.updated', task_index: 5, task: step('lost') }

    expect(after(workflow(step('one')), update)).toEqual(workflow(step('one')))
  })
})

describe('an update of a widget', () => {
  const text = (value: string) => ({ type: 'Text', id: 'text_1', value })

  it('appends to the text with that id, wherever it stands', () => {
    const update = { type: 'widget.streaming_text.value_delta', component_id: 'text_1', delta: '!', done: true }

    expect(after(widget(card({ type: 'Transition', children: text('Hi') })), update)).toEqual(
      widget(card({ type: 'Transition', children: text('Hi!') })),
    )
  })

  it('replaces the component with that id', () => {
    const update = { type: 'widget.component.updated', component_id: 'text_1', component: { type: 'Divider', id: 'x' } }

    expect(after(widget(card(text('Hi'))), update)).toEqual(widget(card({ type: 'Divider', id: 'x' })))
  })

  it('replaces the whole tree', () => {
    const update = { type: 'widget.root.updated', widget: card(text('new')) }

    expect(after(widget(card()), update)).toEqual(widget(card(text('new'))))
  })
})

describe('an update of a generated image', () => {
  it('replaces the picture', () => {
    const image = { id: 'img_1', url: 'https://example.com/1.png' }

    expect(after({ ...common, type: 'generated_image' }, { type: 'generated_image.updated', image })).toEqual({
      ...common,
      type: 'generated_image',
      image,
    })
  })
})

describe('an update that does not fit its item', () => {
  it.each([
    { type: 'workflow.task.added', task_index: 0, task: step('one') },
    { type: 'widget.root.updated', widget: card() },
    { type: 'generated_image.updated', image: { id: 'img_1', url: 'x' } },
  ])('$type changes nothing', (update) => {
    expect(after(assistant(part('a')), update)).toEqual(assistant(part('a')))
  })
})
