import {
  type InputValues,
  type NodeFinishedEvent,
  type NodeRetriedEvent,
  type NodeRoundFinishedEvent,
  type NodeRoundStartedEvent,
  type NodeStartedEvent,
  nodeKey,
  type RunStatus,
  type RunUsage,
  type StructuredInputItem,
  type ToolFinishedEvent,
  type ToolStartedEvent,
} from '@parley/protocol'
import { isObject } from '../../../base/json.js'
import type { RunStep } from '../../../engine/engine.js'
import { addUsage } from '../../../engine/run-usage.js'
import { seconds } from '../encode-time.js'
import { ASKING, type AskingNode, encodeAsked, encodeFilled } from './encode-form.js'
import {
  encodeFinishedNode,
  encodeRetriedNode,
  encodeStartedNode,
  type OpenNode,
  secondsBetween,
  titleOf,
} from './encode-node.js'
import { encodeCompletedRounds, encodeNextRound, encodeStartedRounds } from './encode-rounds.js'
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
  /** What its nodes did before it began to wait, should nothing be told of them. */
  before: readonly RunStep[]
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

/** The events of one run of a graph, in the words of this API. Source: the ClickAI contract, section 10.4. */
export function createGraphEncoder(facts: GraphFacts) {
  const { runId, workflowId, userId, inputs, isChat, startedAt, now, newId } = facts
  /** The nodes that are at work. */
  const open = new Map<string, OpenNode>()
  let count = 0
  let exceptions = 0
  let question: StructuredInputItem | undefined
  let isReasoning = false

  const tell = <Name extends GraphEvent['name']>(name: Name, data: GraphEventData[Name]) =>
    [{ name, data }] as GraphEvent[] // a name and what belongs to it
  const current = () => [...open.values()].at(-1)
  const askingNode = (): AskingNode => {
    const node = current()
    return node ? { node_id: node.event.node_id, node_title: titleOf(node.event) } : ASKING
  }
  const outcome = ({ answer, usage }: GraphEnd) => ({
    outputs: outputsOf(answer, isChat),
    elapsed_time: secondsBetween(startedAt, now()),
    total_tokens: usage?.total_tokens ?? 0,
    total_steps: count,
    created_at: seconds(startedAt),
  })

  function begin(event: NodeStartedEvent, startedAt: Date): OpenNode {
    count++
    const id = event.rounds ? event.node_id : newId() // what works in rounds is told by the id of its node
    const node: OpenNode = { id, index: count, event, startedAt, rounds: new Map(), usage: undefined }
    open.set(nodeKey(event), node)
    return node
  }

  /** What was done before it began to wait, of which this reader was not told. */
  function resume(): void {
    for (const { kind, id, name, node_type = 'node', within, rounds, round, input, ...step } of facts.before) {
      const where = { node_id: id, ...(within && { within }) }
      const startedAt = new Date(step.started_at)
      if (step.is_handled) exceptions++
      if (kind === 'round' && round !== undefined) open.get(nodeKey(where))?.rounds.set(round, { startedAt })
      if (kind !== 'node') continue
      begin({ type: 'node.started', ...where, node_type, title: name, input, ...(rounds && { rounds }) }, startedAt)
      if (step.status !== 'running') open.delete(nodeKey(where))
    }
  }

  function reasoning(text: string, isFinal: boolean): GraphEvent[] {
    isReasoning = !isFinal
    const node_id = current()?.event.node_id ?? null
    return tell('reasoning_chunk', { message_id: isChat ? runId : null, reasoning: text, node_id, is_final: isFinal })
  }
  /** Whatever follows, the reasoning before it is over. */
  const reasoned = (): GraphEvent[] => (isReasoning ? reasoning('', true) : [])

  /** Where text comes from. */
  function selector(): string[] | null {
    const node = current()
    return node ? [node.event.node_id, 'text'] : null
  }

  return {
    selector,
    reasoned,
    reasoning: (text: string) => reasoning(text, false),
    started(query: string, reason: 'initial' | 'resumption'): GraphEvent[] {
      if (reason === 'resumption' && count === 0) resume()
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
      const node = begin(event, now())
      if (event.rounds) return encodeStartedRounds(node, event.rounds)
      return tell('node_started', encodeStartedNode(node))
    },
    roundStarted(event: NodeRoundStartedEvent): GraphEvent[] {
      const node = open.get(nodeKey(event))
      if (!node?.event.rounds) return []
      node.rounds.set(event.round, { startedAt: now() })
      return encodeNextRound(node, node.event.rounds, event.round, now())
    },
    roundFinished({ output, elapsed_ms, ...event }: NodeRoundFinishedEvent): GraphEvent[] {
      const round = open.get(nodeKey(event))?.rounds.get(event.round)
      if (!round) return []
      round.output = output
      round.seconds = elapsed_ms === undefined ? secondsBetween(round.startedAt, now()) : elapsed_ms / 1000
      return [] // the next round says what came of it
    },
    nodeRetried(event: NodeRetriedEvent): GraphEvent[] {
      const node = open.get(nodeKey(event))
      return node ? [...reasoned(), ...tell('node_retry', encodeRetriedNode(node, event, now()))] : []
    },
    nodeFinished(event: NodeFinishedEvent): GraphEvent[] {
      const node = open.get(nodeKey(event))
      if (!node) return []
      const ended = reasoned()
      open.delete(nodeKey(event))
      if (event.is_handled) exceptions++
      for (const [place, { node_id }] of (event.within ?? []).entries()) {
        const above = open.get(nodeKey({ node_id, within: event.within?.slice(0, place) }))
        if (above) above.usage = addUsage(above.usage, event.usage)
      }
      if (node.event.rounds) return [...ended, ...encodeCompletedRounds(node, node.event.rounds, event, now())]
      return [...ended, ...tell('node_finished', encodeFinishedNode(node, event, now()))]
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
        status: statusOf(end.status, exceptions),
        error: end.error,
        ...outcome(end),
        created_by: { id: userId, user: userId },
        finished_at: seconds(now()),
        exceptions_count: exceptions,
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
          paused_nodes: asked ? [asked.node_id] : [...new Set([...open.values()].map(({ event }) => event.node_id))],
          reasons: asked ? [{ TYPE: 'human_input_required', ...asked }] : [],
          status: 'paused',
          ...outcome(end),
          ...(end.answer === '' && { outputs: {} }), // there is nothing yet
        }),
      ]
    },
  }
}

/** How a run stands, in the words of this API. */
const STATUS: Record<RunStatus, (typeof RUN_STATUSES)[number]> = {
  queued: 'running',
  running: 'running',
  waiting: 'paused',
  completed: 'succeeded',
  failed: 'failed',
  cancelled: 'stopped',
  interrupted: 'failed',
}

/** The same of a run some of whose nodes failed without failing it. */
export const statusOf = (status: RunStatus, exceptions: number): (typeof RUN_STATUSES)[number] =>
  status === 'completed' && exceptions > 0 ? 'partial-succeeded' : STATUS[status]

/** What came of a graph. An answer that is a JSON object has named its outputs itself. */
export function outputsOf(answer: string, isChat: boolean): Record<string, unknown> {
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
