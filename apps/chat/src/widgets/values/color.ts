import { isRecord, lookUp } from './read.js'

export type Scheme = 'light' | 'dark'

const TEXT_TOKENS: Record<string, string> = {
  prose: 'var(--neutral-12)',
  primary: 'var(--neutral-12)',
  emphasis: 'var(--neutral-12)',
  secondary: 'var(--neutral-11)',
  tertiary: 'var(--neutral-10)',
  success: 'var(--success)',
  warning: 'var(--warning)',
  danger: 'var(--danger)',
  info: 'var(--info)',
  discovery: 'var(--discovery)',
}
const SURFACE_TOKENS: Record<string, string> = {
  surface: 'var(--neutral-1)',
  'surface-secondary': 'var(--neutral-2)',
  'surface-tertiary': 'var(--neutral-3)',
  'surface-elevated': 'var(--neutral-2)',
  'surface-elevated-secondary': 'var(--neutral-3)',
}
const BORDER_TOKENS: Record<string, string> = {
  default: 'var(--neutral-6)',
  subtle: 'var(--neutral-5)',
  strong: 'var(--neutral-8)',
}

/** Hues of the primitive tokens in OKLCH; grey has none. */
const HUES: Record<string, number | null> = {
  gray: null,
  red: 25,
  orange: 50,
  amber: 70,
  yellow: 95,
  lime: 125,
  green: 150,
  teal: 185,
  cyan: 210,
  blue: 255,
  indigo: 275,
  violet: 292,
  purple: 305,
  pink: 355,
}
/** Lightness and chroma of each step. */
const STEPS: Record<string, readonly [number, number]> = {
  25: [0.985, 0.01],
  50: [0.97, 0.018],
  100: [0.94, 0.035],
  200: [0.885, 0.065],
  300: [0.81, 0.1],
  400: [0.72, 0.14],
  500: [0.64, 0.17],
  600: [0.56, 0.17],
  700: [0.48, 0.15],
  800: [0.4, 0.12],
  900: [0.32, 0.09],
  950: [0.24, 0.06],
}

/** The colours of a chart's series, in the order they are given out. */
export const CHART_TOKENS = ['blue', 'purple', 'orange', 'green', 'red', 'yellow', 'pink'] as const

export const textColor = (value: unknown, scheme: Scheme) => colorOf(value, scheme, TEXT_TOKENS)
export const surfaceColor = (value: unknown, scheme: Scheme) => colorOf(value, scheme, SURFACE_TOKENS)
export const borderColor = (value: unknown, scheme: Scheme) => colorOf(value, scheme, BORDER_TOKENS)

/** A series' colour; the chart's tokens are set apart from CSS's shrill colours of the same names. */
export function chartColor(value: unknown, scheme: Scheme): string | undefined {
  const isToken = CHART_TOKENS.some((token) => token === value)
  return isToken ? primitiveColor(`${value}-${scheme === 'dark' ? 400 : 500}`) : colorOf(value, scheme, {})
}

/** A token of the theme, a primitive token, one colour per scheme, or CSS; anything else is no colour. */
function colorOf(value: unknown, scheme: Scheme, tokens: Record<string, string>): string | undefined {
  if (isRecord(value)) return typeof value[scheme] === 'string' ? colorOf(value[scheme], scheme, tokens) : undefined
  return lookUp(tokens, value) ?? primitiveColor(value) ?? cssColor(value)
}

function primitiveColor(value: unknown): string | undefined {
  const [, name, step] = (typeof value === 'string' && /^([a-z]+)-(\d{2,3})$/.exec(value)) || []
  const hue = lookUp(HUES, name)
  const shade = lookUp(STEPS, step)
  if (hue === undefined || !shade) return undefined
  return hue === null ? `oklch(${shade[0]} 0.004 264)` : `oklch(${shade[0]} ${shade[1]} ${hue})`
}

const COLOR = /^(#[\da-f]{3,8}|[a-z]{3,24}|(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\([\da-z\s.,%/+-]{1,80}\))$/i

/** Names, hex and colour functions. No `url()`, no `var()`, no picture: nothing is fetched because a model wrote it. */
function cssColor(value: unknown): string | undefined {
  return typeof value === 'string' && COLOR.test(value.trim()) ? value.trim() : undefined
}
