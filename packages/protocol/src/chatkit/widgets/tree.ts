import { z } from 'zod'
import type { WidgetComponent, WidgetRoot } from './containers.js'

/**
 * Any node of a widget, seen without knowing its component: what code that walks a tree needs, and how an
 * unknown component is written. ChatKit server protocol 1.6.5, `DynamicWidgetComponent`.
 */
export type WidgetNode = {
  type: string
  key?: string | null | undefined
  id?: string | null | undefined
  children?: WidgetNode | (WidgetNode | null)[] | null | undefined
  [prop: string]: unknown
}

/** Makes the schema of a node whose `type` is read by `type` and whose children are read by `child`. Fields it does not know are kept. */
export function nodeSchema<Type extends z.ZodType<string>>(type: Type, child: () => z.ZodType<WidgetNode>) {
  const children: z.ZodType<WidgetNode['children']> = z.lazy(() =>
    // `Transition` has one child, everything else a list. The first that fits decides, and a node is never a list.
    z.union([z.array(child().nullable()), child()]).nullish(),
  )
  return z.looseObject({ type, key: z.string().nullish(), id: z.string().nullish(), children: children.optional() })
}

const anyNodeSchema: z.ZodType<WidgetNode> = nodeSchema(z.string().min(1), () => anyNodeSchema)

/** The `type` of a widget's root; every other is refused. */
export const rootTypeSchema = z.enum(['Card', 'ListView', 'Basic'])

/**
 * Reads one node of a widget with everything below it, and keeps all of it as it came. Only what a reader stands on is
 * checked: nodes are objects with a `type`, children are nodes. A component whose props do not fit is kept too, as the
 * reference server does, so that one slip of an author cannot make a stored thread unreadable.
 */
// The props of known components are promised, not checked, hence the cast; `checkedWidgetRootSchema` checks them.
export const widgetComponentSchema = anyNodeSchema as unknown as z.ZodType<WidgetComponent>

/** Reads a widget as an item holds it: like {@link widgetComponentSchema}, and its root is a `Card`, `ListView` or `Basic`. */
// The same promise, for the same reason.
export const widgetRootSchema = nodeSchema(rootTypeSchema, () => anyNodeSchema) as unknown as z.ZodType<WidgetRoot>
