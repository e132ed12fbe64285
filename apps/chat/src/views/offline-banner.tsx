import { Icon } from './icon.js'
import { useChat, useText } from './session-context.js'

/** Says that the device has no connection, and what that means for writing. */
export function OfflineBanner() {
  const online = useChat((state) => state.online)
  const text = useText()
  if (online) return null
  return (
    <p class="offline" role="status">
      <Icon name="offline" size={16} />
      {text.offline}
    </p>
  )
}
