import { canSubmit, isBusy } from '../../store/selectors.js'
import { Icon } from '../icon.js'
import { useChat, useSession, useText } from '../session-context.js'
import { useGoOnWriting } from '../use-go-on-writing.js'

/** Sends; while an answer is being written it stops that instead, where the server allows it. */
export function SendButton() {
  const session = useSession()
  const text = useText()
  const busy = useChat(isBusy)
  const canSend = useChat(canSubmit)
  const run = useChat((state) => state.run)
  const goOnWriting = useGoOnWriting()
  const awaitsFiles = useChat((state) => state.composer.uploads.some(({ phase }) => phase !== 'done'))
  if (busy && run.allowCancel) {
    return (
      <button
        type="button"
        class="send"
        aria-label={text.stop}
        title={text.stop}
        disabled={run.phase === 'stopping'}
        onClick={() => {
          goOnWriting()
          session.stop()
        }}
      >
        <span class="stop-mark" />
      </button>
    )
  }
  return (
    <button
      type="submit"
      class="send"
      aria-label={text.send}
      title={busy ? text.answering : awaitsFiles ? text.waitForFiles : text.send}
      disabled={!canSend}
    >
      <Icon name="send" />
    </button>
  )
}
