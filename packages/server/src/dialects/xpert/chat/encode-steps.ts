import type { RunEvent, Task, WorkflowItem } from '@parley/protocol'
import { encodeTask, taskId } from './encode-content.js'
import type { ChatContent } from './event-schema.js'

type Started = Extract<RunEvent, { type: 'tool.started' }>
type Finished = Extract<RunEvent, { type: 'tool.finished' }>
type Reasoning = Extract<RunEvent, { type: 'reasoning.delta' }>

/**
 * The steps of one run. An agent tells a tool call twice, as a call with input and output and as a step people read:
 * here they are one, under the id of the call. What it thinks is told twice as well, and sent once.
 */
export function createChatSteps() {
  const calls = new Map<string, Started>()
  /** The call each shown step is about. */
  const callOfStep = new Map<string, string>()
  const thoughts = new Map<string, string>()
  let justCalled: string | undefined
  let hasReasoning = false

  const step = (id: string, task: Task): ChatContent[] => {
    if (justCalled !== undefined && task.type === 'custom' && !callOfStep.has(id)) callOfStep.set(id, justCalled)
    justCalled = undefined
    const callId = callOfStep.get(id)
    const call = callId === undefined ? undefined : calls.get(callId)
    if (call) return titled(call, task)
    if (callId !== undefined) return [] // it is over, which was said
    return task.type === 'thought' ? thought(id, task.content) : encodeTask(task, id)
  }

  const titled = ({ call_id, name }: Started, task: Task): ChatContent[] => [
    {
      type: 'component',
      id: call_id,
      data: {
        category: 'Tool',
        tool: name,
        title: task.title ?? name,
        message: task.type === 'custom' ? task.content : undefined,
        status: 'running',
      },
    },
  ]

  const thought = (id: string, content: string): ChatContent[] => {
    const known = thoughts.get(id) ?? ''
    thoughts.set(id, content)
    const more = content.startsWith(known) ? content.slice(known.length) : ''
    return hasReasoning || more === '' ? [] : [{ type: 'reasoning', text: more, id }]
  }

  const shown = new Map<string, string>()
  /** Nothing is said again that has not changed. */
  const changed = (id: string, task: Task): ChatContent[] => {
    const text = JSON.stringify(task)
    if (shown.get(id) === text) return []
    shown.set(id, text)
    return step(id, task)
  }

  return {
    started(call: Started): ChatContent[] {
      calls.set(call.call_id, call)
      justCalled = call.call_id
      const { call_id: id, name, arguments: input } = call
      return [{ type: 'component', id, data: { category: 'Tool', tool: name, title: name, status: 'running', input } }]
    },
    finished({ call_id: id, name, output }: Finished): ChatContent[] {
      calls.delete(id)
      return [{ type: 'component', id, data: { category: 'Tool', tool: name, status: 'success', output } }]
    },
    task: (itemId: string, index: number, task: Task) => changed(taskId(itemId, index), task),
    workflow: ({ id, workflow }: WorkflowItem) =>
      workflow.tasks.flatMap((task, index) => changed(taskId(id, index), task)),
    reasoning({ item_id, delta }: Reasoning): ChatContent[] {
      hasReasoning = true
      return [{ type: 'reasoning', text: delta, id: item_id ?? 'reasoning' }]
    },
  }
}
