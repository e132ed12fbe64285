import { ParleyError } from '@parley/protocol'
import { isObject, sameJson } from '../base/json.js'

/**
 * Whether a value holds what a filter asks for, at any depth: the same JSON, or what an operator says of it. Source: the
 * filters of LangGraph's store.
 *
 * @throws {ParleyError} `invalid_request` for an operator there is not
 */
export function fitsFilter(value: unknown, wanted: unknown): boolean {
  if (!isObject(wanted)) return sameJson(value, wanted)
  const fields = Object.entries(wanted)
  if (fields.some(([name]) => name.startsWith('$')))
    return fields.map(([name, operand]) => apply(name, value, operand)).every(Boolean) // a wrong name is told either way
  return isObject(value) && fields.every(([name, part]) => fitsFilter(value[name], part))
}

const OPERATORS: Record<string, (value: unknown, operand: unknown) => boolean> = {
  $eq: sameJson,
  $ne: (value, operand) => !sameJson(value, operand),
  $gt: (value, operand) => order(value, operand) === 1,
  $gte: (value, operand) => order(value, operand) >= 0,
  $lt: (value, operand) => order(value, operand) === -1,
  $lte: (value, operand) => order(value, operand) <= 0,
}

function apply(name: string, value: unknown, operand: unknown): boolean {
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined
  if (operator) return operator(value, operand)
  throw new ParleyError(
    'invalid_request',
    `filter: ${JSON.stringify(name)} is not an operator. Send one of ${Object.keys(OPERATORS).join(', ')}.`,
    { details: { param: 'filter' } },
  )
}

/** `NaN`, which is neither more nor less: one cannot be compared with the other. */
function order(one: unknown, other: unknown): number {
  if (typeof one === 'number' && typeof other === 'number') return Math.sign(one - other)
  if (typeof one === 'string' && typeof other === 'string') return one === other ? 0 : one < other ? -1 : 1
  return Number.NaN
}
