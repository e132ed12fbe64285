import { useEffect, useRef, useState } from 'preact/hooks'
import { isBusy } from '../store/selectors.js'
import { useChat, useSession, useText } from './session-context.js'

const LONGEST_ANNOUNCEMENT = 600

/** Tells screen readers of each finished answer once, instead of every token of it. */
export function Announcer() {
  const session = useSession()
  const text = useText()
  const busy = useChat(isBusy)
  const wasBusy = useRef(false)
  const [message, setMessage] = useState('')

  useEffect(() => {
    if (wasBusy.current && !busy) {
      const { items, itemIds } = session.getState()
      const item = items.get(itemIds.at(-1) ?? '')
      const answer = item?.type === 'assistant_message' ? item.content.map((part) => part.text).join(' ') : ''
      setMessage(`${text.newAnswer}: ${answer.slice(0, LONGEST_ANNOUNCEMENT)}`)
    }
    wasBusy.current = busy
  }, [busy, session, text])

  return (
    <div class="unseen" role="status" aria-live="polite">
      {message}
    </div>
  )
}
