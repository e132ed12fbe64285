import type { ResponseStreamEvent, RunStreamEvent, StreamedRunResult } from '@openai/agents-core'
import type { RunEvent, StructuredInputItem, ThreadItem } from '@parley/protocol'
import type { AgentContext } from './agent-context.js'
import { AnswerStream } from './answer-stream.js'
import { EventChannel } from './event-channel.js'
import { modelEventTable } from './model-events.js'
import { readPlainStream } from './plain-stream.js'
import { ResponseConverter } from './response-converter.js'
import { type EditedCalls, type StepLabels, showSteps } from './steps.js'

// biome-ignore lint/suspicious/noExplicitAny: the SDK's own type of "a run of any agent"
export type AnyAgentRun = StreamedRunResult<any, any>

export interface StreamAgentResponseOptions {
  /** How annotations and images of the model become ChatKit's. */
  converter?: ResponseConverter
  /** Shows tool calls and handoffs as steps, and tells them as run events. Absent: they stay unseen, as in the ChatKit server kit. */
  steps?: StepLabels
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
  const { data } = await context.loadItems({ limit: 2, order: 'desc' })
  const bridge = createBridge(context, channel, options)
  bridge.continueWorkflow(data)
  void bridge.follow(run).then(
    () => channel.end(),
    (error) => channel.fail(error),
  )
  yield* channel
}

/** Makes the question to a person about the calls a run has stopped at; `undefined`: it waits to be told to go on. */
export type AskForApproval = (run: AnyAgentRun) => StructuredInputItem | undefined

export interface FollowOptions {
  ask?: AskForApproval
  /** Told when tools have given their output: after a crash the run goes on from here. */
  keep?(run: AnyAgentRun): void
}

interface BridgeOptions extends StreamAgentResponseOptions {
  /** Calls that a person changed before they were made. */
  edited?: EditedCalls
}

export type Bridge = ReturnType<typeof createBridge>

/** Turns what a run says into events on `channel`. */
export function createBridge(
  context: AgentContext<unknown>,
  channel: Pick<EventChannel<RunEvent>, 'push' | 'clear'>,
  options: BridgeOptions,
) {
  const answer = new AnswerStream(context, options.converter ?? new ResponseConverter(), (event) => channel.push(event))
  const plain = readPlainStream(answer)
  const steps = options.steps && showSteps(answer, options.steps, options.edited)
  context.listen((event) => answer.forward(event))

  /** An event of the model, straight from it or by way of the run. */
  const readModelEvent = (event: { type?: string }): void => {
    plain.sawModelEvent(event)
    const handle = modelEventTable[event.type as keyof typeof modelEventTable] as
      | ((answer: AnswerStream, event: object) => void)
      | undefined // the event is of the type the function was found by
    handle?.(answer, event)
    steps?.modelEvent(event)
  }

  const readResponseEvent = (event: ResponseStreamEvent): void => {
    if (event.type === 'model') readModelEvent(event.event)
    else plain.read(event)
  }

  const readRunEvent = (event: RunStreamEvent): void => {
    if (event.type === 'raw_model_stream_event') {
      readResponseEvent(event.data)
      return
    }
    if (event.type === 'run_item_stream_event' && event.name === 'tool_called') answer.rememberCall(event.item.rawItem)
    steps?.runEvent(event)
  }

  return {
    readModelEvent,
    readResponseEvent,
    finish: () => answer.finish(),

    /** A workflow left open by the last turn, or open before its client tool call, goes on. Newest item first. */
    continueWorkflow([newest, before]: ThreadItem[]): void {
      const answered = newest?.type === 'client_tool_call' || newest?.type === 'structured_input'
      const item = answered ? before : newest
      if (item?.type === 'workflow') context.workflowItem = structuredClone(item)
    },

    /** Reads the run to its end. @throws what the run throws, after everything shown was taken back if a guardrail tripped. */
    async follow(run: AnyAgentRun, { ask, keep }: FollowOptions = {}): Promise<void> {
      try {
        for await (const event of run as AsyncIterable<RunStreamEvent>) {
          readRunEvent(event)
          if (event.type === 'run_item_stream_event' && event.name === 'tool_output') keep?.(run)
        }
      } catch (thrown) {
        if (isTripwire(thrown)) {
          channel.clear()
          for (const id of answer.producedIds) channel.push({ type: 'thread.item.removed', item_id: id })
        }
        throw thrown
      }
      if (run.cancelled) return // without a word
      answer.finish(ask && run.interruptions.length > 0 ? { question: ask(run) } : undefined)
    },
  }
}

/** The SDK is loaded on first use, so its error classes are told by name. */
const isTripwire = (error: unknown): boolean =>
  error instanceof Error && /^(Input|Output)GuardrailTripwireTriggered$/.test(error.constructor.name)
