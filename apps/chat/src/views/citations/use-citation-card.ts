import type { RefObject } from 'preact'
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { CitationGroup } from './citations.js'

/** Time to move the pointer from the number to the card without losing it. */
const LEAVE_MS = 160

export interface ActiveCitation {
  group: CitationGroup
  /** Place of the number inside the message, in px. */
  left: number
  top: number
  bottom: number
  /** Width of the message. */
  width: number
}

/** Which citation's card is open, and where: beside a number that is pointed at or has the focus. */
export function useCitationCard(root: RefObject<HTMLElement | null>) {
  const [active, setActive] = useState<ActiveCitation | null>(null)
  const marker = useRef<HTMLElement | null>(null)

  const show = useCallback(
    (element: HTMLElement, group: CitationGroup) => {
      const frame = root.current?.getBoundingClientRect()
      if (!frame) return
      const place = element.getBoundingClientRect()
      marker.current = element
      setActive({
        group,
        left: place.left - frame.left,
        top: place.top - frame.top,
        bottom: place.bottom - frame.top,
        width: frame.width,
      })
    },
    [root],
  )
  const hide = useCallback(() => setActive(null), [])

  useEffect(() => {
    if (!active) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const isInside = (target: EventTarget | null) =>
      target instanceof Node &&
      (marker.current?.contains(target) || root.current?.querySelector('.citation-card')?.contains(target))
    const look = (event: Event) => {
      clearTimeout(timer)
      if (!isInside(event.target)) timer = setTimeout(hide, event.type === 'pointerdown' ? 0 : LEAVE_MS)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.preventDefault() // it is for the card, not for what is around it
      hide()
    }
    document.addEventListener('pointerover', look)
    document.addEventListener('pointerdown', look)
    document.addEventListener('focusin', look)
    document.addEventListener('keydown', onKey)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('pointerover', look)
      document.removeEventListener('pointerdown', look)
      document.removeEventListener('focusin', look)
      document.removeEventListener('keydown', onKey)
    }
  }, [active, hide, root])

  return { active, show, hide }
}
