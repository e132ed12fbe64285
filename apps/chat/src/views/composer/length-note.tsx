import { excessLength } from '../../store/selectors.js'
import { useChat, useText } from '../session-context.js'

/** Why a message that is too long cannot be sent. */
export function LengthNote() {
  const text = useText()
  const locale = useChat((state) => state.locale)
  const limit = useChat((state) => state.options.composer?.maxLength)
  const excess = useChat(excessLength)
  if (!limit || excess === 0) return null
  const words = new Intl.NumberFormat(locale)
  return (
    <p class="length-note" role="alert">
      {text.messageTooLong(words.format(limit), words.format(excess))}
    </p>
  )
}
