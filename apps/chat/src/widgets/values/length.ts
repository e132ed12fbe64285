import { clamp, isRecord } from './read.js'

/** Four pixels: what a number counts in gaps, paddings and margins. */
const UNIT = 4
/** A widget may ask for any size; beyond these nobody could use the chat around it. */
const MOST: Record<string, number> = { '': 4000, px: 4000, em: 200, rem: 200, ch: 400, '%': 200, vh: 100, vw: 100 }
const LEAST_SPACE = -32
const KEYWORDS = new Set(['auto', 'none', 'fit-content', 'min-content', 'max-content'])

export const SIDES = ['top', 'right', 'bottom', 'left'] as const
export type Side = (typeof SIDES)[number]

/** A width or a height: numbers are pixels, strings are CSS. */
export function sizeOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return `${clamp(value, 0, 4000)}px`
  const length = cssLength(value)
  return length?.startsWith('-') ? undefined : length
}

/** A space between things: numbers count 4 px, strings are CSS. */
export function spaceOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return `${clamp(value * UNIT, LEAST_SPACE, 400)}px`
  return cssLength(value)
}

/** The spaces of the four sides: one value for all, CSS shorthand, or named sides over axes. */
export function spacesOf(value: unknown): Partial<Record<Side, string>> {
  const read = isRecord(value)
    ? (side: Side) => value[side] ?? value[axisOf(side)]
    : typeof value === 'string'
      ? fromShorthand(value)
      : () => value
  const sides = SIDES.flatMap((side) => {
    const space = spaceOf(read(side))
    return space === undefined ? [] : [[side, space] as const]
  })
  return Object.fromEntries(sides)
}

export function axisOf(side: Side): 'x' | 'y' {
  return side === 'left' || side === 'right' ? 'x' : 'y'
}

/** A number with a unit of reasonable size, a keyword, or a calculation that is held to the same bound. */
function cssLength(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const css = value.trim().toLowerCase()
  if (KEYWORDS.has(css)) return css
  if (/^(calc|min|max|clamp)\([\da-z\s.,+*/%()-]{1,100}\)$/.test(css)) return `min(${css}, 4000px)`
  const [, digits, unit = ''] = /^(-?\d{0,9}\.?\d{1,9})(px|r?em|ch|%|v[hw])?$/.exec(css) ?? []
  const most = MOST[unit]
  if (digits === undefined || most === undefined) return undefined
  return `${clamp(Number(digits), LEAST_SPACE, most)}${unit || 'px'}`
}

function fromShorthand(value: string): (side: Side) => unknown {
  const [top, right = top, bottom = top, left = right] = value.trim().split(/\s+(?![^(]*\))/)
  const sides = { top, right, bottom, left }
  return (side) => sides[side]
}
