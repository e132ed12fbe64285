import { z } from 'zod'
import { openObject } from '../wire.js'

const node = { key: z.string().nullish(), id: z.string().nullish() }

/** One node of a widget's tree; fields of the single components stay as they came. */
export interface WidgetComponent {
  type: string
  key?: string | null | undefined
  id?: string | null | undefined
  children?: WidgetComponent | (WidgetComponent | null)[] | null | undefined
  [prop: string]: unknown
}

/** A widget as an item holds it. */
export interface WidgetRoot extends WidgetComponent {
  type: 'Card' | 'ListView' | 'Basic'
}

const childrenSchema: z.ZodType<WidgetComponent['children']> = z.lazy(() =>
  z.union([z.array(widgetComponentSchema.nullable()), widgetComponentSchema]).nullish(),
)

/** Reads one node of a widget's tree. */
export const widgetComponentSchema: z.ZodType<WidgetComponent> = openObject({
  ...node,
  type: z.string().min(1),
  children: childrenSchema,
})

/** Reads a widget. */
export const widgetRootSchema: z.ZodType<WidgetRoot> = openObject({
  ...node,
  type: z.enum(['Card', 'ListView', 'Basic']),
  children: childrenSchema,
})
