import { BridgeError } from './bridge-error.js'

/** A type as it arrives in the frame: every function replaced by `true`. */
export type Detached<Value> = Value extends (...args: never[]) => unknown
  ? true
  : Value extends object
    ? { [Key in keyof Value]: Detached<Value[Key]> }
    : Value

/**
 * Copies options for the frame: functions become `true` and are called by their path later. Only plain data crosses;
 * anything else (a DOM node, a React element, a loop) is left out and reported by its path.
 */
export function detachFunctions<Options extends object>(
  options: Options,
  onLeftOut: (path: string) => void,
): Detached<Options> {
  const parents: object[] = []

  const copy = (value: unknown, path: string): unknown => {
    if (typeof value === 'function') return true
    if (value === null || typeof value !== 'object') return typeof value === 'symbol' ? undefined : value
    if (!isPlain(value) || parents.includes(value)) {
      onLeftOut(path)
      return undefined
    }
    parents.push(value)
    const copied = Array.isArray(value)
      ? value.map((entry, index) => copy(entry, join(path, index)))
      : Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, copy(entry, join(path, key))]))
    parents.pop()
    return copied
  }

  return copy(options, '') as Detached<Options> // built entry by entry above
}

/** Calls the function at `path` of the newest options, as a method of the object that holds it. */
export function callOption(options: object, path: string, args: unknown[]): unknown {
  const keys = path.split('.')
  const name = keys.pop() ?? ''
  const holder = keys.reduce<unknown>(own, options)
  const called = own(holder, name)
  if (typeof called !== 'function') throw new BridgeError('not_a_function', `The option "${path}" is not a function.`)
  return called.apply(holder, args)
}

function own(holder: unknown, key: string): unknown {
  const entry = Object(holder) as Record<string, unknown>
  return Object.hasOwn(entry, key) ? entry[key] : undefined
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value)
  // Objects made in another realm (an iframe, a test's window) have another Object.prototype: its own parent is null.
  return Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null
}

function join(path: string, key: string | number): string {
  return path ? `${path}.${key}` : String(key)
}
