import { lastItem } from '../store/selectors.js'
import { Icon } from './icon.js'
import { useChat, useText } from './session-context.js'
import { isHiddenWork } from './steps/shown-steps.js'

/** What is going on while there is nothing to read yet: the agent's own words for it, or just a caret. */
export function ProgressLine() {
  const text = useText()
  const run = useChat((state) => state.run)
  const isWriting = useChat(({ openIds, items, options }) =>
    [...openIds].some((id) => !isHiddenWork(items.get(id), options.thread)),
  )
  const hasEnded = useChat((state) => lastItem(state)?.type === 'end_of_turn')
  if (run.phase === 'idle') return null
  if (run.phase === 'reconnecting') {
    return (
      <p class="progress" role="status">
        {text.reconnecting}
      </p>
    )
  }
  if (run.progress) {
    return (
      <p class="progress" role="status">
        <Icon name={run.progress.icon ?? 'sparkle'} size={16} />
        {run.progress.text}
      </p>
    )
  }
  return isWriting || hasEnded ? null : <span class="caret" aria-hidden="true" />
}
