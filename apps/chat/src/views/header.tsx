import { useEffect, useRef } from 'preact/hooks'
import type { HeaderAction } from '../store/options.js'
import type { ChatState } from '../store/state.js'
import { IconButton } from './icon-button.js'
import { useChat, useSession, useText } from './session-context.js'
import { useHeadingLevel } from './use-heading-level.js'

/** The line above the conversation: its title, the history, a new chat, and up to two buttons of the host page. */
export function Header() {
  const session = useSession()
  const text = useText()
  const options = useChat((state) => state.options.header)
  const hasHistory = useChat((state) => state.options.history?.enabled !== false)
  const isPanel = useChat((state) => Boolean(state.options.launcher))
  const view = useChat((state) => state.view)
  const threadTitle = useChat((state) => state.thread?.title)
  const canStartAnew = useChat((state) => state.threadId !== null || state.itemIds.length > 0)
  const level = useHeadingLevel(0)
  const historyButton = useReturnedFocus(view)
  if (options?.enabled === false) return null

  const inHistory = view === 'history'
  const title = inHistory ? text.history : (options?.title?.text ?? threadTitle ?? '')
  return (
    <header class="chat-head">
      <div class="chat-head-side">
        {options?.leftAction && <HostButton action={options.leftAction} path="header.leftAction.onClick" />}
        {inHistory ? (
          <IconButton class="mirrored" icon="back" label={text.closeHistory} onClick={() => session.hideHistory()} />
        ) : (
          hasHistory && (
            <IconButton
              icon="history"
              label={text.openHistory}
              ref={historyButton}
              onClick={() => session.showHistory()}
            />
          )
        )}
      </div>
      <h1 class="chat-title" aria-level={level}>
        {options?.title?.enabled === false && !inHistory ? (
          <span class="unseen">{text.chat}</span>
        ) : (
          (title && <bdi>{title}</bdi>) || <span class="unseen">{text.newChat}</span>
        )}
      </h1>
      <div class="chat-head-side">
        {(canStartAnew || inHistory) && (
          <IconButton
            icon="compose"
            label={text.newChat}
            onClick={() => {
              session.hideHistory()
              session.setThreadId(null)
              session.focusComposer()
            }}
          />
        )}
        {options?.rightAction && <HostButton action={options.rightAction} path="header.rightAction.onClick" />}
        {isPanel && (
          <IconButton icon="close" label={text.closeChat} onClick={() => session.tellShell({ close: true })} />
        )}
      </div>
    </header>
  )
}

/** Whoever was in the history when it closed is brought back to the button that opens it. */
function useReturnedFocus(view: ChatState['view']) {
  const button = useRef<HTMLButtonElement>(null)
  const before = useRef(view)
  useEffect(() => {
    const isLost = document.hasFocus() && document.activeElement === document.body
    if (before.current === 'history' && view === 'chat' && isLost) button.current?.focus()
    before.current = view
  }, [view])
  return button
}

function HostButton({ action, path }: { action: HeaderAction; path: string }) {
  const session = useSession()
  const label = action.icon.replaceAll('-', ' ')
  return <IconButton icon={action.icon} label={label} onClick={() => session.callHost(path)} />
}
