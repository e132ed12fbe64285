import type { AgentInputItem, Model } from '@openai/agents-core'
import { type Action, ParleyError, type RunEvent, type ThreadItem, type WidgetItem } from '@parley/protocol'
import type { ModelSource } from '../models/model-source.js'
import type { RunContext, Runnable } from '../runnable/runnable.js'
import { AgentAppConverter } from './agent-app-converter.js'
import { AgentContext } from './agent-context.js'
import { EventChannel } from './event-channel.js'
import type { ResponseConverter } from './response-converter.js'
import { toRunFailure } from './run-failure.js'
import { loadAgentsSdk } from './sdk.js'
import type { StepLabels } from './steps.js'
import { type AnyAgentRun, createBridge } from './stream-agent-response.js'
import { type AnyAgent, needsRunner, withDirectPath } from './thread-history.js'
import type { ThreadItemConverter } from './thread-item-converter.js'
import { titleOf } from './thread-title.js'

export interface AgentAppOptions<Context> {
  /** The agent, or what makes it for a run; a function may import the Agents SDK when it is first needed. */
  agent: AnyAgent | ((context: RunContext<Context>) => AnyAgent | Promise<AnyAgent>)
  /** Where agents without a model of their own get theirs. */
  models: ModelSource
  /** How many of the newest items the model reads. Absent: the whole thread. */
  historyLimit?: number
  /** Model calls per run, at most. Default 10. */
  maxTurns?: number
  /** How tool calls read as steps, by tool name; `false` shows no steps at all. */
  steps?: StepLabels | false
  /** How items become model input. */
  converter?: ThreadItemConverter
  /** How the model's annotations and images become ChatKit's. */
  responseConverter?: ResponseConverter
  /** Handles widget actions. Absent: the person reads that the app has none. */
  action?(context: RunContext<Context>, action: Action, sender: WidgetItem | null): AsyncIterable<RunEvent>
  onDisconnect?: Runnable<Context>['onDisconnect']
}

/** An app that is an agent of the Agents SDK: it reads the whole thread, answers, and titles a thread that has no title. */
export function agentApp<Context>(options: AgentAppOptions<Context>): Runnable<Context> {
  return {
    onDisconnect: options.onDisconnect,
    run(context) {
      const { trigger } = context
      if (trigger.type === 'action' && options.action) return options.action(context, trigger.action, trigger.sender)
      return answer(options, context)
    },
  }
}

/** Starts the agent at once; its events are read from the channel as they come. */
function answer<Context>(options: AgentAppOptions<Context>, context: RunContext<Context>): AsyncIterable<RunEvent> {
  const stop = new AbortController()
  const { signal } = stop
  const abort = () => stop.abort(context.signal.reason)
  const channel = new EventChannel<RunEvent>(abort)
  if (context.signal.aborted) abort()
  else context.signal.addEventListener('abort', abort, { once: true }) // `AbortSignal.any` costs more than all of this
  void runAgent(options, context, { channel, signal })
    .then(
      () => channel.end(),
      (thrown) => (signal.aborted ? channel.end() : channel.fail(toRunFailure(thrown))),
    )
    .finally(() => context.signal.removeEventListener('abort', abort))
  return channel
}

async function runAgent<Context>(
  options: AgentAppOptions<Context>,
  context: RunContext<Context>,
  { channel, signal }: { channel: EventChannel<RunEvent>; signal: AbortSignal },
): Promise<void> {
  if (context.trigger.type === 'action')
    throw new ParleyError('not_configured', 'This app does not handle actions of widgets.')
  nameThread(context)
  const [sdk, agent, items, model] = await Promise.all([
    loadAgentsSdk(),
    typeof options.agent === 'function' ? options.agent(context) : options.agent,
    loadThread(context, options.historyLimit),
    options.models.model(),
  ])
  const { history, turn } = await splitInput(items, options.converter ?? new AgentAppConverter(context))
  const agentContext = new AgentContext<Context>(context)
  const steps = options.steps === false ? undefined : (options.steps ?? {})
  const bridge = createBridge(agentContext, channel, { converter: options.responseConverter, steps })
  bridge.continueWorkflow(items.slice(-2).reverse())

  const whole = needsRunner(agent)
  const prepare = (inner: Model) =>
    whole ? inner : withDirectPath(inner, { history, turn, tell: bridge.readModelEvent })
  const runner = new sdk.Runner({
    model: prepare(model),
    modelProvider: { getModel: async (name) => prepare(await options.models.model(name)) },
    tracingDisabled: true,
    toolNotFoundBehavior: 'return_error_to_model',
  })
  const { maxTurns } = options
  const input = whole ? [...history, ...turn] : turn
  const run = await runner.run(agent, input, { stream: true, context: agentContext, maxTurns, signal })
  await bridge.follow(run)
  if (!run.cancelled) channel.push(usageOf(context, run))
}

function nameThread({ thread, trigger }: RunContext<unknown>): void {
  if (thread.title === undefined && trigger.type === 'user_message') thread.title = titleOf(trigger.item)
}

const PAGE = 500

/** The thread in order, or its newest items when there is a limit. */
async function loadThread(context: RunContext<unknown>, limit: number | undefined): Promise<ThreadItem[]> {
  if (limit !== undefined) return (await context.loadItems({ limit, order: 'desc' })).data.reverse()
  const items: ThreadItem[] = []
  let after: string | undefined
  do {
    const page = await context.loadItems({ limit: PAGE, order: 'asc', after })
    items.push(...page.data)
    after = page.has_more ? page.after : undefined
  } while (after !== undefined)
  return items
}

/** The turn is what the newest item tells the model; an id on its first entry tells it from other conversations. */
async function splitInput(
  items: ThreadItem[],
  converter: ThreadItemConverter,
): Promise<{ history: AgentInputItem[]; turn: AgentInputItem[] }> {
  for (let count = items.length; count > 0; count--) {
    const newest = items.slice(count - 1)
    const turn = await converter.toAgentInput(newest)
    const [first, ...rest] = turn
    if (!first) continue
    const marked = { ...first, id: first.id ?? newest[0]?.id } as AgentInputItem // an id fits every kind of item
    return { history: await converter.toAgentInput(items.slice(0, count - 1), { more: true }), turn: [marked, ...rest] }
  }
  return { history: [], turn: [] }
}

function usageOf({ run }: RunContext<unknown>, result: AnyAgentRun): RunEvent {
  const { requests, inputTokens, outputTokens, totalTokens } = result.state.usage
  return {
    type: 'run.usage',
    run_id: run.id,
    usage: { requests, input_tokens: inputTokens, output_tokens: outputTokens, total_tokens: totalTokens },
  }
}
