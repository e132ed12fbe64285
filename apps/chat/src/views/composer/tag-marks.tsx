import type { RefObject } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { cut, labelOf } from '../../store/tagged-text.js'
import { useChat } from '../session-context.js'
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
