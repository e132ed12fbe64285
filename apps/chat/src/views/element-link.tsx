import { useEffect } from 'preact/hooks'
import { useChat, useSession, useText } from './session-context.js'

/** Keeps the element informed where it is a panel or as high as its content; most pages need nothing of it. */
export function ElementLink(): null {
  const session = useSession()
  const text = useText()
  const hasLauncher = useChat((state) => Boolean(state.options.launcher))
  const isAutoHeight = useChat((state) => state.options.autoHeight === true)

  useEffect(() => {
    if (!hasLauncher && !isAutoHeight) return
    const stops: (() => void)[] = []
    let isWanted = true
    import('./shell-link.js').then(({ linkPanel, reportHeight }) => {
      if (!isWanted) return
      if (hasLauncher) stops.push(linkPanel(session, text))
      if (isAutoHeight) stops.push(reportHeight(session))
    })
    return () => {
      isWanted = false
      for (const stop of stops) stop()
    }
  }, [session, text, hasLauncher, isAutoHeight])
  return null
}
