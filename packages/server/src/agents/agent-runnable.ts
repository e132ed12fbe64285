import type { AgentInputItem, Model, Usage } from '@openai/agents-core'
import { type Action, ParleyError, type RunEvent, type ThreadItem, type WidgetItem } from '@parley/protocol'
import type { Span } from '../base/trace.js'
import type { ModelSource } from '../models/model-source.js'
import type { RunContext, Runnable } from '../runnable/runnable.js'
import { AgentAppConverter } from './agent-app-converter.js'
import { AgentContext } from './agent-context.js'
import {
  type AnyRunState,
  askAbout,
  decidedState,
  itemsOfTurn,
  stateOf,
  type ToolCheckpoint,
  takenDecision,
  takenProgress,
} from './approvals.js'
import { EventChannel } from './event-channel.js'
import { FirstRequests } from './first-request.js'
import { type Choices, checkChoices, chosenFor, withInference } from './inference.js'
import { askModel, isPlain, type ModelAnswer } from './plain-answer.js'
import type { ResponseConverter } from './response-converter.js'
import { toRunFailure } from './run-failure.js'
import { type AgentsSdk, loadAgentsSdk } from './sdk.js'
import type { StepLabels } from './steps.js'
import { type AskForApproval, type Bridge, createBridge, type FollowOptions } from './stream-agent-response.js'
import { type AnyAgent, needsRunner, withDirectPath } from './thread-history.js'
import type { ThreadItemConverter } from './thread-item-converter.js'
import { titleOf } from './thread-title.js'
import { traceTools, withTracedGuardrails } from './trace-agent.js'

export interface AgentAppOptions<Context> {
  /** The agent, or what makes it for a run; a function may import the Agents SDK when it is first needed. */
  agent: AnyAgent | ((context: RunContext<Context>) => AnyAgent | Promise<AnyAgent>)
  /** Where agents without a model of their own get theirs. */
  models: ModelSource
  /** What people may choose for a message, beside what the agent would take by itself. */
  choices?: Choices
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
  const firstRequests = new FirstRequests()
  const { models, choices = {} } = options
  return {
    onDisconnect: options.onDisconnect,
    checkMessage: (input) => checkChoices(choices, input),
    async transcribe(audio) {
      if (models.transcribe) return models.transcribe(audio)
      throw new ParleyError('not_configured', NO_DICTATION)
    },
    run(context) {
      const { trigger } = context
      if (trigger.type === 'action' && options.action) return options.action(context, trigger.action, trigger.sender)
      return answer({ ...options, firstRequests }, context)
    },
  }
}

type Parts<Context> = AgentAppOptions<Context> & { firstRequests: FirstRequests }

type LoopParts = Pick<Parts<never>, 'maxTurns' | 'firstRequests'> & { models: Pick<ModelSource, 'model'> }

const NO_DICTATION =
  'No model that turns speech into text is connected. Set OPENAI_API_KEY, or OPENAI_BASE_URL to a host with /audio/transcriptions.'

/** Starts the agent at once; its events are read from the channel as they come. */
function answer<Context>(options: Parts<Context>, context: RunContext<Context>): AsyncIterable<RunEvent> {
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
  options: Parts<Context>,
  context: RunContext<Context>,
  { channel, signal }: { channel: EventChannel<RunEvent>; signal: AbortSignal },
): Promise<void> {
  if (context.trigger.type === 'action')
    throw new ParleyError('not_configured', 'This app does not handle actions of widgets.')
  nameThread(context)
  const [sdk, given, items] = await Promise.all([
    loadAgentsSdk(),
    typeof options.agent === 'function' ? options.agent(context) : options.agent,
    loadThread(options.converter ? context.loadItems : context.readItems, options.historyLimit),
  ])
  const inference = chosenFor(options.choices ?? {}, context.trigger, items)
  const { span } = context.trace
  const agent = withTracedGuardrails(withInference(given, inference), span)
  const models: Pick<ModelSource, 'model'> = {
    model: (name) => options.models.model(name ?? inference.model, context.trace),
  }
  const decision = takenDecision(context)
  const goesOnFrom = decision?.checkpoint ?? takenProgress(context)
  const { history, turn, turnItemId } = await splitInput(
    goesOnFrom ? itemsOfTurn(items, goesOnFrom) : items,
    options.converter ?? new AgentAppConverter(context),
  )
  const agentContext = new AgentContext<Context>(context)
  const steps = options.steps === false ? undefined : (options.steps ?? {})
  const bridge = createBridge(agentContext, channel, { converter: options.responseConverter, steps })
  bridge.continueWorkflow(items.slice(-2).reverse())

  const parts: LoopParts = { ...options, models }
  let questionId: string | undefined
  const run: AgentRun = {
    sdk,
    agent,
    agentContext,
    bridge,
    history,
    turn,
    signal,
    span,
    state:
      goesOnFrom && (await decidedState(sdk, agent, { state: goesOnFrom.state, form: decision?.form }, agentContext)),
    keep(going) {
      const state = stateOf(going)
      const kept: ToolCheckpoint | undefined =
        state === undefined ? undefined : { kind: 'tool_output', turn_item_id: turnItemId, state }
      if (kept) context.keepCheckpoint(kept)
    },
    ask(stopped) {
      const form = askAbout(stopped, context, { turnItemId, steps })
      questionId = form.id
      return form
    },
  }
  const usage =
    needsRunner(agent) || options.maxTurns === 0 ? await runWhole(parts, run) : await runDirectly(parts, run)
  if (questionId !== undefined)
    channel.push({ type: 'run.waiting', run_id: context.run.id, item_id: questionId, reason: 'approval' })
  if (usage) channel.push(usageEvent(context, usage))
}

/** A run that is ready to begin: who answers, to what, and where it is told. */
interface AgentRun {
  sdk: AgentsSdk
  agent: AnyAgent
  agentContext: AgentContext<unknown>
  bridge: Bridge
  history: AgentInputItem[]
  turn: AgentInputItem[]
  signal: AbortSignal
  span: Span | undefined
  /** Where the run goes on, with a person's decisions in it. */
  state?: AnyRunState | undefined
  ask: AskForApproval
  keep: NonNullable<FollowOptions['keep']>
}

/** Everything goes through the SDK's loop. `undefined`: the run was stopped. */
function runWhole(options: LoopParts, run: AgentRun): Promise<Usage | undefined> {
  const { state, history, turn } = run
  return runLoop(options, run, { input: state ?? [...history, ...turn], prepare: (model) => model })
}

/**
 * Asks the model at once where the request is known, and starts the SDK's loop only for an answer that asks for more than
 * to be shown: the loop costs more time and memory than all else in a run.
 */
async function runDirectly(options: LoopParts, run: AgentRun): Promise<Usage | undefined> {
  const { sdk, agent, agentContext, bridge, history, turn, signal, state } = run
  if (state) {
    const path = { history, turn, tell: bridge.readModelEvent, isResumed: true }
    return runLoop(options, run, { input: state, prepare: (model) => withDirectPath(model, path) })
  }
  const first = await options.firstRequests.find(agent, new sdk.RunContext(agentContext))
  let answer: ModelAnswer | undefined
  if (first?.wording) {
    const model = await options.models.model(first.modelName)
    const request = { ...first.wording, input: [...history, ...turn], signal }
    answer = await askModel(model, request, bridge.readResponseEvent)
    if (signal.aborted) return undefined
    if (!answer) throw new sdk.ModelBehaviorError('The model ended without an answer.')
    if (isPlain(answer)) {
      bridge.finish()
      return new sdk.Usage(answer.response.usage)
    }
  }
  const path = { history, turn, tell: bridge.readModelEvent, keep: first?.keep, answer }
  return runLoop(options, run, { input: turn, prepare: (model) => withDirectPath(model, path) })
}

/** Runs the SDK's loop to its end. `undefined`: the run was stopped. */
async function runLoop(
  { models, maxTurns }: LoopParts,
  { sdk, agent, agentContext, bridge, signal, span, ask, keep }: AgentRun,
  { input, prepare }: { input: AgentInputItem[] | AnyRunState; prepare(model: Model): Model },
): Promise<Usage | undefined> {
  const runner = new sdk.Runner({
    model: prepare(await models.model()),
    modelProvider: { getModel: async (name) => prepare(await models.model(name)) },
    tracingDisabled: true,
    toolNotFoundBehavior: 'return_error_to_model',
  })
  const endTools = traceTools(runner, span)
  try {
    const run = await runner.run(agent, input, { stream: true, context: agentContext, maxTurns, signal })
    await bridge.follow(run, { ask, keep })
    return run.cancelled ? undefined : run.state.usage
  } finally {
    endTools()
  }
}

function nameThread({ thread, trigger, titling }: RunContext<unknown>): void {
  if (titling && thread.title === undefined && trigger.type === 'user_message') thread.title = titleOf(trigger.item)
}

const PAGE = 500

/** The thread in order, or its newest items when there is a limit. */
async function loadThread(load: RunContext['loadItems'], limit: number | undefined): Promise<ThreadItem[]> {
  if (limit !== undefined) return (await load({ limit, order: 'desc' })).data.toReversed()
  const items: ThreadItem[] = []
  let after: string | undefined
  do {
    const page = await load({ limit: PAGE, order: 'asc', after })
    items.push(...page.data)
    after = page.has_more ? page.after : undefined
  } while (after !== undefined)
  return items
}

/** The turn is what the newest item tells the model; an id on its first entry tells it from other conversations. */
async function splitInput(
  items: ThreadItem[],
  converter: ThreadItemConverter,
): Promise<{ history: AgentInputItem[]; turn: AgentInputItem[]; turnItemId: string | undefined }> {
  for (let count = items.length; count > 0; count--) {
    const newest = items.slice(count - 1)
    const turn = await converter.toAgentInput(newest)
    const [first, ...rest] = turn
    if (!first) continue
    const marked = { ...first, id: first.id ?? newest[0]?.id } as AgentInputItem // an id fits every kind of item
    const history = await converter.toAgentInput(items.slice(0, count - 1), { more: true })
    return { history, turn: [marked, ...rest], turnItemId: newest[0]?.id }
  }
  return { history: [], turn: [], turnItemId: undefined }
}

function usageEvent({ run }: RunContext<unknown>, usage: Usage): RunEvent {
  const { requests, inputTokens, outputTokens, totalTokens } = usage
  return {
    type: 'run.usage',
    run_id: run.id,
    usage: { requests, input_tokens: inputTokens, output_tokens: outputTokens, total_tokens: totalTokens },
  }
}
