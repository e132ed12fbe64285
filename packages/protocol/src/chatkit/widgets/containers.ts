import { z } from 'zod'
import { absentable, openObject } from '../wire.js'
import type { Button, Checkbox, DatePicker, Input, RadioGroup, Select, Textarea } from './controls.js'
import type { Badge, Caption, Label, Markdown, TextComponent, Title } from './text.js'
import {
  action,
  alignment,
  amount,
  border,
  boxProps,
  cardAction,
  color,
  direction,
  flag,
  identity,
  justification,
  length,
  oneOf,
  sides,
  spacing,
  status,
  textAlign,
  textSize,
  theme,
} from './values.js'
import type { Chart, Divider, Icon, Image, Spacer } from './visual.js'

// The schemas here know a container's own props; `tree.ts` looks after the children, whatever holds them.

export const cardSchema = openObject({
  ...identity,
  type: z.literal('Card'),
  asForm: flag,
  background: color,
  border,
  size: oneOf('sm', 'md', 'lg', 'full'),
  padding: spacing,
  status,
  collapsed: flag,
  confirm: cardAction,
  cancel: cardAction,
  theme,
})

export const listViewSchema = openObject({
  ...identity,
  type: z.literal('ListView'),
  limit: absentable(z.union([z.number(), z.literal('auto')])),
  status,
  theme,
})

export const listViewItemSchema = openObject({
  ...identity,
  type: z.literal('ListViewItem'),
  onClickAction: action,
  gap: length,
  align: alignment,
})

export const basicRootSchema = openObject({
  ...identity,
  type: z.literal('Basic'),
  theme,
  direction,
  gap: length,
  padding: spacing,
  align: alignment,
  justify: justification,
})

export const boxSchema = openObject({ ...identity, ...boxProps, type: z.literal('Box'), direction })

export const rowSchema = openObject({ ...identity, ...boxProps, type: z.literal('Row') })

export const colSchema = openObject({ ...identity, ...boxProps, type: z.literal('Col') })

export const formSchema = openObject({
  ...identity,
  ...boxProps,
  type: z.literal('Form'),
  direction,
  onSubmitAction: action,
})

export const transitionSchema = openObject({ ...identity, type: z.literal('Transition') })

export const tableSchema = openObject({ ...identity, type: z.literal('Table') })

export const tableRowSchema = openObject({ ...identity, type: z.literal('Table.Row'), header: flag })

export const tableCellSchema = openObject({
  ...identity,
  type: z.literal('Table.Cell'),
  width: length,
  padding: sides,
  colSpan: amount,
  rowSpan: amount,
  align: textAlign,
  vAlign: textAlign,
  colSize: textSize,
})

/** A framed widget, perhaps a form, with at most two buttons below. ChatKit server protocol 1.6.5, widget `Card`. */
export type Card = z.infer<typeof cardSchema> & { children: WidgetComponent[] }

/** A list of rows, folded behind "show more" after `limit` of them. ChatKit server protocol 1.6.5, widget `ListView`. */
export type ListView = z.infer<typeof listViewSchema> & { children: ListViewItem[] }

/** One row of a {@link ListView}, and nowhere else. ChatKit server protocol 1.6.5, widget `ListViewItem`. */
export type ListViewItem = z.infer<typeof listViewItemSchema> & { children: WidgetComponent[] }

/** A widget without a frame; it alone may hold other roots. ChatKit server protocol 1.6.5, widget `Basic`. */
export type BasicRoot = z.infer<typeof basicRootSchema> & { children: (WidgetComponent | WidgetRoot)[] }

/** A box whose children stand in a row or a column. ChatKit server protocol 1.6.5, widget `Box`. */
export type Box = z.infer<typeof boxSchema> & { children?: WidgetComponent[] | undefined }

/** A box whose children stand in a row. ChatKit server protocol 1.6.5, widget `Row`. */
export type Row = z.infer<typeof rowSchema> & { children?: WidgetComponent[] | undefined }

/** A box whose children stand in a column. ChatKit server protocol 1.6.5, widget `Col`. */
export type Col = z.infer<typeof colSchema> & { children?: WidgetComponent[] | undefined }

/** A box whose fields are sent with every action fired in it. ChatKit server protocol 1.6.5, widget `Form`. */
export type Form = z.infer<typeof formSchema> & { children?: WidgetComponent[] | undefined }

/** Moves softly when its only child becomes another one, by `key`. ChatKit server protocol 1.6.5, widget `Transition`. */
export type Transition = z.infer<typeof transitionSchema> & { children?: WidgetComponent | null | undefined }

/** A table. `@openai/chatkit` 1.9.0, widget `Table`. */
export type Table = z.infer<typeof tableSchema> & { children?: TableRow[] | undefined }

/** A row of a {@link Table}. `@openai/chatkit` 1.9.0, widget `Table.Row`. */
export type TableRow = z.infer<typeof tableRowSchema> & { children?: TableCell[] | undefined }

/** A cell of a {@link TableRow}. `@openai/chatkit` 1.9.0, widget `Table.Cell`. */
export type TableCell = z.infer<typeof tableCellSchema> & { children?: WidgetComponent[] | undefined }

/** What an item may hold as its widget. ChatKit server protocol 1.6.5, `WidgetRoot`. */
export type WidgetRoot = Card | ListView | BasicRoot

/**
 * Any node below a widget's root; `type` tells which. The wire may hold components this version does not know
 * ({@link WidgetNode} describes them): they are kept, and code that draws looks `type` up in a table and skips what
 * it lacks. ChatKit server protocol 1.6.5, `WidgetComponent`.
 */
export type WidgetComponent =
  | ListViewItem
  | Box
  | Row
  | Col
  | Form
  | Transition
  | Table
  | TableRow
  | TableCell
  | TextComponent
  | Title
  | Caption
  | Markdown
  | Badge
  | Label
  | Icon
  | Image
  | Divider
  | Spacer
  | Chart
  | Button
  | Input
  | Textarea
  | Select
  | DatePicker
  | Checkbox
  | RadioGroup
