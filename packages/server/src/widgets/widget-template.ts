import { type WidgetRoot, widgetRootSchema } from '@parley/protocol'
import { z } from 'zod'
import { JinjaError } from './jinja/jinja-error.js'
import { parseTemplate } from './jinja/parse-template.js'
import { renderTemplate } from './jinja/render.js'
import { MAX_DEPTH } from './jinja/syntax.js'
import { parseWidgetFile, type WidgetFile } from './widget-file.js'
import { WidgetTemplateError } from './widget-template-error.js'

/** A widget file, ready to be filled. */
export interface WidgetTemplate {
  /** The name in the file. */
  readonly name: string
  /**
   * The widget for this data. Its fields are the variables of the template; they are read, never changed, and nothing
   * in them is taken for template text. The same data gives the same widget, so successive states stream as differences.
   *
   * @throws {WidgetTemplateError} `undefined`, `value` or `limit` with the place in the template, `output` when what
   * it wrote is no widget, `data` when `checkData` found a misfit.
   */
  render(data: Readonly<Record<string, unknown>>): WidgetRoot
}

/** How a widget template treats what it is given. */
export interface WidgetTemplateOptions {
  /** Whether data is checked against the file's `jsonSchema` first. Default: no, as in the ChatKit server kit. */
  checkData?: boolean
}

/**
 * Makes a template of a `.widget` file: its text, or the value its JSON holds. The template is read once, here.
 *
 * @throws {WidgetTemplateError} `file` when a field is wrong, `syntax` when the template, or with `checkData` the
 * schema, cannot be read.
 *
 * @example
 * const order = widgetTemplate(fileText)
 * yield* streamWidget(thread, order.render({ title: 'Espresso', price: 3 }))
 *
 * Source: the ChatKit server kit's `WidgetTemplate`; templates are the part of Jinja that `docs/widgets.md` lists.
 */
export function widgetTemplate(file: unknown, { checkData = false }: WidgetTemplateOptions = {}): WidgetTemplate {
  const parsed = parseWidgetFile(file)
  const statements = placed(parsed, () => parseTemplate(parsed.template))
  const schema = checkData ? dataSchema(parsed) : undefined
  return {
    name: parsed.name,
    render(data) {
      if (schema) check(parsed, schema, data)
      const text = placed(parsed, () => renderTemplate(statements, data))
      return toWidget(parsed, text)
    },
  }
}

/** Does something with a template; its failures name the widget, and the place as line and column. */
function placed<Result>({ name, template }: WidgetFile, work: () => Result): Result {
  try {
    return work()
  } catch (cause) {
    if (!(cause instanceof JinjaError)) throw cause
    const before = template.slice(0, cause.offset).split('\n')
    const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`
    throw new WidgetTemplateError(cause.reason, `Widget "${name}": ${cause.message} (${place} of its template)`, {
      cause,
    })
  }
}

function toWidget({ name }: WidgetFile, text: string): WidgetRoot {
  const output = parseOutput(name, text)
  if (isDeeper(output, MAX_DEPTH)) {
    throw new WidgetTemplateError(
      'limit',
      `Widget "${name}": what its template wrote is nested deeper than ${MAX_DEPTH}`,
    )
  }
  const read = widgetRootSchema.safeParse(output)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const place = issue?.path.join('.') || 'the root'
  throw new WidgetTemplateError('output', `Widget "${name}": its template wrote no widget; ${place}: ${issue?.message}`)
}

/** Whether a value nests deeper than `limit`; level by level, so that the depth itself cannot hurt. */
function isDeeper(value: unknown, limit: number): boolean {
  let level = [value]
  for (let depth = 0; depth <= limit && level.length > 0; depth += 1) {
    level = level.flatMap((entry) => (typeof entry === 'object' && entry !== null ? Object.values(entry) : []))
  }
  return level.length > 0
}

function parseOutput(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new WidgetTemplateError('output', `Widget "${name}": its template wrote no JSON; ${reason}`, { cause })
  }
}

function dataSchema({ name, jsonSchema }: WidgetFile): z.ZodType {
  try {
    return z.fromJSONSchema(jsonSchema)
  } catch (cause) {
    throw new WidgetTemplateError('file', `Widget "${name}": jsonSchema cannot be read`, { cause })
  }
}

function check({ name }: WidgetFile, schema: z.ZodType, data: unknown): void {
  const read = schema.safeParse(data)
  if (read.success) return
  const problems = read.error.issues.map(({ path, message }) => `${path.join('.') || 'the data'}: ${message}`)
  throw new WidgetTemplateError('data', `Widget "${name}": the data does not fit. ${problems.join('. ')}`)
}
