import { Icon } from './icon.js'
import { useChat, useSession, useText } from './session-context.js'
import { useGoOnWriting } from './use-go-on-writing.js'

/** What went wrong, what can be done, and the one button that does it. */
export function ProblemRow() {
  const session = useSession()
  const text = useText()
  const problem = useChat((state) => state.problem)
  const goOnWriting = useGoOnWriting()
  if (!problem) return null
  const startAnew = problem.code === 'not_found'
  return (
    <div class="problem" role="alert">
      <Icon name="alert" />
      <p>{problem.text ?? text.problems[problem.code]}</p>
      {problem.retry && (
        <button
          type="button"
          class="button"
          onClick={() => {
            goOnWriting()
            session.retry()
          }}
        >
          {text.retry}
        </button>
      )}
      {startAnew && (
        <button
          type="button"
          class="button"
          onClick={() => {
            session.setThreadId(null)
            session.focusComposer()
          }}
        >
          {text.newChat}
        </button>
      )}
    </div>
  )
}
