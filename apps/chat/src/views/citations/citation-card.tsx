import { useLayoutEffect, useRef } from 'preact/hooks'
import { SourceLine } from './source-line.js'
import type { ActiveCitation } from './use-citation-card.js'

const CARD_WIDTH = 320
const GAP = 6

type Props = ActiveCitation & { onLeave(): void }

/** The preview of a citation's sources, floating under its number, or above it where there is no room below. */
export function CitationCard({ group, left, top, bottom, width, onLeave }: Props) {
  const card = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (!card.current) return
    const room = Math.min(CARD_WIDTH, width)
    const start = Math.max(0, Math.min(left - 16, width - room))
    Object.assign(card.current.style, { left: `${start}px`, top: `${bottom + GAP}px`, width: `${room}px` })
    if (hasRoomAbove(card.current, bottom - top)) {
      card.current.style.top = `${top - GAP - card.current.offsetHeight}px`
    }
  }, [left, top, bottom, width, group.sources.length])
  return (
    <div class="citation-card floating" ref={card} role="tooltip" onPointerLeave={onLeave}>
      {group.sources.map((numbered) => (
        <SourceLine key={numbered.number} {...numbered} isCard />
      ))}
    </div>
  )
}

/** Whether the card, hanging below its number, would be cut off where standing above it would not be. */
function hasRoomAbove(card: HTMLElement, markerHeight: number): boolean {
  const place = card.getBoundingClientRect()
  const [view, turns] = ['.thread', '.turns'].map((name) => card.closest(name)?.getBoundingClientRect())
  if (!view || !turns) return false
  const end = card.closest('.turns-last') ? view.bottom : Math.min(view.bottom, turns.bottom)
  return place.bottom > end && place.top - markerHeight - 2 * GAP - place.height > view.top
}
