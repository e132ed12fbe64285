import { useRef } from 'react'
import { useLayoutEffectInBrowser } from './layout-effect.js'

/**
 * Options that keep their identity while nothing but functions has changed, although a component writes them anew on
 * every render. A function in them always runs the newest one given at its place.
 */
export function useStableOptions<Options extends object>(options: Options): Options {
  const newest = useRef(options)
  useLayoutEffectInBrowser(() => {
    newest.current = options
  })
  const kept = useRef<{ given: Options; stable: Options }>(null)
  if (!kept.current || !equalButFunctions(kept.current.given, options)) {
    // A copy of `Options` with each function exchanged for one of the same signature.
    kept.current = { given: options, stable: forwardFunctions(options, () => newest.current) as Options }
  }
  return kept.current.stable
}

/** Whether two values are the same data. Any function equals any other; anything but plain data equals only itself. */
export function equalButFunctions(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a === 'function') return typeof b === 'function'
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((value, index) => equalButFunctions(value, b[index]))
  }
  if (!isPlainObject(a) || !isPlainObject(b)) return false
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && equalButFunctions(a[name], b[name]))
  )
}

/** Copies plain data; each function becomes one that calls what stands in its place in `getNewest()` by then. */
export function forwardFunctions(value: unknown, getNewest: () => unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((_, index) => forwardFunctions(value[index], () => memberOf(getNewest(), index)))
  }
  if (!isPlainObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (typeof member !== 'function') return [name, forwardFunctions(member, () => memberOf(getNewest(), name))]
      const forward = (...args: unknown[]) => {
        const owner = getNewest()
        const current = memberOf(owner, name)
        return typeof current === 'function' ? current.apply(owner, args) : undefined
      }
      return [name, forward]
    }),
  )
}

function memberOf(owner: unknown, name: string | number): unknown {
  return isPlainObject(owner) || Array.isArray(owner) ? Reflect.get(owner, name) : undefined
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}
