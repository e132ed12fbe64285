import { JinjaError, valueError } from './jinja-error.js'
import { MAX_DEPTH } from './syntax.js'

/** What expressions work on. Dicts are maps, so no key of the data can reach an object's prototype. */
export type Value = null | boolean | number | string | Value[] | Dict | Namespace | Undefined
export type Dict = Map<string, Value>

/** A value that is not there. It may be passed on, tested and given a default; any other use of it is an error. */
export class Undefined {
  constructor(
    readonly what: string,
    readonly at: number,
  ) {}
}

/** What was found under a name; `none` is a find, nothing at all is {@link Undefined}. */
export const found = (value: Value | undefined, what: string, at: number): Value =>
  value === undefined ? new Undefined(what, at) : value

/** `namespace(…)`: fields that loops can write, since variables set in a loop end with it. */
export class Namespace {
  constructor(readonly fields: Dict) {}
}

/** The same value, known to be there. */
export function defined<Given extends Value>(value: Given): Exclude<Given, Undefined> {
  if (value instanceof Undefined) throw new JinjaError('undefined', `"${value.what}" is undefined`, value.at)
  return value as Exclude<Given, Undefined> // the line above
}

/** Python's truth: empty texts, lists and dicts are false. */
export function isTrue(value: Value): boolean {
  const given = defined(value)
  if (Array.isArray(given)) return given.length > 0
  if (given instanceof Map) return given.size > 0
  return Boolean(given)
}

/** A value as a template writes it. Lists and dicts have no text of their own. */
export function textOf(value: Value, at: number): string {
  const given = defined(value)
  if (typeof given === 'string') return given
  if (given === null) return 'None'
  if (typeof given === 'boolean') return given ? 'True' : 'False'
  if (typeof given === 'number') return String(given)
  throw valueError(`${describe(given)} cannot be written as text; pass it through "tojson"`, at)
}

export function describe(value: Value): string {
  if (value instanceof Undefined) return `the undefined "${value.what}"`
  if (value === null) return 'none'
  if (Array.isArray(value)) return 'a list'
  if (value instanceof Map) return 'a dict'
  if (value instanceof Namespace) return 'a namespace'
  return typeof value === 'string' ? 'a text' : `a ${typeof value}`
}

/** The letters of a text, as Python counts them: a character outside the basic plane is one. */
export const lettersOf = (text: string): string | string[] => (/[\uD800-\uDFFF]/.test(text) ? Array.from(text) : text)

/**
 * The caller's data as values: what JSON would carry of it, in copies, so that a template cannot change the data.
 *
 * @throws {JinjaError} `limit` when it nests too deep or holds itself; `value` when a part of it is no JSON.
 */
function toValue(data: unknown, depth = 0): Value | undefined {
  if (depth > MAX_DEPTH)
    throw new JinjaError('limit', `the data is nested deeper than ${MAX_DEPTH}, or holds itself`, 0)
  if (data === null || typeof data === 'boolean' || typeof data === 'string') return data
  if (typeof data === 'number') return Number.isFinite(data) ? data : null
  if (typeof data === 'bigint') throw valueError('the data holds a bigint, which JSON cannot carry', 0)
  if (typeof data !== 'object') return undefined
  if (Array.isArray(data)) return data.map((entry) => toValue(entry, depth + 1) ?? null)
  if ('toJSON' in data && typeof data.toJSON === 'function') return toValue(data.toJSON(), depth + 1)
  return toDict(data, depth)
}

/** The fields of an object as a dict; those that JSON would leave out are left out. */
export function toDict(data: object, depth = 0): Dict {
  const dict: Dict = new Map()
  for (const [key, entry] of Object.entries(data)) {
    const value = toValue(entry, depth + 1)
    if (value !== undefined) dict.set(key, value)
  }
  return dict
}
