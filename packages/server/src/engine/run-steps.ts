import {
  type NodeFinishedEvent,
  type NodeRoundFinishedEvent,
  type NodeRoundStartedEvent,
  type NodeStartedEvent,
  nodeKey,
  type ToolFinishedEvent,
  type ToolStartedEvent,
} from '@parley/protocol'
import type { RunStep } from '../storage/store.js'

type NodeEvent = NodeStartedEvent | NodeRoundStartedEvent | NodeRoundFinishedEvent | NodeFinishedEvent
type StepEvent = NodeEvent | ToolStartedEvent | ToolFinishedEvent

/** A run that goes round in circles is told by its beginning. */
const MOST_STEPS = 500
/** Of one value, as JSON; what is longer is kept as the beginning of its text. */
const MOST_VALUE_CHARACTERS = 8_000
/** Of all values of a run: its record is read with every list of runs. */
const MOST_CHARACTERS = 100_000

/** Remembers which nodes and tools of a run worked on what, to be kept with its end. */
export class RunSteps {
  readonly #steps: RunStep[]
  #room: number
  #messageId: string | undefined

  constructor(earlier: readonly RunStep[] = []) {
    this.#steps = earlier.map((step) => ({ ...step }))
    this.#room = MOST_CHARACTERS - earlier.reduce((sum, { input, output }) => sum + sizeOf(input) + sizeOf(output), 0)
  }

  /** Something was said: the steps that follow come behind it. */
  said(itemId: string): void {
    this.#messageId = itemId
  }

  take(event: StepEvent, at: Date): void {
    if (event.type === 'tool.started') this.#beginTool(event, at)
    else if (event.type === 'tool.finished') {
      const step = this.#open({ kind: 'tool', id: event.call_id }) ?? this.#beginTool(event, at)
      this.#end(step, at, { status: 'completed', output: event.output ?? '' })
    } else if (event.type === 'node.started') {
      const { title: name = event.node_id, node_type, rounds, input } = event
      this.#begin({ ...whereOf(event), name, node_type, ...(rounds && { rounds }), ...this.#value('input', input) }, at)
    } else if (event.type === 'node.round_started') {
      const where = whereOf(event)
      const name = this.#open({ ...where, kind: 'node' })?.name ?? event.node_id
      this.#begin({ ...where, round: event.round, name, ...this.#value('input', event.input) }, at)
    } else {
      const step = this.#open({ ...whereOf(event), ...('round' in event && { round: event.round }) })
      if (step) this.#end(step, at, event)
    }
  }

  /** `undefined`: there were none. */
  all(): RunStep[] | undefined {
    return this.#steps.length > 0 ? this.#steps : undefined
  }

  #begin(what: Begun, at: Date): RunStep {
    const behind = this.#messageId !== undefined && { behind_item_id: this.#messageId }
    const beside = this.#steps.some((step) => step.kind === what.kind && step.status === 'running') && {
      is_beside: true as const,
    }
    const step: RunStep = { ...what, ...behind, ...beside, status: 'running', started_at: at.toISOString() }
    if (this.#steps.length < MOST_STEPS) this.#steps.push(step)
    return step
  }

  #end(step: RunStep, at: Date, end: Ended): void {
    const { status, error, is_handled, usage, elapsed_ms = at.getTime() - Date.parse(step.started_at) } = end
    Object.assign(step, {
      status,
      elapsed_ms,
      ...(error && { error }),
      ...(is_handled && { is_handled }),
      ...(usage && { usage: { ...usage } }),
      ...this.#value('output', end.output),
    })
  }

  /** The same node may work many times, one after the other; beside itself it only works in different rounds. */
  #open(what: Where): RunStep | undefined {
    const key = keyOf(what)
    return this.#steps.findLast((step) => step.status === 'running' && step.kind === what.kind && keyOf(step) === key)
  }

  #beginTool({ call_id, name, arguments: input }: ToolStartedEvent | ToolFinishedEvent, at: Date): RunStep {
    return this.#begin({ kind: 'tool', id: call_id, name, ...this.#value('input', input) }, at)
  }

  #value(name: 'input' | 'output', value: unknown): Pick<RunStep, 'input' | 'output'> {
    if (value === undefined || value === null) return {}
    const text = JSON.stringify(value) ?? ''
    const most = Math.min(MOST_VALUE_CHARACTERS, this.#room)
    if (most <= 0) return {}
    this.#room -= Math.min(text.length, most)
    if (text.length > most) return { [name]: `${(typeof value === 'string' ? value : text).slice(0, most)}…` }
    return { [name]: JSON.parse(text) } // a copy: the app may go on changing its own
  }
}

type Where = Pick<RunStep, 'kind' | 'id' | 'within' | 'round'>
type Begun = Where & Pick<RunStep, 'name' | 'node_type' | 'rounds' | 'input'>
type Ended = Pick<NodeFinishedEvent, 'status' | 'output' | 'error' | 'is_handled' | 'usage' | 'elapsed_ms'>

const whereOf = (event: NodeEvent): Where => ({
  kind: 'round' in event ? 'round' : 'node',
  id: event.node_id,
  ...(event.within?.length && { within: event.within.map(({ node_id, kind, round }) => ({ node_id, kind, round })) }),
})

const keyOf = ({ id, within, round }: Where): string => `${nodeKey({ node_id: id, within })}${round ?? ''}`

const sizeOf = (value: unknown): number => (value === undefined ? 0 : JSON.stringify(value).length)
