import { borderColor, type Scheme } from './color.js'
import { axisOf, SIDES } from './length.js'
import { clamp, isRecord, oneOf } from './read.js'

const STYLES = ['solid', 'dashed', 'dotted', 'double', 'groove', 'ridge', 'inset', 'outset'] as const

/** The `border` prop as CSS: a width, one border for all sides, or one per side over its axis. */
export function borderStyle(value: unknown, scheme: Scheme): Record<string, string> {
  const style: Record<string, string> = {}
  for (const side of SIDES) {
    const line = isRecord(value) && !('size' in value) ? (value[side] ?? value[axisOf(side)]) : value
    const css = lineOf(line, scheme)
    if (css) style[`border-${side}`] = css
  }
  return style
}

function lineOf(value: unknown, scheme: Scheme): string | undefined {
  const { size, style, color } = isRecord(value) ? value : { size: value, style: undefined, color: undefined }
  if (typeof size !== 'number' || !Number.isFinite(size)) return undefined
  return `${clamp(size, 0, 16)}px ${oneOf(style, STYLES) ?? 'solid'} ${borderColor(color, scheme) ?? 'var(--line)'}`
}
