import { describe, expect, it } from 'vitest'
import { borderStyle } from './border.js'
import { boxStyle } from './box-style.js'
import { chartColor, surfaceColor, textColor } from './color.js'
import { sizeOf, spaceOf, spacesOf } from './length.js'
import { placePopover } from './place-popover.js'

describe('lengths', () => {
  it('count 4 px in spaces and 1 px in sizes, and take CSS', () => {
    expect([spaceOf(3), sizeOf(3), sizeOf('50%'), spaceOf('1.5rem'), sizeOf('12')]).toEqual([
      '12px',
      '3px',
      '50%',
      '1.5rem',
      '12px',
    ])
  })

  it('read sides over axes, and CSS shorthand', () => {
    expect(spacesOf({ top: 1, x: 2, y: 3 })).toEqual({ top: '4px', right: '8px', bottom: '12px', left: '8px' })
    expect(spacesOf('1px 2px')).toEqual({ top: '1px', right: '2px', bottom: '1px', left: '2px' })
    expect(spacesOf(null)).toEqual({})
  })

  it('keep huge and negative ones within bounds', () => {
    expect([sizeOf(1e9), sizeOf('9999999px'), sizeOf('900vh'), spaceOf(-1e6), sizeOf('-5px')]).toEqual([
      '4000px',
      '4000px',
      '100vh',
      '-32px',
      undefined,
    ])
    expect(sizeOf('calc(100vw * 50)')).toBe('min(calc(100vw * 50), 4000px)')
  })

  it.each(['url(x)', 'var(--a)', '1px; position: fixed', 'expression(1)', Number.NaN, {}, [], true])(
    'refuse %j',
    (value) => {
      expect([sizeOf(value), spaceOf(value)]).toEqual([undefined, undefined])
    },
  )
})

describe('colours', () => {
  it('are tokens of the theme, primitive tokens, CSS, or one per scheme', () => {
    expect(textColor('danger', 'light')).toBe('var(--danger)')
    expect(surfaceColor('surface-tertiary', 'light')).toBe('var(--neutral-3)')
    expect(textColor('red-100', 'light')).toMatch(/^oklch\(0\.94 .* 25\)$/)
    expect(textColor('gray-500', 'light')).toMatch(/^oklch\(0\.64 /)
    expect(textColor('rgb(0 0 0 / 50%)', 'light')).toBe('rgb(0 0 0 / 50%)')
    expect(textColor({ light: '#fff', dark: 'danger' }, 'dark')).toBe('var(--danger)')
    expect(chartColor('blue', 'light')).not.toBe(chartColor('blue', 'dark'))
  })

  it.each([
    'url(https://evil.example/x)',
    'image-set("a" 1x)',
    'red; background: url(x)',
    'var(--accent)',
    '__proto__',
    'constructor-100',
    'red-1',
    { light: 'url(x)', dark: 'url(x)' },
    { light: { light: 'red' } },
    7,
    null,
  ])('refuse %j', (value) => {
    expect([textColor(value, 'light'), surfaceColor(value, 'dark'), chartColor(value, 'light')]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('borders', () => {
  it('are a width, a border, or one of either per side', () => {
    expect(borderStyle(1, 'light')['border-top']).toBe('1px solid var(--line)')
    expect(borderStyle({ size: 2, style: 'dashed', color: 'strong' }, 'light')['border-left']).toBe(
      '2px dashed var(--neutral-8)',
    )
    expect(borderStyle({ x: 1, top: { size: 3 } }, 'light')).toEqual({
      'border-top': '3px solid var(--line)',
      'border-right': '1px solid var(--line)',
      'border-left': '1px solid var(--line)',
    })
  })

  it('are no wider than a border can be, and nothing when they are nothing', () => {
    expect(borderStyle(1e9, 'light')['border-top']).toBe('16px solid var(--line)')
    expect(borderStyle('1px solid url(x)', 'light')).toEqual({})
  })
})

describe('boxes', () => {
  it('read all their props', () => {
    const props = {
      align: 'end',
      justify: 'between',
      wrap: 'wrap',
      flex: 1,
      gap: 2,
      size: 40,
      height: 10,
      radius: 'full',
    }

    expect(boxStyle({ ...props, aspectRatio: '16 / 9', background: 'surface' }, 'light')).toEqual({
      'align-items': 'flex-end',
      'justify-content': 'space-between',
      'flex-wrap': 'wrap',
      flex: '1',
      gap: '8px',
      width: '40px',
      height: '10px',
      'border-radius': '999px',
      'aspect-ratio': '16/9',
      'background-color': 'var(--neutral-1)',
    })
  })

  it('ignore what is of another shape', () => {
    const wrong = { align: {}, justify: '__proto__', wrap: 1, flex: 'url(x)', gap: [], size: {}, radius: 'constructor' }

    expect(
      boxStyle({ ...wrong, aspectRatio: '1/0', background: 'url(x)', border: 'x', padding: true }, 'light'),
    ).toEqual({})
  })
})

describe('a popover', () => {
  const window = { width: 400, height: 600 }
  const anchorAt = (top: number) => ({ top, bottom: top + 36, left: 20, right: 120, width: 100, height: 36 })

  it('lies below its anchor, or above where there is more room', () => {
    const size = { width: 200, height: 300 }

    expect(placePopover(anchorAt(100), size, window, { side: 'bottom', align: 'start' })).toEqual({
      top: 140,
      left: 20,
    })
    expect(placePopover(anchorAt(500), size, window, { side: 'bottom', align: 'start' })).toEqual({
      top: 196,
      left: 20,
    })
  })

  it('stays in sight', () => {
    const { left } = placePopover(anchorAt(100), { width: 390, height: 10 }, window, { side: 'bottom', align: 'end' })

    expect(left).toBe(8)
  })
})
