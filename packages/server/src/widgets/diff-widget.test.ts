import type { WidgetRoot } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { diffWidget } from './diff-widget.js'

type Node = Record<string, unknown>
// A test writes nodes by hand; their shape is the subject.
const card = (...children: (Node | null)[]) => ({ type: 'Card', children }) as WidgetRoot
const text = (value: string, more: Node = {}): Node => ({ type: 'Text', id: 't', value, ...more })
const delta = (delta: string, done = true, component_id = 't') => ({
  type: 'widget.streaming_text.value_delta',
  component_id,
  delta,
  done,
})
const inside = (type: string, child: Node): Node => ({ type, children: type === 'Transition' ? child : [child] })

describe('two states of a widget', () => {
  it.each<[string, WidgetRoot, WidgetRoot]>([
    ['are equal', card(text('a')), card(text('a'))],
    ['differ in null and missing only', card(text('a', { color: null })), card(text('a'))],
  ])('become nothing when they %s', (_, before, after) => {
    expect(diffWidget(before, after)).toEqual([])
  })

  it.each<[string, WidgetRoot, WidgetRoot, object[]]>([
    ['text grew', card(text('a')), card(text('ab')), [delta('b')]],
    [
      'streaming text grew',
      card(text('a', { streaming: true })),
      card(text('ab', { streaming: true })),
      [delta('b', false)],
    ],
    ['Markdown grew', card(text('a', { type: 'Markdown' })), card(text('ab', { type: 'Markdown' })), [delta('b')]],
    ['nested text grew', card(inside('Col', text('a'))), card(inside('Col', text('ab'))), [delta('b')]],
    [
      'a single child grew',
      card(inside('Transition', text('a'))),
      card(inside('Transition', text('ab'))),
      [delta('b')],
    ],
    [
      'two texts grew',
      card(text('a'), text('x', { id: 'u' })),
      card(text('ab'), text('xy', { id: 'u' })),
      [delta('b'), delta('y', true, 'u')],
    ],
  ])('become deltas in tree order when %s', (_, before, after, expected) => {
    expect(diffWidget(before, after)).toEqual(expected)
  })

  it.each<[string, WidgetRoot, WidgetRoot]>([
    ['text without id grew', card(text('a', { id: undefined })), card(text('ab', { id: undefined }))],
    ['text was rewritten', card(text('ab')), card(text('xb'))],
    ['text shrank', card(text('ab')), card(text('a'))],
    ['a Title grew', card(text('a', { type: 'Title' })), card(text('ab', { type: 'Title' }))],
    ['text grew and stopped streaming', card(text('a', { streaming: true })), card(text('ab', { streaming: false }))],
    ['another prop changed', card(text('a', { color: 'danger' })), card(text('a', { color: 'success' }))],
    ['a prop went', card(text('a', { color: 'danger' })), card(text('a'))],
    ['a nested prop changed', card(text('a', { border: { size: 1 } })), card(text('a', { border: { size: 2 } }))],
    ['a list got shorter', card(text('a', { options: [1, 2] })), card(text('a', { options: [1] }))],
    ['a child came', card(text('a')), card(text('a'), text('b', { id: 'u' }))],
    ['a child went', card(text('a'), null), card(text('a'))],
    ['an id changed', card(text('a')), card(text('ab', { id: 'u' }))],
    ['a key changed', card(text('a', { key: '1' })), card(text('a', { key: '2' }))],
    ['the root changed', card(text('a')), { ...card(text('a')), type: 'Basic' }],
    ['children became one child', card(inside('Col', text('a'))), card(inside('Transition', text('a')))],
  ])('become one new tree when %s', (_, before, after) => {
    expect(diffWidget(before, after)).toEqual([{ type: 'widget.root.updated', widget: after }])
  })
})
