import type { NodeFinishedEvent, NodeStartedEvent, ToolFinishedEvent, ToolStartedEvent } from '@parley/protocol'
import type { RunStep } from '../storage/store.js'

type StepEvent = NodeStartedEvent | NodeFinishedEvent | ToolStartedEvent | ToolFinishedEvent

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
    if (event.type === 'node.started')
      this.#begin('node', event.node_id, at, {
        name: event.title ?? event.node_id,
        node_type: event.node_type,
        ...this.#value('input', event.input),
      })
    else if (event.type === 'tool.started')
      this.#begin('tool', event.call_id, at, { name: event.name, ...this.#value('input', event.arguments) })
    else if (event.type === 'node.finished') {
      const step = this.#open('node', event.node_id)
      if (!step) return
      const { status, error, elapsed_ms = at.getTime() - Date.parse(step.started_at) } = event
      Object.assign(step, { status, elapsed_ms, ...(error && { error }), ...this.#value('output', event.output) })
    } else {
      const step =
        this.#open('tool', event.call_id) ??
        this.#begin('tool', event.call_id, at, { name: event.name, ...this.#value('input', event.arguments) })
      const elapsed_ms = at.getTime() - Date.parse(step.started_at)
      Object.assign(step, { status: 'completed', elapsed_ms, ...this.#value('output', event.output ?? '') })
    }
  }

  /** `undefined`: there were none. */
  all(): RunStep[] | undefined {
    return this.#steps.length > 0 ? this.#steps : undefined
  }

  #begin(kind: RunStep['kind'], id: string, at: Date, more: Pick<RunStep, 'name' | 'node_type' | 'input'>): RunStep {
    const behind = this.#messageId !== undefined && { behind_item_id: this.#messageId }
    const beside = this.#steps.some((step) => step.kind === kind && step.status === 'running') && {
      is_beside: true as const,
    }
    const step: RunStep = { kind, id, ...more, ...behind, ...beside, status: 'running', started_at: at.toISOString() }
    if (this.#steps.length < MOST_STEPS) this.#steps.push(step)
    return step
  }

  /** The same node may work many times, one after the other. */
  #open(kind: RunStep['kind'], id: string): RunStep | undefined {
    return this.#steps.findLast((step) => step.kind === kind && step.id === id && step.status === 'running')
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

const sizeOf = (value: unknown): number => (value === undefined ? 0 : JSON.stringify(value).length)
