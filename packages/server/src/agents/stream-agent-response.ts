import type { RunStreamEvent, StreamedRunResult } from '@openai/agents-core'
import type { RunEvent, ThreadItem } from '@parley/protocol'
import type { AgentContext } from './agent-context.js'
import { AnswerStream } from './answer-stream.js'
import { EventChannel } from './event-channel.js'
import { modelEventTable } from './model-events.js'
import { readPlainStream } from './plain-stream.js'
import { ResponseConverter } from './response-converter.js'
import { type StepLabels, showSteps } from './steps.js'

// biome-ignore lint/suspicious/noExplicitAny: the SDK's own type of "a run of any agent"
export type AnyAgentRun = StreamedRunResult<any, any>

export interface StreamAgentResponseOptions {
  /** How annotations and images of the model become ChatKit's. */
  converter?: ResponseConverter
  /** Shows tool calls and handoffs as steps, and tells them as run events. Absent: they stay unseen, as in the ChatKit server kit. */
  steps?: StepLabels
  /** The thread's newest two items, newest first, when the caller has them already. */
  newestItems?: ThreadItem[]
}

/**
 * Streams a run of the Agents SDK as ChatKit events: text as it is written, reasoning as a workflow, images,
 * annotations, and whatever tools put into `context`, merged as it happens.
 *
 * A run whose signal is aborted just ends. When a guardrail trips, everything the turn has shown is removed again, then
 * the SDK's error is thrown. Source: the ChatKit server kit's `stream_agent_response`.
 *
 * @example
 * const run = await runner.run(agent, input, { stream: true, context })
 * yield* streamAgentResponse(context, run)
 */
export async function* streamAgentResponse<Context>(
  context: AgentContext<Context>,
  run: AnyAgentRun,
  options: StreamAgentResponseOptions = {},
): AsyncGenerator<RunEvent> {
  const channel = new EventChannel<RunEvent>()
  const answer = new AnswerStream(context, options.converter ?? new ResponseConverter(), (event) => channel.push(event))
  continueWorkflow(context, options.newestItems ?? (await context.loadItems({ limit: 2, order: 'desc' })).data)
  context.listen((event) => answer.forward(event))
  void pump(run, answer, options.steps).then(
    () => channel.end(),
    (error) => {
      if (isTripwire(error)) {
        channel.clear()
        for (const id of answer.producedIds) channel.push({ type: 'thread.item.removed', item_id: id })
      }
      channel.fail(error)
    },
  )
  yield* channel
}

async function pump(run: AnyAgentRun, answer: AnswerStream, steps: StepLabels | undefined): Promise<void> {
  const plain = readPlainStream(answer)
  const tellStep = steps && showSteps(answer, steps)
  for await (const event of run as AsyncIterable<RunStreamEvent>) {
    if (event.type === 'raw_model_stream_event') {
      const { data } = event
      if (data.type === 'model') {
        plain.sawModelEvent(data.event)
        readModelEvent(answer, data.event)
        tellStep?.modelEvent(data.event)
      } else plain.read(data)
      continue
    }
    if (event.type === 'run_item_stream_event' && event.name === 'tool_called') answer.rememberCall(event.item.rawItem)
    tellStep?.runEvent(event)
  }
  if (!run.cancelled) answer.finish()
}

function readModelEvent(answer: AnswerStream, event: { type?: string }): void {
  const handle = modelEventTable[event.type as keyof typeof modelEventTable] as
    | ((answer: AnswerStream, event: object) => void)
    | undefined // the event is of the type the function was found by
  handle?.(answer, event)
}

/** A workflow left open by the last turn, or open before its client tool call, goes on. */
function continueWorkflow(context: AgentContext<unknown>, [newest, before]: ThreadItem[]): void {
  const item = newest?.type === 'client_tool_call' ? before : newest
  if (item?.type === 'workflow') context.workflowItem = structuredClone(item)
}

/** The SDK is loaded on first use, so its error classes are told by name. */
const isTripwire = (error: unknown): boolean =>
  error instanceof Error && /^(Input|Output)GuardrailTripwireTriggered$/.test(error.constructor.name)
