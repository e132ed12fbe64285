import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { endOf, tagAround } from '../../store/tagged-text.js'
import { useSession } from '../session-context.js'

/** The cursor steps over a tag as over one letter; a press inside a tag puts it at the nearer end. */
export function useCaretOutsideTags(field: RefObject<HTMLTextAreaElement | null>): void {
  const session = useSession()
  const last = useRef<number | null>(null)
  useEffect(() => {
    const element = field.current
    if (!element) return
    const look = () => {
      if (document.activeElement !== element || element.selectionStart !== element.selectionEnd) return
      const at = element.selectionStart
      const around = tagAround(session.getState().composer.tags, at)
      if (around) {
        const { start } = around
        const end = endOf(around)
        const goesOn = last.current === null ? at - start > end - at : last.current < at
        element.setSelectionRange(goesOn ? end : start, goesOn ? end : start)
      }
      last.current = element.selectionStart
    }
    const forget = () => {
      last.current = null
    }
    const stop = new AbortController()
    document.addEventListener('selectionchange', look, { signal: stop.signal })
    element.addEventListener('keydown', look, { capture: true, signal: stop.signal }) // keys may be quicker than that event
    element.addEventListener('pointerdown', forget, { signal: stop.signal })
    return () => stop.abort()
  }, [session, field])
}
