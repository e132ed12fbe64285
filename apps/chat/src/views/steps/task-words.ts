import type { Task } from '@parley/protocol'
import type { Text } from '../../text/en.js'

type Of<Type extends Task['type']> = Extract<Task, { type: Type }>
type TaskWords = { [Type in Task['type']]: { icon(task: Of<Type>): string; title(task: Of<Type>, text: Text): string } }

/** How each kind of step is called when the agent gives it no name, and its icon. */
const WORDS: TaskWords = {
  custom: { icon: (task) => task.icon ?? 'sparkle', title: (task, text) => task.content ?? text.stepRunning },
  web_search: { icon: () => 'search', title: (task, text) => task.title_query ?? task.queries[0] ?? text.searchingWeb },
  thought: { icon: () => 'sparkle', title: (_task, text) => text.thinking },
  file: { icon: () => 'file', title: (_task, text) => text.readingFiles },
  image: { icon: () => 'image', title: (_task, text) => text.makingImage },
}

export function taskTitle(task: Task, text: Text): string {
  const words = WORDS[task.type] as { title?(task: Task, text: Text): string } | undefined // the key chose the task's type
  return task.title ?? words?.title?.(task, text) ?? ''
}

export function taskIcon(task: Task): string {
  const words = WORDS[task.type] as { icon?(task: Task): string } | undefined // the key chose the task's type
  return words?.icon?.(task) ?? 'sparkle'
}
