import { useState } from 'preact/hooks'
import { copyText, hasCopyText, type Turn } from '../store/selectors.js'
import { IconButton } from './icon-button.js'
import { useChat, useSession, useText } from './session-context.js'
import { useCopy } from './use-copy.js'
import { useGoOnWriting } from './use-go-on-writing.js'

const COPIED_MS = 1600

/** What can be done with a finished answer: copy it, rate it, have it tried again. */
export function TurnActions({ turn, answerIds }: { turn: Turn; answerIds: readonly string[] }) {
  const session = useSession()
  const text = useText()
  const options = useChat((state) => state.options.threadItemActions)
  const hasText = useChat((state) => hasCopyText(answerIds, state.items))
  const goOnWriting = useGoOnWriting()
  const canRetry = options?.retry === true && turn.userId !== null
  if (!hasText && !options?.feedback && !canRetry) return null

  return (
    <div class="turn-actions">
      {hasText && <CopyButton answerIds={answerIds} />}
      {options?.feedback && <FeedbackButtons answerIds={answerIds} />}
      {canRetry && (
        <IconButton
          icon="retry"
          size={16}
          label={text.retry}
          onClick={() => {
            goOnWriting()
            session.retry(turn.userId ?? undefined)
          }}
        />
      )}
    </div>
  )
}

function FeedbackButtons({ answerIds }: { answerIds: readonly string[] }) {
  const session = useSession()
  const text = useText()
  const given = useChat((state) => state.feedback.get(answerIds[0] ?? ''))
  const rate = (kind: 'positive' | 'negative') => () => session.sendFeedback([...answerIds], kind)
  return (
    <>
      <IconButton
        icon="thumb-up"
        size={16}
        label={text.good}
        aria-pressed={given === 'positive'}
        onClick={rate('positive')}
      />
      <IconButton
        icon="thumb-down"
        size={16}
        label={text.bad}
        aria-pressed={given === 'negative'}
        onClick={rate('negative')}
      />
    </>
  )
}

function CopyButton({ answerIds }: { answerIds: readonly string[] }) {
  const session = useSession()
  const text = useText()
  const copy = useCopy()
  const [copied, setCopied] = useState(false)
  const copyTurn = async () => {
    if (!(await copy({ text: copyText(answerIds, session.getState().items) }))) return
    setCopied(true)
    setTimeout(() => setCopied(false), COPIED_MS)
  }
  return (
    <IconButton
      icon={copied ? 'check' : 'copy'}
      size={16}
      label={copied ? text.copied : text.copy}
      onClick={copyTurn}
    />
  )
}
