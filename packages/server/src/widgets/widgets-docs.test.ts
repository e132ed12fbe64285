import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { widgetTemplate } from './widget-template.js'
import { WidgetTemplateError } from './widget-template-error.js'

const page = readFileSync(new URL('../../../../docs/widgets.md', import.meta.url), 'utf8')
const [, orderFile = ''] = /```json\n([\s\S]+?)```/.exec(page) ?? []

describe('docs/widgets.md', () => {
  it('B6: shows a widget file that works with the data it shows', () => {
    const order = widgetTemplate(orderFile, { checkData: true })

    expect(order.render({ title: 'Espresso', price: 3, notes: ['hot', 'no sugar'] })).toEqual({
      type: 'Card',
      children: [
        { type: 'Title', id: 'title', value: 'Espresso, $3' },
        {
          type: 'Col',
          children: [
            { type: 'Caption', value: 'hot' },
            { type: 'Caption', value: 'no sugar' },
          ],
        },
      ],
    })
  })

  it('quotes the error of a missing variable as it is', () => {
    const message = /`(Widget "Order": "price" is undefined [^`]+)`/.exec(page)?.[1] ?? ''

    expect(() => widgetTemplate(orderFile).render({ title: 'Espresso', notes: [] })).toThrow(
      new WidgetTemplateError('undefined', message),
    )
  })
})
