import { valueError } from './jinja-error.js'
import type { Run } from './run.js'
import type { ArithmeticOperator, CompareOperator } from './syntax.js'
import { defined, describe, Namespace, type Value } from './values.js'

/** Where an operator stands. */
interface Place {
  run: Run
  at: number
}

const NUMERIC: Record<ArithmeticOperator, (left: number, right: number) => number> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '//': (left, right) => Math.floor(left / right),
  '%': (left, right) => left - right * Math.floor(left / right), // the sign is the divisor's, as in Python
}

/** Two values put together: numbers by any operator, texts and lists by `+`. */
export function calculate(operator: ArithmeticOperator, one: Value, other: Value, { run, at }: Place): Value {
  const [left, right] = [defined(one), defined(other)]
  if (typeof left === 'number' && typeof right === 'number') {
    if (right === 0 && ['/', '//', '%'].includes(operator)) throw valueError('division by zero', at)
    return NUMERIC[operator](left, right)
  }
  if (operator === '+' && typeof left === 'string' && typeof right === 'string') return run.made(left + right, at)
  if (operator === '+' && Array.isArray(left) && Array.isArray(right)) {
    run.step(at, left.length + right.length)
    return [...left, ...right]
  }
  throw valueError(`"${operator}" cannot join ${describe(left)} and ${describe(right)}`, at)
}

/** Whether a comparison holds. */
export function compare(operator: CompareOperator, one: Value, other: Value, place: Place): boolean {
  const [left, right] = [defined(one), defined(other)]
  if (operator === '==') return isEqual(left, right, place)
  if (operator === '!=') return !isEqual(left, right, place)
  if (operator === 'in') return isIn(left, right, place)
  if (operator === 'not in') return !isIn(left, right, place)
  const order = orderOf(
    left,
    right,
    () => `"${operator}" cannot compare ${describe(left)} with ${describe(right)}`,
    place,
  )
  if (operator === '<') return order < 0
  if (operator === '<=') return order <= 0
  return operator === '>' ? order > 0 : order >= 0
}

/** Equality by content; `true` equals 1, as in Python. */
function isEqual(left: Value, right: Value, { run, at }: Place): boolean {
  return run.deeper(at, () => {
    run.step(at)
    if (typeof left === 'string' && typeof right === 'string') return left === run.made(right, at)
    if (Array.isArray(left) && Array.isArray(right)) {
      if (left.length !== right.length) return false
      return left.every((entry, index) => isEqual(entry, right[index] ?? null, { run, at }))
    }
    if (left instanceof Map && right instanceof Map) {
      if (left.size !== right.size) return false
      return [...left].every(([key, value]) => {
        const other = right.get(key)
        return other !== undefined && isEqual(value, other, { run, at })
      })
    }
    return asNumber(left) === asNumber(right)
  })
}

const asNumber = (value: Value) => (typeof value === 'boolean' ? Number(value) : value)

function isIn(item: Value, list: Value, place: Place): boolean {
  if (Array.isArray(list)) return list.some((entry) => isEqual(item, entry, place))
  if (list instanceof Map) return typeof item === 'string' && list.has(item)
  if (typeof list === 'string' && typeof item === 'string') return place.run.made(list, place.at).includes(item)
  throw valueError(`${describe(item)} cannot be looked for in ${describe(list)}`, place.at)
}

function orderOf(left: Value, right: Value, message: () => string, { at }: Place): number {
  if (left instanceof Namespace || right instanceof Namespace) throw valueError(message(), at)
  const [one, other] = [asNumber(left), asNumber(right)]
  if (typeof one === 'number' && typeof other === 'number') return one - other
  if (typeof one !== 'string' || typeof other !== 'string') throw valueError(message(), at)
  return one < other ? -1 : Number(one > other)
}
