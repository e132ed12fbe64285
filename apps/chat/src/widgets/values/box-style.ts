import { borderStyle } from './border.js'
import { type Scheme, surfaceColor } from './color.js'
import { SIDES, sizeOf, spaceOf, spacesOf } from './length.js'
import { clamp, lookUp, oneOf, type WidgetProps } from './read.js'

export type Style = Record<string, string>

const ALIGN: Record<string, string> = {
  start: 'flex-start',
  center: 'center',
  end: 'flex-end',
  baseline: 'baseline',
  stretch: 'stretch',
}
const JUSTIFY: Record<string, string> = {
  start: 'flex-start',
  center: 'center',
  end: 'flex-end',
  stretch: 'stretch',
  between: 'space-between',
  around: 'space-around',
  evenly: 'space-evenly',
}
const RADIUS: Record<string, string> = {
  none: '0',
  '2xs': '2px',
  xs: '4px',
  sm: '6px',
  md: '8px',
  lg: '10px',
  xl: '12px',
  '2xl': '16px',
  '3xl': '20px',
  '4xl': '24px',
  full: '999px',
  '100%': '100%',
}
/** Each size prop and the CSS properties it sets; the later, narrower ones win. */
const SIZES: readonly (readonly [string, readonly string[]])[] = [
  ['size', ['width', 'height']],
  ['minSize', ['min-width', 'min-height']],
  ['maxSize', ['max-width', 'max-height']],
  ['width', ['width']],
  ['height', ['height']],
  ['minWidth', ['min-width']],
  ['minHeight', ['min-height']],
  ['maxWidth', ['max-width']],
  ['maxHeight', ['max-height']],
]

/** The props every sized component has (sizes, radius, margin) as CSS. */
export function blockStyle(props: WidgetProps): Style {
  const style: Style = {}
  for (const [prop, names] of SIZES) {
    const size = sizeOf(props[prop])
    if (size !== undefined) for (const name of names) style[name] = size
  }
  set(style, 'aspect-ratio', aspectRatioOf(props.aspectRatio))
  set(style, 'border-radius', lookUp(RADIUS, props.radius))
  const margins = spacesOf(props.margin)
  for (const side of SIDES) set(style, `margin-${side}`, margins[side])
  return style
}

/** The props every box has as CSS. */
export function boxStyle(props: WidgetProps, scheme: Scheme): Style {
  const style = { ...blockStyle(props), ...paddingStyle(props.padding), ...borderStyle(props.border, scheme) }
  set(style, 'align-items', lookUp(ALIGN, props.align))
  set(style, 'justify-content', lookUp(JUSTIFY, props.justify))
  set(style, 'flex-wrap', oneOf(props.wrap, ['nowrap', 'wrap', 'wrap-reverse']))
  set(style, 'flex', flexOf(props.flex))
  set(style, 'gap', spaceOf(props.gap))
  set(style, 'background-color', surfaceColor(props.background, scheme))
  return style
}

export function paddingStyle(padding: unknown): Style {
  const style: Style = {}
  const paddings = spacesOf(padding)
  for (const side of SIDES) set(style, `padding-${side}`, paddings[side])
  return style
}

const FLEX = /^(none|auto|initial|\d{1,3}(\s+\d{1,3})?(\s+(auto|\d{1,4}(px|%|r?em)?))?)$/

export function flexOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return `${clamp(value, 0, 100)}`
  const isFlex = typeof value === 'string' && FLEX.test(value)
  return isFlex ? value : undefined
}

function aspectRatioOf(value: unknown): string | undefined {
  const ratio = String(value).replaceAll(' ', '')
  return /^\d{1,4}(\.\d{1,6})?(\/\d{1,4}(\.\d{1,6})?)?$/.test(ratio) && !/^0|\/0/.test(ratio.replace(/0\./g, '.'))
    ? ratio
    : undefined
}

function set(style: Style, name: string, value: string | undefined): void {
  if (value !== undefined) style[name] = value
}
