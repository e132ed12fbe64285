import type { Widgets } from '@openai/chatkit'
import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  checkedWidgetRootSchema,
  type WidgetComponent,
  type WidgetNode,
  type WidgetRoot,
  widgetComponentSchema,
  widgetPropsSchemas,
  widgetRootSchema,
} from '../../index.js'
import { everyComponent } from './fixtures/every-component.js'

const card = (...children: unknown[]) => ({ type: 'Card', children })

const problems = (widget: unknown) =>
  (checkedWidgetRootSchema.safeParse(widget).error?.issues ?? []).map(({ path }) => path.join('.'))

describe('a widget as it is read', () => {
  it.each(everyComponent.map((node) => [node.type, node] as const))('keeps every prop of %s', (_, node) => {
    expect(widgetComponentSchema.parse(node)).toEqual(node)
  })

  it('keeps unknown components, unknown props and their children, at any depth', () => {
    const widget = card({
      type: 'Box',
      glow: 3,
      children: [{ type: 'Map', lat: 1, children: [{ type: 'Pin', at: [1, null] }] }],
    })

    expect(widgetRootSchema.parse(widget)).toEqual(widget)
    expect(checkedWidgetRootSchema.parse(widget)).toEqual(widget)
  })

  it('keeps a known component whose props do not fit, so that its thread stays readable', () => {
    const widget = card({ type: 'Text', value: 7, size: 'enormous' })

    expect(widgetRootSchema.parse(widget)).toEqual(widget)
  })

  it.each([
    ['children null', { type: 'Card', children: null }],
    ['no children', { type: 'ListView' }],
    ['a null among the children', { type: 'Basic', children: [null, { type: 'Spacer' }] }],
    ['null props', { type: 'Card', key: null, size: null, children: [] }],
    ['a single child', card({ type: 'Transition', children: { type: 'Text', value: 'x' } })],
  ])('reads %s', (_, widget) => {
    expect(widgetRootSchema.parse(widget)).toEqual(widget)
    expect(problems(widget)).toEqual([])
  })

  it.each([
    ['a root that is no root', { type: 'Box', children: [] }],
    ['a node without a type', card({ value: 'x' })],
    ['a node that is a text', card('hello')],
    ['a numeric id', card({ type: 'Text', id: 4, value: 'x' })],
    ['children that are a number', { type: 'Card', children: 4 }],
  ])('refuses %s', (_, widget) => {
    expect(widgetRootSchema.safeParse(widget).success).toBe(false)
  })
})

describe('a widget as its author checks it', () => {
  it('has a schema and a sample for each component', () => {
    const sampled = new Set(everyComponent.map(({ type }) => type))

    expect([...sampled].sort()).toEqual(Object.keys(widgetPropsSchemas).sort())
  })

  it.each(everyComponent.map((node) => [node.type, node] as const))('%s fits with every prop it has', (_, node) => {
    expect(widgetPropsSchemas[node.type].parse(node)).toEqual(node)
    expect(problems({ type: 'Basic', children: [node] })).toEqual([])
  })

  it.each([
    ['an unknown word', card({ type: 'Badge', label: 'x', color: 'puce' }), ['children.0.color']],
    ['a missing prop', card({ type: 'Row', children: [{ type: 'Text' }] }), ['children.0.children.0.value']],
    ['a root prop', { type: 'Card', size: 4, children: [] }, ['size']],
    ['an action without a type', card({ type: 'Button', onClickAction: {} }), ['children.0.onClickAction.type']],
    ['a list of anything', { type: 'ListView', children: [{ type: 'Text', value: 'x' }] }, ['children.0.type']],
    ['an unknown icon', card({ type: 'Icon', name: 'unicorn' }), ['children.0.name']],
  ])('names the place of %s', (_, widget, paths) => {
    expect(problems(widget)).toEqual(paths)
  })

  it('reads a tree in time that grows with its size, however deep the wrong node lies', () => {
    let node: unknown = { type: 'Text' }
    for (let depth = 0; depth < 200; depth++) node = { type: 'Box', children: [node] }

    expect(problems(card(node))).toHaveLength(1)
  })
})

describe('the widget types', () => {
  it('narrow on type', () => {
    const component = widgetComponentSchema.parse({ type: 'Text', value: 'x' })

    if (component.type === 'Text') expectTypeOf(component.value).toEqualTypeOf<string>()
    expectTypeOf<Extract<WidgetComponent, { type: 'Card' }>>().toBeNever()
  })

  it('can be walked as plain nodes', () => {
    expectTypeOf<WidgetRoot>().toExtend<WidgetNode>()
    expectTypeOf<WidgetComponent>().toExtend<WidgetNode>()
  })

  it('take every widget written against the published types', () => {
    expectTypeOf<Widgets.WidgetRoot>().toExtend<WidgetRoot>()
    expectTypeOf<Widgets.WidgetComponent>().toExtend<WidgetComponent>()
  })
})
