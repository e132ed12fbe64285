import { FILTERS } from './filters.js'
import { valueError } from './jinja-error.js'
import { calculate, compare } from './operators.js'
import type { Run } from './run.js'
import type { Scope } from './scope.js'
import type { Expression } from './syntax.js'
import { TESTS } from './tests.js'
import { type Dict, defined, describe, found, isTrue, lettersOf, Namespace, textOf, type Value } from './values.js'

/** What an expression needs around it. */
export interface Context {
  scope: Scope
  run: Run
}

/** The value of an expression. */
export function evaluate(expression: Expression, context: Context): Value {
  return context.run.deeper(expression.at, () => {
    context.run.step(expression.at)
    const evaluator = EVALUATORS[expression.kind] as Evaluator<Expression> // the table has one for each kind
    return evaluator(expression, context)
  })
}

type Evaluator<Kind extends Expression> = (expression: Kind, context: Context) => Value
type Of<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>

const EVALUATORS: { [Kind in Expression['kind']]: Evaluator<Of<Kind>> } = {
  literal: ({ value }) => value,
  name: ({ name, at }, { scope }) => found(scope.get(name), name, at),
  list: ({ items }, context) => items.map((item) => evaluate(item, context)),
  dict: ({ entries }, context) =>
    new Map(entries.map(([key, value]) => [keyOf(evaluate(key, context), key.at), evaluate(value, context)])),
  namespace: ({ fields }, context) =>
    new Namespace(new Map(fields.map(([name, value]) => [name, evaluate(value, context)]))),
  attribute({ of, name, at }, context) {
    return found(fieldsOf(defined(evaluate(of, context)))?.get(name), `${pathOf(of)}.${name}`, at)
  },
  index(expression, context) {
    const from = defined(evaluate(expression.of, context))
    const index = defined(evaluate(expression.index, context))
    const at = expression.index.at
    return found(entryAt(from, index, { run: context.run, at }), `${pathOf(expression.of)}[${String(index)}]`, at)
  },
  slice: sliced,
  append({ of, item, at }, context) {
    const list = defined(evaluate(of, context))
    if (!Array.isArray(list)) throw valueError(`only a list can be appended to, and this is ${describe(list)}`, at)
    list.push(evaluate(item, context))
    return null
  },
  filter({ of, name, arguments: given, at }, context) {
    const filter = FILTERS.get(name)
    const values = given.map((argument) => evaluate(argument, context))
    if (!filter || values.length > filter.most) throw valueError(`"${name}" does not take so many arguments`, at)
    return filter.apply(evaluate(of, context), values, { run: context.run, at: of.at })
  },
  test: ({ of, name, negated }, context) => TESTS.get(name)?.(evaluate(of, context)) !== negated,
  not: ({ of }, context) => !isTrue(evaluate(of, context)),
  negative: ({ of, at }, context) => calculate('-', 0, evaluate(of, context), { run: context.run, at }),
  and({ left, right }, context) {
    const value = evaluate(left, context)
    return isTrue(value) ? evaluate(right, context) : value
  },
  or({ left, right }, context) {
    const value = evaluate(left, context)
    return isTrue(value) ? value : evaluate(right, context)
  },
  arithmetic({ operator, left, right, at }, context) {
    return calculate(operator, evaluate(left, context), evaluate(right, context), { run: context.run, at })
  },
  compare({ first, rest, at }, context) {
    let left = evaluate(first, context)
    for (const { operator, value } of rest) {
      const right = evaluate(value, context)
      if (!compare(operator, left, right, { run: context.run, at })) return false
      left = right
    }
    return true
  },
  concat({ parts, at }, context) {
    let text = ''
    for (const part of parts) text += textOf(evaluate(part, context), part.at)
    return context.run.made(text, at)
  },
  condition({ test, value, otherwise }, context) {
    if (isTrue(evaluate(test, context))) return evaluate(value, context)
    return otherwise ? evaluate(otherwise, context) : '' // Jinja writes nothing here, even when it is strict
  },
}

function sliced({ of, start, stop, at }: Of<'slice'>, context: Context): Value {
  const from = defined(evaluate(of, context))
  const bounds = [start, stop].map((bound) => {
    const value = bound ? defined(evaluate(bound, context)) : null
    if (value === null || Number.isInteger(value)) return (value as number | null) ?? undefined // just checked
    throw valueError(`a slice goes from and to whole numbers, not ${describe(value)}`, bound?.at ?? at)
  })
  if (Array.isArray(from)) {
    context.run.step(at, from.length)
    return from.slice(...bounds)
  }
  if (typeof from !== 'string')
    throw valueError(`only a text or a list can be sliced, and this is ${describe(from)}`, at)
  const part = lettersOf(context.run.made(from, at)).slice(...bounds)
  return context.run.made(typeof part === 'string' ? part : part.join(''), at)
}

function entryAt(from: Value, index: Value, { run, at }: { run: Run; at: number }): Value | undefined {
  if (typeof index === 'string') return fieldsOf(from)?.get(index)
  if (typeof index !== 'number') throw valueError(`${describe(index)} is no index`, at)
  if (Array.isArray(from)) return from.at(index)
  return typeof from === 'string' ? lettersOf(run.made(from, at)).at(index) : undefined
}

const fieldsOf = (value: Value): Dict | undefined => {
  if (value instanceof Namespace) return value.fields
  return value instanceof Map ? value : undefined
}

function keyOf(value: Value, at: number): string {
  if (typeof value === 'string') return value
  throw valueError(`a key is a text, not ${describe(value)}`, at)
}

/** How the template names a value, for an error about a part of it. */
function pathOf(expression: Expression): string {
  if (expression.kind === 'name') return expression.name
  if (expression.kind === 'attribute') return `${pathOf(expression.of)}.${expression.name}`
  return expression.kind === 'index' ? `${pathOf(expression.of)}[…]` : '(…)'
}
