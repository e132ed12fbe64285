import { widgetPropsSchemas } from '@parley/protocol'
import { describe, expect, it } from 'vitest'
import { componentProps } from './component-props.js'

describe('the props of a component', () => {
  it('come from its schema, the required ones first', () => {
    expect(componentProps('Title')[0]).toEqual({ name: 'value', isRequired: true, values: 'string' })
    expect(componentProps('Button')).toContainEqual({
      name: 'style',
      isRequired: false,
      values: '"primary" | "secondary"',
    })
  })

  it.each(Object.keys(widgetPropsSchemas))('%s: each says what it takes', (type) => {
    for (const { values } of componentProps(type)) expect(values).not.toBe('')
  })

  it('are none for what is no component', () => {
    expect(componentProps('constructor')).toEqual([])
  })
})
