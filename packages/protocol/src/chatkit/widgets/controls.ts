import { z } from 'zod'
import { absentable, openObject } from '../wire.js'
import { action, amount, direction, flag, icon, identity, oneOf, text } from './values.js'

const controlVariant = oneOf('solid', 'soft', 'outline', 'ghost')
const controlSize = oneOf('3xs', '2xs', 'xs', 'sm', 'md', 'lg', 'xl', '2xl', '3xl')

/** What every field of a form has. A dotted name nests: `todo.title` becomes `payload.todo.title`. */
const field = { ...identity, name: z.string(), disabled: flag }

const typedField = {
  ...field,
  defaultValue: text,
  required: flag,
  pattern: text,
  placeholder: text,
  allowAutofillExtensions: flag,
  autoSelect: flag,
  autoFocus: flag,
  variant: oneOf('soft', 'outline'),
  size: controlSize,
  gutterSize: oneOf('2xs', 'xs', 'sm', 'md', 'lg', 'xl'),
}

const pickedField = {
  ...field,
  onChangeAction: action,
  placeholder: text,
  defaultValue: text,
  variant: controlVariant,
  size: controlSize,
  pill: flag,
  block: flag,
  clearable: flag,
}

export const buttonSchema = openObject({
  ...identity,
  type: z.literal('Button'),
  label: text,
  onClickAction: action,
  submit: flag,
  iconStart: icon,
  iconEnd: icon,
  style: oneOf('primary', 'secondary'),
  iconSize: oneOf('sm', 'md', 'lg', 'xl', '2xl'),
  color: oneOf('primary', 'secondary', 'info', 'discovery', 'success', 'caution', 'warning', 'danger'),
  variant: controlVariant,
  size: controlSize,
  pill: flag,
  uniform: flag,
  block: flag,
  disabled: flag,
})

export const inputSchema = openObject({
  ...typedField,
  type: z.literal('Input'),
  inputType: oneOf('number', 'email', 'text', 'password', 'tel', 'url'),
  pill: flag,
})

export const textareaSchema = openObject({
  ...typedField,
  type: z.literal('Textarea'),
  rows: amount,
  autoResize: flag,
  maxRows: amount,
})

export const selectSchema = openObject({
  ...pickedField,
  type: z.literal('Select'),
  options: z.array(openObject({ value: z.string(), label: z.string(), disabled: flag, description: text })),
  searchable: flag,
})

export const datePickerSchema = openObject({
  ...pickedField,
  type: z.literal('DatePicker'),
  min: text,
  max: text,
  side: oneOf('top', 'bottom', 'left', 'right'),
  align: oneOf('start', 'center', 'end'),
})

export const checkboxSchema = openObject({
  ...field,
  type: z.literal('Checkbox'),
  label: text,
  defaultChecked: flag,
  onChangeAction: action,
  required: flag,
})

export const radioGroupSchema = openObject({
  ...field,
  type: z.literal('RadioGroup'),
  options: absentable(z.array(openObject({ label: z.string(), value: z.string(), disabled: flag }))),
  ariaLabel: text,
  onChangeAction: action,
  defaultValue: text,
  direction,
  required: flag,
})

/** A button; with `submit` it submits the nearest form. ChatKit server protocol 1.6.5, widget `Button`. */
export type Button = z.infer<typeof buttonSchema>

/** A field for one line. ChatKit server protocol 1.6.5, widget `Input`. */
export type Input = z.infer<typeof inputSchema>

/** A field for several lines. ChatKit server protocol 1.6.5, widget `Textarea`. */
export type Textarea = z.infer<typeof textareaSchema>

/** A choice from a list; `searchable` by default when it has more than 15 options. ChatKit server protocol 1.6.5, widget `Select`. */
export type Select = z.infer<typeof selectSchema>

/** A field for a date; `defaultValue`, `min` and `max` are ISO dates. ChatKit server protocol 1.6.5, widget `DatePicker`. */
export type DatePicker = z.infer<typeof datePickerSchema>

/** A box to tick. ChatKit server protocol 1.6.5, widget `Checkbox`. */
export type Checkbox = z.infer<typeof checkboxSchema>

/** A choice among a few. ChatKit server protocol 1.6.5, widget `RadioGroup`. */
export type RadioGroup = z.infer<typeof radioGroupSchema>
