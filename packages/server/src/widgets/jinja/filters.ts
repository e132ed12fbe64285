import { valueError } from './jinja-error.js'
import type { Run } from './run.js'
import { toJson } from './tojson.js'
import { defined, describe, found, isTrue, lettersOf, textOf, Undefined, type Value } from './values.js'

/** Where a filter is applied. */
export interface FilterCall {
  run: Run
  at: number
}

/** `apply` gets the value left of `|` and the arguments in brackets, at most `most` of them. */
export interface Filter {
  most: number
  apply(value: Value, given: readonly Value[], call: FilterCall): Value
}

/** A filter that makes a text of a text. */
const onText = (change: (text: string) => string): Filter => ({
  most: 0,
  apply: (value, _, { run, at }) => run.made(change(textOf(value, at)), at),
})

const fallback: Filter = {
  most: 2,
  apply(value, [other = '', alsoFalse = false]) {
    return value instanceof Undefined || (isTrue(alsoFalse) && !isTrue(value)) ? other : value
  },
}

const count: Filter = { most: 0, apply: (value, _, call) => entriesOf(value, call).length }

/** A filter that picks the entry at a place, which may hang on how many there are. */
const entryAt = (place: (length: number) => number): Filter => ({
  most: 0,
  apply(value, _, call) {
    const entries = entriesOf(value, call)
    return found(entries[place(entries.length)], 'an entry of nothing', call.at)
  },
})

const join: Filter = {
  most: 1,
  apply(value, [separator = ''], { run, at }) {
    const entries = entriesOf(value, { run, at })
    run.step(at, entries.length)
    const between = textOf(separator, at)
    let text = ''
    for (const [index, entry] of Array.from(entries).entries()) {
      text += run.made(index === 0 ? textOf(entry, at) : between + textOf(entry, at), at)
    }
    return text
  },
}

/** Every filter a template may use. */
export const FILTERS: ReadonlyMap<string, Filter> = new Map<string, Filter>([
  ['tojson', { most: 0, apply: (value, _, { run, at }) => toJson(value, run, at) }],
  ['default', fallback],
  ['d', fallback],
  ['length', count],
  ['count', count],
  ['join', join],
  ['first', entryAt(() => 0)],
  ['last', entryAt((length) => length - 1)],
  ['string', onText((text) => text)],
  ['upper', onText((text) => text.toUpperCase())],
  ['lower', onText((text) => text.toLowerCase())],
  ['trim', onText((text) => text.trim())],
])

/** What a loop over the value goes through: entries, keys or letters. Making keys and letters is counted. */
export function entriesOf(value: Value, { run, at }: FilterCall): ArrayLike<Value> {
  const given = defined(value)
  if (Array.isArray(given)) return given
  if (given instanceof Map) {
    run.step(at, given.size)
    return [...given.keys()]
  }
  if (typeof given === 'string') return lettersOf(run.made(given, at))
  throw valueError(`a list is expected, but this is ${describe(given)}`, at)
}
