import type { WidgetProps } from './widget-context.js'

type Style = Record<string, string>

const ALIGN: Record<string, string> = {
  start: 'flex-start',
  center: 'center',
  end: 'flex-end',
  baseline: 'baseline',
  stretch: 'stretch',
}
const JUSTIFY: Record<string, string> = {
  ...ALIGN,
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
  xl: '14px',
  '2xl': '18px',
  '3xl': '22px',
  '4xl': '28px',
  full: '999px',
  '100%': '100%',
}
const TEXT_COLORS: Record<string, string> = {
  prose: '--neutral-12',
  primary: '--neutral-12',
  emphasis: '--neutral-12',
  secondary: '--neutral-10',
  tertiary: '--neutral-10',
  success: '--success',
  warning: '--warning',
  danger: '--danger',
  info: '--info',
  discovery: '--discovery',
}
const SURFACES: Record<string, string> = {
  surface: '--neutral-1',
  'surface-secondary': '--neutral-2',
  'surface-tertiary': '--neutral-3',
  'surface-elevated': '--neutral-2',
  'surface-elevated-secondary': '--neutral-3',
}

/** The props of boxes as CSS: spacing numbers count 4 px, size numbers count 1 px, strings are CSS. */
export function boxStyle(props: WidgetProps): Style {
  const style: Style = {}
  const set = (name: string, value: string | undefined) => {
    if (value !== undefined) style[name] = value
  }
  set('align-items', ALIGN[String(props.align)])
  set('justify-content', JUSTIFY[String(props.justify)])
  set('flex-wrap', typeof props.wrap === 'string' ? props.wrap : undefined)
  set('flex', typeof props.flex === 'number' || typeof props.flex === 'string' ? String(props.flex) : undefined)
  set('gap', spacing(props.gap))
  set('border-radius', RADIUS[String(props.radius)])
  set('background', surface(props.background))
  for (const side of SIDES) {
    set(`padding-${side}`, sided(props.padding, side))
    set(`margin-${side}`, sided(props.margin, side))
  }
  for (const [prop, name] of SIZES) set(name, size(props[prop]))
  if (props.size !== undefined && typeof props.size !== 'string') {
    set('width', size(props.size))
    set('height', size(props.size))
  }
  return style
}

/** The colour of a text: a token of the theme, a colour per scheme, or CSS. */
export function textColor(value: unknown): string | undefined {
  const token = TEXT_COLORS[String(value)]
  return token ? `var(${token})` : colorOf(value)
}

export function spacing(value: unknown): string | undefined {
  return typeof value === 'number' ? `${value * 4}px` : typeof value === 'string' ? value : undefined
}

const SIDES = ['top', 'right', 'bottom', 'left'] as const
const SIZES = [
  ['width', 'width'],
  ['height', 'height'],
  ['minWidth', 'min-width'],
  ['minHeight', 'min-height'],
  ['maxWidth', 'max-width'],
  ['maxHeight', 'max-height'],
  ['aspectRatio', 'aspect-ratio'],
] as const

function sided(value: unknown, side: (typeof SIDES)[number]): string | undefined {
  if (typeof value !== 'object' || value === null) return spacing(value)
  const sides = value as Record<string, unknown> // untrusted: each side is checked by spacing()
  const axis = side === 'left' || side === 'right' ? sides.x : sides.y
  return spacing(sides[side] ?? axis)
}

function size(value: unknown): string | undefined {
  return typeof value === 'number' ? `${value}px` : typeof value === 'string' ? value : undefined
}

function surface(value: unknown): string | undefined {
  const token = SURFACES[String(value)]
  return token ? `var(${token})` : colorOf(value)
}

function colorOf(value: unknown): string | undefined {
  if (typeof value === 'object' && value !== null && 'light' in value && 'dark' in value) {
    return `light-dark(${String(value.light)}, ${String(value.dark)})`
  }
  // Colours may name no picture: nothing is fetched from afar because a model wrote it.
  return typeof value === 'string' && !/url\(/i.test(value) ? value : undefined
}
