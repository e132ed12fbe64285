import { describe, expect, it } from 'vitest'
import { omitNulls } from './omit-nulls.js'

describe('omitNulls', () => {
  it('drops null and undefined fields at any depth, and keeps everything else that is empty', () => {
    const thread = {
      id: 't',
      title: null,
      after: undefined,
      items: { data: [{ id: 'a', quoted_text: null }], has_more: false },
    }

    expect(omitNulls(thread)).toStrictEqual({ id: 't', items: { data: [{ id: 'a' }], has_more: false } })
    expect(omitNulls({ a: '', b: 0, c: false, d: [], e: {} })).toStrictEqual({ a: '', b: 0, c: false, d: [], e: {} })
  })

  it.each([
    ['the data of a client effect', { type: 'client_effect', name: 'x', data: { a: null, deep: { b: null } } }],
    ['the arguments of a client tool call', { type: 'client_tool_call', arguments: { a: null, list: [{ b: null }] } }],
    ['the output of a client tool call', { type: 'client_tool_call', output: [null, { a: null }] }],
    ['the data of a tag', { content: [{ type: 'input_tag', data: { a: null } }] }],
    ['the data of an entity', { annotations: [{ source: { type: 'entity', data: { a: null } } }] }],
    ['metadata', { metadata: { a: null } }],
  ])('leaves %s alone', (_, value) => {
    expect(omitNulls(value)).toStrictEqual(value)
  })

  it('drops a free-form field that is itself null', () => {
    expect(omitNulls({ output: null, metadata: null, data: null })).toStrictEqual({})
  })

  it('drops every null of a widget: props, payloads, chart data, children', () => {
    const widget = {
      type: 'Card',
      size: null,
      children: [
        null,
        { type: 'Button', onClickAction: { type: 'x', payload: { a: null, data: { b: null } } } },
        { type: 'Chart', data: [{ x: 1, y: null }] },
        { type: 'Transition', children: null },
      ],
    }
    const pruned = {
      type: 'Card',
      children: [
        { type: 'Button', onClickAction: { type: 'x', payload: { data: {} } } },
        { type: 'Chart', data: [{ x: 1 }] },
        { type: 'Transition' },
      ],
    }

    expect(omitNulls({ type: 'thread.item.done', item: { widget, copy_text: null } })).toStrictEqual({
      type: 'thread.item.done',
      item: { widget: pruned },
    })
    expect(omitNulls({ type: 'widget.component.updated', component: widget }).component).toStrictEqual(pruned)
  })

  it('does not touch what it is given', () => {
    const given = { a: null, widget: { b: null } }

    omitNulls(given)

    expect(given).toStrictEqual({ a: null, widget: { b: null } })
  })

  it.each([['text'], [7], [null], [true]])('gives back %j as it is', (value) => {
    expect(omitNulls(value)).toBe(value)
  })
})
