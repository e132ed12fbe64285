import type { ComponentChildren, RefObject } from 'preact'
import { useLayoutEffect } from 'preact/hooks'
import { toEntity } from '../../store/entities.js'
import { useEntityPreview } from '../entities/use-entity-preview.js'
import { useSession } from '../session-context.js'

const REST_MS = 250

/** The preview of the tag under the pointer. The field lies above the marks, so they are found by their place. */
export function useTagPreview(
  marks: RefObject<HTMLElement | null>,
  field: RefObject<HTMLTextAreaElement | null>,
): ComponentChildren {
  const session = useSession()
  const { isOffered, view, show, leave } = useEntityPreview()
  // With the marks themselves, not a moment later: the pointer may rest on one already.
  useLayoutEffect(() => {
    const element = field.current
    if (!element || !isOffered) return
    let over: Element | null = null
    const point = (event: PointerEvent) => {
      const under = event.type === 'pointermove' ? document.elementsFromPoint(event.clientX, event.clientY) : []
      const mark = under.find((one) => one.matches('.tag-mark') && marks.current?.contains(one)) ?? null
      if (mark === over) return
      over = mark
      if (!(mark instanceof HTMLElement)) return leave()
      const placed = session.getState().composer.tags.find(({ start }) => String(start) === mark.dataset.start)
      if (placed) show(toEntity(placed.tag), mark, REST_MS)
    }
    const stop = new AbortController()
    for (const name of ['pointermove', 'pointerleave', 'pointerdown'] as const)
      element.addEventListener(name, point, { signal: stop.signal })
    return () => stop.abort()
  }, [session, marks, field, isOffered, show, leave])
  return view
}
