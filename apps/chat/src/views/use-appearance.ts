import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { applyTheme } from '../theme/apply-theme.js'
import { readTheme } from '../theme/simple-theme.js'
import { useChat, useSession } from './session-context.js'

/** Keeps the document in step with how the page wants the chat to look. What few pages ask for arrives when they do. */
export function useAppearance(): void {
  const session = useSession()
  const theme = useChat((state) => state.options.theme)
  const look = useChat((state) => state.options.look)
  const avatars = useChat((state) => state.options.appearance?.avatars)
  const hasLook = useRef(false)

  useLayoutEffect(() => {
    applyTheme(document.documentElement, theme)
  }, [theme])

  useEffect(() => {
    let isCurrent = true
    const all = { ...readTheme(theme).look, ...look }
    hasLook.current ||= avatars !== undefined || Object.keys(all).length > 0
    if (hasLook.current) {
      import('../theme/look.js').then(({ applyLook }) => {
        if (isCurrent) applyLook(document.documentElement, all, avatars)
      })
    }
    return () => {
      isCurrent = false
    }
  }, [theme, look, avatars])

  useEffect(() => {
    const sources = readTheme(theme).theme.typography?.fontSources
    if (!sources) return
    import('../theme/fonts.js').then(({ addFonts }) => addFonts(sources, session.loadFont, session.reportError))
  }, [session, theme])
}
