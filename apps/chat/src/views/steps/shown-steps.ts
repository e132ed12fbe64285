import type { Task, ThreadItem } from '@parley/protocol'
import type { ChatOptions } from '../../store/options.js'

type Modes = ChatOptions['thread']
type StepsMode = NonNullable<Modes>['steps']

/** The steps the page lets people see: thoughts follow one option, everything else the other. */
export function shownTasks(tasks: readonly Task[], modes: Modes): Task[] {
  return tasks.filter(({ type }) => modeOf(type === 'thought', modes) !== 'hidden')
}

/** How the page wants thoughts, or all other steps, to be shown; `undefined` leaves it to the agent. */
export function modeOf(isThought: boolean, modes: Modes): StepsMode {
  return isThought ? modes?.reasoning : modes?.steps
}

/** Whether nothing is seen of an item because the page wants its steps hidden. */
export function isHiddenWork(item: ThreadItem | undefined, modes: Modes): boolean {
  if (item?.type === 'task') return shownTasks([item.task], modes).length === 0
  if (item?.type !== 'workflow') return false
  const { type, tasks } = item.workflow
  return tasks.length === 0 ? modeOf(type === 'reasoning', modes) === 'hidden' : shownTasks(tasks, modes).length === 0
}
