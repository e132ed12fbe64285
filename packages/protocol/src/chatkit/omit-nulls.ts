/** Fields whose objects belong to the integrator: a null in them is data. A page's `data` is an array and not one of them. */
const FREE_FORM_OBJECTS = new Set(['data', 'arguments', 'metadata'])

/** Fields that hold any JSON at all, arrays too: what a tool returned, what the model alone reads. */
const FREE_FORM_VALUES = new Set(['output'])

/** Fields that hold a widget or a part of one, where no null is kept, be it in an action's payload or in a list. */
const WIDGET_FIELDS = new Set(['widget', 'component'])

/**
 * Drops the fields that are null or undefined from a response or an event, and keeps `false`, `''`, `0`, `[]` and `{}`.
 * Nulls inside free-form maps stay (`client_effect.data`, `client_tool_call.arguments` and `output`, tag and entity
 * `data`, `metadata`); inside a widget all of them go. Pure; `value` is JSON. A text delta has no optional field, so a
 * caller may send it as it is. Source: ChatKit server protocol 1.6.5, serialization with `exclude_none`.
 */
export function omitNulls<Value>(value: Value): Value {
  return prune(value) as Value // only fields that may be missing are dropped, so the shape stays the same
}

function prune(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(prune)
  return mapFields(value, (field, key) => {
    if (WIDGET_FIELDS.has(key)) return pruneWidget(field)
    if (FREE_FORM_VALUES.has(key) || (FREE_FORM_OBJECTS.has(key) && !Array.isArray(field))) return field
    return prune(field)
  })
}

function pruneWidget(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter(isPresent).map(pruneWidget)
  return mapFields(value, pruneWidget)
}

function mapFields(value: unknown, map: (field: unknown, key: string) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const present = Object.entries(value).filter(([, field]) => isPresent(field))
  return Object.fromEntries(present.map(([key, field]) => [key, map(field, key)]))
}

const isPresent = (value: unknown) => value !== null && value !== undefined
