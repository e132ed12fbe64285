import type {
  InputValues,
  NodeFinishedEvent,
  NodeStartedEvent,
  RunStatus,
  RunUsage,
  StructuredInputItem,
  ToolFinishedEvent,
  ToolStartedEvent,
} from '@parley/protocol'
import { type AskingNode, encodeAsked, encodeFilled } from './encode-form.js'
import type { GraphEvent, GraphEventData, RUN_STATUSES } from './event-schema.js'

/** What is told of a run of a graph besides its answer. */
export interface GraphFacts {
  runId: string
  /** What stands for the app's graph. */
  workflowId: string
  userId: string
  /** The values of the app's form. */
  inputs: InputValues
  /** Whether it runs for a message, and not once. */
  isChat: boolean
  startedAt: Date
  /** How many nodes worked before it began to wait, should nothing be told of them. */
  stepsBefore: number
  now(): Date
  newId(): string
}

/** What the end of a run is made of. */
export interface GraphEnd {
  status: RunStatus
  answer: string
  error: string | null
  usage: RunUsage | undefined
}

interface Step {
  id: string
  index: number
  event: NodeStartedEvent
  startedAt: Date
}

const seconds = (time: Date): number => Math.floor(time.getTime() / 1000)
/** The node of questions that no node asks. */
const ASKING: AskingNode = { node_id: 'human_input', node_title: 'Human input' }

/** The events of one run of a graph, in the words of this API. Source: the ClickAI contract, section 10.4. */
export function createGraphEncoder(facts: GraphFacts) {
  const { runId, workflowId, userId, inputs, isChat, startedAt, now, newId } = facts
  /** The nodes that are at work, by id; the same node may work many times. */
  const open = new Map<string, Step>()
  let count = 0
  let question: StructuredInputItem | undefined
  let isReasoning = false

  const tell = <Name extends GraphEvent['name']>(name: Name, data: GraphEventData[Name]) =>
    [{ name, data }] as GraphEvent[] // a name and what belongs to it
  const current = () => [...open.values()].at(-1)
  const elapsed = (since: Date) => (now().getTime() - since.getTime()) / 1000
  const headOf = ({ id, index, event, startedAt }: Step) => ({
    id,
    node_id: event.node_id,
    node_type: event.node_type,
    title: event.title ?? event.node_id,
    index,
    predecessor_node_id: null,
    inputs: event.input === undefined ? null : toObject(event.input),
    inputs_truncated: false,
    created_at: seconds(startedAt),
    iteration_id: null,
    loop_id: null,
  })
  const askingNode = (): AskingNode => {
    const step = current()
    return step ? { node_id: step.event.node_id, node_title: step.event.title ?? step.event.node_id } : ASKING
  }
  const outcome = ({ answer, usage }: GraphEnd) => ({
    outputs: outputsOf(answer, isChat),
    elapsed_time: elapsed(startedAt),
    total_tokens: usage?.total_tokens ?? 0,
    total_steps: count,
    created_at: seconds(startedAt),
  })

  function reasoning(text: string, isFinal: boolean): GraphEvent[] {
    isReasoning = !isFinal
    const node_id = current()?.event.node_id ?? null
    return tell('reasoning_chunk', { message_id: isChat ? runId : null, reasoning: text, node_id, is_final: isFinal })
  }
  /** Whatever follows, the reasoning before it is over. */
  const reasoned = (): GraphEvent[] => (isReasoning ? reasoning('', true) : [])

  /** Where text comes from. */
  function selector(): string[] | null {
    const step = current()
    return step ? [step.event.node_id, 'text'] : null
  }

  return {
    selector,
    reasoned,
    reasoning: (text: string) => reasoning(text, false),
    started(query: string, reason: 'initial' | 'resumption'): GraphEvent[] {
      if (reason === 'resumption' && count === 0) count = facts.stepsBefore
      const system = { 'sys.user_id': userId, 'sys.workflow_id': workflowId, 'sys.workflow_run_id': runId }
      return tell('workflow_started', {
        id: runId,
        workflow_id: workflowId,
        inputs: { ...inputs, ...(isChat && { 'sys.query': query }), ...system },
        created_at: seconds(startedAt),
        reason,
      })
    },
    nodeStarted(event: NodeStartedEvent): GraphEvent[] {
      count++
      const step: Step = { id: newId(), index: count, event, startedAt: now() }
      open.set(event.node_id, step)
      return tell('node_started', { ...headOf(step), extras: {}, agent_strategy: null })
    },
    nodeFinished(event: NodeFinishedEvent): GraphEvent[] {
      const step = open.get(event.node_id)
      if (!step) return []
      const ended = reasoned()
      open.delete(event.node_id)
      return [
        ...ended,
        ...tell('node_finished', {
          ...headOf(step),
          process_data: {},
          process_data_truncated: false,
          outputs: event.output === undefined ? {} : toObject(event.output),
          outputs_truncated: false,
          status: NODE_STATUS[event.status],
          error: event.error ?? null,
          elapsed_time: event.elapsed_ms === undefined ? elapsed(step.startedAt) : event.elapsed_ms / 1000,
          execution_metadata: {},
          finished_at: seconds(now()),
          files: [],
        }),
      ]
    },
    tool(event: ToolStartedEvent | ToolFinishedEvent): GraphEvent[] {
      const isOver = event.type === 'tool.finished'
      return tell('agent_log', {
        node_execution_id: current()?.id ?? null,
        id: event.call_id,
        label: event.name,
        parent_id: null,
        error: null,
        status: isOver ? 'success' : 'start',
        data: isOver ? { output: event.output ?? '' } : { input: event.arguments ?? {} },
        metadata: {},
        node_id: current()?.event.node_id ?? null,
      })
    },
    text: (text: string): GraphEvent[] => tell('text_chunk', { text, from_variable_selector: selector() }),
    replaced: (text: string): GraphEvent[] => tell('text_replace', { text }),
    /** A question is told when the run waits for its answer, and when that has come. */
    asked(form: StructuredInputItem): GraphEvent[] {
      if (form.status === 'pending') question = form
      else if (form.status === 'answered') {
        question = undefined
        return tell('human_input_form_filled', encodeFilled(form, askingNode()))
      }
      return []
    },
    finished: (end: GraphEnd): GraphEvent[] => [
      ...reasoned(),
      ...tell('workflow_finished', {
        id: runId,
        workflow_id: workflowId,
        status: STATUS[end.status],
        error: end.error,
        ...outcome(end),
        created_by: { id: userId, user: userId },
        finished_at: seconds(now()),
        exceptions_count: 0,
        files: [],
      }),
    ],
    paused(end: GraphEnd): GraphEvent[] {
      const asked = question && encodeAsked(question, { node: askingNode(), userId })
      return [
        ...reasoned(),
        ...(asked ? tell('human_input_required', asked) : []),
        ...tell('workflow_paused', {
          workflow_run_id: runId,
          paused_nodes: asked ? [asked.node_id] : [...open.keys()],
          reasons: asked ? [{ TYPE: 'human_input_required', ...asked }] : [],
          status: 'paused',
          ...outcome(end),
        }),
      ]
    },
  }
}

const NODE_STATUS = { completed: 'succeeded', failed: 'failed', skipped: 'stopped' } as const

/** How a run stands, in the words of this API. */
export const STATUS: Record<RunStatus, (typeof RUN_STATUSES)[number]> = {
  queued: 'running',
  running: 'running',
  waiting: 'paused',
  completed: 'succeeded',
  failed: 'failed',
  cancelled: 'stopped',
  interrupted: 'failed',
}

type Fields = Record<string, unknown>
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Inputs and outputs of nodes are objects on this wire. */
const toObject = (value: unknown): Fields => (isObject(value) ? value : { output: value })

/** What came of a graph. An answer that is a JSON object has named its outputs itself. */
export function outputsOf(answer: string, isChat: boolean): Fields {
  if (isChat) return { answer }
  const outputs = answer.trimStart().startsWith('{') ? parseJson(answer) : undefined
  return isObject(outputs) ? outputs : { result: answer }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // text that begins like JSON
  }
}
