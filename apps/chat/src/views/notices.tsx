import { Icon } from './icon.js'
import { IconButton } from './icon-button.js'
import { Markdown } from './markdown.js'
import { useChat, useSession, useText } from './session-context.js'
import { useGoOnWriting } from './use-go-on-writing.js'

/** What the agent wants the person to know beside its answer. */
export function Notices() {
  const session = useSession()
  const text = useText()
  const notices = useChat((state) => state.notices)
  const goOnWriting = useGoOnWriting()
  return (
    <>
      {notices.map(({ id, level, title, message }) => (
        <div key={id} class={`notice notice-${level}`} role={level === 'danger' ? 'alert' : 'status'}>
          <Icon name={level === 'info' ? 'info' : 'alert'} />
          <div class="notice-body">
            {title && <strong>{title}</strong>}
            <Markdown text={message} />
          </div>
          <IconButton
            icon="close"
            size={14}
            label={text.dismiss}
            onClick={() => {
              goOnWriting()
              session.dismissNotice(id)
            }}
          />
        </div>
      ))}
    </>
  )
}
