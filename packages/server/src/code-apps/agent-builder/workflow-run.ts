import { AsyncLocalStorage } from 'node:async_hooks'
import type { AgentInputItem } from '@openai/agents-core'
import type { RunEvent, RunUsage, StructuredInputItem } from '@parley/protocol'
import { AgentAppConverter } from '../../agents/agent-app-converter.js'
import { AgentContext } from '../../agents/agent-context.js'
import { type AnyRunState, APPROVE, approvalForm, decidedState, REJECT, stateOf } from '../../agents/approvals.js'
import type { EventChannel } from '../../agents/event-channel.js'
import { rememberThread } from '../../agents/memory/remember-thread.js'
import { SHARE_OF_CONTEXT } from '../../agents/read-thread.js'
import type { AgentsSdk } from '../../agents/sdk.js'
import type { StepLabels } from '../../agents/steps.js'
import { type AnyAgentRun, createBridge } from '../../agents/stream-agent-response.js'
import type { AnyAgent } from '../../agents/thread-history.js'
import { traceAgents } from '../../agents/trace-agent.js'
import type { ModelSource } from '../../models/model-source.js'
import type { RunContext } from '../../runnable/runnable.js'
import type { HostedTools } from './hosted-tools.js'
import { Journal, type JournalEntry } from './journal.js'
import { type Loop, Loops } from './loops.js'
import { type ModelMap, mapModel } from './model-map.js'
import { showOutput } from './show-output.js'

/** What every run of a workflow is made with. */
export interface WorkflowParts {
  sdk: AgentsSdk
  models: ModelSource
  modelMap: ModelMap
  steps: StepLabels
  /** What becomes of tools that run at OpenAI. */
  tools: Pick<HostedTools, 'replaceIn'>
  maxTurns?: number | undefined
}

/** What a run keeps while a person decides. */
export interface WorkflowCheckpoint {
  kind: 'workflow'
  journal: JournalEntry[]
  /** The state variables as they were when the run began. */
  state: Record<string, unknown>
  /** What the workflow was given; the thread's newest message may be another one by now. */
  input: string
  /** How many items of the thread the run began with. */
  turn_item_id: string
  /** The step that waits or is being done; with the SDK's state when it is an agent in the middle of its tools. */
  step: number
  agent_state?: string | undefined
  /** Whether the person has seen an answer. */
  has_shown: boolean
  /** The loops it is in, as far as they were told of; absent in what was kept before loops were. */
  loops?: string[] | undefined
}

/** What an exported program reads of an agent's run. */
export interface AgentResult {
  finalOutput: unknown
  newItems: { type: string; rawItem: unknown }[]
  history: AgentInputItem[]
  output: unknown[]
  lastResponseId: string | undefined
}

/** Where a run goes on: with a person's answer, or after it was cut off. */
export type Continuation = { checkpoint: WorkflowCheckpoint; form?: StructuredInputItem | undefined }

/** The name under which a thread keeps the state variables of its workflow. */
const STATE_KEY = 'workflow_state'

/** One run of an exported program: everything the program asks of its surroundings comes here. */
export class WorkflowRun {
  static readonly #current = new AsyncLocalStorage<WorkflowRun>()

  /** The run the calling code belongs to, if any. */
  static current(): WorkflowRun | undefined {
    return WorkflowRun.#current.getStore()
  }

  /** What the program was given, with what came with it. */
  readonly input: string
  /** Whether anything was shown to the person. */
  hasShown = false
  readonly usage: RunUsage & { requests: number } = { requests: 0, input_tokens: 0, output_tokens: 0, total_tokens: 0 }
  readonly agentContext: AgentContext<unknown>
  readonly #journal: Journal
  readonly #loops: Loops
  readonly #initialState: Record<string, unknown>
  #state: Record<string, unknown> | undefined
  readonly #turnItemId: string
  #stop: () => void = () => undefined
  /** Settles when the program waits for a person: it will not be heard of again. */
  readonly stopped = new Promise<void>((resolve) => {
    this.#stop = resolve
  })

  constructor(
    readonly context: RunContext<unknown>,
    readonly parts: WorkflowParts,
    readonly channel: Pick<EventChannel<RunEvent>, 'push' | 'clear'>,
    readonly signal: AbortSignal,
    begin: { text: string; itemId: string },
    readonly continuation: Continuation | undefined,
  ) {
    const checkpoint = continuation?.checkpoint
    this.hasShown = continuation?.form === undefined && checkpoint?.has_shown === true
    this.agentContext = new AgentContext(context)
    this.#journal = new Journal(checkpoint?.journal)
    this.#loops = new Loops((event) => channel.push(event), checkpoint?.loops)
    this.#initialState = structuredClone(checkpoint?.state ?? keptState(context))
    this.input = checkpoint?.input ?? begin.text
    this.#turnItemId = checkpoint?.turn_item_id ?? begin.itemId
  }

  /** Runs the program so that everything it calls finds this run. */
  within<Result>(program: () => Promise<Result>): Promise<Result> {
    return WorkflowRun.#current.run(this, program)
  }

  /**
   * What was said before this turn, as a model reads it: what the server's model can read of it, with notes on what it cannot;
   * then the files that came with the message.
   */
  async history(): Promise<AgentInputItem[]> {
    const { context, signal } = this
    const { models } = this.parts
    const converter = new AgentAppConverter(context)
    const readable = models.contextTokens?.()
    const { before, entries } = await rememberThread({
      context: { ...context, signal },
      converter,
      maxTokens: (readable ?? Number.POSITIVE_INFINITY) * SHARE_OF_CONTEXT,
      ...(readable !== undefined && models.kind !== 'offline' && { model: (trace) => models.model(undefined, trace) }),
      trace: context.trace,
    })
    const turn = entries.findIndex(({ item }) => item.id === this.#turnItemId)
    const told = entries.slice(0, turn < 0 ? entries.length : turn).flatMap(({ input }) => input)
    const message = entries[turn]?.item
    if (message?.type !== 'user_message' || message.attachments.length === 0) return [...before, ...told]
    const files = await converter.toAgentInput([{ ...message, content: [] }], { more: true })
    return [...before, ...told, ...files]
  }

  /** The program's variables: what it begins with, then what the session gives, then what earlier turns have set. */
  state<State extends Record<string, unknown>>(defaults: State): State {
    const session = (this.context.context as { state?: Record<string, unknown> } | undefined)?.state ?? {}
    const given = Object.fromEntries(Object.entries(session).filter(([name]) => Object.hasOwn(defaults, name)))
    const state = { ...defaults, ...given, ...this.#initialState }
    this.#state = state
    return state
  }

  /** Keeps the variables for the next turn. */
  keepState(): void {
    if (this.#state) this.context.thread.metadata[STATE_KEY] = JSON.parse(JSON.stringify(this.#state))
  }

  /** Does the step, or takes what it gave before the run waited. The result must be plain JSON. */
  async step<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const step = this.#journal.begin()
    const done = this.#journal.find(step, name)
    return (done ? done.result : this.#done(step, name, await work())) as Result // what `work` gave, as JSON
  }

  /** A `while` of the program begins. */
  loop(id: string): Loop {
    return this.#loops.begin(id)
  }

  /** Asks the person, and goes on with the answer, however long that takes. */
  async approve(message: string): Promise<boolean> {
    const name = 'approval'
    const step = this.#journal.begin()
    const done = this.#journal.find(step, name)
    if (done) return done.result === true
    const { checkpoint, form } = this.continuation ?? {}
    if (form && checkpoint?.step === step && !checkpoint.agent_state)
      return this.#done(step, name, isApproved(form)) === true
    const options = [{ value: APPROVE }, { value: REJECT }]
    const inputs = [{ type: 'multiple_choice' as const, id: 'approval', question: message, options, multiple: false }]
    return this.#wait({ type: 'structured_input', ...this.#head(), status: 'pending', inputs }, { step })
  }

  /** Runs an agent and shows what it does; instructions made by a function find `variables` in their context. An answer in a form of its own (`outputType`) is for the program, not for people. */
  async runAgent(agent: AnyAgent, input: string | AgentInputItem[], variables?: unknown): Promise<AgentResult> {
    const name = `agent ${agent.name}`
    const step = this.#journal.begin()
    const done = this.#journal.find(step, name)
    if (done) return done.result as AgentResult // kept by this very function
    const node = { node_id: `step_${step + 1}`, ...this.#loops.enter() }
    this.channel.push({ type: 'node.started', ...node, node_type: 'agent', title: agent.name })
    try {
      const { result, usage } = await this.#run(agent, input, { step, variables })
      this.channel.push({ type: 'node.finished', ...node, status: 'completed', usage })
      return this.#done(step, name, result) as AgentResult // the same, as JSON
    } catch (thrown) {
      this.channel.push({ type: 'node.finished', ...node, status: 'failed' })
      throw thrown
    }
  }

  async #run(
    given: AnyAgent,
    input: string | AgentInputItem[],
    { step, variables }: { step: number; variables: unknown },
  ): Promise<{ result: AgentResult; usage: RunUsage }> {
    const { sdk, models, modelMap, tools, maxTurns } = this.parts
    const agent = await tools.replaceIn(given, this.agentContext)
    const { continuation, signal } = this
    const agentContext = withVariables(this.agentContext, variables)
    const isForPeople = agent.outputType === 'text'
    if (!isForPeople) this.channel.push({ type: 'progress_update', text: agent.name })
    const bridge = createBridge(agentContext, isForPeople ? this.#shown() : quiet(this.channel), {
      steps: this.parts.steps,
    })
    const kept = continuation?.checkpoint.step === step ? continuation.checkpoint.agent_state : undefined
    const from: AnyRunState | string | AgentInputItem[] =
      kept !== undefined
        ? await decidedState(sdk, agent, { state: kept, form: continuation?.form }, agentContext)
        : input
    const traced = traceAgents(this.context.trace, agent)
    const modelOf = (model?: string) => models.model(mapModel(model, modelMap, models.kind), traced.trace)
    const runner = new sdk.Runner({
      model: await modelOf(),
      modelProvider: { getModel: modelOf },
      tracingDisabled: true,
      toolNotFoundBehavior: 'return_error_to_model',
    })
    const endTools = traced.follow(runner, agentContext)
    const end = (failure?: string) => {
      endTools()
      traced.end(failure)
    }
    const run: AnyAgentRun = await runner.run(agent, from, { stream: true, context: agentContext, maxTurns, signal })
    await bridge.follow(run, { keep: (going) => this.#keep({ step, agent_state: stateOf(going) }) }).then(
      () => end(run.cancelled ? 'stopped' : undefined),
      (thrown: unknown) => {
        end('failed')
        throw thrown
      },
    )
    if (run.cancelled) return this.#neverAgain()
    const usage = this.#count(run)
    if (run.interruptions.length > 0) return this.#waitForTools(run, step)
    const { finalOutput, newItems, history, output, lastResponseId } = run
    if (!isForPeople && (await showOutput(finalOutput, this.context, this.#shown()))) this.hasShown = true
    const rawItems = newItems.map(({ type, rawItem }) => ({ type, rawItem }))
    return { result: { finalOutput, newItems: rawItems, history, output, lastResponseId }, usage }
  }

  #waitForTools(run: AnyAgentRun, step: number): Promise<never> {
    run.runContext.context = {} // it belongs to this request, and could not be written down
    const form = approvalForm(this.#head(), run.interruptions, this.parts.steps)
    return this.#wait(form, { step, agent_state: run.state.toString() })
  }

  /** The question is stored, the run ends as waiting, and the program is left where it is. */
  #wait(form: StructuredInputItem, at: Pick<WorkflowCheckpoint, 'step' | 'agent_state'>): Promise<never> {
    this.#keep(at)
    this.channel.push({ type: 'thread.item.done', item: form })
    this.channel.push({ type: 'run.waiting', run_id: this.context.run.id, item_id: form.id, reason: 'approval' })
    return this.#neverAgain()
  }

  /** What a step gave is kept: it is not done again, whatever happens to this process. */
  #done(step: number, name: string, result: unknown): unknown {
    const kept = this.#journal.keep(step, name, result)
    this.#keep({ step: step + 1 })
    return kept
  }

  #keep(at: Pick<WorkflowCheckpoint, 'step' | 'agent_state'>): void {
    const checkpoint: WorkflowCheckpoint = {
      kind: 'workflow',
      journal: this.#journal.entries(),
      state: this.#initialState,
      input: this.input,
      turn_item_id: this.#turnItemId,
      has_shown: this.hasShown,
      loops: this.#loops.told(),
      ...at,
    }
    this.context.keepCheckpoint(checkpoint)
  }

  #neverAgain(): Promise<never> {
    this.#stop()
    return new Promise(() => undefined)
  }

  #shown(): Pick<EventChannel<RunEvent>, 'push' | 'clear'> {
    return {
      push: (event) => {
        if (event.type === 'thread.item.done' && event.item.type !== 'workflow') this.hasShown = true
        this.channel.push(event)
      },
      clear: () => this.channel.clear(),
    }
  }

  /** @returns what this agent alone took */
  #count({ state }: AnyAgentRun): RunUsage {
    const { requests, inputTokens: input_tokens, outputTokens: output_tokens, totalTokens: total_tokens } = state.usage
    this.usage.requests += requests
    this.usage.input_tokens += input_tokens
    this.usage.output_tokens += output_tokens
    this.usage.total_tokens += total_tokens
    return { requests, input_tokens, output_tokens, total_tokens }
  }

  #head() {
    const { context } = this
    return { id: context.generateId('task'), thread_id: context.thread.id, created_at: new Date().toISOString() }
  }
}

export const isWorkflowCheckpoint = (kept: unknown): kept is WorkflowCheckpoint =>
  typeof kept === 'object' && kept !== null && 'kind' in kept && kept.kind === 'workflow'

function keptState({ thread }: RunContext<unknown>): Record<string, unknown> {
  const kept = thread.metadata[STATE_KEY]
  return typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>) : {} // written by keepState
}

const isApproved = (form: StructuredInputItem): boolean =>
  form.status === 'answered' && form.inputs[0]?.answer?.values[0] === APPROVE

/** The context that tools and steps need, with the program's own variables in it. */
function withVariables(context: AgentContext<unknown>, variables: unknown): AgentContext<unknown> {
  if (typeof variables !== 'object' || variables === null) return context
  return new Proxy(context, {
    get(target, name) {
      if (Object.hasOwn(variables, name)) return Reflect.get(variables, name)
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  })
}

/** Everything but the answer itself. */
const quiet = (channel: Pick<EventChannel<RunEvent>, 'push' | 'clear'>) => ({
  push: (event: RunEvent) => {
    if (!isAnswer(event)) channel.push(event)
  },
  clear: () => channel.clear(),
})

function isAnswer(event: RunEvent): boolean {
  if (event.type === 'thread.item.updated') return event.update.type.startsWith('assistant_message.')
  return 'item' in event && event.item.type === 'assistant_message'
}
