import { valueError } from './jinja-error.js'
import type { Run } from './run.js'
import { defined, describe, Namespace, type Value } from './values.js'

const UNSAFE = /[<>&']/g
const ESCAPES: Readonly<Record<string, string>> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026', "'": '\\u0027' }

/** A value as JSON, with keys in order and safe to stand in HTML, as Jinja's `tojson` writes it. */
export function toJson(value: Value, run: Run, at: number): string {
  return run.deeper(at, () => {
    run.step(at)
    const given = defined(value)
    if (typeof given === 'string') return run.made(quote(given), at)
    if (given === null || typeof given === 'boolean') return String(given)
    if (typeof given === 'number') return Number.isFinite(given) ? String(given) : 'null'
    if (given instanceof Namespace) throw valueError(`${describe(given)} has no JSON`, at)
    if (Array.isArray(given)) return run.made(`[${given.map((entry) => toJson(entry, run, at)).join(', ')}]`, at)
    const keys = [...given.keys()].sort()
    const entries = keys.map((key) => `${quote(key)}: ${toJson(given.get(key) ?? null, run, at)}`)
    return run.made(`{${entries.join(', ')}}`, at)
  })
}

const quote = (text: string) => JSON.stringify(text).replace(UNSAFE, (letter) => ESCAPES[letter] ?? letter)
