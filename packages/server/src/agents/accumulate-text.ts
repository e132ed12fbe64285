import type { RunStreamEvent } from '@openai/agents-core'
import type { WidgetComponent } from '@parley/protocol'

type TextComponent = Extract<WidgetComponent, { type: 'Text' | 'Markdown' }>

/**
 * Grows a text widget with a run's text: the component as given, then a copy for every piece of text, at last one that
 * is no longer streaming. Source: the ChatKit server kit's `accumulate_text`.
 *
 * @example
 * const run = await runner.run(agent, input, { stream: true })
 * await context.streamWidget(toCards(accumulateText(run, { type: 'Markdown', id: 'text', value: '', streaming: true })))
 */
export async function* accumulateText<Component extends TextComponent>(
  events: AsyncIterable<RunStreamEvent>,
  base: Component,
): AsyncGenerator<Component> {
  let value = ''
  yield base
  for await (const event of events) {
    const delta = deltaOf(event)
    if (!delta) continue
    value += delta
    yield { ...base, value }
  }
  yield { ...base, value, streaming: false }
}

function deltaOf(event: RunStreamEvent): string | undefined {
  if (event.type !== 'raw_model_stream_event' || event.data.type !== 'model') return undefined
  const { type, delta } = event.data.event
  return type === 'response.output_text.delta' ? delta : undefined
}
