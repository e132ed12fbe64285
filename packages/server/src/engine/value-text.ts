import { isObject } from '../base/json.js'
import type { KeptValue } from '../storage/value-store.js'

/** What a search for words looks at in a value; `undefined`: it is not to be found by words. */
export function indexedText({ value, index }: Pick<KeptValue, 'value' | 'index'>): string | undefined {
  if (index === false) return undefined
  if (index === undefined) return JSON.stringify(value)
  return index.flatMap((path) => textsAt(value, partsOf(path))).join('\n')
}

/** `a.b`, `list[0]`, `list[-1]`, `list[*].name`, and `$` for everything. Source: `index` of LangGraph's store. */
function partsOf(path: string): string[] {
  if (path === '$' || path === '') return []
  return path.replace(/\[(-?\d+|\*)\]/g, '.$1').split('.')
}

function textsAt(value: unknown, [name, ...rest]: string[]): string[] {
  if (name === undefined) return value === undefined ? [] : [typeof value === 'string' ? value : JSON.stringify(value)]
  if (Array.isArray(value)) {
    if (name === '*') return value.flatMap((entry) => textsAt(entry, rest))
    return /^-?\d+$/.test(name) ? textsAt(value.at(Number(name)), rest) : []
  }
  if (!isObject(value)) return []
  if (name === '*') return Object.values(value).flatMap((entry) => textsAt(entry, rest))
  return Object.hasOwn(value, name) ? textsAt(value[name], rest) : []
}
