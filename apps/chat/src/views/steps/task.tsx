import type { Source, Task } from '@parley/protocol'
import { sourceOrigin, sourceUrl } from '../citations/citations.js'
import { Icon } from '../icon.js'
import { Markdown } from '../markdown.js'
import { useText } from '../session-context.js'
import { taskIcon, taskTitle } from './task-words.js'

/** One step: what it did, and what it found or thought. */
export function TaskView({ task, isRunning }: { task: Task; isRunning: boolean }) {
  const text = useText()
  const title = taskTitle(task, text)
  const content = 'content' in task && typeof task.content === 'string' && task.content !== title ? task.content : null
  const queries = task.type === 'web_search' ? task.queries : []
  const sources: Source[] = task.type === 'web_search' || task.type === 'file' ? task.sources : []
  const isNamed = task.type !== 'thought' || task.title
  return (
    <div class={isRunning ? 'task task-running' : 'task'}>
      <Icon name={task.status_indicator === 'complete' ? 'check' : taskIcon(task)} size={15} />
      <div class="task-body">
        {isNamed && <p class="task-title">{title}</p>}
        {content && <Markdown text={content} />}
        {queries.length > 0 && (
          <ul class="chips">
            {queries.map((query) => (
              <li key={query} class="chip chip-quiet">
                <Icon name="search" size={12} />
                <span class="chip-label">{query}</span>
              </li>
            ))}
          </ul>
        )}
        {sources.length > 0 && (
          <ul class="chips">
            {sources.map((source) => (
              <li key={source.type === 'url' ? source.url : source.title}>
                <SourceChip source={source} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}

function SourceChip({ source }: { source: Source }) {
  const url = sourceUrl(source)
  const label = <span class="chip-label">{url ? sourceOrigin(source) : source.title}</span>
  return url ? (
    <a class="chip chip-quiet" href={url} title={source.title} target="_blank" rel="noopener noreferrer">
      <Icon name="globe" size={12} />
      {label}
    </a>
  ) : (
    <span class="chip chip-quiet">
      <Icon name="file" size={12} />
      {label}
    </span>
  )
}
