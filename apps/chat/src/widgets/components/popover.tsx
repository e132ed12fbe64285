import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { type Anchor, type PopoverSide, placePopover } from '../values/place-popover.js'

interface Props {
  class: string
  anchor: { current: HTMLElement | null }
  side?: PopoverSide
  align?: Anchor
  /** Whether it is at least as wide as what it belongs to. */
  isWide?: boolean
  onClose(): void
  children: ComponentChildren
}

/** Floats beside its anchor, over everything. Closes on a press elsewhere, on Escape, and when its anchor is out of sight. */
export function Popover({
  class: className,
  anchor,
  side = 'bottom',
  align = 'start',
  isWide,
  onClose,
  children,
}: Props) {
  const element = useRef<HTMLDivElement>(null)
  const close = useRef(onClose)
  close.current = onClose

  useLayoutEffect(() => {
    const own = element.current
    if (!own) return
    own.showPopover?.() // browsers without it draw the element where it stands
    const place = () => placeBeside(own, anchor.current, { side, align, isWide })
    place()
    const observer = new ResizeObserver(place) // what it shows may arrive later, or become less
    observer.observe(own)
    const stop = new AbortController()
    const follow = ({ target }: Event) => {
      if (!(target instanceof Node && own.contains(target)) && !place()) close.current()
    }
    document.addEventListener('scroll', follow, { capture: true, signal: stop.signal })
    return () => {
      observer.disconnect()
      stop.abort()
    }
  }, [anchor, side, align, isWide])

  useEffect(() => {
    const leave = ({ target }: Event) => {
      const isInside = target instanceof Node && (element.current?.contains(target) || anchor.current?.contains(target))
      if (!isInside) close.current()
    }
    const stop = new AbortController()
    document.addEventListener('pointerdown', leave, { capture: true, signal: stop.signal })
    document.addEventListener('focusin', leave, { capture: true, signal: stop.signal })
    return () => stop.abort()
  }, [anchor])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    onClose()
    anchor.current?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens for the Escape of what is inside
    <div ref={element} class={`widget-popover floating ${className}`} popover="manual" onKeyDown={onKeyDown}>
      {children}
    </div>
  )
}

interface Place {
  side: PopoverSide
  align: Anchor
  isWide: boolean | undefined
}

/** Moves the element beside its anchor; tells whether that is still in sight. */
function placeBeside(own: HTMLElement, anchor: HTMLElement | null, { side, align, isWide }: Place): boolean {
  if (!anchor) return false
  const beside = anchor.getBoundingClientRect()
  const screen = { width: document.documentElement.clientWidth, height: innerHeight }
  if (isWide) own.style.minWidth = `${beside.width}px`
  const { top, left } = placePopover(beside, { width: own.offsetWidth, height: own.offsetHeight }, screen, {
    side,
    align,
  })
  own.style.top = `${top}px`
  own.style.left = `${left}px`
  return beside.bottom > 0 && beside.top < screen.height
}
