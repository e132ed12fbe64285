import { type RefObject, useEffect } from 'react'

/** Less than this is rounding, not something to scroll to. */
const HAIR = 2

/**
 * Keeps `data-more` of an element that scrolls sideways in step with where there is more of it: `start`, `end`, `both`
 * or nothing. A style sheet draws it.
 */
export function useScrollEdges(ref: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = ref.current
    if (!element) return
    const look = () => {
      const { scrollWidth, clientWidth } = element
      const before = Math.abs(element.scrollLeft) // negative where lines run from right to left
      const isStart = before > HAIR
      const isEnd = scrollWidth - clientWidth - before > HAIR
      element.dataset.more = isStart && isEnd ? 'both' : isStart ? 'start' : isEnd ? 'end' : ''
    }
    const observer = new ResizeObserver(look)
    observer.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [ref])
}
