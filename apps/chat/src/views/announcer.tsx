import { markdownWords } from '@parley/protocol'
import { useEffect, useRef, useState } from 'preact/hooks'
import { copyText, isBusy, toTurns } from '../store/selectors.js'
import { useChat, useSession, useText } from './session-context.js'

const LONGEST_ANNOUNCEMENT = 600

/** Tells screen readers of each finished answer once, instead of every token of it. */
export function Announcer() {
  const session = useSession()
  const text = useText()
  const busy = useChat(isBusy)
  const threadId = useChat((state) => state.threadId)
  const answering = useRef<string | null>(null)
  const [message, setMessage] = useState('')

  useEffect(() => {
    if (busy) {
      answering.current ??= threadId // a new chat has no id before its first answer begins
      setMessage('') // or an answer in the words of the last one would be no change, and silent
      return
    }
    const isHere = answering.current !== null && answering.current === threadId
    answering.current = null
    if (!isHere) return // another chat was opened meanwhile
    const state = session.getState()
    const answer = copyText(toTurns(state).at(-1)?.itemIds ?? [], state.items)
    if (answer) setMessage(`${text.newAnswer}: ${markdownWords(answer.slice(0, LONGEST_ANNOUNCEMENT))}`)
  }, [busy, threadId, session, text])

  return (
    <div class="unseen" role="status" aria-live="polite">
      {message}
    </div>
  )
}
