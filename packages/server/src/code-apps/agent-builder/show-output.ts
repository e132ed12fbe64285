import { type RunEvent, type WidgetRoot, widgetRootSchema } from '@parley/protocol'
import { streamText } from '../../chatkit-server/stream-text.js'
import type { RunContext } from '../../runnable/runnable.js'
import { streamWidget } from '../../widgets/stream-widget.js'

type Shown = { push(event: RunEvent): void }

/** Shows an agent's structured output when it is a widget. `false`: it is data for the program. */
export async function showOutput(output: unknown, context: RunContext<unknown>, shown: Shown): Promise<boolean> {
  const widget = widgetOf(output)
  if (!widget) return false
  const generateId = () => context.generateId('message')
  for await (const event of streamWidget(context.thread, widget, { generateId })) shown.push(event)
  return true
}

/** Shows what a program returned, for programs whose agents have said nothing to the person. */
export async function showResult(result: unknown, context: RunContext<unknown>, shown: Shown): Promise<void> {
  const output = innermost(result)
  if (await showOutput(output, context, shown)) return
  const text = typeof output === 'string' ? output : output === undefined || output === null ? '' : asJson(output)
  if (!text.trim()) return
  const generateId = () => context.generateId('message')
  for await (const event of streamText(context.thread, text, { generateId })) shown.push(event)
}

/** Exports wrap what an agent gave: `{ output_text, output_parsed }`. */
function innermost(result: unknown): unknown {
  if (typeof result !== 'object' || result === null) return result
  if ('output_parsed' in result && widgetOf(result.output_parsed)) return result.output_parsed
  if ('output_text' in result && typeof result.output_text === 'string') {
    const parsed = parse(result.output_text)
    return widgetOf(parsed) ? parsed : result.output_text
  }
  return result
}

function widgetOf(value: unknown): WidgetRoot | undefined {
  if (typeof value !== 'object' || value === null || !('type' in value)) return undefined
  const parsed = widgetRootSchema.safeParse(withoutNulls(value))
  return parsed.success ? parsed.data : undefined
}

/** Strict schemas make a model write `null` where it means nothing. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => (inner === null ? [] : [[name, withoutNulls(inner)]])),
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const asJson = (value: unknown) => `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``
