import type { Task, TaskItem, Workflow, WorkflowItem } from '@parley/protocol'
import { useId, useState } from 'preact/hooks'
import type { Text } from '../../text/en.js'
import { Icon } from '../icon.js'
import { lazyView } from '../lazy-view.js'
import { useChat, useText } from '../session-context.js'
import { isHiddenWork, modeOf, shownTasks } from './shown-steps.js'
import { taskTitle } from './task-words.js'

const TaskView = lazyView(async () => (await import('./task.js')).TaskView)

/** Reasoning and tool steps: one quiet line; the newest step while they run, how long they took when they are done. */
export function WorkflowView({ item }: { item: WorkflowItem }) {
  const { workflow } = item
  const text = useText()
  const id = useId()
  const isRunning = useChat((state) => state.openIds.has(item.id))
  const modes = useChat((state) => state.options.thread)
  const [chosen, setChosen] = useState<boolean | null>(null)
  if (isHiddenWork(item, modes)) return null

  const mode = modeOf(workflow.type === 'reasoning', modes)
  const isOpen = chosen ?? (mode ? mode === 'expanded' : workflow.expanded)
  const tasks = shownTasks(workflow.tasks, modes)
  const newest = tasks.at(-1)
  const thought = isRunning && !isOpen && newest?.type === 'thought' ? newest.content : null
  const icon = !isRunning && workflow.summary && 'icon' in workflow.summary ? workflow.summary.icon : null

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
        {typeof icon === 'string' && <Icon name={icon} size={15} />}
        <bdi class="workflow-headline">{headline(workflow, tasks, isRunning, text)}</bdi>
        {isRunning && <span class="caret" aria-hidden="true" />}
      </button>
      {thought && (
        <div class="workflow-thought" dir="auto">
          <p>{thought}</p>
        </div>
      )}
      <div id={id} class="workflow-steps" hidden={!isOpen}>
        {isOpen && tasks.map((task, at) => <TaskView key={at} task={task} isNewest={isRunning && task === newest} />)}
      </div>
    </section>
  )
}

/** A single step outside of a workflow. */
export function TaskItemView({ item }: { item: TaskItem }) {
  const isRunning = useChat((state) => state.openIds.has(item.id))
  const modes = useChat((state) => state.options.thread)
  if (isHiddenWork(item, modes)) return null
  return (
    <div class="workflow-steps">
      <TaskView task={item.task} isNewest={isRunning} />
    </div>
  )
}

function headline({ summary, type }: Workflow, tasks: Task[], isRunning: boolean, text: Text): string {
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
