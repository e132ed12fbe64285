import '../../styles/quote.css'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { Icon } from '../icon.js'
import { useSession, useText } from '../session-context.js'

const GAP = 8

/** A button beside the selected words; Tab leads to it, Escape lets the selection go. */
export function QuoteButton() {
  const session = useSession()
  const text = useText()
  const button = useRef<HTMLButtonElement>(null)
  usePlaceBesideSelection(button)

  // With the button itself, not a moment later: a Tab may follow at once.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isHere = document.activeElement === button.current
      if (event.key === 'Escape') getSelection()?.removeAllRanges()
      if (event.key !== 'Tab' || event.shiftKey || isHere) return
      event.preventDefault()
      button.current?.focus()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])

  const quote = () => {
    const selection = getSelection()
    const words = selection?.toString().trim()
    if (!words) return
    session.changeComposer({ quote: words })
    selection?.removeAllRanges()
    session.focusComposer()
  }
  return (
    <button
      ref={button}
      type="button"
      class="quote-button floating"
      onPointerDown={(event) => event.preventDefault()} // a press on it must not end the selection
      onClick={quote}
    >
      <Icon name="quote" size={16} />
      {text.quote}
    </button>
  )
}

/** Above the words; below them where there is no room, and for fingers, whose system puts its own menu above. */
function usePlaceBesideSelection(button: { current: HTMLElement | null }): void {
  useLayoutEffect(() => {
    const place = () => {
      const own = button.current
      const selection = getSelection()
      const lines = selection?.rangeCount ? [...selection.getRangeAt(0).getClientRects()] : []
      const first = lines[0]
      const last = lines.at(-1)
      const frame = document.querySelector('.thread')?.getBoundingClientRect()
      if (!own || !first || !last || !frame) return
      const height = own.offsetHeight
      const isBelow = first.top - height - GAP < frame.top || matchMedia('(pointer: coarse)').matches
      const wanted = isBelow ? last.bottom + GAP : first.top - height - GAP
      const middle = isBelow ? (last.left + last.right) / 2 : (first.left + first.right) / 2
      const most = document.documentElement.clientWidth - own.offsetWidth - GAP
      own.style.top = `${Math.max(frame.top + GAP, Math.min(wanted, frame.bottom - height - GAP))}px`
      own.style.left = `${Math.max(GAP, Math.min(middle - own.offsetWidth / 2, most))}px`
    }
    place()
    const stop = new AbortController()
    document.addEventListener('selectionchange', place, { signal: stop.signal })
    document.addEventListener('scroll', place, { capture: true, signal: stop.signal })
    addEventListener('resize', place, { signal: stop.signal })
    return () => stop.abort()
  }, [button])
}
