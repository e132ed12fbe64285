import type { Task, TaskItem, Workflow, WorkflowItem } from '@parley/protocol'
import { useId, useState } from 'preact/hooks'
import type { Text } from '../../text/en.js'
import { Icon } from '../icon.js'
import { useChat, useText } from '../session-context.js'
import { TaskView } from './task.js'
import { taskTitle } from './task-words.js'

/** Reasoning and tool steps: one quiet line; the newest step while they run, how long they took when they are done. */
export function WorkflowView({ item }: { item: WorkflowItem }) {
  const { workflow } = item
  const text = useText()
  const id = useId()
  const isRunning = useChat((state) => state.openIds.has(item.id))
  const [chosen, setChosen] = useState<boolean | null>(null)
  const isOpen = chosen ?? (!isRunning && workflow.expanded)
  const newest = workflow.tasks.at(-1)
  const thought = isRunning && !isOpen && newest?.type === 'thought' ? newest.content : null

  return (
    <section class="workflow" aria-busy={isRunning}>
      <button
        type="button"
        class="disclosure"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setChosen(!isOpen)}
      >
        <Icon name="chevron-right" size={14} />
        <span class="workflow-headline">{headline(workflow, isRunning, text)}</span>
        {isRunning && <span class="caret" aria-hidden="true" />}
      </button>
      {thought && <p class="workflow-thought">{thought}</p>}
      <div id={id} class="workflow-steps" hidden={!isOpen}>
        {isOpen &&
          workflow.tasks.map((task: Task, at: number) => (
            <TaskView
              key={at}
              task={task}
              isRunning={isRunning && (task.status_indicator === 'loading' || task === newest)}
            />
          ))}
      </div>
    </section>
  )
}

/** A single step outside of a workflow. */
export function TaskItemView({ item }: { item: TaskItem }) {
  const isRunning = useChat((state) => state.openIds.has(item.id))
  return (
    <div class="workflow-steps">
      <TaskView task={item.task} isRunning={isRunning} />
    </div>
  )
}

function headline(workflow: Workflow, isRunning: boolean, text: Text): string {
  const { summary, tasks, type } = workflow
  const newest = tasks.at(-1)
  if (isRunning) {
    if (!newest || newest.type === 'thought') return newest?.title ?? text.thinking
    return taskTitle(newest, text)
  }
  if (summary && 'title' in summary && typeof summary.title === 'string') return summary.title
  if (summary && 'duration' in summary && typeof summary.duration === 'number') {
    return type === 'reasoning' ? text.thoughtFor(summary.duration) : text.workedFor(summary.duration)
  }
  return tasks.length === 1 && newest ? taskTitle(newest, text) : text.worked(tasks.length)
}
