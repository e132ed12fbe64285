import type { AgentInputItem, Model, Usage } from '@openai/agents-core'
import { type Action, ParleyError, type RunEvent, type RunWaitingEvent, type WidgetItem } from '@parley/protocol'
import type { ModelSource } from '../models/model-source.js'
import type { RunContext, Runnable } from '../runnable/runnable.js'
import { AgentAppConverter } from './agent-app-converter.js'
import { AgentContext } from './agent-context.js'
import {
  type AnyRunState,
  askAbout,
  decidedState,
  editedCalls,
  idOf,
  stateOf,
  type ToolCheckpoint,
  takenDecision,
  takenProgress,
} from './approvals.js'
import { EventChannel } from './event-channel.js'
import { stateOfThread, withInputs } from './fill-text.js'
import { FirstRequests } from './first-request.js'
import { type Choices, checkChoices, chosenFor, withInference } from './inference.js'
import type { MemoryOptions } from './memory/remember-thread.js'
import { askModel, isPlain, type ModelAnswer } from './plain-answer.js'
import { readThread } from './read-thread.js'
import type { ResponseConverter } from './response-converter.js'
import { toRunFailure } from './run-failure.js'
import { type AgentsSdk, loadAgentsSdk } from './sdk.js'
import type { StepLabels } from './steps.js'
import { type AskForApproval, type Bridge, createBridge, type FollowOptions } from './stream-agent-response.js'
import { suggestQuestions } from './suggest-questions.js'
import { type AnyAgent, directPath, needsRunner } from './thread-history.js'
import type { ThreadItemConverter } from './thread-item-converter.js'
import { titleOf } from './thread-title.js'
import { toolNamesOf, withBreakpoints } from './tool-breakpoints.js'
import { type TracedAgents, traceAgents, withTracedGuardrails } from './trace-agent.js'

export interface AgentAppOptions<Context> {
  /**
   * The agent, or what makes it for a run; a function may import the Agents SDK when it is first needed. What it streams
   * to `shown` stands in the answer.
   */
  agent: AnyAgent | ((context: RunContext<Context>, shown: AgentContext<Context>) => AnyAgent | Promise<AnyAgent>)
  /** The names of its tools, where a function makes it. Absent: they are known when it runs. */
  toolNames?(context: Context): Promise<readonly string[]>
  /** Where agents without a model of their own get theirs. */
  models: ModelSource
  /** What people may choose for a message, beside what the agent would take by itself. */
  choices?: Choices
  /** How many of the newest items the model reads. Absent: the whole thread. */
  historyLimit?: number
  /** How much of a long thread the model is told. Absent: all that fits into what it can read, where that is known; `false`: all of it. */
  memory?: MemoryOptions | false | undefined
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
  mode?: Runnable<Context>['mode']
  /** What it asks for when a thread begins: `{{name}}` in the instructions stands for a value. */
  inputs?: Runnable<Context>['inputs']
}

/** An app that is an agent of the Agents SDK: it reads the whole thread, answers, and titles a thread that has no title. */
export function agentApp<Context>(options: AgentAppOptions<Context>): Runnable<Context> {
  const firstRequests = new FirstRequests()
  const { models, choices = {} } = options
  return {
    onDisconnect: options.onDisconnect,
    worksAhead: options.action === undefined, // what the agent says comes from a channel; an action's events do not
    choices: { models: Object.keys(choices.models ?? {}), tools: Object.keys(choices.tools ?? {}) },
    mode: options.mode,
    inputs: options.inputs,
    async toolNames(context) {
      if (options.toolNames) return options.toolNames(context)
      return typeof options.agent === 'function' ? null : toolNamesOf(options.agent)
    },
    checkMessage: (input) => checkChoices(choices, input),
    hears: models.transcribe !== undefined,
    ...(models.speak && { speak: models.speak }),
    ...(models.kind !== 'offline' && { suggest: (said) => suggestQuestions(models, said) }),
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
  const agentContext = new AgentContext<Context>(context)
  const given = await (typeof options.agent === 'function' ? options.agent(context, agentContext) : options.agent)
  const traced = traceAgents(context.trace, given)
  try {
    await runTraced(options, context, { given, agentContext, traced, channel, signal })
    traced.end(signal.aborted ? 'stopped' : undefined)
  } catch (thrown) {
    traced.end(signal.aborted ? 'stopped' : 'failed')
    throw thrown
  }
}

interface TracedRun<Context> {
  given: AnyAgent
  agentContext: AgentContext<Context>
  traced: TracedAgents
  channel: EventChannel<RunEvent>
  signal: AbortSignal
}

async function runTraced<Context>(
  options: Parts<Context>,
  context: RunContext<Context>,
  { given, agentContext, traced, channel, signal }: TracedRun<Context>,
): Promise<void> {
  const converter = options.converter ?? new AgentAppConverter(context)
  const [sdk, thread] = await Promise.all([
    loadAgentsSdk(),
    readThread(options, context, { given, converter, trace: traced.trace }),
  ])
  const { items } = thread
  const inference = chosenFor(options.choices ?? {}, context.trigger, items)
  const filled = withInputs(given, options.inputs ?? [], stateOfThread(context.thread))
  const own = withTracedGuardrails(withInference(filled, inference), traced.trace.span)
  const held = new Set<string>()
  const { breakpoints = [] } = context
  const agent = breakpoints.length > 0 ? withBreakpoints(own, breakpoints, held) : own
  const models: Pick<ModelSource, 'model'> = {
    model: (name) => options.models.model(name ?? inference.model, traced.trace),
  }
  const decision = takenDecision(context)
  const progress = takenProgress(context)
  const goesOnFrom = decision?.checkpoint ?? progress
  const { history, turn, turnItemId } = await thread.split(goesOnFrom)
  const steps = options.steps === false ? undefined : (options.steps ?? {})
  const edited = editedCalls(decision?.form)
  const bridge = createBridge(agentContext, channel, { converter: options.responseConverter, steps, edited })
  bridge.continueWorkflow(items.slice(-2).reverse())

  const parts: LoopParts = { ...options, models }
  let waiting: Pick<RunWaitingEvent, 'item_id' | 'reason'> | undefined
  const run: AgentRun = {
    sdk,
    agent,
    agentContext,
    bridge,
    history,
    turn,
    signal,
    traced,
    state:
      goesOnFrom &&
      (await decidedState(
        sdk,
        agent,
        { state: goesOnFrom.state, form: decision?.form, held: progress?.held },
        agentContext,
      )),
    keep(going) {
      const state = stateOf(going)
      const kept: ToolCheckpoint | undefined =
        state === undefined ? undefined : { kind: 'tool_output', turn_item_id: turnItemId, state, held: [...held] }
      if (kept) context.keepCheckpoint(kept)
    },
    ask(stopped) {
      if (stopped.interruptions.some((call) => held.has(idOf(call) ?? ''))) {
        run.keep(stopped)
        waiting = { reason: 'pause' }
        return undefined
      }
      const form = askAbout(stopped, context, { turnItemId, steps })
      waiting = { item_id: form.id, reason: 'approval' }
      return form
    },
  }
  const usage =
    needsRunner(agent) || options.maxTurns === 0 ? await runWhole(parts, run) : await runDirectly(parts, run)
  if (waiting) channel.push({ type: 'run.waiting', run_id: context.run.id, ...waiting })
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
  traced: TracedAgents
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
    return runLoop(options, run, { input: state, prepare: directPath(path) })
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
  return runLoop(options, run, { input: turn, prepare: directPath(path) })
}

/** Runs the SDK's loop to its end. `undefined`: the run was stopped. */
async function runLoop(
  { models, maxTurns }: LoopParts,
  { sdk, agent, agentContext, bridge, signal, traced, ask, keep }: AgentRun,
  { input, prepare }: { input: AgentInputItem[] | AnyRunState; prepare(model: Model): Model },
): Promise<Usage | undefined> {
  const runner = new sdk.Runner({
    model: prepare(await models.model()),
    modelProvider: { getModel: async (name) => prepare(await models.model(name)) },
    tracingDisabled: true,
    toolNotFoundBehavior: 'return_error_to_model',
  })
  const endTools = traced.follow(runner, agentContext)
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

function usageEvent({ run }: RunContext<unknown>, usage: Usage): RunEvent {
  const { requests, inputTokens, outputTokens, totalTokens } = usage
  return {
    type: 'run.usage',
    run_id: run.id,
    usage: { requests, input_tokens: inputTokens, output_tokens: outputTokens, total_tokens: totalTokens },
  }
}
