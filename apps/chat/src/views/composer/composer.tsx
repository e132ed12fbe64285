import { pendingQuestion } from '../../store/selectors.js'
import { lazyView } from '../lazy-view.js'
import { useChat, useText } from '../session-context.js'
import { ComposerField } from './composer-field.js'

const QuestionForm = lazyView(async () => (await import('./questions/question-form.js')).QuestionForm)

/** Where the person writes; a question of the agent or the end of a chat takes its place. */
export function Composer() {
  const text = useText()
  const question = useChat(pendingQuestion)
  const status = useChat((state) => state.thread?.status)
  if (status?.type === 'closed') return <p class="closed">{status.reason ?? text.closed}</p>
  return question ? <QuestionForm key={question.id} item={question} /> : <ComposerField />
}
