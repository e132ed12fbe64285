import type { Source, Task } from '@parley/protocol'
import { sourceOrigin, sourceUrl } from '../citations/citations.js'
import { Icon } from '../icon.js'
import { Markdown } from '../markdown.js'
import { useText } from '../session-context.js'
import { taskIcon, taskTitle } from './task-words.js'

/** One step: what it did, and what it found or thought. */
export function TaskView({ task, isNewest }: { task: Task; isNewest: boolean }) {
  const text = useText()
  const isLoading = task.status_indicator === 'loading'
  const isNamed = Boolean(task.title) || (task.type !== 'thought' && !(task.type === 'custom' && task.content))
  const title = taskTitle(task, text)
  const content =
    'content' in task && typeof task.content === 'string' && task.content !== task.title ? task.content : null
  const queries = task.type === 'web_search' ? task.queries.filter((query: string) => query !== title) : []
  const sources: Source[] = task.type === 'web_search' || task.type === 'file' ? task.sources : []
  return (
    <div class={isLoading || isNewest ? 'task task-running' : 'task'} aria-busy={isLoading}>
      {isLoading ? (
        <span class="caret" aria-hidden="true" />
      ) : (
        <Icon name={task.status_indicator === 'complete' ? 'check' : taskIcon(task)} size={15} />
      )}
      <div class="task-body">
        {isNamed && (
          <p class="task-title">
            <bdi>{title}</bdi>
            {task.status_indicator !== 'none' && (
              <span class="unseen">{isLoading ? text.stepRunning : text.stepDone}</span>
            )}
          </p>
        )}
        {content && <Markdown text={content} />}
        {queries.length > 0 && (
          <ul class="chips">
            {queries.map((query, at) => (
              <li key={at} class="chip chip-quiet">
                <Icon name="search" size={12} />
                <bdi class="chip-label">{query}</bdi>
              </li>
            ))}
          </ul>
        )}
        {sources.length > 0 && (
          <ul class="chips">
            {sources.map((source, at) => (
              <li key={at}>
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
  const label = <bdi class="chip-label">{url ? sourceOrigin(source) : source.title}</bdi>
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
