import { z } from 'zod'
import { iconNameSchema } from '../icons.js'
import { absentable, openObject } from '../wire.js'

/** A prop that is on or off. */
export const flag = absentable(z.boolean())

/** A prop that is a text. */
export const text = absentable(z.string())

/** A prop that is a count or an amount. */
export const amount = absentable(z.number())

/** A prop that is a length: a number in the prop's own unit, or a string in CSS. */
export const length = absentable(z.union([z.number(), z.string()]))

/** A prop that takes one of some words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(...words: Words) {
  return absentable(z.enum(words))
}

/** What every component may have: `key` for lists, `id` as the target of updates. */
export const identity = { key: text, id: text }

const themeColorSchema = openObject({ dark: z.string(), light: z.string() })

/** A colour: a token, a primitive token like `red-100`, a CSS colour, or one for each theme. */
export const color = absentable(z.union([z.string(), themeColorSchema]))

const edges = <Edge extends z.ZodType>(edge: Edge) => {
  const side = absentable(edge)
  return openObject({ top: side, right: side, bottom: side, left: side, x: side, y: side })
}

const spacingSchema = edges(z.union([z.number(), z.string()]))

const borderSchema = openObject({
  size: z.number(),
  color,
  style: oneOf('solid', 'dashed', 'dotted', 'double', 'groove', 'ridge', 'inset', 'outset'),
})

const bordersSchema = edges(z.union([z.number(), borderSchema]))

/** A prop that sets space on single sides. */
export const sides = absentable(spacingSchema)

/** A prop that sets space on all sides alike or on each. */
export const spacing = absentable(z.union([z.number(), z.string(), spacingSchema]))

/** A prop that draws a border around or on single sides. */
export const border = absentable(z.union([z.number(), borderSchema, bordersSchema]))

export const alignment = oneOf('start', 'center', 'end', 'baseline', 'stretch')
export const justification = oneOf('start', 'center', 'end', 'between', 'around', 'evenly', 'stretch')
export const textAlign = oneOf('start', 'center', 'end')
export const textSize = oneOf('xs', 'sm', 'md', 'lg', 'xl')
export const weight = oneOf('normal', 'medium', 'semibold', 'bold')
export const direction = oneOf('row', 'col')
export const theme = oneOf('light', 'dark')
export const icon = absentable(iconNameSchema)

/** The props every sized component has. Numbers are pixels, those of `margin` spacing units. */
export const blockProps = {
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
  radius: oneOf('2xs', 'xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl', '4xl', 'full', '100%', 'none'),
  margin: spacing,
}

/** The props every box has, except its children. Numbers of `gap` and `padding` are spacing units. */
export const boxProps = {
  ...blockProps,
  align: alignment,
  justify: justification,
  wrap: oneOf('nowrap', 'wrap', 'wrap-reverse'),
  flex: length,
  gap: length,
  padding: spacing,
  border,
  background: color,
}

/** Reads an {@link ActionConfig}. */
export const actionConfigSchema = openObject({
  type: z.string().min(1),
  payload: z.unknown().optional(),
  handler: oneOf('server', 'client'),
  loadingBehavior: oneOf('auto', 'none', 'self', 'container'),
  streaming: flag,
})

/** A prop that says what happens on a click, a change or a submit. */
export const action = absentable(actionConfigSchema)

/** A prop that puts a button with a label under a card. */
export const cardAction = absentable(openObject({ label: z.string(), action: actionConfigSchema }))

/** A prop that puts a line above a widget: a text with the icon of a site or one of ours. */
export const status = absentable(openObject({ text: z.string(), favicon: text, frame: flag, icon }))

/**
 * What a widget does when it is used. `handler` (`server` when missing), `loadingBehavior` (`auto`) and `streaming`
 * (true) tell the client how; only `type` and `payload` are sent. ChatKit server protocol 1.6.5, `ActionConfig`.
 */
export type ActionConfig = z.infer<typeof actionConfigSchema>
