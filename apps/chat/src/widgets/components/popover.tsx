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

/** Floats beside its anchor, over everything. Closes on a press elsewhere, on Escape, and when what is below moves. */
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
    if (!own || !anchor.current) return
    own.showPopover?.() // browsers without it draw the element where it stands
    const beside = anchor.current.getBoundingClientRect()
    if (isWide) own.style.minWidth = `${beside.width}px`
    const window = { width: document.documentElement.clientWidth, height: innerHeight }
    const size = { width: own.offsetWidth, height: own.offsetHeight }
    const { top, left } = placePopover(beside, size, window, { side, align })
    own.style.top = `${top}px`
    own.style.left = `${left}px`
  }, [anchor, side, align, isWide])

  useEffect(() => {
    const isInside = ({ target }: Event) =>
      target instanceof Node && (element.current?.contains(target) || anchor.current?.contains(target))
    const leave = (event: Event) => {
      if (!isInside(event)) close.current()
    }
    const stop = new AbortController()
    const options = { capture: true, signal: stop.signal }
    document.addEventListener('pointerdown', leave, options)
    document.addEventListener('focusin', leave, options)
    document.addEventListener('scroll', leave, options)
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
