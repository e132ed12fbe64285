import { z } from 'zod'
import { iconNameSchema } from '../icons.js'
import { absentable, openObject } from '../wire.js'
import { amount, blockProps, color, flag, identity, length, oneOf, text } from './values.js'

export const iconSchema = openObject({
  ...identity,
  type: z.literal('Icon'),
  name: iconNameSchema,
  color,
  size: oneOf('xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl'),
})

export const imageSchema = openObject({
  ...identity,
  ...blockProps,
  type: z.literal('Image'),
  src: z.string(),
  alt: text,
  fit: oneOf('cover', 'contain', 'fill', 'scale-down', 'none'),
  position: oneOf('top left', 'top', 'top right', 'left', 'center', 'right', 'bottom left', 'bottom', 'bottom right'),
  frame: flag,
  flush: flag,
  background: color,
  flex: length,
})

export const dividerSchema = openObject({
  ...identity,
  type: z.literal('Divider'),
  color,
  size: length,
  spacing: length,
  flush: flag,
})

export const spacerSchema = openObject({ ...identity, type: z.literal('Spacer'), minSize: length })

const series = { dataKey: z.string(), label: text, color }
const stack = text
const curveType = oneOf(
  'basis',
  'basisClosed',
  'basisOpen',
  'bumpX',
  'bumpY',
  'bump',
  'linear',
  'linearClosed',
  'natural',
  'monotoneX',
  'monotoneY',
  'monotone',
  'step',
  'stepBefore',
  'stepAfter',
)

export const chartSchema = openObject({
  ...identity,
  type: z.literal('Chart'),
  data: z.array(z.record(z.string(), z.unknown())),
  series: z.array(
    z.discriminatedUnion('type', [
      openObject({ ...series, type: z.literal('bar'), stack }),
      openObject({ ...series, type: z.literal('area'), stack, curveType }),
      openObject({ ...series, type: z.literal('line'), curveType }),
    ]),
  ),
  xAxis: z.union([
    z.string(),
    openObject({ dataKey: z.string(), hide: flag, labels: absentable(z.record(z.string(), z.string())) }),
  ]),
  showYAxis: flag,
  showLegend: flag,
  showTooltip: flag,
  barGap: amount,
  barCategoryGap: amount,
  flex: length,
  height: length,
  width: length,
  size: length,
  minHeight: length,
  minWidth: length,
  minSize: length,
  maxHeight: length,
  maxWidth: length,
  maxSize: length,
  aspectRatio: length,
})

/** An icon. ChatKit server protocol 1.6.5, widget `Icon`. */
export type Icon = z.infer<typeof iconSchema>

/** A picture. ChatKit server protocol 1.6.5, widget `Image`. */
export type Image = z.infer<typeof imageSchema>

/** A line between two parts. ChatKit server protocol 1.6.5, widget `Divider`. */
export type Divider = z.infer<typeof dividerSchema>

/** Empty space that takes what the others leave. ChatKit server protocol 1.6.5, widget `Spacer`. */
export type Spacer = z.infer<typeof spacerSchema>

/** A diagram of bars, areas and lines over one axis; each entry of `data` is one place on it. ChatKit server protocol 1.6.5, widget `Chart`. */
export type Chart = z.infer<typeof chartSchema>
