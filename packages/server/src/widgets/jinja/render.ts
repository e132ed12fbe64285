import { type Context, evaluate } from './evaluate.js'
import { entriesOf } from './filters.js'
import { JinjaError, valueError } from './jinja-error.js'
import { Run } from './run.js'
import { Scope } from './scope.js'
import type { Expression, Statement, Target } from './syntax.js'
import { isTrue, Namespace, textOf, toDict, type Value } from './values.js'

/**
 * Renders a parsed template; the fields of `data` are its variables.
 *
 * @throws {JinjaError} `undefined` for a name that is used and not there, `value` for one that does not fit,
 * `limit` when the rendering does more than any widget needs.
 */
export function renderTemplate(template: readonly Statement[], data: object): string {
  const context: Writing = { scope: new Scope(toDict(data)), run: new Run(), written: [] }
  renderAll(template, context)
  return context.written.join('')
}

/** A context that statements write their text into. */
interface Writing extends Context {
  written: string[]
}

function renderAll(statements: readonly Statement[], context: Writing): void {
  for (const statement of statements) {
    context.run.step(statement.at)
    const render = RENDERERS[statement.kind] as Renderer<Statement> // the table has one for each kind
    render(statement, context)
  }
}

type Renderer<Kind extends Statement> = (statement: Kind, context: Writing) => void

const RENDERERS: { [Kind in Statement['kind']]: Renderer<Extract<Statement, { kind: Kind }>> } = {
  text: ({ text, at }, context) => write(text, context, at),
  output: ({ value, at }, context) => write(textOf(evaluate(value, context), at), context, at),
  if({ branches, otherwise }, context) {
    const taken = branches.find(({ test }) => isTrue(evaluate(test, context)))
    renderAll(taken?.body ?? otherwise, context)
  },
  for: renderLoop,
  set: ({ target, value }, context) => assign(target, evaluate(value, context), context),
  capture({ target, body }, context) {
    const written: string[] = []
    renderAll(body, { ...inner(context, []), written })
    assign(target, written.join(''), context)
  },
}

function write(text: string, context: Writing, at: number): void {
  context.written.push(context.run.made(text, at))
}

function renderLoop(loop: Extract<Statement, { kind: 'for' }>, context: Writing): void {
  const found = entriesOf(evaluate(loop.list, context), { run: context.run, at: loop.list.at })
  context.run.step(loop.at, found.length)
  const all = Array.from(found)
  const entries = all.filter((entry) => passes(loop, entry, context))
  for (const [index, entry] of entries.entries()) {
    context.run.step(loop.at)
    const scope: [string, Value][] = [
      [loop.name, entry],
      ['loop', loopState(index, entries.length)],
    ]
    renderAll(loop.body, inner(context, scope))
  }
  if (entries.length === 0) renderAll(loop.otherwise, context)
}

const passes = ({ name, when }: { name: string; when?: Expression }, entry: Value, context: Writing) =>
  !when || isTrue(evaluate(when, inner(context, [[name, entry]])))

const loopState = (index: number, length: number): Value =>
  new Map<string, Value>([
    ['index', index + 1],
    ['index0', index],
    ['revindex', length - index],
    ['revindex0', length - index - 1],
    ['first', index === 0],
    ['last', index === length - 1],
    ['length', length],
  ])

/** The same place with variables of its own: what is set inside ends with it. */
const inner = (context: Writing, variables: [string, Value][]): Writing => ({
  ...context,
  scope: new Scope(variables, context.scope),
})

function assign({ name, field, at }: Target, value: Value, { scope }: Writing): void {
  if (field === undefined) {
    scope.set(name, value)
    return
  }
  const namespace = scope.get(name)
  if (namespace === undefined) throw new JinjaError('undefined', `"${name}" is undefined`, at)
  if (!(namespace instanceof Namespace)) throw valueError(`"${name}" is no namespace, so its fields cannot be set`, at)
  namespace.fields.set(field, value)
}
