import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { cut, endOf, labelOf, tagAround } from '../../store/tagged-text.js'
import { useChat, useSession } from '../session-context.js'
import { useTagPreview } from './use-tag-preview.js'

/**
 * Draws the tags of the text as chips: a copy of the text lies under the field, letter under letter, with a background
 * where the tags are. The field itself stays a plain one, so undo, input methods and screen readers work as everywhere.
 */
export function TagMarks({ field }: { field: RefObject<HTMLTextAreaElement | null> }) {
  const marks = useRef<HTMLDivElement>(null)
  const text = useChat((state) => state.composer.text)
  const tags = useChat((state) => state.composer.tags)
  useSameBox(marks, field, text)
  useCaretOutsideTags(field)
  const preview = useTagPreview(marks, field)

  return (
    <>
      <div class="composer-text composer-marks" ref={marks} aria-hidden="true" dir={text ? 'auto' : undefined}>
        {cut({ text, tags }).map((piece, at) =>
          typeof piece === 'string' ? (
            piece
          ) : (
            <mark key={`${at}-${piece.tag.id}`} class="tag-mark" data-start={piece.start}>
              {labelOf(piece.tag)}
            </mark>
          ),
        )}
        {/* a last empty line counts only with something on it */}
        {'\u200b'}
      </div>
      {preview}
    </>
  )
}

/** The same width, without the field's scrollbar, and scrolled as far. */
function useSameBox(
  marks: RefObject<HTMLDivElement | null>,
  field: RefObject<HTMLTextAreaElement | null>,
  text: string,
): void {
  useLayoutEffect(() => {
    const own = marks.current
    const element = field.current
    if (!own || !element) return
    const follow = () => {
      own.style.width = `${element.clientWidth}px`
      own.style.height = `${element.clientHeight}px`
      own.scrollTop = element.scrollTop
    }
    follow()
    const observer = new ResizeObserver(follow)
    observer.observe(element)
    element.addEventListener('scroll', follow)
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', follow)
    }
  }, [marks, field, text])
}

/** The cursor steps over a tag as over one letter; a press inside a tag puts it at the nearer end. */
function useCaretOutsideTags(field: RefObject<HTMLTextAreaElement | null>): void {
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
    last.current = element.selectionStart
    const stop = new AbortController()
    document.addEventListener('selectionchange', look, { signal: stop.signal })
    element.addEventListener('keydown', look, { capture: true, signal: stop.signal }) // keys may be quicker than that event
    element.addEventListener('pointerdown', forget, { signal: stop.signal })
    return () => stop.abort()
  }, [session, field])
}
