import { isRecord } from '../values/read.js'

export type FieldValue = string | boolean
/** The values of a form, dotted names nested. */
export type FormValues = { [name: string]: FieldValue | FormValues }

/** Names that reach into the prototype of an object: a field called so has no value. */
const FORBIDDEN = new Set(['__proto__', 'prototype', 'constructor'])

/** Fields by name → one object: `todo.title` becomes `{ todo: { title } }`. A later field of the same name wins. */
export function nestValues(fields: Iterable<readonly [name: string, value: FieldValue]>): FormValues {
  const values: FormValues = {}
  for (const [name, value] of fields) {
    const path = name.split('.')
    const last = path.pop()
    if (!last || [...path, last].some((part) => part === '' || FORBIDDEN.has(part))) continue
    let at = values
    for (const part of path) {
      const inner = at[part]
      const next: FormValues = typeof inner === 'object' ? inner : {}
      at[part] = next
      at = next
    }
    at[last] = value
  }
  return values
}

/**
 * The payload of an action fired from inside a form: the form's values, and over them what the action brought. `clashes`
 * are the names both had.
 */
export function mergePayload(payload: unknown, values: FormValues): { payload: unknown; clashes: string[] } {
  const names = Object.keys(values)
  if (names.length === 0) return { payload, clashes: [] }
  if (payload === undefined || payload === null) return { payload: values, clashes: [] }
  if (!isRecord(payload)) return { payload, clashes: names }
  const clashes: string[] = []
  return { payload: merge(payload, values, '', clashes), clashes }
}

function merge(own: Record<string, unknown>, values: FormValues, path: string, clashes: string[]) {
  const merged: Record<string, unknown> = { ...own }
  for (const [name, value] of Object.entries(values)) {
    const mine = Object.hasOwn(own, name) ? own[name] : undefined
    if (mine === undefined) merged[name] = value
    else if (isRecord(mine) && typeof value === 'object') merged[name] = merge(mine, value, `${path}${name}.`, clashes)
    else clashes.push(path + name)
  }
  return merged
}
