import { useEffect } from 'preact/hooks'
import { useChat, useSession } from '../session-context.js'

/** Escape is the way back. Who was in the list, which goes, writes on; a button of the header keeps the focus. */
export function useLeaveHistory(): void {
  const session = useSession()
  const inHistory = useChat((state) => state.view === 'history')

  useEffect(() => {
    if (!inHistory) return
    const leave = ({ key, defaultPrevented, target }: KeyboardEvent) => {
      if (key !== 'Escape' || defaultPrevented) return
      const wasInList = target instanceof Element && target.closest('main') !== null
      session.hideHistory()
      if (wasInList) session.focusComposer()
    }
    document.addEventListener('keydown', leave)
    return () => document.removeEventListener('keydown', leave)
  }, [inHistory, session])
}
