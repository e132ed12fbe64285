import { z } from 'zod'
import { absentable, openObject } from '../wire.js'
import { amount, color, flag, identity, length, oneOf, text, textAlign, textSize, weight } from './values.js'

const textProps = {
  ...identity,
  value: z.string(),
  color,
  weight,
  textAlign,
  truncate: flag,
  maxLines: amount,
}

const editableSchema = openObject({
  name: z.string(),
  autoFocus: flag,
  autoSelect: flag,
  autoComplete: text,
  allowAutofillExtensions: flag,
  pattern: text,
  placeholder: text,
  required: flag,
})

export const textComponentSchema = openObject({
  ...textProps,
  type: z.literal('Text'),
  streaming: flag,
  italic: flag,
  lineThrough: flag,
  width: length,
  size: textSize,
  minLines: amount,
  editable: absentable(z.union([z.literal(false), editableSchema])),
})

export const titleSchema = openObject({
  ...textProps,
  type: z.literal('Title'),
  size: oneOf('sm', 'md', 'lg', 'xl', '2xl', '3xl', '4xl', '5xl'),
})

export const captionSchema = openObject({ ...textProps, type: z.literal('Caption'), size: oneOf('sm', 'md', 'lg') })

export const markdownSchema = openObject({
  ...identity,
  type: z.literal('Markdown'),
  value: z.string(),
  streaming: flag,
})

export const badgeSchema = openObject({
  ...identity,
  type: z.literal('Badge'),
  label: z.string(),
  color: oneOf('secondary', 'success', 'danger', 'warning', 'info', 'discovery'),
  variant: oneOf('solid', 'soft', 'outline'),
  size: oneOf('sm', 'md', 'lg'),
  pill: flag,
})

export const labelSchema = openObject({
  ...identity,
  type: z.literal('Label'),
  value: z.string(),
  fieldName: z.string(),
  size: textSize,
  weight,
  textAlign,
  color,
})

/** A text; `editable` makes it a field of its form, `streaming` shows that more of it comes. ChatKit server protocol 1.6.5, widget `Text`. */
export type TextComponent = z.infer<typeof textComponentSchema>

/** A heading. ChatKit server protocol 1.6.5, widget `Title`. */
export type Title = z.infer<typeof titleSchema>

/** A small text. ChatKit server protocol 1.6.5, widget `Caption`. */
export type Caption = z.infer<typeof captionSchema>

/** A text in Markdown; `streaming` shows that more of it comes. ChatKit server protocol 1.6.5, widget `Markdown`. */
export type Markdown = z.infer<typeof markdownSchema>

/** A coloured word. ChatKit server protocol 1.6.5, widget `Badge`. */
export type Badge = z.infer<typeof badgeSchema>

/** The label of the field named `fieldName`. ChatKit server protocol 1.6.5, widget `Label`. */
export type Label = z.infer<typeof labelSchema>
