import type { RunStreamEvent } from '@openai/agents-core'
import type { CustomTask, IconName } from '@parley/protocol'
import type { AnswerStream } from './answer-stream.js'

/** How a tool's step reads. */
export interface StepLabel {
  title: string
  /** How it reads once the tool has answered. Absent: as before. */
  done?: string
  icon?: IconName
  /** The argument that says what the call is about. Absent: all of them are shown. */
  argument?: string
}

/** Labels by tool name. A tool without one is shown by its own name, made readable. */
export type StepLabels = Record<string, StepLabel>

interface Call {
  callId: string
  name: string
  arguments: string
}

interface Step {
  task: CustomTask
  index: number
  workflowId: string | undefined
}

/** What calls are made with instead of what the model wrote, by their id. */
export type EditedCalls = ReadonlyMap<string, Record<string, unknown>>

/** Shows tool calls and handoffs as steps of a workflow, and tells them as `tool.*` run events. */
export function showSteps(answer: AnswerStream, labels: StepLabels, edited: EditedCalls = new Map()) {
  const { context } = answer
  const steps = new Map<string, Step>()
  const writing = new Map<string, { call_id: string; name: string }>()

  const show = (task: CustomTask): number => {
    const index = context.addWorkflowTask(task)
    summarize(task)
    return index
  }

  /** Sums up the steps so far; one alone speaks for itself. */
  const summarize = (task: CustomTask): void => {
    const workflow = context.workflowItem?.workflow
    if (workflow?.type === 'custom')
      workflow.summary =
        workflow.tasks.length === 1
          ? { title: task.title ?? 'One step', icon: task.icon }
          : { title: `${workflow.tasks.length} steps`, icon: 'bolt' }
  }

  /** The step of a call that was shown before the run waited for a person. */
  const openStep = (name: string): Step | undefined => {
    const { title = readableName(name) } = labels[name] ?? {}
    const tasks = context.workflowItem?.workflow.tasks ?? []
    const index = tasks.findIndex(
      (task) => task.type === 'custom' && task.title === title && task.status_indicator === 'loading',
    )
    const task = tasks[index]
    return task?.type === 'custom' ? { task, index, workflowId: context.workflowItem?.id } : undefined
  }

  const called = ({ callId, name, arguments: text }: Call) => {
    const input = parseArguments(text)
    const { argument, done: _, ...label } = labels[name] ?? {}
    answer.emit({ type: 'tool.started', call_id: callId, name, arguments: input })
    const task: CustomTask = {
      type: 'custom',
      title: readableName(name),
      icon: 'bolt',
      ...label,
      content: describeArguments(input, argument),
      status_indicator: 'loading',
    }
    steps.set(callId, { task, index: show(task), workflowId: context.workflowItem?.id })
  }

  const answered = (callId: string, name: string, output: unknown) => {
    const passages = context.found.get(callId)
    answer.emit({ type: 'tool.finished', call_id: callId, name, output, ...(passages?.length && { passages }) })
    const step = steps.get(callId) ?? openStep(name)
    const edit = edited.get(callId)
    if (step && edit) step.task.content = describeArguments(edit, labels[name]?.argument)
    if (!step || context.workflowItem?.id !== step.workflowId) return
    const { done = step.task.title } = labels[name] ?? {}
    const task: CustomTask = { ...step.task, title: done, status_indicator: 'complete' }
    context.updateWorkflowTask(task, step.index)
    summarize(task)
  }

  return {
    /** The arguments of a call, while the model writes them. */
    modelEvent(event: { type?: string; item?: unknown; item_id?: unknown; delta?: unknown }): void {
      if (event.type === 'response.output_item.added') {
        const item = event.item as WireItem
        const tool = HOSTED[item.type ?? '']
        if (tool && item.id) called({ callId: item.id, name: tool, arguments: argumentsOf(item) })
        if (item.type === 'function_call' && item.id && item.call_id && item.name)
          writing.set(item.id, { call_id: item.call_id, name: item.name })
      } else if (event.type === 'response.output_item.done') {
        const item = event.item as WireItem
        const step = item.id === undefined ? undefined : steps.get(item.id)
        const tool = HOSTED[item.type ?? '']
        if (!tool || !step || item.id === undefined) return
        const { argument } = labels[tool] ?? {}
        step.task.content = describeArguments(parseArguments(argumentsOf(item)), argument) ?? step.task.content
        answered(item.id, tool, { status: item.status })
      } else if (event.type === 'response.function_call_arguments.delta') {
        const call = writing.get(String(event.item_id))
        if (call) answer.emit({ type: 'tool.arguments_delta', ...call, delta: String(event.delta) })
      }
    },
    runEvent(event: RunStreamEvent): void {
      if (event.type === 'agent_updated_stream_event') {
        show({
          type: 'custom',
          title: `Handed over to ${event.agent.name}`,
          icon: 'profile',
          status_indicator: 'complete',
        })
        return
      }
      if (event.type !== 'run_item_stream_event') return
      const { rawItem } = event.item
      if (event.name === 'tool_called' && rawItem?.type === 'function_call') called(rawItem)
      else if (event.name === 'tool_output' && rawItem?.type === 'function_call_result')
        answered(rawItem.callId, rawItem.name, 'output' in event.item ? event.item.output : rawItem.output)
    },
  }
}

/** An item of a model's answer, as the wire has it; each kind has some of these. */
interface WireItem {
  type?: string
  id?: string
  call_id?: string
  name?: string
  status?: string
  action?: { query?: string; url?: string }
  code?: string
  queries?: string[]
  arguments?: string
}

/** What OpenAI runs by itself, by the kind of its calls; `image_generation_call` shows itself. */
const HOSTED: Record<string, string> = {
  web_search_call: 'web_search',
  code_interpreter_call: 'code_interpreter',
  file_search_call: 'file_search',
}

/** What a call of a hosted tool was made with, in the form of other calls. */
const argumentsOf = ({ action, code, queries }: WireItem): string =>
  JSON.stringify({
    ...((action?.query ?? action?.url) && { query: action?.query ?? action?.url }),
    ...(code && { code }),
    ...(queries?.length && { queries }),
  })

export function parseArguments(text: string): unknown {
  try {
    return JSON.parse(text || '{}')
  } catch {
    return text // the model wrote no valid JSON; the SDK tells it so
  }
}

const CONTENT_LENGTH = 200

/** What a call was made with, in one line; nothing when it takes nothing. */
export function describeArguments(input: unknown, argument?: string): string | undefined {
  if (typeof input !== 'object' || input === null) return undefined
  const values = Object.entries(input).filter(
    ([name, value]) => value !== null && value !== '' && (argument === undefined || name === argument),
  )
  if (values.length === 0) return undefined
  const [, only] = values[0] ?? []
  const text =
    values.length === 1 && typeof only !== 'object'
      ? String(only)
      : values
          .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
          .join(', ')
  return text.length > CONTENT_LENGTH ? `${text.slice(0, CONTENT_LENGTH - 1)}…` : text
}

/** `get_server_time` → `Get server time`. */
export function readableName(name: string): string {
  const words = name.replace(/[_-]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
