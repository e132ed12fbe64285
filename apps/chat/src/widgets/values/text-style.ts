import type { Style } from './box-style.js'
import { type Scheme, textColor } from './color.js'
import { clamp, lookUp, numberOf, oneOf, type WidgetProps } from './read.js'

const WEIGHTS: Record<string, string> = { normal: '400', medium: '500', semibold: '600', bold: '700' }

/** The props every text has (colour, weight, alignment, number of lines) as CSS. */
export function textStyle(props: WidgetProps, scheme: Scheme): Style {
  const style: Style = {}
  const color = textColor(props.color, scheme)
  if (color) style.color = color
  const weight = lookUp(WEIGHTS, props.weight)
  if (weight) style['font-weight'] = weight
  const align = oneOf(props.textAlign, ['start', 'center', 'end'])
  if (align) style['text-align'] = align
  const lines = linesOf(props.maxLines)
  if (lines) style['-webkit-line-clamp'] = String(lines)
  return style
}

/** The class names of a text of some kind: its size, and how it is cut when it is too long. */
export function textClass(kind: string, { size, truncate, maxLines }: WidgetProps, sizes: readonly string[]): string {
  const sized = oneOf(size, sizes)
  const cut = linesOf(maxLines) ? 'widget-clamp' : truncate === true ? 'widget-truncate' : null
  return [kind, sized && `${kind}-${sized}`, cut].filter(Boolean).join(' ')
}

/** A number of lines or rows. */
export function linesOf(value: unknown): number | undefined {
  const lines = numberOf(value)
  return lines !== undefined && lines >= 1 ? clamp(Math.round(lines), 1, 200) : undefined
}

export const TEXT_SIZES = ['xs', 'sm', 'md', 'lg', 'xl'] as const
